import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignTasks, type TaskMember, type TaskSource } from './task-assignor.ts';
import { NO_TASKS, type Tasks } from './tasks.ts';

const sources: fc.Arbitrary<readonly TaskSource[]> = fc
  .array(fc.record({ taskCount: fc.integer({ min: 1, max: 6 }), isStateful: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((list) => list.map((one, at) => ({ ...one, subtopologyId: String(at) })));

/** Members of up to four processes. */
const members: fc.Arbitrary<readonly TaskMember[]> = fc
  .array(fc.nat(3), { minLength: 1, maxLength: 6 })
  .map((processes) => processes.map((process, at) => ({ memberId: `m${at}`, processId: `p${process}`, target: null })));

const standbys = fc.nat(2);

function names(set: Tasks['active']): string[] {
  return [...set].flatMap(([id, partitions]) => partitions.map((partition) => `${id}_${partition}`));
}

/** The same members with what they were given. */
function settled(all: readonly TaskMember[], targets: ReadonlyMap<string, Tasks>): TaskMember[] {
  return all.map((member) => ({ ...member, target: targets.get(member.memberId) ?? NO_TASKS }));
}

function spread(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts);
}

function expectWhole(
  all: readonly TaskMember[],
  tasks: readonly TaskSource[],
  standbyCount: number,
  targets: ReadonlyMap<string, Tasks>,
): void {
  const expected = tasks.flatMap(({ subtopologyId, taskCount }) =>
    Array.from({ length: taskCount }, (_, partition) => `${subtopologyId}_${partition}`),
  );
  const active = [...targets.values()].flatMap((one) => names(one.active));
  expect(active.sort(), 'each task is active exactly once').toEqual(expected.sort());
  const processCount = new Set(all.map(({ processId }) => processId)).size;
  const places = new Map<string, string[]>();
  for (const { memberId, processId } of all) {
    const target = targets.get(memberId) ?? NO_TASKS;
    for (const name of [...names(target.active), ...names(target.standby)]) {
      places.set(name, [...(places.get(name) ?? []), processId]);
    }
  }
  for (const { subtopologyId, taskCount, isStateful } of tasks) {
    for (let partition = 0; partition < taskCount; partition++) {
      const processes = places.get(`${subtopologyId}_${partition}`)!;
      expect(new Set(processes).size, 'never two of a task in one process').toBe(processes.length);
      const wanted = isStateful ? Math.min(standbyCount, processCount - 1) : 0;
      expect(processes.length - 1, 'as many standbys as are wanted, or as there is room for').toBe(wanted);
    }
  }
}

describe('whoever is there', () => {
  test('each task is active once, and its standbys are in other processes', () => {
    fc.assert(
      fc.property(members, sources, standbys, (all, tasks, count) => {
        expectWhole(all, tasks, count, assignTasks(all, tasks, count));
      }),
    );
  });

  test('it stays so when members come and go, tasks are added and standbys are asked for', () => {
    const change = fc.record({
      left: fc.subarray([0, 1, 2, 3, 4, 5]),
      more: sources,
      count: standbys,
      joined: members,
    });
    fc.assert(
      fc.property(members, sources, standbys, fc.array(change, { maxLength: 4 }), (all, tasks, count, changes) => {
        let now = settled(all, assignTasks(all, tasks, count));
        for (const [at, { left, more, count: next, joined }] of changes.entries()) {
          const stayed = now.filter((_, index) => !left.includes(index));
          const added = joined.map((one) => ({ ...one, memberId: `${one.memberId}-${at}` }));
          const there = [...stayed, ...added];
          const targets = assignTasks(there, more, next);
          expectWhole(there, more, next, targets);
          now = settled(there, targets);
        }
      }),
    );
  });

  test('active tasks are shared out evenly, and so are those of them that keep a state, also with who joins later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(3), sources, (count, more, tasks) => {
        const named = (at: number) => ({ memberId: `m${at}`, processId: `p${at}`, target: null });
        let now: TaskMember[] = Array.from({ length: count }, (_, at) => named(at));
        now = settled(now, assignTasks(now, tasks, 0));
        for (let at = count; at < count + more; at++) {
          now = [...now, named(at)];
          now = settled(now, assignTasks(now, tasks, 0));
        }
        const stateful = new Set(tasks.filter((one) => one.isStateful).map(({ subtopologyId }) => subtopologyId));
        const counts = now.map(({ target }) => names(target!.active));
        expect(spread(counts.map((list) => list.length))).toBeLessThanOrEqual(1);
        const withState = counts.map((list) => list.filter((name) => stateful.has(name.split('_')[0]!)).length);
        expect(spread(withState)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('what is there stays', () => {
  test('nothing moves where nothing has changed', () => {
    fc.assert(
      fc.property(members, sources, standbys, (all, tasks, count) => {
        const first = assignTasks(all, tasks, count);
        expect(assignTasks(settled(all, first), tasks, count)).toEqual(first);
      }),
    );
  });

  test('active tasks that keep a state only move to who has joined', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), sources, standbys, (count, tasks, standbyCount) => {
        const known = Array.from({ length: count }, (_, at) => ({
          memberId: `m${at}`,
          processId: `p${at}`,
          target: null,
        }));
        const before = assignTasks(known, tasks, standbyCount);
        const joined = { memberId: 'new', processId: 'new', target: null };
        const after = assignTasks([...settled(known, before), joined], tasks, standbyCount);
        for (const { memberId } of known) {
          const had = names(before.get(memberId)!.active);
          const has = names(after.get(memberId)!.active);
          const isStateful = (name: string): boolean => tasks[Number(name.split('_')[0])]!.isStateful;
          const gained = has.filter((name) => !had.includes(name) && isStateful(name));
          // What somebody has to give away may go to who keeps its state.
          const kept = names(before.get(memberId)!.standby);
          expect(gained.every((name) => kept.includes(name))).toBe(true);
        }
      }),
    );
  });

  test('the tasks of who leaves go on with who keeps their state', () => {
    const all = ['a', 'b', 'c'].map((id) => ({ memberId: id, processId: id, target: null }));
    const tasks = [{ subtopologyId: '0', taskCount: 6, isStateful: true }];
    const before = assignTasks(all, tasks, 1);
    const stayed = settled(all, before).filter(({ memberId }) => memberId !== 'c');
    const after = assignTasks(stayed, tasks, 1);
    const lost = names(before.get('c')!.active);
    expect(lost.length).toBe(2);
    for (const name of lost) {
      const keeper = ['a', 'b'].find((id) => names(before.get(id)!.standby).includes(name))!;
      expect(names(after.get(keeper)!.active)).toContain(name);
    }
  });

  test('of a group with one process nothing has a standby', () => {
    const all = ['a', 'b'].map((id) => ({ memberId: id, processId: 'p', target: null }));
    const targets = assignTasks(all, [{ subtopologyId: '0', taskCount: 4, isStateful: true }], 2);
    expect([...targets.values()].flatMap(({ standby }) => names(standby))).toEqual([]);
  });

  test('a process with more members gets more tasks', () => {
    const all = ['a1', 'a2', 'a3', 'b1'].map((id) => ({ memberId: id, processId: id[0]!, target: null }));
    const targets = assignTasks(all, [{ subtopologyId: '0', taskCount: 8, isStateful: false }], 0);
    expect(all.map(({ memberId }) => names(targets.get(memberId)!.active).length)).toEqual([2, 2, 2, 2]);
  });
});
