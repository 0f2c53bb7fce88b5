import type { Cursor, KeyRange } from '../../lib/ordered-map.ts';

/** Changes one key: `value` null deletes it. Both may be views that change once the call has returned. */
export type EnginePut = (key: Uint8Array, value: Uint8Array | null) => void;

/**
 * An ordered map of bytes on disk or in memory: all that Millrace asks of RocksDB. One engine holds all stores of one
 * task, told apart by the prefix of the key. Calls are synchronous (see the decision on state engines). The engine copies
 * what it keeps of the byte arrays that it is given; those it returns are read-only.
 */
export interface StoreEngine {
  /** Whether the data outlives the process. */
  readonly persistent: boolean;
  get(key: Uint8Array): Uint8Array | null;
  /** One result for each key, in their order: batched reads are what makes cold keys bearable. */
  getMany(keys: readonly Uint8Array[]): (Uint8Array | null)[];
  /**
   * Writes what `fill` puts, in its order, in batches of bounded size. A crash can leave a beginning of it, never a later
   * change without an earlier one: so what vouches for the rest is put last.
   */
  write(fill: (put: EnginePut) => void): void;
  /** Deletes all keys of the range, at the cost of one entry. Not one step with a `write`. */
  deleteRange(range: KeyRange): void;
  /** Sees the data as of the call, whatever is written meanwhile; must be read to its end or closed. */
  scan(range: KeyRange, reverse?: boolean): Cursor<Uint8Array>;
  close(): Promise<void>;
}
