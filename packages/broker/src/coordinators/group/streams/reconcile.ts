import { NO_PARTITIONS, type OwnedPartitions, ownedSince, PartitionCollector } from '../consumer/partitions.ts';
import type { StreamsMember, StreamsMemberAssignment } from './member.ts';
import { type HeldTasks, holds, holdsNothing, NO_HELD_TASKS, TASK_ROLES, type TaskSet, type Tasks } from './tasks.ts';

export type TaskReconciliation = {
  readonly targetEpoch: number;
  readonly target: Tasks;
  /** The tasks that the member says it has; null where it does not say. */
  readonly reported: Tasks | null;
  /** The other members of the group. */
  readonly others: readonly StreamsMember[];
};

/**
 * The next step of a member towards its target. It gives away first: as long as it may still work on what it has to give
 * away, it stays behind the target. Then it gets what is free, and waits for what others still have: a task is active with
 * one member at a time, and in a process once, whatever the role. Answers the member's own assignment where there is
 * nothing to do.
 */
export function reconcileTasks(member: StreamsMember, towards: TaskReconciliation): StreamsMemberAssignment {
  switch (member.state) {
    case 'stable':
      return member.epoch === towards.targetEpoch ? member : step(member, member.epoch, towards);
    case 'unrevoked':
      // What it gave away is behind it: it is one epoch on, also where the target has moved meanwhile.
      return mayStillRun(member.revoking, towards.reported) ? member : step(member, member.epoch + 1, towards);
    case 'unreleased':
      return step(member, member.epoch, towards);
  }
}

function step(member: StreamsMember, epochBehind: number, towards: TaskReconciliation): StreamsMemberAssignment {
  const { targetEpoch, target, reported } = towards;
  const kept = filterHeld(member.held, (role, id, partition) => target[role].get(id)?.includes(partition) === true);
  const revoking = filterHeld(member.held, (role, id, partition) => !holds(kept, id, partition, role));
  if (!holdsNothing(revoking) && mayStillRun(revoking, reported)) {
    return moved(member, epochBehind, 'unrevoked', kept, revoking);
  }
  let isWaiting = false;
  const added = Object.fromEntries(
    TASK_ROLES.map((role) => {
      const free = new PartitionCollector();
      forEach(target[role], (id, partition) => {
        if (holds(kept, id, partition, role)) return;
        // It has the task in another role, which it gives up first.
        const isOwn = holds(kept, id, partition);
        if (isOwn || isTaken(member, towards.others, role, id, partition)) isWaiting = true;
        else free.add(id, partition);
      });
      return [role, free.collected()];
    }),
  ) as Record<keyof Tasks, TaskSet>;
  const held: HeldTasks = {
    active: merged(kept.active, ownedSince(added.active, targetEpoch)),
    standby: mergedSets(kept.standby, added.standby),
    warmup: mergedSets(kept.warmup, added.warmup),
  };
  return moved(member, targetEpoch, isWaiting ? 'unreleased' : 'stable', held, NO_HELD_TASKS);
}

/**
 * Whether a task can't be had yet: others have it, or are still giving it away, in any role in the same process; elsewhere
 * only an active task waits, for an active one.
 */
function isTaken(
  { processId }: StreamsMember,
  others: readonly StreamsMember[],
  role: keyof Tasks,
  subtopologyId: string,
  partition: number,
): boolean {
  return others.some(({ processId: otherProcessId, held, revoking }) => {
    const isBeside = otherProcessId === processId;
    if (!isBeside && role !== 'active') return false;
    const inRole = isBeside ? null : 'active';
    return holds(held, subtopologyId, partition, inRole) || holds(revoking, subtopologyId, partition, inRole);
  });
}

function moved(
  before: StreamsMember,
  epoch: number,
  state: StreamsMemberAssignment['state'],
  held: HeldTasks,
  revoking: HeldTasks,
): StreamsMemberAssignment {
  return { epoch, previousEpoch: before.epoch, state, held, revoking };
}

/** Whether a member has not said yet that it gave these tasks away. */
function mayStillRun(tasks: HeldTasks, reported: Tasks | null): boolean {
  if (reported === null) return true;
  return TASK_ROLES.some((role) => {
    for (const [id, partitions] of reported[role]) {
      if (partitions.some((partition) => holds(tasks, id, partition, role))) return true;
    }
    return false;
  });
}

function filterHeld(
  held: HeldTasks,
  accepts: (role: keyof Tasks, id: string, partition: number) => boolean,
): HeldTasks {
  const active = new Map<string, Map<number, number>>();
  for (const [id, epochs] of held.active) {
    const left = [...epochs].filter(([partition]) => accepts('active', id, partition));
    if (left.length > 0) active.set(id, new Map(left));
  }
  const ofRole = (role: 'standby' | 'warmup'): TaskSet => {
    const left = new PartitionCollector();
    forEach(held[role], (id, partition) => {
      if (accepts(role, id, partition)) left.add(id, partition);
    });
    return left.collected();
  };
  return { active, standby: ofRole('standby'), warmup: ofRole('warmup') };
}

function forEach(set: TaskSet, visit: (subtopologyId: string, partition: number) => void): void {
  for (const [id, partitions] of set) for (const partition of partitions) visit(id, partition);
}

function merged(left: OwnedPartitions, right: OwnedPartitions): OwnedPartitions {
  const all = new Map([...left].map(([id, epochs]) => [id, new Map(epochs)]));
  for (const [id, epochs] of right) all.set(id, new Map([...(all.get(id) ?? []), ...epochs]));
  return all;
}

function mergedSets(...sets: readonly TaskSet[]): TaskSet {
  if (sets.every((set) => set.size === 0)) return NO_PARTITIONS;
  const all = new PartitionCollector();
  for (const set of sets) forEach(set, (id, partition) => all.add(id, partition));
  return all.collected();
}
