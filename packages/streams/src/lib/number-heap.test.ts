import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberHeap } from './number-heap.ts';

test('the smallest is what a sorted list has first, whatever was dropped before', () => {
  const steps = fc.array(fc.record({ add: fc.array(fc.integer({ min: 0, max: 50 })), drop: fc.integer({ max: 60 }) }));
  fc.assert(
    fc.property(steps, (all) => {
      const heap = new NumberHeap();
      let model: number[] = [];
      for (const { add, drop } of all) {
        for (const number of add) heap.add(number);
        heap.dropUpTo(drop);
        model = [...model, ...add].filter((number) => number > drop).sort((a, b) => a - b);
        expect(heap.smallest).toBe(model[0] ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});
