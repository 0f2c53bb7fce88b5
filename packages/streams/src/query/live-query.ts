import { type Client, cursorOver, type FetchedPartition, type Fetcher, type IsolationLevel } from '@millrace/client';
import { type ChangelogEntries, changelogEntries } from '../state/changelog-entries.ts';
import type { StoreSpec } from '../state/store-spec.ts';

/** Where a live query stands in a table: by partition the offset of the next change. */
export type LivePosition = Readonly<Record<number, number>>;

/** A change of a table as it was committed, or the news that all is told that there was when the query began. */
export type LiveEvent<K, V> =
  | {
      readonly kind: 'change';
      readonly key: K;
      /** What the key is now; null: it is not there any more. */
      readonly value: V | null;
      readonly timestamp: number;
      readonly partition: number;
      readonly offset: number;
    }
  | { readonly kind: 'caught-up'; readonly position: LivePosition };

export type LiveOptions = {
  /** Partitions to hear of. Default: all, of all instances. */
  readonly partitions?: readonly number[];
  /**
   * Where to go on: behind the last change that was handled, for each partition. Default: with the table as it is. A place
   * that is older than what the changelog keeps of deletions (`delete.retention.ms`, a day) may miss some.
   */
  readonly from?: LivePosition;
  /** Ends the wait for changes; what was heard stands. */
  readonly signal?: AbortSignal;
};

export type LiveSource = {
  readonly client: Client;
  readonly spec: StoreSpec;
  readonly changelog: string;
  readonly isolationLevel: IsolationLevel;
};

/** How long to wait for changes at a time: whoever leaves the loop in the middle of it waits for its end. */
const POLL_MS = 500;

/**
 * A table and how it changes, from its changelog: each key as it is now, at least once, then each change, in the order of its
 * partition. Nothing is kept for a listener that is slow: the changelog waits for it, and the fetcher holds no more than its own
 * bounds allow.
 */
export async function* liveQuery<K, V>(source: LiveSource, options: LiveOptions): AsyncGenerator<LiveEvent<K, V>> {
  const { client, changelog, isolationLevel, spec } = source;
  const entries = changelogEntries(spec, changelog);
  const partitions = options.partitions ?? (await client.topic(changelog)).partitions.map(({ partition }) => partition);
  const asked = partitions.map((partition) => ({ topic: changelog, partition }));
  const ends = await client.admin.listOffsets(asked, 'latest', { isolationLevel });
  await using fetcher = client.fetcher({ isolationLevel, offsetReset: 'earliest' });
  for (const partition of partitions) fetcher.assign(changelog, partition, options.from?.[partition] ?? 'earliest');
  const isCaughtUp = (): boolean =>
    ends.every(({ partition, offset }) => offset === 0 || (fetcher.position(changelog, partition) ?? 0) >= offset);
  let isBehind = true;
  for (;;) {
    if (isBehind && isCaughtUp()) {
      isBehind = false;
      const position = partitions.map((partition) => [partition, fetcher.position(changelog, partition) ?? 0] as const);
      yield { kind: 'caught-up', position: Object.fromEntries(position) };
    }
    const arrived = await nextOf(fetcher, options.signal);
    if (arrived === null) return;
    for (const fetched of arrived) yield* changesIn<K, V>(fetched, entries);
  }
}

/** Null when nobody listens any more. */
async function nextOf(fetcher: Fetcher, signal: AbortSignal | undefined): Promise<readonly FetchedPartition[] | null> {
  const hasEnded = (): boolean => signal?.aborted === true;
  if (hasEnded()) return null;
  try {
    return await fetcher.poll({ maxWaitMs: POLL_MS, ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    if (hasEnded()) return null;
    throw error;
  }
}

function* changesIn<K, V>(fetched: FetchedPartition, entries: ChangelogEntries): Generator<LiveEvent<K, V>> {
  const { partition } = fetched;
  const cursor = cursorOver(fetched);
  while (cursor.next()) {
    const key = cursor.key();
    if (key === null) continue;
    const value = cursor.value();
    yield {
      kind: 'change',
      // Of the store's own types, as scans give them.
      key: entries.key(key) as K,
      value: value === null ? null : (entries.value(value) as V),
      timestamp: cursor.timestamp,
      partition,
      offset: cursor.offset,
    };
  }
}
