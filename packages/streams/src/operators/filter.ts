import { RunningNode } from '../topology/running-node.ts';
import type { Predicate2 } from './user-functions.ts';

export class Filter extends RunningNode {
  readonly #predicate: Predicate2;
  readonly #not: boolean;

  constructor(name: string, predicate: Predicate2, not: boolean) {
    super(name);
    this.#predicate = predicate;
    this.#not = not;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    if (this.#predicate(key, value) !== this.#not) this.forward(key, value, timestamp);
  }
}

/** In front of a repartition topic: a record without key has no partition to go to. */
export class NotNullKey extends RunningNode {
  protected process(key: unknown, value: unknown, timestamp: number): void {
    if (key !== null) this.forward(key, value, timestamp);
  }
}
