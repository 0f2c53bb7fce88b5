import { illegalArgument } from '../errors.ts';
import { RunningNode } from '../topology/running-node.ts';
import type { Fn2, Pairs } from './user-functions.ts';

export class MapRecords extends RunningNode {
  readonly #mapper: Pairs;

  constructor(name: string, mapper: Pairs) {
    super(name);
    this.#mapper = mapper;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    const pair = this.#mapper(key, value);
    if (!Array.isArray(pair)) throw illegalArgument(`The mapper of ${this.name} must return a [key, value] pair`);
    this.forward(pair[0], pair[1], timestamp);
  }
}

export class SelectKey extends RunningNode {
  readonly #mapper: Fn2;

  constructor(name: string, mapper: Fn2) {
    super(name);
    this.#mapper = mapper;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    this.forward(this.#mapper(key, value), value, timestamp);
  }
}

export class MapValues extends RunningNode {
  readonly #mapper: Fn2;

  constructor(name: string, mapper: Fn2) {
    super(name);
    this.#mapper = mapper;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    this.forward(key, this.#mapper(value, key), timestamp);
  }
}
