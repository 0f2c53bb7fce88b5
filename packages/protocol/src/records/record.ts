/** A header of a record: a name and bytes, in the order in which they were added; names may repeat. */
export type RecordHeader = { readonly key: string; readonly value: Uint8Array | null };

/** One record as an object, for people and tests; the hot paths use a cursor instead. */
export type MaterializedRecord = {
  readonly offset: number;
  /** Milliseconds since 1970; −1 when the producer gave none. */
  readonly timestamp: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly RecordHeader[];
};

export const NO_HEADERS: readonly RecordHeader[] = [];
