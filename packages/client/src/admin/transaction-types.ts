import type { TopicPartition } from '../lib/topic-partition.ts';

export type TransactionListing = {
  readonly transactionalId: string;
  readonly producerId: number;
  /** `Ongoing`, `PrepareCommit`, `CompleteAbort` and so on. */
  readonly state: string;
  /** The node that coordinates it. */
  readonly coordinator: number;
};

export type ListTransactionsOptions = {
  readonly states?: readonly string[];
  readonly producerIds?: readonly number[];
  /** Only those that have been open for longer. Ignored by brokers before 3.8. */
  readonly durationMs?: number;
  /** A regular expression for the transactional id. Ignored by brokers before 4.1. */
  readonly pattern?: string;
};

export type TransactionDescription = {
  readonly transactionalId: string;
  readonly state: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly timeoutMs: number;
  /** Null while none is open. */
  readonly startMs: number | null;
  readonly coordinator: number;
  readonly partitions: readonly TopicPartition[];
};

/** A producer whose state a partition keeps. */
export type ActiveProducer = {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly lastSequence: number;
  readonly lastTimestamp: number;
  /** Null before its first marker. */
  readonly coordinatorEpoch: number | null;
  /** Where its open transaction begins; null without one. */
  readonly transactionStartOffset: number | null;
};

export type PartitionProducers = TopicPartition & { readonly producers: readonly ActiveProducer[] };

/** The transaction of a producer in one partition, which is to be aborted there whatever its coordinator says. */
export type AbortTransaction = TopicPartition & {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
};
