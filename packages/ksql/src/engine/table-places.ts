import { MillraceError } from '@millrace/base';
import type { StoreLag } from '@millrace/streams';
import type { EngineParts } from './engine-parts.ts';
import type { HostStoreLags, PartitionLag } from './peers/service-hosts.ts';
import { persistentApplicationId } from './query-run.ts';

/** Where the table of a query is. */
export type TablePlaces = {
  readonly queryId: string;
  readonly store: string;
  readonly changelogTopic: string;
  /** Of each partition the server of the engine that holds it; null where it told none. */
  readonly owners: ReadonlyMap<number, string | null>;
  /** The same of the engines that have copies of it. */
  readonly standbys: ReadonlyMap<number, readonly (string | null)[]>;
};

/** The servers of all engines that hold a part or a copy of some table, as far as they are told. */
export function serversIn(places: readonly TablePlaces[]): ReadonlySet<string> {
  const told = places.flatMap(({ owners, standbys }) => [...owners.values(), ...[...standbys.values()].flat()]);
  return new Set(told.filter((server) => server !== null));
}

/** How far the stores of all queries that run here are behind their changelogs. */
export async function storeLags({
  state,
  running,
  clock,
}: Pick<EngineParts, 'state' | 'running' | 'clock'>): Promise<HostStoreLags> {
  const lags = [...state().queries.keys()].map(async (queryId) => {
    const run = running.run(queryId);
    const told = (await run?.streams.allLocalStorePartitionLags()) ?? [];
    return [...Map.groupBy(told, ({ store }) => store)].map(([store, each]) => {
      return [`${run!.applicationId}#${store}`, { lagByPartition: byPartition(each), size: each.length }] as const;
    });
  });
  const stateStoreLags = Object.fromEntries((await Promise.all(lags)).flat());
  return { stateStoreLags, updateTimeMs: Math.floor(clock.wallMs()) };
}

function byPartition(lags: readonly StoreLag[]): Readonly<Record<number, PartitionLag>> {
  return Object.fromEntries(
    lags.map(({ partition, currentOffset, endOffset, offsetLag }) => {
      return [partition, { currentOffsetPosition: currentOffset, endOffsetPosition: endOffset, offsetLag }];
    }),
  );
}

/** The tables of all queries, as far as their partitions are settled now. */
export function tablePlaces({
  state,
  running,
  serviceId,
}: Pick<EngineParts, 'state' | 'running' | 'serviceId'>): readonly TablePlaces[] {
  return [...state().queries.keys()].flatMap((queryId) => {
    const run = running.run(queryId);
    const store = run?.materialization?.storeName;
    if (run === undefined || store === undefined) return [];
    try {
      const { owners, standbys } = run.streams.storePartitions(store);
      const changelogTopic = `${persistentApplicationId(serviceId, queryId)}-${store}-changelog`;
      return [{ queryId, store, changelogTopic, owners, standbys }];
    } catch (thrown) {
      if (thrown instanceof MillraceError && thrown.code === 'INVALID_STATE_STORE') return [];
      throw thrown;
    }
  });
}
