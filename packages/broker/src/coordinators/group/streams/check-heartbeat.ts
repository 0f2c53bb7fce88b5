import type { StreamsGroupHeartbeatRequest } from '@millrace/protocol';
import { BrokerError } from '../../../lib/broker-error.ts';

export const LEAVE_EPOCH = -1;

/** The epoch of a static member that leaves for a while. There are none yet: it leaves as everybody does. */
const STATIC_LEAVE_EPOCH = -2;

/**
 * Whether a request has what its kind of heartbeat needs, and asks for nothing that Kafka does not have yet: static
 * members, warm-up tasks and their offsets, and sources by regular expression.
 *
 * @throws BrokerError `INVALID_REQUEST`, `STREAMS_INVALID_TOPOLOGY`.
 */
export function checkStreamsHeartbeat(request: StreamsGroupHeartbeatRequest): void {
  checkSupport(request);
  const { memberEpoch, topology, activeTasks, standbyTasks, warmupTasks } = request;
  need(request.memberId.trim() !== '', "MemberId can't be empty.");
  need(request.groupId.trim() !== '', "GroupId can't be empty.");
  need(request.rackId === null || request.rackId.trim() !== '', "RackId can't be empty.");
  need(
    memberEpoch >= STATIC_LEAVE_EPOCH,
    `MemberEpoch is ${memberEpoch}, but must be greater than or equal to ${STATIC_LEAVE_EPOCH}.`,
  );
  need(memberEpoch !== STATIC_LEAVE_EPOCH, "InstanceId can't be null.");
  const tasks = [activeTasks, standbyTasks, warmupTasks];
  if (memberEpoch === 0) {
    need(request.rebalanceTimeoutMs !== -1, 'RebalanceTimeoutMs must be provided in first request.');
    need((activeTasks?.length ?? 0) === 0, 'ActiveTasks must be empty when (re-)joining.');
    need((standbyTasks?.length ?? 0) === 0, 'StandbyTasks must be empty when (re-)joining.');
    need((warmupTasks?.length ?? 0) === 0, 'WarmupTasks must be empty when (re-)joining.');
    need(topology !== null, 'Topology must be non-null when (re-)joining.');
    checkChangelogs(request);
  } else {
    need(topology === null, 'Topology can only be provided when (re-)joining.');
  }
  const isAllOrNone = tasks.every((list) => list === null) || tasks.every((list) => list !== null);
  need(isAllOrNone, 'If one task-type is non-null, all must be non-null.');
}

function checkSupport({
  instanceId,
  taskOffsets,
  taskEndOffsets,
  warmupTasks,
  topology,
}: StreamsGroupHeartbeatRequest): void {
  need(instanceId === null, 'Static membership is not yet supported.');
  need(taskOffsets === null, 'TaskOffsets are not supported yet.');
  need(taskEndOffsets === null, 'TaskEndOffsets are not supported yet.');
  need((warmupTasks?.length ?? 0) === 0, 'WarmupTasks are not supported yet.');
  const hasRegex = topology?.subtopologies.some(({ sourceTopicRegex }) => sourceTopicRegex.length > 0) === true;
  need(!hasRegex, 'Regular expressions for source topics are not supported yet.');
}

function checkChangelogs({ topology }: StreamsGroupHeartbeatRequest): void {
  for (const { name, partitions } of topology?.subtopologies.flatMap((one) => one.stateChangelogTopics) ?? []) {
    if (partitions === 0) continue;
    throw new BrokerError(
      'STREAMS_INVALID_TOPOLOGY',
      `Changelog topic ${name} must have an undefined partition count, but it is set to ${partitions}.`,
    );
  }
}

function need(holds: boolean, what: string): void {
  if (!holds) throw new BrokerError('INVALID_REQUEST', what);
}
