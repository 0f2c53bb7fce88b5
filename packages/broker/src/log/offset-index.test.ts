import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryFiles } from '../storage/memory-files.ts';
import { OffsetIndex } from './offset-index.ts';
import { TimeIndex } from './time-index.ts';

const BASE = 5000;

const entries = fc
  .array(fc.record({ offsetStep: fc.integer({ min: 1, max: 50 }), positionStep: fc.integer({ min: 1, max: 9000 }) }))
  .map((steps) => {
    let offset = BASE - 1;
    let position = 0;
    return steps.map(({ offsetStep, positionStep }) => {
      offset += offsetStep;
      position += positionStep;
      return { offset, position };
    });
  });

test('the floor of an offset is what a search through all entries finds, before and after a reload', () => {
  fc.assert(
    fc.property(entries, fc.integer({ min: BASE, max: BASE + 3000 }), (list, wanted) => {
      const file = new MemoryFiles().open('/index');
      const index = new OffsetIndex(file, BASE);
      for (const { offset, position } of list) index.append(offset, position);
      const expected = list.findLast(({ offset }) => offset <= wanted) ?? null;
      expect(index.floor(wanted)).toEqual(expected);
      index.save();
      expect(new OffsetIndex(file, BASE).floor(wanted)).toEqual(expected);
    }),
  );
});

test('a truncated index holds the entries before the position, and takes new ones after it', () => {
  fc.assert(
    fc.property(entries, fc.integer({ min: 0, max: 100_000 }), fc.boolean(), (list, cut, wasSaved) => {
      const file = new MemoryFiles().open('/index');
      const index = new OffsetIndex(file, BASE);
      for (const { offset, position } of list) index.append(offset, position);
      if (wasSaved) index.save();
      index.truncateToPosition(cut);
      const kept = list.filter(({ position }) => position < cut);
      expect(index.count).toBe(kept.length);
      index.append(BASE + 100_000, 1_000_000);
      index.save();
      const loaded = new OffsetIndex(file, BASE);
      expect(loaded.count).toBe(kept.length + 1);
      expect(loaded.last()).toEqual({ offset: BASE + 100_000, position: 1_000_000 });
    }),
  );
});

test('a torn last entry is left out', () => {
  const file = new MemoryFiles().open('/index');
  file.write([new Uint8Array(8 * 2 + 5)], 0);
  expect(new OffsetIndex(file, BASE).count).toBe(2);
});

test('a time index only notes times that are greater than all before, and finds the last before a time', () => {
  const index = new TimeIndex(new MemoryFiles().open('/time'), BASE);
  index.append(2 ** 41, BASE + 1);
  index.append(2 ** 41 - 5, BASE + 2);
  index.append(2 ** 41 + 10, BASE + 3);
  expect(index.count).toBe(2);
  expect(index.before(2 ** 41)).toBe(null);
  expect(index.before(2 ** 41 + 1)).toEqual({ timestamp: 2 ** 41, offset: BASE + 1 });
  expect(index.last()).toEqual({ timestamp: 2 ** 41 + 10, offset: BASE + 3 });
});
