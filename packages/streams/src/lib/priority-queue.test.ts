import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PriorityQueue } from './priority-queue.ts';

test('items come out in order, whatever was added and taken before', () => {
  const steps = fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { freq: 3 }), { maxLength: 40 });
  fc.assert(
    fc.property(steps, (items) => {
      const queue = new PriorityQueue<number>((a, b) => a - b);
      let model: number[] = [];
      for (const item of items) {
        if (item === null) {
          expect(queue.poll()).toBe(model[0]);
          model = model.slice(1);
        } else {
          queue.add(item);
          model = [...model, item].sort((a, b) => a - b);
        }
        expect(queue.first).toBe(model[0]);
      }
    }),
  );
});

test("equal items come out in the order of Java's queue: one that comes back is behind those that stayed", () => {
  const queue = new PriorityQueue<{ readonly name: string; readonly due: number }>((a, b) => a.due - b.due);
  for (const name of ['a', 'b', 'c', 'd']) queue.add({ name, due: 0 });
  const order = Array.from({ length: 4 }, () => queue.poll()?.name);
  expect(order).toEqual(['a', 'd', 'c', 'b']);
  queue.add({ name: 'a', due: 15 });
  queue.add({ name: 'b', due: 20 });
  queue.poll();
  queue.add({ name: 'a', due: 20 });
  expect(queue.poll()?.name).toBe('b');
});
