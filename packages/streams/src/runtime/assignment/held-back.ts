import type { AssignmentMember } from './sticky-assignment.ts';

/** What a member gets in this round, and what when others have let go of it. */
export type Share = { readonly now: readonly string[]; readonly next: readonly string[] };

/**
 * Holds tasks back that another member still has: one that is given away is had by nobody until its old owner has
 * committed and closed it, which it does when it sees that it is not given it any more. (KIP-429;
 * StreamsPartitionAssignor does the same.)
 */
export function heldBack(
  active: ReadonlyMap<string, readonly string[]>,
  members: readonly AssignmentMember[],
): ReadonlyMap<string, Share> {
  const owners = new Map<string, string>();
  for (const { memberId, activeTasks } of members) for (const task of activeTasks) owners.set(task, memberId);
  return new Map(
    [...active].map(([memberId, tasks]) => {
      const isFree = (task: string): boolean => (owners.get(task) ?? memberId) === memberId;
      return [memberId, { now: tasks.filter(isFree), next: tasks.filter((task) => !isFree(task)) }];
    }),
  );
}
