import type { MillraceError } from '@millrace/base';
import type { CompressionType, RecordHeader } from '@millrace/protocol';

/** Chooses a partition for a record without one; null keys may go anywhere. */
export type Partitioner = (key: Uint8Array | null, partitionCount: number) => number;

export type ProducerOptions = {
  /** How many replicas must have a batch before it counts as delivered. Default: `all`. */
  readonly acks?: 'all' | 1 | 0;
  /** Sequence numbers, so that a retry is stored once and in order (KIP-98). Needs acks `all`. Default: true. */
  readonly idempotent?: boolean;
  readonly compression?: CompressionType;
  /** How long a batch waits for more records before it leaves. Default: 5 ms. */
  readonly lingerMs?: number;
  /** A batch of one partition leaves when it is this large. Default: 256 KiB. */
  readonly batchBytes?: number;
  /** The most bytes of batches in one request. Default: 1 MiB, as brokers take by default. */
  readonly requestBytesMax?: number;
  /** The most bytes that wait to be delivered before `send` waits and `hasRoom` is false. Default: 32 MiB. */
  readonly bufferBytesMax?: number;
  /** Requests on the way to one broker at once, at most 5 with idempotence. Default: 5. */
  readonly inFlightRequestsMax?: number;
  /** From `append` to success or failure, retries included. Default: 2 min. */
  readonly deliveryTimeoutMs?: number;
  /** Default: Java's, murmur2 of the key; null keys stick to one partition for a batch. */
  readonly partitioner?: Partitioner;
  /** Called once for each batch that was delivered or given up. Must not throw. */
  readonly onDelivery?: (delivery: BatchDelivery) => void;
};

export type BatchDelivery =
  | {
      readonly kind: 'delivered';
      readonly topic: string;
      readonly partition: number;
      /** The offset of the first record; −1 with acks 0. */
      readonly baseOffset: number;
      readonly recordCount: number;
    }
  | {
      readonly kind: 'failed';
      readonly topic: string;
      readonly partition: number;
      readonly recordCount: number;
      readonly error: MillraceError;
    };

/** A record for {@link Producer.send}; strings are written as UTF-8. */
export type ProducerRecord = {
  readonly topic: string;
  readonly partition?: number;
  readonly key?: Uint8Array | string | null;
  readonly value: Uint8Array | string | null;
  /** Milliseconds since 1970. Default: now. */
  readonly timestamp?: number;
  readonly headers?: readonly RecordHeader[];
};

export type RecordMetadata = {
  readonly topic: string;
  readonly partition: number;
  /** −1 with acks 0. */
  readonly offset: number;
  readonly timestamp: number;
};
