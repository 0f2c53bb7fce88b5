import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALL_KEYS, type Cursor, OrderedMap } from './ordered-map.ts';
import { latin1 } from './test-support/latin1.ts';

const keys = fc.uint8Array({ maxLength: 3, max: 6 });

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('set' as const), key: keys, value: fc.nat() }),
    fc.record({ kind: fc.constant('delete' as const), key: keys }),
    fc.record({
      kind: fc.constant('scan' as const),
      from: fc.option(keys),
      to: fc.option(keys),
      reverse: fc.boolean(),
    }),
  ),
  { maxLength: 300, size: 'max' },
);

function rest(cursor: Cursor<number>): [string, number][] {
  const entries: [string, number][] = [];
  while (cursor.next()) entries.push([latin1(cursor.key), cursor.value]);
  return entries;
}

test('it behaves like a sorted array of entries, and open cursors see no later change', () => {
  fc.assert(
    fc.property(steps, (run) => {
      const map = new OrderedMap<number>();
      const model = new Map<string, number>();
      const open: [Cursor<number>, [string, number][]][] = [];
      for (const step of run) {
        if (step.kind === 'set') {
          expect(map.set(step.key, step.value)).toBe(model.get(latin1(step.key)));
          model.set(latin1(step.key), step.value);
        } else if (step.kind === 'delete') {
          expect(map.delete(step.key)).toBe(model.get(latin1(step.key)));
          model.delete(latin1(step.key));
        } else {
          const inside = [...model]
            .filter(([key]) => step.from === null || key >= latin1(step.from))
            .filter(([key]) => step.to === null || key < latin1(step.to))
            .sort(([a], [b]) => (a < b ? -1 : 1));
          open.push([map.scan(step, step.reverse), step.reverse ? inside.reverse() : inside]);
        }
        expect(map.size).toBe(model.size);
      }
      for (const [cursor, expected] of open) expect(rest(cursor)).toEqual(expected);
      for (const [key, value] of model) expect(map.get(Uint8Array.from(key, (c) => c.charCodeAt(0)))).toBe(value);
    }),
    { numRuns: 200 },
  );
});

test('ten thousand keys in any order come back sorted, in both directions', () => {
  const map = new OrderedMap<number>();
  for (let i = 0; i < 10_000; i++) {
    const scattered = Math.imul(i, 2_654_435_761) >>> 0;
    map.set(Uint8Array.of(scattered >>> 24, scattered >>> 16, scattered >>> 8, scattered), i);
  }
  const forward = rest(map.scan(ALL_KEYS)).map(([key]) => key);
  expect(forward.length).toBe(10_000);
  expect(forward).toEqual(forward.slice().sort());
  expect(rest(map.scan(ALL_KEYS, true)).map(([key]) => key)).toEqual(forward.reverse());
});
