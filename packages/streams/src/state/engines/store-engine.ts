import type { Cursor, KeyRange } from '../../lib/ordered-map.ts';

/** A change of one key: `value` null deletes it. */
export type EngineWrite = { readonly key: Uint8Array; readonly value: Uint8Array | null };

/**
 * An ordered map of bytes on disk or in memory: all that Millrace asks of RocksDB. One engine holds all stores of one
 * task, told apart by the prefix of the key. Calls are synchronous (see the decision on state engines). Byte arrays
 * given to the engine may be views that change later: it copies what it keeps. Those it returns are read-only.
 */
export interface StoreEngine {
  /** Whether the data outlives the process. */
  readonly persistent: boolean;
  get(key: Uint8Array): Uint8Array | null;
  /** One result for each key, in their order: batched reads are what makes cold keys bearable. */
  getMany(keys: readonly Uint8Array[]): (Uint8Array | null)[];
  /** All changes or none; later changes of a key win. */
  write(changes: Iterable<EngineWrite>): void;
  /** Deletes all keys of the range, at the cost of one entry. Not one step with a `write`. */
  deleteRange(range: KeyRange): void;
  /** Sees the data as of the call, whatever is written meanwhile; must be read to its end or closed. */
  scan(range: KeyRange, reverse?: boolean): Cursor<Uint8Array>;
  close(): Promise<void>;
}
