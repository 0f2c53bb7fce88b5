import { RunningNode } from '../topology/running-node.ts';
import type { ManyPairs, ManyValues } from './user-functions.ts';

export class FlatMap extends RunningNode {
  readonly #mapper: ManyPairs;

  constructor(name: string, mapper: ManyPairs) {
    super(name);
    this.#mapper = mapper;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    for (const pair of this.#mapper(key, value)) this.forward(pair[0], pair[1], timestamp);
  }
}

export class FlatMapValues extends RunningNode {
  readonly #mapper: ManyValues;

  constructor(name: string, mapper: ManyValues) {
    super(name);
    this.#mapper = mapper;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    for (const each of this.#mapper(value, key)) this.forward(key, each, timestamp);
  }
}
