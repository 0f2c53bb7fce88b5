/** A change of one key: `value` null deletes it. */
export type EngineWrite = { readonly key: Uint8Array; readonly value: Uint8Array | null };

/** Keys from `from` (inclusive) up to `to` (exclusive), in byte order; null leaves an end open. */
export type EngineRange = { readonly from: Uint8Array | null; readonly to: Uint8Array | null };

export type EngineEntry = readonly [key: Uint8Array, value: Uint8Array];

/**
 * An ordered map of bytes on disk or in memory: all that Millrace asks of RocksDB. One engine holds all stores of one
 * task, told apart by the prefix of the key. Calls are synchronous (see the decision on state engines).
 */
export interface StoreEngine {
  /** Whether the data outlives the process. */
  readonly persistent: boolean;
  get(key: Uint8Array): Uint8Array | null;
  /** One result for each key, in their order: batched reads are what makes cold keys bearable. */
  getMany(keys: readonly Uint8Array[]): (Uint8Array | null)[];
  /** All changes or none; later changes of a key win. */
  write(changes: readonly EngineWrite[]): void;
  /** Deletes all keys of the range, at the cost of one entry. */
  deleteRange(range: EngineRange): void;
  /** Sees the data as of the call, whatever is written meanwhile; ended early by `return()`. */
  scan(range: EngineRange, options?: { readonly reverse?: boolean }): IterableIterator<EngineEntry>;
  close(): void;
}
