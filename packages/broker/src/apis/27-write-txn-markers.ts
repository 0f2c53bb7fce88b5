/**
 * WriteTxnMarkers, versions 1–2. 1: flexible. 2: the protocol of the transaction.
 * Coordinators of other brokers would send it; here only the admin client does, to end a transaction that hangs
 * (KIP-664). What the coordinator holds of the transaction stays as it is, as in Kafka.
 */
import type { WriteTxnMarkersRequestWritableTxnMarker } from '@millrace/protocol';
import { writeMarker } from '../coordinators/transaction/markers.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';

export const writeTxnMarkers: BrokerApi = defineApi({
  name: 'WriteTxnMarkers',
  async handle(services, request) {
    return { markers: await Promise.all(request.markers.map((marker) => write(services, marker))) };
  },
});

async function write(services: Services, marker: WriteTxnMarkersRequestWritableTxnMarker) {
  const { producerId, producerEpoch, coordinatorEpoch, transactionResult } = marker;
  const kind = transactionResult ? ('commit' as const) : ('abort' as const);
  const end = { kind, producerId, producerEpoch, coordinatorEpoch };
  const one = async (topic: string, partition: number): Promise<number> => {
    try {
      const isThere = await writeMarker(services.markers, { topic, partition }, end);
      return isThere ? 0 : new BrokerError('UNKNOWN_TOPIC_OR_PARTITION').errorCode;
    } catch (error) {
      return errorCodeOf(error);
    }
  };
  const topics = await Promise.all(
    marker.topics.map(async ({ name, partitionIndexes }) => ({
      name,
      partitions: await Promise.all(
        partitionIndexes.map(async (partitionIndex) => ({
          partitionIndex,
          errorCode: await one(name, partitionIndex),
        })),
      ),
    })),
  );
  return { producerId, topics };
}
