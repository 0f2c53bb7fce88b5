import type { AssignmentMember } from './sticky-assignment.ts';

/** Who runs what; tasks with state have their copies elsewhere. */
export type StandbyQuestion = {
  /** The tasks that have state in a changelog. */
  readonly tasks: readonly string[];
  /** Copies of each task beside the active one (`num.standby.replicas`). */
  readonly replicas: number;
  readonly members: readonly AssignmentMember[];
  /** The active tasks by member. */
  readonly active: ReadonlyMap<string, readonly string[]>;
};

/**
 * Gives each task with state so many standbys, each in another process and none where the task runs; fewer, where there
 * are not enough processes. A copy stays where one is already unless that member has more than its share; others go to
 * whoever has least. Pure: the same input gives the same answer, whatever order members come in.
 */
export function assignStandbys(question: StandbyQuestion): ReadonlyMap<string, readonly string[]> {
  const { tasks, replicas, active } = question;
  const members = [...question.members].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const standbys = new Map<string, string[]>(members.map(({ memberId }) => [memberId, []]));
  if (replicas === 0) return standbys;
  const load = (member: AssignmentMember): number => standbys.get(member.memberId)!.length;
  const wholeLoad = (member: AssignmentMember): number => load(member) + (active.get(member.memberId)?.length ?? 0);
  const share = Math.ceil((tasks.length * replicas) / Math.max(members.length, 1));
  for (const task of tasks) {
    const taken = new Set(members.filter(({ memberId }) => active.get(memberId)?.includes(task)).map(processOf));
    for (let copy = 0; copy < replicas; copy++) {
      const free = members.filter((member) => !taken.has(member.processId));
      const holder = free.find((member) => member.storedTasks.has(task) && load(member) < share);
      const chosen = holder ?? leastOf(free, wholeLoad);
      if (chosen === undefined) break;
      standbys.get(chosen.memberId)!.push(task);
      taken.add(chosen.processId);
    }
  }
  return standbys;
}

function processOf({ processId }: AssignmentMember): string {
  return processId;
}

function leastOf(
  members: readonly AssignmentMember[],
  load: (member: AssignmentMember) => number,
): AssignmentMember | undefined {
  let least: AssignmentMember | undefined;
  for (const member of members) if (least === undefined || load(member) < load(least)) least = member;
  return least;
}
