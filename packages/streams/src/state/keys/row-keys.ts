/**
 * How a kind of store lays out its row keys, and how they stand in the changelog. Row order is what scans rely on;
 * changelog bytes are Kafka Streams' own.
 */
export type RowKeys = {
  toChangelog(rowKey: Uint8Array): Uint8Array;
  fromChangelog(changelogKey: Uint8Array): Uint8Array;
};

/** Rows kept by time: they stand in segments of time, and the oldest segments are dropped whole. */
export type TimedRowKeys = RowKeys & {
  /** The time that decides when the row is too old: a window's start, a session's end. */
  timeOf(rowKey: Uint8Array): number;
  /** The order of rows of one time, over all keys. */
  compareAtSameTime(a: Uint8Array, b: Uint8Array): number;
  readonly segmentIntervalMs: number;
  /** So many bytes at the end of a row are not of its key. */
  readonly tailSize: number;
};

/** Key-value stores: the row key is the serialised key. */
export const plainRowKeys: RowKeys = {
  toChangelog: (rowKey) => rowKey,
  fromChangelog: (changelogKey) => changelogKey,
};
