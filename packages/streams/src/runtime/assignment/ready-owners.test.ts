import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readyOwners } from './ready-owners.ts';
import { type AssignmentMember, assignTasks } from './sticky-assignment.ts';

const TASKS = ['0_0', '0_1', '0_2', '0_3', '0_4', '1_0', '1_1'];
const HEAVY = new Set(TASKS.filter((task) => task.startsWith('0')));
const ROUNDS_MAX = 20;

const none: ReadonlySet<string> = new Set();

function member(memberId: string, active: Iterable<string>, ready: Iterable<string> = active): AssignmentMember {
  const readyTasks = new Set(ready);
  return {
    memberId,
    processId: memberId,
    activeTasks: new Set(active),
    promisedTasks: new Set(),
    storedTasks: readyTasks,
    readyTasks,
  };
}

/** A group that was balanced once; then some left, and some came with nothing. */
const groups = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
  .map(([before, left, come]) => {
    const old = Array.from({ length: before }, (_, at) => member(`old-${at}`, none));
    const owned = assignTasks(TASKS, old);
    const stayed = old.slice(Math.min(left, before)).map(({ memberId }) => member(memberId, owned.get(memberId)!));
    const fresh = Array.from({ length: come }, (_, at) => member(`new-${at}`, none));
    return [...stayed, ...fresh];
  })
  .filter((group) => group.length > 0);

function round(group: readonly AssignmentMember[], warmupsMax: number): ReturnType<typeof readyOwners> {
  return readyOwners({ wanted: assignTasks(TASKS, group), members: group, heavyTasks: HEAVY, warmupsMax });
}

test('every task has one owner, who has its state if anybody has it', () => {
  fc.assert(
    fc.property(groups, fc.nat(3), (group, warmupsMax) => {
      const { active, warmups } = round(group, warmupsMax);
      expect([...active.values()].flat().sort()).toEqual([...TASKS].sort());
      for (const task of HEAVY) {
        const ready = group.filter(({ readyTasks }) => readyTasks.has(task));
        const owner = group.find(({ memberId }) => active.get(memberId)!.includes(task))!;
        if (ready.length > 0) expect(ready).toContain(owner);
      }
      expect([...warmups.values()].flat().length).toBeLessThanOrEqual(warmupsMax);
    }),
  );
});

test('round by round, as copies come to be ready, tasks are shared out evenly; then nothing moves', () => {
  fc.assert(
    fc.property(groups, fc.integer({ min: 1, max: 3 }), (first, warmupsMax) => {
      let group = first;
      let isSettled = false;
      for (let count = 0; count < ROUNDS_MAX && !isSettled; count++) {
        const { active, warmups } = round(group, warmupsMax);
        isSettled = [...warmups.values()].every((tasks) => tasks.length === 0);
        group = group.map(({ memberId }) =>
          member(memberId, active.get(memberId)!, [...active.get(memberId)!, ...warmups.get(memberId)!]),
        );
      }
      expect(isSettled).toBe(true);
      const sizes = group.map(({ activeTasks }) => activeTasks.size);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a thread gets the task of another thread of its process at once', () => {
  const one = { ...member('one', ['0_0', '0_1']), processId: 'process' };
  const two = { ...member('two', none), processId: 'process' };
  const wanted = new Map([
    ['one', ['0_0']],
    ['two', ['0_1']],
  ]);
  const { active, warmups } = readyOwners({ wanted, members: [one, two], heavyTasks: HEAVY, warmupsMax: 2 });
  expect(active.get('two')).toEqual(['0_1']);
  expect(warmups.get('two')).toEqual([]);
});
