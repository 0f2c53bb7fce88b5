import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partitionKey, type TopicPartition } from '../../lib/topic-partition.ts';
import type { AssignInput, Assignor, MemberAssignment, MemberSubscription } from '../assignor.ts';
import { rangeAssignor } from './range.ts';
import { roundRobinAssignor } from './round-robin.ts';
import { cooperativeStickyAssignor } from './sticky.ts';

const TOPICS = ['a', 'b', 'c'];

function member(
  memberId: string,
  topics: readonly string[],
  owned: readonly TopicPartition[] = [],
): MemberSubscription {
  return { memberId, topics, groupInstanceId: null, ownedPartitions: owned, generation: 1, rack: null, userData: null };
}

const partitionCounts = fc
  .tuple(fc.nat(8), fc.nat(8), fc.nat(8))
  .map((counts) => new Map(TOPICS.flatMap((topic, index) => (counts[index]! > 0 ? [[topic, counts[index]!]] : []))));
const mixed: fc.Arbitrary<AssignInput> = fc.record({
  members: fc
    .array(fc.subarray(TOPICS, { minLength: 1 }), { minLength: 1, maxLength: 8 })
    .map((lists) => lists.map((topics, index) => member(`m${index}`, topics))),
  partitionCounts,
});
const uniform: fc.Arbitrary<AssignInput> = fc.record({
  members: fc
    .integer({ min: 1, max: 8 })
    .map((count) => Array.from({ length: count }, (_, i) => member(`m${i}`, TOPICS))),
  partitionCounts,
});

type Assignments = ReadonlyMap<string, MemberAssignment>;
const assign = (assignor: Assignor, input: AssignInput): Assignments => assignor.assign(input) as Assignments;
const keysOf = (assignment: MemberAssignment | undefined): readonly string[] =>
  (assignment?.partitions ?? []).map(({ topic, partition }) => partitionKey(topic, partition));
const load = (assignment: MemberAssignment): number => assignment.partitions.length;

function subscribed({ members, partitionCounts: counts }: AssignInput): readonly string[] {
  const topics = TOPICS.filter((topic) => members.some((one) => one.topics.includes(topic)));
  return topics.flatMap((topic) => Array.from({ length: counts.get(topic) ?? 0 }, (_, index) => `${topic}:${index}`));
}

/** The same members, after the assignment became theirs. */
function owning(input: AssignInput, assignments: Assignments): AssignInput {
  const members = input.members.map((one) => ({
    ...one,
    ownedPartitions: assignments.get(one.memberId)?.partitions ?? [],
    generation: one.generation + 1,
  }));
  return { ...input, members };
}

const ROUNDS_TO_SETTLE = 6;

/** Rounds until nothing is held back for its owner any more. */
function settle(input: AssignInput): { readonly input: AssignInput; readonly assignments: Assignments } {
  let current = input;
  for (let round = 0; round < ROUNDS_TO_SETTLE; round++)
    current = owning(current, assign(cooperativeStickyAssignor, current));
  return { input: current, assignments: assign(cooperativeStickyAssignor, current) };
}

describe.each([rangeAssignor, roundRobinAssignor, cooperativeStickyAssignor])('$name', (assignor) => {
  test('gives each partition of a subscribed topic to exactly one member that wants it', () => {
    fc.assert(
      fc.property(mixed, (input) => {
        const assignments = assign(assignor, input);
        const given = [...assignments.values()].flatMap(keysOf);
        expect([...given].sort()).toEqual([...subscribed(input)].sort());
        for (const { memberId, topics } of input.members) {
          for (const { topic } of assignments.get(memberId)!.partitions) expect(topics).toContain(topic);
        }
      }),
    );
  });
});

test('round robin and sticky differ by at most one partition where all want the same', () => {
  fc.assert(
    fc.property(uniform, (input) => {
      for (const assignor of [roundRobinAssignor, cooperativeStickyAssignor]) {
        const loads = [...assign(assignor, input).values()].map(load);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('range gives the same partitions of equal topics to the same member', () => {
  const input = {
    members: [member('x', ['a', 'b']), member('y', ['a', 'b'])],
    partitionCounts: new Map([
      ['a', 3],
      ['b', 3],
    ]),
  };
  expect(keysOf(assign(rangeAssignor, input).get('x'))).toEqual(['a:0', 'a:1', 'b:0', 'b:1']);
  expect(keysOf(assign(rangeAssignor, input).get('y'))).toEqual(['a:2', 'b:2']);
});

test('range keeps the place of a static member that comes back under another member id', () => {
  const at = (memberId: string, groupInstanceId: string) => ({ ...member(memberId, ['a']), groupInstanceId });
  const counts = new Map([['a', 2]]);
  const before = assign(rangeAssignor, { members: [at('p', 'one'), at('q', 'two')], partitionCounts: counts });
  const after = assign(rangeAssignor, { members: [at('q', 'two'), at('z', 'one')], partitionCounts: counts });
  expect(after.get('z')).toEqual(before.get('p'));
});

test('where all want the same, what sticky moves has its new owner in the next round', () => {
  fc.assert(
    fc.property(uniform, fc.integer({ min: 1, max: 3 }), (input, newcomerCount) => {
      const { input: settled } = settle(input);
      const newcomers = Array.from({ length: newcomerCount }, (_, index) => member(`new${index}`, TOPICS));
      const joined = { ...settled, members: [...settled.members, ...newcomers] };
      const second = assign(cooperativeStickyAssignor, owning(joined, assign(cooperativeStickyAssignor, joined)));
      expect([...second.values()].flatMap(keysOf).sort()).toEqual([...subscribed(joined)].sort());
    }),
  );
});

test('sticky moves nothing when nothing has changed', () => {
  fc.assert(
    fc.property(mixed, (input) => {
      const { input: settled, assignments } = settle(input);
      for (const one of settled.members) {
        const owned = one.ownedPartitions.map(({ topic, partition }) => partitionKey(topic, partition));
        expect([...keysOf(assignments.get(one.memberId))].sort()).toEqual([...owned].sort());
      }
    }),
  );
});

test('sticky never gives away what another member still owns, and is complete a few rounds later', () => {
  fc.assert(
    fc.property(mixed, fc.subarray(TOPICS, { minLength: 1 }), (input, topics) => {
      const { input: settled } = settle(input);
      const joined = { ...settled, members: [...settled.members, member('new', topics)] };
      const owners = new Map(
        joined.members.flatMap(({ memberId, ownedPartitions }) =>
          ownedPartitions.map(({ topic, partition }) => [partitionKey(topic, partition), memberId]),
        ),
      );
      const first = assign(cooperativeStickyAssignor, joined);
      for (const [memberId, assignment] of first) {
        for (const key of keysOf(assignment)) expect(owners.get(key) ?? memberId).toBe(memberId);
      }
      const { assignments: later } = settle(owning(joined, first));
      expect([...later.values()].flatMap(keysOf).sort()).toEqual([...subscribed(joined)].sort());
    }),
  );
});

test('of two members that claim a partition, the one of the newer generation keeps it', () => {
  const claim = [{ topic: 'a', partition: 0 }];
  const members = [
    { ...member('x', ['a'], claim), generation: 3 },
    { ...member('y', ['a'], claim), generation: 4 },
  ];
  const assignments = assign(cooperativeStickyAssignor, { members, partitionCounts: new Map([['a', 1]]) });
  expect(keysOf(assignments.get('y'))).toEqual(['a:0']);
});
