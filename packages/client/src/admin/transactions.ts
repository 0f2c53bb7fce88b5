import type { Cluster } from '../cluster/cluster.ts';
import { withCoordinatorOf } from '../cluster/with-coordinator.ts';
import { throwIfError } from '../lib/errors.ts';
import { groupByTopic, type TopicPartition } from '../lib/topic-partition.ts';
import { byLeader } from './by-leader.ts';
import type {
  AbortTransaction,
  ListTransactionsOptions,
  PartitionProducers,
  TransactionDescription,
  TransactionListing,
} from './transaction-types.ts';

const FIRST_DURATION_VERSION = 1;
const FIRST_PATTERN_VERSION = 2;
const NONE = -1;

/** Each node lists the transactions that it coordinates. */
export async function listTransactions(
  cluster: Cluster,
  { states = [], producerIds = [], durationMs = NONE, pattern }: ListTransactionsOptions,
): Promise<readonly TransactionListing[]> {
  await cluster.refresh();
  const lists = await Promise.all(
    [...cluster.metadata.nodes.keys()].map(async (nodeId) => {
      const link = await cluster.link(nodeId);
      const answer = await link.call('ListTransactions', (version) => ({
        stateFilters: states,
        producerIdFilters: producerIds,
        durationFilter: version >= FIRST_DURATION_VERSION ? durationMs : NONE,
        transactionalIdPattern: version >= FIRST_PATTERN_VERSION ? (pattern ?? null) : null,
      }));
      throwIfError(answer.errorCode, `listing the transactions of node ${nodeId}`, { nodeId });
      return answer.transactionStates.map(({ transactionalId, producerId, transactionState }) => ({
        transactionalId,
        producerId,
        state: transactionState,
        coordinator: nodeId,
      }));
    }),
  );
  return lists.flat();
}

export function describeTransaction(cluster: Cluster, transactionalId: string): Promise<TransactionDescription> {
  const coordinated = { kind: 'transaction', key: transactionalId } as const;
  return withCoordinatorOf(cluster, coordinated, undefined, async (link, coordinator) => {
    const answer = await link.call('DescribeTransactions', { transactionalIds: [transactionalId] });
    const found = answer.transactionStates[0]!;
    throwIfError(found.errorCode, `describing transaction '${transactionalId}'`, { transactionalId });
    return {
      transactionalId,
      state: found.transactionState,
      producerId: found.producerId,
      producerEpoch: found.producerEpoch,
      timeoutMs: found.transactionTimeoutMs,
      startMs: found.transactionStartTimeMs < 0 ? null : found.transactionStartTimeMs,
      coordinator,
      partitions: found.topics.flatMap(({ topic, partitions }) =>
        partitions.map((partition) => ({ topic, partition })),
      ),
    };
  });
}

/** Writes an abort marker: for a transaction that nobody would end any more (KIP-664). */
export async function abortTransaction(cluster: Cluster, transaction: AbortTransaction): Promise<void> {
  const { topic, partition, producerId, producerEpoch, coordinatorEpoch } = transaction;
  const [leader = NONE] = (await byLeader(cluster, [transaction])).keys();
  const link = await cluster.link(leader);
  const answer = await link.call('WriteTxnMarkers', {
    markers: [
      {
        producerId,
        producerEpoch,
        coordinatorEpoch,
        transactionResult: false,
        topics: [{ name: topic, partitionIndexes: [partition] }],
        transactionVersion: 0,
      },
    ],
  });
  for (const { errorCode } of answer.markers.flatMap(({ topics }) => topics).flatMap(({ partitions }) => partitions)) {
    const doing = `aborting the transaction of producer ${producerId} in ${topic}-${partition}`;
    throwIfError(errorCode, doing, { topic, partition, producerId });
  }
}

/** Asks the leader of each partition which producers write to it. */
export async function describeProducers(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
): Promise<readonly PartitionProducers[]> {
  const answers = await Promise.all(
    [...(await byLeader(cluster, partitions))].map(([leader, list]) => producersAt(cluster, leader, list)),
  );
  return answers.flat();
}

async function producersAt(
  cluster: Cluster,
  leader: number,
  partitions: readonly TopicPartition[],
): Promise<readonly PartitionProducers[]> {
  const link = await cluster.link(leader);
  const topics = groupByTopic(partitions, ({ partition }) => partition);
  const answer = await link.call('DescribeProducers', {
    topics: topics.map(({ topic, items }) => ({ name: topic, partitionIndexes: items })),
  });
  return answer.topics.flatMap(({ name: topic, partitions: described }) =>
    described.map(({ partitionIndex: partition, errorCode, errorMessage, activeProducers }) => {
      throwIfError(errorCode, `describing the producers of ${topic}-${partition}`, { topic, partition }, errorMessage);
      const producers = activeProducers.map((producer) => ({
        producerId: producer.producerId,
        producerEpoch: producer.producerEpoch,
        lastSequence: producer.lastSequence,
        lastTimestamp: producer.lastTimestamp,
        coordinatorEpoch: producer.coordinatorEpoch < 0 ? null : producer.coordinatorEpoch,
        transactionStartOffset: producer.currentTxnStartOffset < 0 ? null : producer.currentTxnStartOffset,
      }));
      return { topic, partition, producers };
    }),
  );
}
