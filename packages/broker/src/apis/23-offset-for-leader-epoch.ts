/** OffsetForLeaderEpoch, versions 2–4 (KIP-101, KIP-320). 3: replica id. 4: flexible. */
import type { OffsetForLeaderEpochRequestOffsetForLeaderPartition } from '@millrace/protocol';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { checkLeaderEpoch, partitionLog } from './partitions.ts';

export const offsetForLeaderEpoch: BrokerApi = defineApi({
  name: 'OffsetForLeaderEpoch',
  handle(services, request) {
    const topics = request.topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map((wanted) => answer(services, topic, wanted)),
    }));
    return { throttleTimeMs: 0, topics };
  },
});

function answer(services: Services, topic: string, wanted: OffsetForLeaderEpochRequestOffsetForLeaderPartition) {
  const { partition } = wanted;
  try {
    const log = partitionLog(services, topic, partition);
    checkLeaderEpoch(log, wanted.currentLeaderEpoch);
    const end = log.endOfEpoch(wanted.leaderEpoch);
    return { errorCode: 0, partition, leaderEpoch: end?.epoch ?? -1, endOffset: end?.endOffset ?? -1 };
  } catch (error) {
    return { errorCode: errorCodeOf(error), partition, leaderEpoch: -1, endOffset: -1 };
  }
}
