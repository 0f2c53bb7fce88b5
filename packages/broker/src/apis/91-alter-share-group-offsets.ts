/** AlterShareGroupOffsets, version 0 (KIP-932). Makes the group if need be; refused while somebody is in it. */
import { ZERO_UUID } from '@millrace/protocol';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const alterShareGroupOffsets: BrokerApi = defineApi({
  name: 'AlterShareGroupOffsets',
  async handle({ groups, cluster }, { groupId, topics }) {
    try {
      const wanted = topics.flatMap(({ topicName: topic, partitions }) =>
        partitions.map(({ partitionIndex: partition, startOffset: offset }) => ({ topic, partition, offset })),
      );
      const refusals = await groups.share.alterOffsets(groupId, wanted);
      let next = 0;
      const responses = topics.map(({ topicName, partitions }) => ({
        topicName,
        topicId: cluster.topic(topicName)?.id ?? ZERO_UUID,
        partitions: partitions.map(({ partitionIndex }) => {
          const { errorCode, errorMessage } = refusals[next++] ?? { errorCode: 0, errorMessage: null };
          return { partitionIndex, errorCode, errorMessage };
        }),
      }));
      return { throttleTimeMs: 0, errorCode: 0, errorMessage: null, responses };
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      return { throttleTimeMs: 0, errorCode: errorCodeOf(error), errorMessage, responses: [] };
    }
  },
});
