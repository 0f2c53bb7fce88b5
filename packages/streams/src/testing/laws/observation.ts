import type { RawRecord } from '../../task/raw-records.ts';

/** A row of a store, or a record of a topic, as text and as it is. */
export type Row = {
  /** The key, with its window if it has one. */
  readonly keyText: string;
  readonly valueText: string;
  readonly key: unknown;
  readonly value: unknown;
  /** Null where the store keeps none. */
  readonly timestamp: number | null;
};

/** Rows by the text of their key. */
export type Rows = ReadonlyMap<string, Row>;

/** Something that passed a place of the graph. */
export type Passed = {
  readonly taskId: string;
  readonly key: unknown;
  readonly value: unknown;
  readonly timestamp: number;
  /** Over all places of a run. */
  readonly sequence: number;
};

/** Everything that can be seen of a run when it has come to rest. */
export type Observation = {
  readonly stores: ReadonlyMap<string, Rows>;
  /** What went to each store's changelog topic (or stands for it), partition behind partition. */
  readonly changelogs: ReadonlyMap<string, readonly RawRecord[]>;
  /** What went to topics that users can see, each partition in its order. */
  readonly outputs: ReadonlyMap<string, readonly RawRecord[]>;
  /** By the names of `into` and `outOf`. */
  readonly passed: ReadonlyMap<string, readonly Passed[]>;
};

/** What passed a place; nothing if the place was never reached. */
export function passedAt(observation: Observation, place: string): readonly Passed[] {
  return observation.passed.get(place) ?? [];
}

export function rowsOf(observation: Observation, store: string): Rows {
  return observation.stores.get(store) ?? new Map<string, Row>();
}
