import { FakeClock } from '@millrace/base/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Timers } from './timers.ts';

test('deadlines fire in order of time, none early, cleared ones never', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ delayMs: fc.nat(5000), clear: fc.boolean() })), (wanted) => {
      const clock = new FakeClock(3);
      const timers = new Timers(clock, (run) => run());
      const fired: number[] = [];
      for (const { delayMs, clear } of wanted) {
        const timer = timers.set(delayMs, () => {
          expect(clock.monotonicMs()).toBeGreaterThanOrEqual(3 + delayMs);
          fired.push(clock.monotonicMs());
        });
        if (clear) timer.clear();
      }
      clock.advance(6000);
      expect(fired).toHaveLength(wanted.filter(({ clear }) => !clear).length);
      expect(fired).toEqual([...fired].sort((left, right) => left - right));
    }),
  );
});

test('a deadline fires in the millisecond of its time, and not in the next', () => {
  const clock = new FakeClock(3.9);
  const timers = new Timers(clock, (run) => run());
  const fired: number[] = [];
  // What was set at 3.9 for 4 ms is over at 7.0: as everybody sees it who counts whole milliseconds.
  for (const delayMs of [0, 1, 4, 7]) timers.set(delayMs, () => fired.push(Math.floor(clock.monotonicMs()) - delayMs));
  for (let passed = 0; passed < 40; passed += 1) clock.advance(0.25);
  expect(fired).toEqual([3, 3, 3, 3]);
});

test('nobody wakes up for deadlines that were all cleared', () => {
  const clock = new FakeClock();
  const wakeUps: number[] = [];
  const timers = new Timers(clock, (run) => {
    wakeUps.push(clock.monotonicMs());
    run();
  });
  let session = timers.set(50, () => {});
  for (let heartbeat = 0; heartbeat < 20; heartbeat += 1) {
    clock.advance(10);
    session.clear();
    session = timers.set(50, () => {});
  }
  expect(wakeUps.length).toBeLessThanOrEqual(5);
});

test('a deadline may set the next one and clear another of the same moment', () => {
  const clock = new FakeClock();
  const timers = new Timers(clock, (run) => run());
  const fired: string[] = [];
  timers.set(10, () => {
    fired.push('first');
    second.clear();
    timers.set(10, () => fired.push('third'));
  });
  const second = timers.set(10, () => fired.push('second'));
  clock.advance(30);
  expect(fired).toEqual(['first', 'third']);
});

test('before a deadline fires the event loop gets a turn, in which it may be cleared', async () => {
  const clock = new FakeClock();
  const timers = new Timers(clock);
  let expired = false;
  const session = timers.set(10, () => {
    expired = true;
  });
  clock.advance(20);
  expect(expired).toBe(false);
  // What a heartbeat does that waited in the socket.
  session.clear();
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(expired).toBe(false);
});
