import { MillraceError } from '@millrace/base';
import type { CompressionType } from '@millrace/protocol';
import { murmur2Partitioner } from './partitioner.ts';
import type { BatchDelivery, Partitioner, ProducerOptions } from './producer-options.ts';

const IDEMPOTENT_IN_FLIGHT_MAX = 5;

/** The options of a producer with every default filled in. */
export type ProducerSettings = {
  /** As the protocol spells it: −1 for all. */
  readonly acks: number;
  readonly idempotent: boolean;
  readonly compression: CompressionType;
  readonly lingerMs: number;
  readonly batchBytes: number;
  readonly requestBytesMax: number;
  readonly bufferBytesMax: number;
  readonly inFlightRequestsMax: number;
  readonly deliveryTimeoutMs: number;
  readonly partitioner: Partitioner;
  readonly onDelivery: (delivery: BatchDelivery) => void;
};

export function producerSettings(options: ProducerOptions): ProducerSettings {
  const acks = options.acks ?? 'all';
  const idempotent = options.idempotent ?? acks === 'all';
  const inFlightRequestsMax = options.inFlightRequestsMax ?? IDEMPOTENT_IN_FLIGHT_MAX;
  if (idempotent && acks !== 'all') {
    throw new MillraceError('INVALID_CONFIG', "an idempotent producer needs acks 'all'; set idempotent to false");
  }
  if (idempotent && inFlightRequestsMax > IDEMPOTENT_IN_FLIGHT_MAX) {
    throw new MillraceError(
      'INVALID_CONFIG',
      `inFlightRequestsMax is ${inFlightRequestsMax}, but brokers remember the last ${IDEMPOTENT_IN_FLIGHT_MAX} batches only`,
    );
  }
  const batchBytes = options.batchBytes ?? 256 * 1024;
  return {
    acks: acks === 'all' ? -1 : acks,
    idempotent,
    compression: options.compression ?? 'none',
    lingerMs: options.lingerMs ?? 5,
    batchBytes,
    requestBytesMax: Math.max(options.requestBytesMax ?? 1024 * 1024, batchBytes),
    bufferBytesMax: options.bufferBytesMax ?? 32 * 1024 * 1024,
    inFlightRequestsMax,
    deliveryTimeoutMs: options.deliveryTimeoutMs ?? 120_000,
    partitioner: options.partitioner ?? murmur2Partitioner,
    onDelivery: options.onDelivery ?? (() => {}),
  };
}
