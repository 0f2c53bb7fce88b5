/** DeleteShareGroupOffsets, version 0 (KIP-932). Refused while somebody is in the group. */
import { ZERO_UUID } from '@millrace/protocol';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const deleteShareGroupOffsets: BrokerApi = defineApi({
  name: 'DeleteShareGroupOffsets',
  async handle({ groups, cluster }, { groupId, topics }) {
    try {
      const names = topics.map(({ topicName }) => topicName);
      const refusals = await groups.share.deleteOffsets(groupId, names);
      const responses = names.map((topicName, index) => {
        const { errorCode, errorMessage } = refusals[index] ?? { errorCode: 0, errorMessage: null };
        return { topicName, topicId: cluster.topic(topicName)?.id ?? ZERO_UUID, errorCode, errorMessage };
      });
      return { throttleTimeMs: 0, errorCode: 0, errorMessage: null, responses };
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      return { throttleTimeMs: 0, errorCode: errorCodeOf(error), errorMessage, responses: [] };
    }
  },
});
