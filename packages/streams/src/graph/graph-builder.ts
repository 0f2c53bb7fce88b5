import { checkName } from '../topology/names.ts';
import type { Input, LogicalGraph, LogicalNode, NodeId, Operation } from './nodes.ts';

const NUMBER_DIGITS = 10;

/**
 * What DSL calls write to. One counter numbers processors, stores and topics alike; every call draws its numbers at
 * once, also where a given name makes them unnecessary, as Kafka Streams does: names must not shift between the two.
 */
export class GraphBuilder {
  readonly #nodes: LogicalNode[] = [];
  readonly #copartitioned: (readonly string[])[] = [];
  #counter = 0;

  add(operation: Operation, inputs: readonly Input[]): NodeId {
    const id = this.#nodes.length;
    this.#nodes.push({ id, inputs, operation });
    return id;
  }

  copartition(sources: ReadonlySet<string>): void {
    this.#copartitioned.push([...sources]);
  }

  graph(): LogicalGraph {
    return { nodes: this.#nodes, copartitioned: this.#copartitioned };
  }

  /** `PREFIX-0000000001`. */
  newName(prefix: string): string {
    return prefix + String(this.#counter++).padStart(NUMBER_DIGITS, '0');
  }

  /** The given name, or a new one; the number is drawn in both cases. */
  nameOr(given: string | undefined, prefix: string): string {
    return this.suffixedOr(given, '', prefix);
  }

  /** The given name, which draws no number here, or a new one. */
  nameOrUndrawn(given: string | undefined, prefix: string): string {
    if (given === undefined) return this.newName(prefix);
    checkName(given);
    return given;
  }

  suffixedOr(given: string | undefined, suffix: string, prefix: string): string {
    const generated = this.newName(prefix);
    if (given === undefined) return generated;
    checkName(given);
    return given + suffix;
  }

  /** A store's name; a given one draws no number. */
  storeNameOr(given: string | undefined, prefix: string): string {
    return this.nameOrUndrawn(given, `${prefix}STATE-STORE-`);
  }
}
