/**
 * TxnOffsetCommit, versions 0–5. 2: leader epoch. 3: flexible, member and generation (KIP-447). 4: TRANSACTION_ABORTABLE.
 * 5: the group joins the transaction by itself (KIP-890).
 */
import { OFFSETS_TOPIC } from '../cluster/topic-names.ts';
import type { OffsetToCommit } from '../coordinators/group/committed-offsets.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { checkOffset } from './08-offset-commit.ts';
import { type BrokerApi, defineApi } from './api.ts';

const IMPLICIT_VERSION = 5;

export const txnOffsetCommit: BrokerApi = defineApi({
  name: 'TxnOffsetCommit',
  async handle(services, request, call) {
    const { transactionalId, producerId, producerEpoch, groupId } = request;
    const offsets: OffsetToCommit[] = [];
    // Error codes by topic and partition, in the order of the request; zero for what is to be committed.
    const codes = request.topics.map(({ name, partitions }) =>
      partitions.map((partition) => {
        try {
          offsets.push(checkOffset(services, name, partition));
          return 0;
        } catch (error) {
          return errorCodeOf(error);
        }
      }),
    );
    const committer = {
      groupId,
      memberId: request.memberId,
      instanceId: request.groupInstanceId,
      generation: request.generationId,
      version: call.version,
    };
    const clientVersion = call.version >= IMPLICIT_VERSION ? 2 : 0;
    const client = { transactionalId, producerId, producerEpoch, clientVersion };
    const failure = await commit().then(() => 0, errorCodeOf);
    return {
      throttleTimeMs: 0,
      topics: request.topics.map(({ name, partitions }, at) => ({
        name,
        partitions: partitions.map(({ partitionIndex }, index) => ({
          partitionIndex,
          errorCode: codes[at]![index]! === 0 ? failure : codes[at]![index]!,
        })),
      })),
    };

    async function commit(): Promise<void> {
      const partition = { topic: OFFSETS_TOPIC, partition: services.groups.partitionOf(groupId) };
      await services.transactions.within(client, [partition], () =>
        services.groups.offsets.commit(committer, offsets, { producerId, producerEpoch }),
      );
    }
  },
});
