import { RunningNode } from '../topology/running-node.ts';
import type { Predicate2 } from './user-functions.ts';

/** Sends each record to the first branch that wants it. The branches are the first children, in their order. */
export class Split extends RunningNode {
  readonly #predicates: readonly (Predicate2 | null)[];

  /** A null predicate is the default branch. */
  constructor(name: string, predicates: readonly (Predicate2 | null)[]) {
    super(name);
    this.#predicates = predicates;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    const predicates = this.#predicates;
    for (let index = 0; index < predicates.length; index++) {
      const predicate = predicates[index];
      if (predicate !== null && !predicate!(key, value)) continue;
      this.children[index]!.receive(key, value, timestamp);
      return;
    }
  }
}
