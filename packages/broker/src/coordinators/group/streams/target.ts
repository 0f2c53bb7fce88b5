import type { StreamsGroupChange } from './changes.ts';
import type { ConfiguredTopology } from './configured-topology.ts';
import type { StreamsContext } from './decision.ts';
import type { StreamsGroupView } from './group-state.ts';
import type { StreamsMember } from './member.ts';
import { assignTasks } from './task-assignor.ts';
import { NO_TASKS, sameTasks, type Tasks } from './tasks.ts';
import type { StreamsStatus } from './topic-problem.ts';

export type RenewedTarget = {
  readonly changes: readonly StreamsGroupChange[];
  /** The epoch for which the target stands. */
  readonly epoch: number;
  readonly statuses: readonly StreamsStatus[];
  readonly of: (memberId: string) => Tasks;
};

/** Computes what each member should have, if the group is ahead of its target and it is time. */
export function renewTarget(
  group: StreamsGroupView,
  members: ReadonlyMap<string, StreamsMember>,
  epoch: number,
  configured: ConfiguredTopology,
  { settings, nowMs, isWaiting }: Pick<StreamsContext, 'settings' | 'nowMs' | 'isWaiting'>,
): RenewedTarget {
  const asItIs = { changes: [], epoch: group.targetEpoch, of: (memberId: string) => group.target(memberId) };
  if (isWaiting) {
    return {
      ...asItIs,
      statuses: [delayed('initial rebalance delay')],
      of: () => NO_TASKS,
    };
  }
  if (epoch <= group.targetEpoch) return { ...asItIs, statuses: [] };
  // The time of the last target is stored: a clock that was set back must not hold the group for as long.
  const sinceTargetMs = nowMs - group.targetTimestampMs;
  const isDue = sinceTargetMs < 0 || sinceTargetMs >= settings.assignmentIntervalMs;
  if (!isDue) return { ...asItIs, statuses: [delayed('assignment interval')] };
  const targets = targetsOf(group, members, configured, settings.standbyCount);
  const changes: StreamsGroupChange[] = [];
  for (const memberId of members.keys()) {
    const value = targets.get(memberId) ?? NO_TASKS;
    const isSame = group.hasTarget(memberId) && sameTasks(group.target(memberId), value);
    if (!isSame) changes.push({ kind: 'target', memberId, value });
  }
  changes.push({ kind: 'target-epoch', value: { epoch, timestampMs: nowMs } });
  return { changes, epoch, statuses: [], of: (memberId) => targets.get(memberId) ?? NO_TASKS };
}

/** While topics are not as the topology needs them, nobody has tasks. */
function targetsOf(
  group: StreamsGroupView,
  members: ReadonlyMap<string, StreamsMember>,
  configured: ConfiguredTopology,
  standbyCount: number,
): ReadonlyMap<string, Tasks> {
  if (configured.kind !== 'ready') return new Map();
  return assignTasks(
    [...members.values()].map(({ id, processId }) => ({
      memberId: id,
      processId,
      target: group.hasTarget(id) ? group.target(id) : null,
    })),
    [...configured.subtopologies].map(([subtopologyId, { taskCount, changelogTopics }]) => ({
      subtopologyId,
      taskCount,
      isStateful: changelogTopics.length > 0,
    })),
    standbyCount,
  );
}

function delayed(by: string): StreamsStatus {
  return { status: 'ASSIGNMENT_DELAYED', detail: `Assignment delayed due to the configured ${by}.` };
}
