/**
 * OffsetFetch, versions 1–10. 2: all topics. 5: leader epoch. 6: flexible. 7: stable offsets (KIP-447). 8: several groups
 * (KIP-709). 9: member epoch. 10: topic ids.
 */
import {
  type OffsetFetchRequestGroup,
  type OffsetFetchResponseGroup,
  type OffsetFetchResponsePartitions,
  ZERO_UUID,
} from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, type Call, defineApi, type Services } from './api.ts';

const SEVERAL_GROUPS_VERSION = 8;
const TOPIC_ID_VERSION = 10;

export const offsetFetch: BrokerApi = defineApi({
  name: 'OffsetFetch',
  async handle(services, request, call) {
    if (call.version >= SEVERAL_GROUPS_VERSION) {
      const groups: OffsetFetchResponseGroup[] = [];
      for (const group of request.groups) groups.push(await fetchGroup(services, call, group, request.requireStable));
      return { throttleTimeMs: 0, topics: [], errorCode: 0, groups };
    }
    const topics = request.topics?.map((topic) => ({ ...topic, topicId: ZERO_UUID })) ?? null;
    const wanted = { groupId: request.groupId, memberId: null, memberEpoch: -1, topics };
    const group = await fetchGroup(services, call, wanted, request.requireStable);
    return {
      throttleTimeMs: 0,
      topics: group.topics.map(({ name, partitions }) => ({ name, partitions })),
      errorCode: group.errorCode,
      groups: [],
    };
  },
});

async function fetchGroup(
  services: Services,
  call: Call,
  wanted: OffsetFetchRequestGroup,
  requireStable: boolean,
): Promise<OffsetFetchResponseGroup> {
  const { groupId } = wanted;
  try {
    // An offset that a crash could take back is told to nobody.
    await services.groups.offsets.settled(groupId);
    services.groups.offsets.checkFetch(groupId, wanted.memberId, wanted.memberEpoch);
    const topics = wanted.topics === null ? everyTopic(services, groupId, call) : wanted.topics;
    return {
      groupId,
      errorCode: 0,
      topics: topics.map(({ name, topicId, partitionIndexes }) => {
        const byId = call.version >= TOPIC_ID_VERSION;
        const topic = byId ? services.cluster.topicById(topicId)?.name : name;
        const partitions = partitionIndexes.map((partition) => {
          const unstable =
            requireStable && topic !== undefined && services.groups.offsets.isUnstable(groupId, topic, partition);
          return unstable ? unstableOffset(partition) : fetchPartition(services, groupId, topic, partition);
        });
        return { name: byId ? '' : name, topicId, partitions };
      }),
    };
  } catch (error) {
    return { groupId, topics: [], errorCode: errorCodeOf(error) };
  }
}

/** A transaction that is not decided may change the offset: the client asks again. */
function unstableOffset(partitionIndex: number): OffsetFetchResponsePartitions {
  const { errorCode } = new BrokerError('UNSTABLE_OFFSET_COMMIT');
  return { partitionIndex, committedOffset: -1, committedLeaderEpoch: -1, metadata: '', errorCode };
}

function everyTopic(services: Services, groupId: string, call: Call) {
  return services.groups.offsets.partitions(groupId).flatMap(({ topic, partitions }) => {
    const topicId = services.cluster.topic(topic)?.id;
    // By id only topics that are still there can be named.
    if (topicId === undefined && call.version >= TOPIC_ID_VERSION) return [];
    return [{ name: topic, topicId: topicId ?? ZERO_UUID, partitionIndexes: partitions }];
  });
}

function fetchPartition(
  services: Services,
  groupId: string,
  topic: string | undefined,
  partitionIndex: number,
): OffsetFetchResponsePartitions {
  const none = { partitionIndex, committedOffset: -1, committedLeaderEpoch: -1, metadata: '' };
  if (topic === undefined) return { ...none, errorCode: new BrokerError('UNKNOWN_TOPIC_ID').errorCode };
  const committed = services.groups.offsets.get(groupId, topic, partitionIndex);
  if (committed === undefined) return { ...none, errorCode: 0 };
  return {
    partitionIndex,
    committedOffset: committed.offset,
    committedLeaderEpoch: committed.leaderEpoch,
    metadata: committed.metadata,
    errorCode: 0,
  };
}
