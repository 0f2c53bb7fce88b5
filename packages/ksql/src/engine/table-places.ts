import { MillraceError } from '@millrace/base';
import type { EngineParts } from './engine-parts.ts';
import { persistentApplicationId } from './query-run.ts';

/** Where the table of a query is. */
export type TablePlaces = {
  readonly queryId: string;
  readonly store: string;
  readonly changelogTopic: string;
  /** Of each partition the server of the engine that holds it; null where it told none. */
  readonly owners: ReadonlyMap<number, string | null>;
};

/** The tables of all queries, as far as their partitions are settled now. */
export function tablePlaces({ state, running, serviceId }: EngineParts): readonly TablePlaces[] {
  return [...state().queries.keys()].flatMap((queryId) => {
    const run = running.run(queryId);
    const store = run?.materialization?.storeName;
    if (run === undefined || store === undefined) return [];
    try {
      const { owners } = run.streams.storePartitions(store);
      return [
        { queryId, store, changelogTopic: `${persistentApplicationId(serviceId, queryId)}-${store}-changelog`, owners },
      ];
    } catch (thrown) {
      if (thrown instanceof MillraceError && thrown.code === 'INVALID_STATE_STORE') return [];
      throw thrown;
    }
  });
}
