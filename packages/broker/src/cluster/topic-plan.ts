import { BrokerError } from '../lib/broker-error.ts';
import type { Cluster } from './cluster.ts';
import type { Topic } from './cluster-image.ts';
import { checkTopicConfigs } from './topic-configs.ts';
import { checkTopicName, collidingName, OFFSETS_TOPIC, SHARE_STATE_TOPIC, TRANSACTIONS_TOPIC } from './topic-names.ts';

/** Partitions of one topic; more is a slip of the keyboard. */
export const PARTITIONS_MAX = 100_000;

export type TopicWish = {
  readonly name: string;
  /** −1 for the broker's default. */
  readonly partitionCount: number;
  /** −1 for the broker's default. */
  readonly replicationFactor: number;
  /** Brokers by partition, instead of the two numbers; empty without. */
  readonly assignments: readonly { readonly partitionIndex: number; readonly brokerIds: readonly number[] }[];
  readonly configs: Readonly<Record<string, string | null>>;
};

/**
 * The topic that a wish asks for, or the reason why it can't be. Makes nothing.
 *
 * @throws BrokerError `TOPIC_ALREADY_EXISTS`, `INVALID_TOPIC_EXCEPTION`, `INVALID_PARTITIONS`,
 *   `INVALID_REPLICATION_FACTOR`, `INVALID_REPLICA_ASSIGNMENT`, `INVALID_CONFIG`, `INVALID_REQUEST`.
 */
export function planTopic(wish: TopicWish, cluster: Cluster, nodeId: number): Topic {
  const { name } = wish;
  checkTopicName(name);
  if (cluster.topic(name) !== undefined) {
    throw new BrokerError('TOPIC_ALREADY_EXISTS', `Topic '${name}' already exists.`);
  }
  const collision = /[._]/.test(name) ? collidingName(name, cluster.image.topics.keys()) : null;
  if (collision !== null) {
    throw new BrokerError('INVALID_TOPIC_EXCEPTION', `Topic '${name}' collides with existing topic: ${collision}`);
  }
  const partitionCount = wish.assignments.length > 0 ? assignedCount(wish, nodeId) : wishedCount(wish, cluster);
  return { name, id: cluster.makeUuid(), partitionCount, configs: checkTopicConfigs(wish.configs) };
}

/** The topic that comes into being because somebody asked for it. */
export function planAutoTopic(name: string, cluster: Cluster, nodeId: number): Topic {
  const { config } = cluster;
  const internal = (partitions: string, configs: Record<string, string>): Topic =>
    planTopic(
      { name, partitionCount: config.number(partitions), replicationFactor: 1, assignments: [], configs },
      cluster,
      nodeId,
    );
  if (name === OFFSETS_TOPIC) {
    const segmentBytes = config.text('offsets.topic.segment.bytes')!;
    return internal('offsets.topic.num.partitions', {
      'cleanup.policy': 'compact',
      'segment.bytes': segmentBytes,
      'compression.type': 'producer',
    });
  }
  if (name === TRANSACTIONS_TOPIC) {
    const segmentBytes = config.text('transaction.state.log.segment.bytes')!;
    return internal('transaction.state.log.num.partitions', {
      'cleanup.policy': 'compact',
      'segment.bytes': segmentBytes,
      'compression.type': 'uncompressed',
    });
  }
  if (name === SHARE_STATE_TOPIC) {
    const segmentBytes = config.text('share.coordinator.state.topic.segment.bytes')!;
    // Its keys are not to be compacted: updates follow each other. What is old is pruned behind the snapshots.
    return internal('share.coordinator.state.topic.num.partitions', {
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
      'segment.bytes': segmentBytes,
      'compression.type': 'uncompressed',
    });
  }
  return planTopic({ name, partitionCount: -1, replicationFactor: -1, assignments: [], configs: {} }, cluster, nodeId);
}

function wishedCount(wish: TopicWish, cluster: Cluster): number {
  const { partitionCount, replicationFactor } = wish;
  if (partitionCount !== -1 && partitionCount <= 0) {
    throw new BrokerError('INVALID_PARTITIONS', 'Number of partitions was set to an invalid non-positive value.');
  }
  if (partitionCount > PARTITIONS_MAX) {
    throw new BrokerError('INVALID_PARTITIONS', `A topic may have ${PARTITIONS_MAX} partitions.`);
  }
  if (replicationFactor !== -1 && replicationFactor <= 0) {
    throw new BrokerError(
      'INVALID_REPLICATION_FACTOR',
      'Replication factor must be larger than 0, or -1 to use the default value.',
    );
  }
  if (replicationFactor > 1) {
    throw new BrokerError(
      'INVALID_REPLICATION_FACTOR',
      `Unable to replicate the partition ${replicationFactor} time(s): The target replication factor of ` +
        `${replicationFactor} cannot be reached because only 1 broker(s) are registered.`,
    );
  }
  return partitionCount === -1 ? cluster.config.number('num.partitions') : partitionCount;
}

function assignedCount(wish: TopicWish, nodeId: number): number {
  if (wish.partitionCount !== -1 || wish.replicationFactor !== -1) {
    throw new BrokerError(
      'INVALID_REQUEST',
      'A manual partition assignment was specified, but numPartitions or replicationFactor was not set to -1.',
    );
  }
  const indexes = new Set<number>();
  for (const { partitionIndex, brokerIds } of wish.assignments) {
    if (indexes.has(partitionIndex)) {
      throw new BrokerError(
        'INVALID_REPLICA_ASSIGNMENT',
        `Found multiple manual partition assignments for partition ${partitionIndex}`,
      );
    }
    indexes.add(partitionIndex);
    checkAssignment(brokerIds, nodeId);
  }
  for (let index = 0; index < indexes.size; index++) {
    if (!indexes.has(index)) {
      throw new BrokerError(
        'INVALID_REPLICA_ASSIGNMENT',
        'partitions should be a consecutive 0-based integer sequence',
      );
    }
  }
  return indexes.size;
}

/** @throws BrokerError `INVALID_REPLICA_ASSIGNMENT` unless the one broker is named once. */
export function checkAssignment(brokerIds: readonly number[], nodeId: number): void {
  if (brokerIds.length === 0) {
    throw new BrokerError(
      'INVALID_REPLICA_ASSIGNMENT',
      'The manual partition assignment includes an empty replica list.',
    );
  }
  const unknown = brokerIds.find((id) => id !== nodeId);
  if (unknown !== undefined) {
    throw new BrokerError(
      'INVALID_REPLICA_ASSIGNMENT',
      `The manual partition assignment includes broker ${unknown}, but no such broker is registered.`,
    );
  }
  if (brokerIds.length > 1) {
    throw new BrokerError(
      'INVALID_REPLICA_ASSIGNMENT',
      `The manual partition assignment includes the broker ${nodeId} more than once.`,
    );
  }
}
