import {
  ascending,
  NO_OWNED,
  NO_PARTITIONS,
  type OwnedPartitions,
  sameOwned,
  samePartitions,
  type TopicPartitions,
} from '../consumer/partitions.ts';

/** The partitions of subtopologies, by the ids of those: a task is one of them. */
export type TaskSet = TopicPartitions;

/** What a member does with a task: it runs it, or keeps its state, to take it over at once or before it moves there. */
export type TaskRole = 'active' | 'standby' | 'warmup';

export const TASK_ROLES: readonly TaskRole[] = ['active', 'standby', 'warmup'];

/** The tasks that a member should have, or says it has. */
export type Tasks = Readonly<Record<TaskRole, TaskSet>>;

/** The tasks that a member has; active ones with the epoch of the group at which it got them. */
export type HeldTasks = {
  readonly active: OwnedPartitions;
  readonly standby: TaskSet;
  readonly warmup: TaskSet;
};

export const NO_TASKS: Tasks = { active: NO_PARTITIONS, standby: NO_PARTITIONS, warmup: NO_PARTITIONS };
export const NO_HELD_TASKS: HeldTasks = { active: NO_OWNED, standby: NO_PARTITIONS, warmup: NO_PARTITIONS };

export function sameTasks(left: Tasks, right: Tasks): boolean {
  return TASK_ROLES.every((role) => samePartitions(left[role], right[role]));
}

export function sameHeldTasks(left: HeldTasks, right: HeldTasks): boolean {
  return (
    sameOwned(left.active, right.active) &&
    samePartitions(left.standby, right.standby) &&
    samePartitions(left.warmup, right.warmup)
  );
}

export function holdsNothing({ active, standby, warmup }: HeldTasks): boolean {
  return active.size === 0 && standby.size === 0 && warmup.size === 0;
}

/** Whether a member holds a task, in a role or in any. */
export function holds(
  held: HeldTasks,
  subtopologyId: string,
  partition: number,
  role: TaskRole | null = null,
): boolean {
  const hasActive = (): boolean => held.active.get(subtopologyId)?.has(partition) === true;
  const has = (set: TaskSet): boolean => set.get(subtopologyId)?.includes(partition) === true;
  if (role === null) return hasActive() || has(held.standby) || has(held.warmup);
  return role === 'active' ? hasActive() : has(held[role]);
}

type TaskIds = { readonly subtopologyId: string; readonly partitions: readonly number[] };

/** A list of tasks as messages carry it, in the order of the subtopologies. */
export function toTaskIds(tasks: TaskSet): { readonly subtopologyId: string; readonly partitions: number[] }[] {
  return [...tasks]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([subtopologyId, partitions]) => ({ subtopologyId, partitions: [...partitions] }));
}

/** The other way round; what it was read from may go. */
export function fromTaskIds(list: readonly TaskIds[]): TaskSet {
  const tasks = new Map<string, number[]>();
  for (const { subtopologyId, partitions } of list) {
    const all = new Set([...(tasks.get(subtopologyId) ?? []), ...partitions]);
    tasks.set(subtopologyId, [...all].sort(ascending));
  }
  return tasks;
}
