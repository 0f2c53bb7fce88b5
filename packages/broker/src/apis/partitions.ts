import { BrokerError } from '../lib/broker-error.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { Services } from './api.ts';

/** The log of a partition by name. @throws BrokerError `UNKNOWN_TOPIC_OR_PARTITION`, `KAFKA_STORAGE_ERROR`. */
export function partitionLog(services: Services, topic: string, partition: number): PartitionLog {
  const log = services.logs.get(topic, partition);
  if (log === null) throw new BrokerError('UNKNOWN_TOPIC_OR_PARTITION');
  return log;
}

/** Newer versions name topics by id. @throws BrokerError `UNKNOWN_TOPIC_ID` for one that is none, or no longer. */
export function topicNameOf(services: Services, topicId: string): string {
  const topic = services.cluster.topicById(topicId);
  if (topic === undefined) throw new BrokerError('UNKNOWN_TOPIC_ID');
  return topic.name;
}

/**
 * Checks the leader epoch that a client believes in; −1 is none.
 *
 * @throws BrokerError `FENCED_LEADER_EPOCH` when it is behind, `UNKNOWN_LEADER_EPOCH` when it is ahead.
 */
export function checkLeaderEpoch(log: PartitionLog, currentLeaderEpoch: number): void {
  if (currentLeaderEpoch < 0 || currentLeaderEpoch === log.leaderEpoch) return;
  throw new BrokerError(currentLeaderEpoch < log.leaderEpoch ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH');
}
