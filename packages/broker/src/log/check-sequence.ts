import type { RecordBatchHeader } from '@millrace/protocol';
import { BrokerError } from '../lib/broker-error.ts';
import type { AppendedBatch, ProducerState } from './producer-state.ts';

/**
 * The earlier batch when this one is a retry of it, null when it is new.
 *
 * @throws BrokerError `OUT_OF_ORDER_SEQUENCE_NUMBER` when it does not follow the producer's last one,
 *   `INVALID_PRODUCER_EPOCH`, `INVALID_TXN_STATE`; texts as Kafka's.
 */
export function checkSequence(
  producers: ProducerState,
  header: RecordBatchHeader,
  partitionName: string,
): AppendedBatch | null {
  if (header.producerId < 0 || header.isControl) return null;
  const check = producers.check(header);
  switch (check.kind) {
    case 'next':
      return null;
    case 'duplicate':
      return check.batch;
    case 'stale-epoch':
      throw new BrokerError(
        'INVALID_PRODUCER_EPOCH',
        `Epoch of producer ${header.producerId} in ${partitionName} is ${header.producerEpoch}, ` +
          `which is smaller than the last seen epoch ${check.currentEpoch}`,
      );
    case 'not-transactional':
      throw new BrokerError(
        'INVALID_TXN_STATE',
        `Expected transactional write from producer ${header.producerId} in ${partitionName}`,
      );
    case 'out-of-order':
      throw new BrokerError(
        'OUT_OF_ORDER_SEQUENCE_NUMBER',
        `Out of order sequence number for producer ${header.producerId} in ${partitionName}: ` +
          `${header.baseSequence} (incoming seq. number), ${check.expectedSequence} (expected)`,
      );
  }
}
