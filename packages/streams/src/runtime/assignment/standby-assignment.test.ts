import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignStandbys } from './standby-assignment.ts';
import { type AssignmentMember, assignTasks } from './sticky-assignment.ts';

const TASKS = ['0_0', '0_1', '0_2', '0_3', '1_0', '1_1'];

/** Members, some of which share a process. */
const members = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }).chain((ids) =>
  fc.tuple(
    ...ids.map((memberId) =>
      fc.record({
        memberId: fc.constant(memberId),
        processId: fc.constantFrom('p', 'q', 'r', memberId),
        activeTasks: fc.subarray(TASKS).map((tasks) => new Set(tasks)),
        promisedTasks: fc.constant(new Set<string>()),
        readyTasks: fc.constant(new Set<string>()),
        storedTasks: fc.subarray(TASKS).map((tasks) => new Set(tasks)),
      }),
    ),
  ),
);

function assigned(group: readonly AssignmentMember[], replicas: number) {
  const active = assignTasks(TASKS, group);
  return { active, standbys: assignStandbys({ tasks: TASKS, replicas, members: group, active }) };
}

test('each task has as many copies as processes allow, no two of it in one process', () => {
  fc.assert(
    fc.property(members, fc.nat(3), (group, replicas) => {
      const { active, standbys } = assigned(group, replicas);
      const processes = new Set(group.map(({ processId }) => processId)).size;
      for (const task of TASKS) {
        const holders = group.filter(
          ({ memberId }) => active.get(memberId)!.includes(task) || standbys.get(memberId)!.includes(task),
        );
        expect(holders).toHaveLength(Math.min(replicas + 1, processes));
        expect(new Set(holders.map(({ processId }) => processId)).size).toBe(holders.length);
      }
    }),
  );
});

test('asked again with nothing changed, no copy moves', () => {
  fc.assert(
    fc.property(members, fc.nat(2), (group, replicas) => {
      const { active, standbys } = assigned(group, replicas);
      const settled = group.map((member) => ({
        ...member,
        activeTasks: new Set(active.get(member.memberId)),
        storedTasks: new Set(standbys.get(member.memberId)),
      }));
      const once = assigned(settled, replicas);
      const again = assigned(
        settled.map((member) => ({ ...member, storedTasks: new Set(once.standbys.get(member.memberId)) })).reverse(),
        replicas,
      );
      for (const { memberId } of group) {
        expect([...again.standbys.get(memberId)!].sort()).toEqual([...once.standbys.get(memberId)!].sort());
      }
    }),
  );
});

test('the process that a task leaves keeps its copy', () => {
  const member = (memberId: string, tasks: readonly string[]): AssignmentMember => {
    const own = new Set(tasks);
    return {
      memberId,
      processId: memberId,
      activeTasks: own,
      promisedTasks: new Set(),
      storedTasks: own,
      readyTasks: own,
    };
  };
  const group = [member('a', ['0_0', '0_1']), member('b', []), member('c', [])];
  const active = assignTasks(['0_0', '0_1'], group);
  const standbys = assignStandbys({ tasks: ['0_0', '0_1'], replicas: 1, members: group, active });
  expect(active.get('a')).toEqual(['0_0']);
  expect(standbys.get('a')).toEqual(['0_1']);
});
