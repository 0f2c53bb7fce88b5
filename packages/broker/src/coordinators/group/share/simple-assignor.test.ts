import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TopicPartitions } from '../consumer/partitions.ts';
import { assignSimply, type ShareSubscriber } from './simple-assignor.ts';

const TOPICS = ['A', 'B', 'C'] as const;

type Group = { readonly members: readonly (readonly string[])[]; readonly partitions: readonly number[] };

const group: fc.Arbitrary<Group> = fc.record({
  members: fc.array(fc.subarray([...TOPICS], { minLength: 1 }), { minLength: 1, maxLength: 7 }),
  partitions: fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)),
});

function assign(
  { members, partitions }: Group,
  before: ReadonlyMap<string, TopicPartitions> = new Map(),
): ReadonlyMap<string, TopicPartitions> {
  const countOf = (topicId: string): number => partitions[TOPICS.indexOf(topicId as 'A')] ?? 0;
  const subscribers = members.map((topics, index): ShareSubscriber => {
    const memberId = `m${index}`;
    return { memberId, topicIds: new Set(topics), target: before.get(memberId) ?? new Map() };
  });
  return assignSimply(subscribers, countOf);
}

const names = (target: TopicPartitions): string[] =>
  [...target].flatMap(([topicId, list]) => list.map((partition) => `${topicId}${partition}`));

function loads(targets: ReadonlyMap<string, TopicPartitions>): number[] {
  return [...targets.values()].map((target) => names(target).length);
}

test('every partition that somebody wants has a reader, and every member something to read, of what it wants', () => {
  fc.assert(
    fc.property(group, (one) => {
      const targets = assign(one);
      const read = new Set([...targets.values()].flatMap(names));
      for (const [index, topics] of one.members.entries()) {
        const wanted = topics.flatMap((topicId) =>
          Array.from(
            { length: one.partitions[TOPICS.indexOf(topicId as 'A')]! },
            (_, partition) => `${topicId}${partition}`,
          ),
        );
        for (const name of wanted) expect(read).toContain(name);
        const given = names(targets.get(`m${index}`)!);
        expect(wanted).toEqual(expect.arrayContaining(given));
        expect(new Set(given).size).toBe(given.length);
        if (wanted.length > 0) expect(given.length).toBeGreaterThan(0);
      }
    }),
  );
});

test('members of one subscription have even loads, and partitions even readers', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (memberCount, partitionCount) => {
      const targets = assign({
        members: Array.from({ length: memberCount }, () => ['A']),
        partitions: [partitionCount],
      });
      expect(Math.max(...loads(targets)) - Math.min(...loads(targets))).toBeLessThanOrEqual(1);
      const readers = new Map<string, number>();
      for (const name of [...targets.values()].flatMap(names)) readers.set(name, (readers.get(name) ?? 0) + 1);
      expect(Math.max(...readers.values()) - Math.min(...readers.values())).toBeLessThanOrEqual(1);
    }),
  );
});

test('what is assigned stays when nothing changes, and mostly when a member comes', () => {
  fc.assert(
    fc.property(group, (one) => {
      const targets = assign(one);
      expect(assign(one, targets)).toEqual(targets);
    }),
  );
  const before = assign({ members: [['A'], ['A']], partitions: [4] });
  const after = assign({ members: [['A'], ['A'], ['A']], partitions: [4] }, before);
  expect(loads(after).sort()).toEqual([1, 1, 2]);
  const kept = ['m0', 'm1'].flatMap((id) =>
    names(after.get(id)!).filter((name) => names(before.get(id)!).includes(name)),
  );
  expect(kept).toHaveLength(3);
});
