import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TopicPartitions } from '../partitions.ts';
import type { Assignor, Subscriber } from './assignor.ts';
import { assignRange } from './range.ts';
import { assignUniform } from './uniform.ts';

const TOPICS = ['a', 'b', 'c', 'd'];
const counts = fc.record({ a: fc.nat(9), b: fc.nat(9), c: fc.nat(9), d: fc.nat(30) });
const topicSet = fc.subarray(TOPICS).map((topics) => new Set(topics));
const memberIds = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 });
const group = fc
  .tuple(memberIds, fc.boolean())
  .chain(([ids, areAlike]) =>
    areAlike
      ? topicSet.map((topicIds) => ids.map((id) => subscriber(id, topicIds)))
      : fc.tuple(...ids.map((id) => topicSet.map((topicIds) => subscriber(id, topicIds)))),
  );

type Counts = { readonly [topic: string]: number };

function subscriber(id: number, topicIds: ReadonlySet<string>): Subscriber {
  return { memberId: `m${id}`, instanceId: id % 3 === 0 ? `i${id}` : null, topicIds, target: new Map() };
}

function run(assign: Assignor, subscribers: readonly Subscriber[], partitions: Counts) {
  return assign(subscribers, (topic) => partitions[topic] ?? 0);
}

function size(target: TopicPartitions | undefined): number {
  return [...(target?.values() ?? [])].reduce((sum, partitions) => sum + partitions.length, 0);
}

function names(target: TopicPartitions | undefined): string[] {
  return [...(target ?? [])].flatMap(([topic, partitions]) => partitions.map((partition) => `${topic}-${partition}`));
}

function expectEachOnce(subscribers: readonly Subscriber[], partitions: Counts, result: ReturnType<Assignor>): void {
  const assigned = subscribers.flatMap(({ memberId, topicIds }) => {
    for (const topic of result.get(memberId)!.keys()) expect(topicIds.has(topic)).toBe(true);
    return names(result.get(memberId));
  });
  const wanted = TOPICS.filter((topic) => subscribers.some(({ topicIds }) => topicIds.has(topic)));
  const all = wanted.flatMap((topic) => Array.from({ length: partitions[topic]! }, (_, index) => `${topic}-${index}`));
  expect(assigned.sort()).toEqual(all.sort());
}

function again(subscribers: readonly Subscriber[], result: ReturnType<Assignor>): Subscriber[] {
  return subscribers.map((one) => ({ ...one, target: result.get(one.memberId) ?? new Map() }));
}

test.each([
  ['uniform', assignUniform],
  ['range', assignRange],
])('%s gives every partition that somebody wants to one who wants it', (_, assign) => {
  fc.assert(
    fc.property(group, counts, counts, (subscribers, before, after) => {
      const first = run(assign, subscribers, before);
      expectEachOnce(subscribers, before, first);
      const next = again(subscribers, first).slice(1);
      expectEachOnce(next, after, run(assign, next, after));
    }),
  );
});

test('uniform leaves nobody with two partitions more than another one that could take one of them', () => {
  fc.assert(
    fc.property(group, counts, counts, (subscribers, before, after) => {
      const next = again(subscribers, run(assignUniform, subscribers, before));
      const result = run(assignUniform, next, after);
      for (const owner of next) {
        for (const topic of result.get(owner.memberId)!.keys()) {
          for (const other of next.filter(({ topicIds }) => topicIds.has(topic))) {
            expect(size(result.get(owner.memberId)) - size(result.get(other.memberId))).toBeLessThanOrEqual(1);
          }
        }
      }
    }),
  );
});

test('uniform changes nothing when nothing changed', () => {
  fc.assert(
    fc.property(group, counts, (subscribers, partitions) => {
      const first = run(assignUniform, subscribers, partitions);
      expect(run(assignUniform, again(subscribers, first), partitions)).toEqual(first);
    }),
  );
});

test('uniform moves no more than it must when members of one mind come and go', () => {
  fc.assert(
    fc.property(memberIds, memberIds, topicSet, counts, (before, after, topics, partitions) => {
      const first = run(
        assignUniform,
        before.map((id) => subscriber(id, topics)),
        partitions,
      );
      const next = again(
        after.map((id) => subscriber(id, topics)),
        first,
      );
      const result = run(assignUniform, next, partitions);
      const least = Math.floor([...topics].reduce((sum, topic) => sum + partitions[topic as 'a'], 0) / after.length);
      for (const { memberId, target } of next) {
        const kept = names(result.get(memberId)).filter((name) => names(target).includes(name));
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(names(target).length, least));
      }
    }),
  );
});

test('range cuts topics of one size alike, static members first', () => {
  const topicIds = new Set(['a', 'b']);
  const result = run(assignRange, [subscriber(1, topicIds), subscriber(3, topicIds)], { a: 3, b: 3 });
  expect(result.get('m3')).toEqual(
    new Map([
      ['a', [0, 1]],
      ['b', [0, 1]],
    ]),
  );
  expect(result.get('m1')).toEqual(
    new Map([
      ['a', [2]],
      ['b', [2]],
    ]),
  );
});
