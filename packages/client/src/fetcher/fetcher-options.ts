/** Where to begin in a partition: an offset, or its first or next one. */
export type StartOffset = number | 'earliest' | 'latest';

/** What to do when a position lies outside the log; `none` throws `OFFSET_OUT_OF_RANGE`. */
export type OffsetReset = 'earliest' | 'latest' | 'none';

export type FetcherOptions = {
  /** Default: `none`, for callers that know their offsets. */
  readonly offsetReset?: OffsetReset;
  /** `read_committed` gives records up to the last stable offset only, with the aborted ranges (KIP-98). */
  readonly isolationLevel?: 'read_uncommitted' | 'read_committed';
  /** A broker waits until it has this much. Default: 1 byte. */
  readonly minBytes?: number;
  /** How long a broker may wait for `minBytes`. Default: 500 ms. */
  readonly maxWaitMs?: number;
  /** The most bytes of one fetch. Default: 8 MiB. */
  readonly maxBytes?: number;
  /** The most bytes of one partition in one fetch; one larger batch still comes. Default: 1 MiB. */
  readonly partitionMaxBytes?: number;
  /** No partition is asked for more while this many fetched bytes wait for `poll`. Default: 32 MiB. */
  readonly bufferBytesMax?: number;
  /** Checks the checksums of batches that come over the network. Default: true. */
  readonly checkCrcs?: boolean;
};

/** What one fetch brought for one partition. */
export type FetchedPartition = {
  readonly topic: string;
  readonly partition: number;
  /** The offset that was asked for: records before it, in the first batch, are to be skipped. */
  readonly fetchOffset: number;
  /** The offset after the last batch: where the next fetch begins. */
  readonly nextOffset: number;
  /** The epoch of the leader that wrote the last batch; −1 in logs that know none. */
  readonly leaderEpoch: number;
  /** Whole record batches as the broker stores them; read them with a RecordCursor. Read-only. */
  readonly records: Uint8Array;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  /** Under `read_committed`: producers whose transactional batches from that offset on, up to their abort marker, don't count. */
  readonly abortedTransactions: readonly AbortedTransaction[];
  /** Of a fetcher that shares, when others are given the same bytes. */
  readonly shared?: SharedBytes;
};

/** Fetched bytes that several fetchers of a client are given: what one makes of them, the others need not make again. */
export interface SharedBytes {
  /** The first offset in the bytes, which may lie before the one that was asked for. */
  readonly fromOffset: number;
  /** Whether somebody else has the bytes, or will be given them as far as is known now. */
  readonly isOfUse: boolean;
  /**
   * What is kept under this key together with the bytes; made now if nothing is. `bytes` is how much it may take: it counts
   * against the room for what is shared.
   */
  note<T>(key: string, make: () => T, bytes: number): T;
}

export type AbortedTransaction = { readonly producerId: number; readonly firstOffset: number };
