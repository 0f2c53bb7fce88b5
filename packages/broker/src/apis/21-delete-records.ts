/** DeleteRecords, versions 0–2. 2: flexible. The new log start offset is on the device before the answer leaves. */
import { isInternalTopic } from '../cluster/topic-names.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { partitionLog } from './partitions.ts';

/** Stands for everything up to the high watermark. */
const HIGH_WATERMARK = -1;

export const deleteRecords: BrokerApi = defineApi({
  name: 'DeleteRecords',
  handle(services, request) {
    const topics = request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, offset }) => {
        try {
          return { partitionIndex, lowWatermark: deleteBefore(services, name, partitionIndex, offset), errorCode: 0 };
        } catch (error) {
          return { partitionIndex, lowWatermark: -1, errorCode: errorCodeOf(error) };
        }
      }),
    }));
    return { throttleTimeMs: 0, topics };
  },
});

function deleteBefore(services: Services, topic: string, partition: number, offset: number): number {
  const log = partitionLog(services, topic, partition);
  if (isInternalTopic(topic)) throw new BrokerError('INVALID_TOPIC_EXCEPTION');
  // A compacted log is the latest state of its keys: taking its beginning away would take state away.
  if (!log.config.isDeleted) throw new BrokerError('POLICY_VIOLATION');
  services.logs.deleteRecordsBefore(log, offset === HIGH_WATERMARK ? log.highWatermark : offset);
  return log.logStartOffset;
}
