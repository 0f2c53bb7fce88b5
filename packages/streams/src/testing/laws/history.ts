/** What happens to the application behind a record. */
export type Afterwards =
  | 'nothing'
  /** Caches are flushed, and everything up to here is committed. */
  | 'commit'
  /**
   * The application ends right behind a commit; another goes on from it, with its stores restored from their
   * changelogs. A crash later than that is the same thing where output is transactional: what came behind the last
   * commit never happened, and is processed again.
   */
  | 'restart';

/** A record that reaches a source topic. */
export type InputRecord = {
  readonly topic: string;
  readonly key: unknown;
  readonly value: unknown;
  readonly timestamp: number;
  readonly afterwards?: Afterwards;
  /** Where partitions are interleaved in another order, the record with the smallest comes first. Default: 0. */
  readonly priority?: number;
};

/** One thing that can happen to a topology: what the laws are tried on. */
export type History = {
  readonly records: readonly InputRecord[];
  /** Of every topic. Default: 1. */
  readonly partitions?: number;
  /** Of the record caches, where a law runs with and without. Default: 1 MiB. */
  readonly cacheMaxBytes?: number;
};

export const CACHE_MAX_BYTES_DEFAULT = 1_048_576;

/** Whether no record is late. */
export function isInOrder({ records }: History): boolean {
  return records.every(({ timestamp }, index) => index === 0 || timestamp >= records[index - 1]!.timestamp);
}
