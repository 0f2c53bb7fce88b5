import { BrokerError } from '../../../lib/broker-error.ts';
import type { ConfiguredSubtopologies } from './configured-topology.ts';
import type { StreamsHeartbeatRequest } from './decision.ts';
import type { StreamsMember } from './member.ts';
import { fromTaskIds, type HeldTasks, holds, TASK_ROLES, type Tasks } from './tasks.ts';

/** The tasks that a member says it has; null where it does not say. */
export function reportedTasks({ activeTasks, standbyTasks, warmupTasks }: StreamsHeartbeatRequest): Tasks | null {
  if (activeTasks === null || standbyTasks === null || warmupTasks === null) return null;
  return { active: fromTaskIds(activeTasks), standby: fromTaskIds(standbyTasks), warmup: fromTaskIds(warmupTasks) };
}

/** @throws BrokerError `FENCED_MEMBER_EPOCH`, but not for a member whose last answer was lost. */
export function checkMemberEpoch(member: StreamsMember, epoch: number, reported: Tasks | null): void {
  if (epoch === 0 || epoch === member.epoch) return;
  const isBehindByOneAnswer =
    epoch < member.epoch && epoch === member.previousEpoch && reported !== null && isPartOf(reported, member.held);
  if (isBehindByOneAnswer) return;
  throw new BrokerError(
    'FENCED_MEMBER_EPOCH',
    `The streams group member has a ${epoch > member.epoch ? 'greater' : 'smaller'} member epoch (${epoch}) than the ` +
      `one known by the group coordinator (${member.epoch}). The member must abandon all its partitions and rejoin.`,
  );
}

/** @throws BrokerError `INVALID_REQUEST` for tasks that there are not. */
export function checkReportedTasks(subtopologies: ConfiguredSubtopologies, reported: Tasks | null): void {
  if (reported === null) return;
  for (const role of TASK_ROLES) {
    for (const [id, partitions] of reported[role]) {
      const subtopology = subtopologies.get(id);
      if (subtopology === undefined) {
        throw new BrokerError('INVALID_REQUEST', `Subtopology ${id} does not exist in the topology.`);
      }
      const { taskCount } = subtopology;
      const wrong = partitions.find((partition) => partition < 0 || partition >= taskCount);
      if (wrong === undefined) continue;
      throw new BrokerError(
        'INVALID_REQUEST',
        `Task ${wrong} for subtopology ${id} is invalid. Number of tasks for this subtopology: ${taskCount}`,
      );
    }
  }
}

function isPartOf(tasks: Tasks, held: HeldTasks): boolean {
  return TASK_ROLES.every((role) =>
    [...tasks[role]].every(([id, partitions]) => partitions.every((partition) => holds(held, id, partition, role))),
  );
}
