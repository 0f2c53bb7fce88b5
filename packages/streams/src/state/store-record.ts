import { concatBytes } from '../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import type { StoreMemory } from './build-store.ts';
import { segmentIntervalFor } from './keys/segmented.ts';
import type { StoreSpec } from './store-spec.ts';

// Beside the data, and written in the same batch: one record for each store that says what the rows are and up to
// where in the changelog they go. So there is no checkpoint file that could disagree with the data.

/** Raised whenever the layout of rows changes: state of another version is rebuilt, never guessed at. */
export const STATE_FORMAT_VERSION = 1;

/** Where a store's rows stand in its changelog partition. */
export type ChangelogPosition = {
  /** A topic that was deleted and made again has another id: its offsets mean nothing for the rows. */
  readonly topicId: string;
  /** The next offset to restore. */
  readonly offset: number;
};

export type StoreRecord = {
  readonly formatVersion: number;
  /** Becomes the prefix of the store's rows. */
  readonly storeNumber: number;
  readonly identity: string;
  readonly position: ChangelogPosition | null;
  readonly memory: StoreMemory;
};

const PREFIX_SIZE = 2;

/** Store records stand under the prefix 0, which no store has. */
export const RECORDS_PREFIX: Uint8Array = prefixOf(0);

export function prefixOf(storeNumber: number): Uint8Array {
  return Uint8Array.of(storeNumber >>> 8, storeNumber & 0xff);
}

export function recordKey(store: string): Uint8Array {
  return concatBytes(RECORDS_PREFIX, encodeUtf8(store));
}

export function storeOfRecordKey(key: Uint8Array): string {
  return decodeUtf8(key.subarray(PREFIX_SIZE));
}

export function encodeRecord(record: StoreRecord): Uint8Array {
  return encodeUtf8(JSON.stringify(record));
}

/** Null when it is no record of this format: the store is then rebuilt. */
export function decodeRecord(bytes: Uint8Array): StoreRecord | null {
  try {
    const record = JSON.parse(decodeUtf8(bytes)) as StoreRecord;
    return record.formatVersion === STATE_FORMAT_VERSION ? record : null;
  } catch {
    return null;
  }
}

/** All that decides how rows are laid out: rows of a store with another identity cannot be read. */
export function identityOf(spec: StoreSpec): string {
  switch (spec.kind) {
    case 'key-value':
      return `key-value timestamped=${spec.timestamped}`;
    case 'versioned':
      return 'versioned';
    case 'window': {
      const { timestamped, retainDuplicates, retentionMs } = spec;
      const interval = segmentIntervalFor(retentionMs);
      return `window timestamped=${timestamped} duplicates=${retainDuplicates} segment=${interval}`;
    }
    case 'session':
      return `session segment=${segmentIntervalFor(spec.retentionMs)}`;
  }
}
