import type { Cursor, KeyRange } from '../lib/ordered-map.ts';

export interface Scans {
  /** Sees the rows as of the call, whatever is written meanwhile; must be read to its end or closed. */
  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array>;
}

/**
 * One store below its serdes: ordered rows of bytes. Every layer is one of these over another, so that a store is a
 * stack chosen by its spec. Row keys are laid out by `keys/`; they and the values are never changed once handed over.
 */
export interface Rows extends Scans {
  /** What is read may be a view of more memory: who keeps it copies it. */
  get(key: Uint8Array): Uint8Array | null;
  /** Null deletes. */
  put(key: Uint8Array, value: Uint8Array | null): void;
  /** Drops all rows of the range without a word to any listener or changelog: what retention does. */
  dropRange(range: KeyRange): void;
}
