/** ShareAcknowledge, versions 1–2 (KIP-932). 2: renewals (KIP-1222). */
import type { ShareAcknowledgeResponse, ShareAcknowledgeResponsePartitionData } from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import type { ShareSession } from '../sharing/share-session.ts';
import { FINAL_EPOCH } from '../sharing/share-sessions.ts';
import { type BrokerApi, defineApi } from './api.ts';
import { acknowledge } from './share-acknowledgements.ts';

export const shareAcknowledge: BrokerApi = defineApi({
  name: 'ShareAcknowledge',
  async handle(services, request, call) {
    const { groupId, memberId, shareSessionEpoch: epoch } = request;
    let session: ShareSession;
    try {
      if (groupId === null || groupId === '' || memberId === null || memberId === '') {
        throw new BrokerError('INVALID_REQUEST');
      }
      session = services.sharing.sessions.acknowledge({ groupId, memberId, epoch });
    } catch (error) {
      return answer({ errorCode: errorCodeOf(error), acquisitionLockTimeoutMs: 0, responses: [] });
    }
    const { topics, isRenewAck: isRenewal } = request;
    const acknowledging = acknowledge(services, call, session, { topics, isRenewal });
    const released = epoch === FINAL_EPOCH ? services.sharing.release(session) : null;
    const byTopic = new Map<string, ShareAcknowledgeResponsePartitionData[]>();
    for (const { topicId, ...result } of await acknowledging) {
      const data = { ...result, currentLeader: { leaderId: 0, leaderEpoch: 0 } };
      const known = byTopic.get(topicId);
      if (known === undefined) byTopic.set(topicId, [data]);
      else known.push(data);
    }
    await released;
    return answer({
      errorCode: 0,
      acquisitionLockTimeoutMs: services.groups.share.delivery(session.groupId).lockMs,
      responses: [...byTopic].map(([topicId, partitions]) => ({ topicId, partitions })),
    });
  },
});

function answer(
  said: Pick<ShareAcknowledgeResponse, 'errorCode' | 'acquisitionLockTimeoutMs' | 'responses'>,
): ShareAcknowledgeResponse {
  return { throttleTimeMs: 0, errorMessage: null, nodeEndpoints: [], ...said };
}
