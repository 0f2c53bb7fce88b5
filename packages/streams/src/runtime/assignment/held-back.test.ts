import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heldBack, type Share } from './held-back.ts';
import { type AssignmentMember, assignTasks } from './sticky-assignment.ts';

const TASKS = Array.from({ length: 12 }, (_, at) => `${at % 2}_${Math.floor(at / 2)}`);

type Holding = {
  readonly active: readonly string[];
  readonly promised: readonly string[];
  readonly stored: readonly string[];
};

/** Who runs what; state lies where a task ever ran. */
type Group = ReadonlyMap<string, Holding>;
const NOTHING: Holding = { active: [], promised: [], stored: [] };

function membersOf(group: Group): readonly AssignmentMember[] {
  return [...group].map(([memberId, { active, promised, stored }]) => ({
    memberId,
    processId: memberId,
    activeTasks: new Set(active),
    promisedTasks: new Set(promised),
    storedTasks: new Set(stored),
    readyTasks: new Set(active),
  }));
}

function round(group: Group): ReadonlyMap<string, Share> {
  const members = membersOf(group);
  return heldBack(assignTasks(TASKS, members), members);
}

/** The group after a round: everybody runs what they were given, and nothing else. */
function after(group: Group, shares: ReadonlyMap<string, Share>): Group {
  return new Map(
    [...group].map(([memberId, { stored }]) => {
      const { now: active, next: promised } = shares.get(memberId)!;
      return [memberId, { active, promised, stored: [...new Set([...stored, ...active])] }];
    }),
  );
}

/** Instances that come and go, named by letters. */
const histories = fc.array(fc.subarray(['a', 'b', 'c', 'd', 'e'], { minLength: 1 }), { minLength: 2, maxLength: 6 });

test('no task is ever given to one while another has it, and two rounds settle everything', () => {
  fc.assert(
    fc.property(histories, (history) => {
      let group: Group = new Map();
      for (const present of history) {
        group = new Map(present.map((name) => [name, group.get(name) ?? NOTHING]));
        const owners = new Map([...group].flatMap(([name, { active }]) => active.map((task) => [task, name])));
        const first = round(group);
        for (const [name, { now, next }] of first) {
          for (const task of now) expect(owners.get(task) ?? name).toBe(name);
          for (const task of next) expect(owners.get(task)).not.toBe(name);
        }
        const settling = after(group, first);
        const second = round(settling);
        // What the first round promised, the second one gives; nobody loses anything any more.
        for (const [name, { now, next }] of second) {
          expect(next).toEqual([]);
          expect([...now].sort()).toEqual([...first.get(name)!.now, ...first.get(name)!.next].sort());
        }
        group = after(settling, second);
        expect([...group.values()].flatMap(({ active }) => active).sort()).toEqual([...TASKS].sort());
      }
    }),
  );
});
