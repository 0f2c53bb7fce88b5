/**
 * OffsetCommit, versions 2–10. 5: retention time is gone (ignored before, too). 6: leader epoch. 7: static members.
 * 8: flexible. 9: KIP-848 errors. 10: topic ids.
 */
import type { OffsetCommitRequestTopic, TxnOffsetCommitRequestPartition } from '@millrace/protocol';
import type { OffsetToCommit } from '../coordinators/group/committed-offsets.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, type Call, defineApi, type Services } from './api.ts';
import { topicNameOf } from './partitions.ts';

const TOPIC_ID_VERSION = 10;

export const offsetCommit: BrokerApi = defineApi({
  name: 'OffsetCommit',
  async handle(services, request, call) {
    const offsets: OffsetToCommit[] = [];
    // Error codes by topic and partition, in the order of the request; zero for what is to be committed.
    const codes = request.topics.map((topic) =>
      topic.partitions.map((partition) => {
        try {
          offsets.push(checkOffset(services, nameOf(services, call, topic), partition));
          return 0;
        } catch (error) {
          return errorCodeOf(error);
        }
      }),
    );
    const committer = {
      groupId: request.groupId,
      memberId: request.memberId,
      instanceId: request.groupInstanceId,
      generation: request.generationIdOrMemberEpoch,
      version: call.version,
    };
    const failure = await services.groups.offsets.commit(committer, offsets).then(() => 0, errorCodeOf);
    return {
      throttleTimeMs: 0,
      topics: request.topics.map(({ name, topicId, partitions }, at) => ({
        name,
        topicId,
        partitions: partitions.map(({ partitionIndex }, index) => ({
          partitionIndex,
          errorCode: codes[at]![index]! === 0 ? failure : codes[at]![index]!,
        })),
      })),
    };
  },
});

function nameOf(services: Services, call: Call, { name, topicId }: OffsetCommitRequestTopic): string {
  return call.version >= TOPIC_ID_VERSION ? topicNameOf(services, topicId) : name;
}

/** The offset that is to be committed. @throws BrokerError `UNKNOWN_TOPIC_OR_PARTITION`, `OFFSET_METADATA_TOO_LARGE`. */
export function checkOffset(
  services: Services,
  topic: string,
  wanted: TxnOffsetCommitRequestPartition,
): OffsetToCommit {
  const partition = wanted.partitionIndex;
  if (services.cluster.find(topic, partition) === null) throw new BrokerError('UNKNOWN_TOPIC_OR_PARTITION');
  const metadata = wanted.committedMetadata ?? '';
  if (Buffer.byteLength(metadata) > services.config.number('offset.metadata.max.bytes')) {
    throw new BrokerError('OFFSET_METADATA_TOO_LARGE');
  }
  const { committedOffset: offset, committedLeaderEpoch: leaderEpoch } = wanted;
  return { topic, partition, offset, leaderEpoch, metadata };
}
