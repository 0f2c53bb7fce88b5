import type { AssignmentMember } from './sticky-assignment.ts';

/** Where tasks should go, and who could run them at once. */
export type ReadyOwnersQuestion = {
  /** The tasks of each member, as they are shared out evenly. */
  readonly wanted: ReadonlyMap<string, readonly string[]>;
  readonly members: readonly AssignmentMember[];
  /** Tasks that have much state: others can go anywhere at any time. */
  readonly heavyTasks: ReadonlySet<string>;
  /** How many copies may be made at a time for tasks that are to move (`max.warmup.replicas`). */
  readonly warmupsMax: number;
};

/** Both by member. */
export type ReadyOwners = {
  readonly active: ReadonlyMap<string, readonly string[]>;
  /** Copies of tasks that go there once the copy is up to date. */
  readonly warmups: ReadonlyMap<string, readonly string[]>;
};

/**
 * Leaves a task with somebody who has its state up to date, as long as the one it should go to has not; that one gets a copy
 * first, and has the next round shared out when it is ready. So no task stands still because its state is restored, unless
 * nobody has it. (KIP-441, HighAvailabilityTaskAssignor; without its probing rounds.)
 */
export function readyOwners({ wanted, members, heavyTasks, warmupsMax }: ReadyOwnersQuestion): ReadyOwners {
  const sorted = [...members].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const active = new Map<string, string[]>(sorted.map(({ memberId }) => [memberId, []]));
  const warmups = new Map<string, string[]>(sorted.map(({ memberId }) => [memberId, []]));
  let warmupCount = 0;
  for (const member of sorted) {
    for (const task of wanted.get(member.memberId) ?? []) {
      const owner = heavyTasks.has(task) ? readyOwner(task, member, sorted, active) : member;
      active.get(owner.memberId)!.push(task);
      if (owner === member || warmupCount === warmupsMax) continue;
      warmups.get(member.memberId)!.push(task);
      warmupCount++;
    }
  }
  return { active, warmups };
}

/** Threads of one process have the same folders: between them nothing is restored. */
function readyOwner(
  task: string,
  member: AssignmentMember,
  members: readonly AssignmentMember[],
  active: ReadonlyMap<string, readonly string[]>,
): AssignmentMember {
  const ready = members.filter(({ readyTasks }) => readyTasks.has(task));
  if (ready.length === 0 || ready.some(({ processId }) => processId === member.processId)) return member;
  const running = ready.find(({ activeTasks }) => activeTasks.has(task));
  const load = ({ memberId }: AssignmentMember): number => active.get(memberId)!.length;
  return running ?? ready.reduce((least, other) => (load(other) < load(least) ? other : least));
}
