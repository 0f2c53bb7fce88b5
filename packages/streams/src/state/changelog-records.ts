import { cursorOver, type FetchedPartition } from '@millrace/client';
import type { ChangelogRecord } from './build-store.ts';
import type { TaskStores } from './task-stores.ts';

/** A store that must hold what its changelog partition says. */
export type ChangelogTarget = {
  readonly stores: TaskStores;
  readonly store: string;
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
};

/** The offset to begin with. State that cannot be of this log (another topic, a cut log) is dropped. */
export function beginningOf({ stores, store, topicId }: ChangelogTarget, first: number, end: number): number {
  const stored = stores.positionOf(store, topicId);
  if (stored !== null && stored >= first && stored <= end) return stored;
  stores.wipe(store);
  return first;
}

/** Applies what was fetched, up to an offset, and writes it with the position behind it; returns how many records. */
export function applyChangelog(
  { stores, store, topicId }: ChangelogTarget,
  fetched: FetchedPartition,
  end: number,
): number {
  const offset = Math.min(fetched.nextOffset, end);
  return stores.restore(store, recordsOf(fetched, end), { topicId, offset });
}

/** Views of the fetched bytes: stores copy what they keep. A record without a key changes no row. */
function* recordsOf(fetched: FetchedPartition, endOffset: number): Iterable<ChangelogRecord> {
  const { records } = fetched;
  // Views of a Buffer are Buffers, which are made several times as slowly as views of plain bytes.
  const bytes = new Uint8Array(records.buffer, records.byteOffset, records.length);
  const cursor = cursorOver(fetched, bytes);
  while (cursor.next() && cursor.offset < endOffset) {
    const key = cursor.key();
    if (key !== null) yield { key, value: cursor.value(), timestamp: cursor.timestamp };
  }
}
