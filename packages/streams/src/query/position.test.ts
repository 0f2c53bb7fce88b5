import { expect, test } from 'vitest';
import { hasReached, mergePositions, type Position, positionBefore } from './position.ts';

test('merged positions have the later offset of each partition', () => {
  const merged = mergePositions({ a: { 0: 5, 1: 2 } }, { a: { 0: 3, 2: 7 }, b: { 0: 1 } });
  expect(merged).toEqual({ a: { 0: 5, 1: 2, 2: 7 }, b: { 0: 1 } });
});

test.each(['constructor', '__proto__', 'toString'])('a topic may be called %s', (topic) => {
  const [one, other]: Position[] = [3, 4].map((offset) => positionBefore([{ topic, partition: 0, offset }]));
  const merged = mergePositions(one!, other!);
  expect(Object.entries(merged)).toEqual([[topic, { 0: 3 }]]);
  expect(hasReached(merged, other!, 0)).toBe(true);
  expect(hasReached(mergePositions(), other!, 0)).toBe(false);
  expect(Object.keys(Object)).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
