import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AssignmentMember, assignTasks } from './sticky-assignment.ts';

const tasks = fc
  .integer({ min: 0, max: 12 })
  .chain((partitions) =>
    fc
      .integer({ min: 1, max: 3 })
      .map((subTopologies) =>
        Array.from(
          { length: partitions * subTopologies },
          (_, at) => `${at % subTopologies}_${Math.floor(at / subTopologies)}`,
        ),
      ),
  );

function member(
  memberId: string,
  activeTasks: Iterable<string> = [],
  storedTasks: Iterable<string> = [],
): AssignmentMember {
  return {
    memberId,
    processId: memberId,
    promisedTasks: new Set(),
    activeTasks: new Set(activeTasks),
    storedTasks: new Set(storedTasks),
    readyTasks: new Set(activeTasks),
  };
}

const members = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) => fc.subarray(['0_0', '0_1', '0_2', '1_0', '1_1', '2_0']).map((own) => member(id, own, own))),
    ),
  );

test('every task has exactly one owner, and no member has two more than another', () => {
  fc.assert(
    fc.property(tasks, members, (all, group) => {
      const assignment = assignTasks(all, group);
      expect([...assignment.values()].flat().sort()).toEqual([...all].sort());
      const sizes = [...assignment.values()].map((own) => own.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

test('asked again with nothing changed, nothing moves', () => {
  fc.assert(
    fc.property(tasks, members, (all, group) => {
      const first = assignTasks(all, group);
      const again = assignTasks(all, group.map(({ memberId }) => member(memberId, first.get(memberId))).reverse());
      for (const [memberId, own] of first) expect([...again.get(memberId)!].sort()).toEqual([...own].sort());
    }),
  );
});

test('a member that joins takes only its share, one that leaves gives only its own away', () => {
  fc.assert(
    fc.property(tasks, members, (all, group) => {
      const before = assignTasks(all, group);
      const grown = [...group.map(({ memberId }) => member(memberId, before.get(memberId))), member('new')];
      const after = assignTasks(all, grown);
      const moved = all.filter(
        (task) =>
          !group.some(({ memberId }) => before.get(memberId)!.includes(task) && after.get(memberId)!.includes(task)),
      );
      expect(moved.length).toBe(after.get('new')!.length);
      const shrunk = assignTasks(
        all,
        grown.slice(0, -1).map(({ memberId }) => member(memberId, after.get(memberId))),
      );
      for (const { memberId } of group)
        for (const task of after.get(memberId)!) expect(shrunk.get(memberId)).toContain(task);
    }),
  );
});

test('a task goes where its state lies when nobody runs it', () => {
  const assignment = assignTasks(['0_0', '0_1'], [member('a', [], []), member('b', [], ['0_0'])]);
  expect(assignment.get('b')).toEqual(['0_0']);
});
