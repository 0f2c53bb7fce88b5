import { FakeClock } from '@millrace/base/testing';
import { expect, test } from 'vitest';
import { repeat } from './repeat.ts';

test('work is done again an interval after it ended, and not while it goes on', async () => {
  const clock = new FakeClock();
  const begun: PromiseWithResolvers<void>[] = [];
  const timer = repeat({ clock, delayMs: 5, intervalMs: 10 }, () => {
    begun.push(Promise.withResolvers<void>());
    return begun.at(-1)!.promise;
  });
  clock.advance(5);
  clock.advance(100);
  expect(begun).toHaveLength(1);
  begun[0]!.resolve();
  await settled();
  clock.advance(9);
  expect(begun).toHaveLength(1);
  clock.advance(1);
  expect(begun).toHaveLength(2);
  timer.clear();
  begun[1]!.resolve();
  await settled();
  clock.advance(100);
  expect(begun).toHaveLength(2);
});

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
