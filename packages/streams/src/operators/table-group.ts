import { StreamsError } from '../errors.ts';
import { isSame } from '../lib/same.ts';
import { RunningNode } from '../topology/running-node.ts';
import type { Change } from './change.ts';
import type { Pairs } from './user-functions.ts';

type Pair = readonly [unknown, unknown];

/** Sends each change of a row to the group that the old value was in and to the one that the new value is in. */
export class TableGroup extends RunningNode {
  readonly #mapper: Pairs;
  readonly #skipsPast: boolean;

  /** `skipsPast`: the table is versioned, so a change of its past changes no group. */
  constructor(name: string, mapper: Pairs, skipsPast: boolean) {
    super(name);
    this.#mapper = mapper;
    this.#skipsPast = skipsPast;
  }

  protected process(key: unknown, change: Change, timestamp: number): void {
    if (key === null)
      throw new StreamsError('STREAMS_FAILED', 'Record key for the grouping KTable should not be null.');
    if (this.#skipsPast && !change.isLatest) {
      this.context.dropped(this.name, 'change of the past');
      return;
    }
    const newPair = this.#pair(key, change.new);
    const oldPair = this.#pair(key, change.old);
    if (newPair !== null && oldPair !== null && isSame(newPair[0], oldPair[0])) {
      this.forward(newPair[0], { new: newPair[1], old: oldPair[1], isLatest: true }, timestamp);
      return;
    }
    if (oldPair !== null) this.forward(oldPair[0], { new: null, old: oldPair[1], isLatest: true }, timestamp);
    if (newPair !== null) this.forward(newPair[0], { new: newPair[1], old: null, isLatest: true }, timestamp);
  }

  /** Null where there is nothing to group: no row, or a null group key or value. */
  #pair(key: unknown, value: unknown): Pair | null {
    if (value === null) return null;
    const pair = this.#mapper(key, value);
    return (pair[0] ?? null) === null || (pair[1] ?? null) === null ? null : pair;
  }
}
