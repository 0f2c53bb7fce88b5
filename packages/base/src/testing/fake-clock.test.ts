import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';

test('due timers run in order of time, also those that a timer sets on the way', () => {
  const clock = new FakeClock(100);
  const seen: string[] = [];
  clock.setTimer(20, () => seen.push(`second at ${clock.monotonicMs()}`));
  clock.setTimer(10, () => {
    seen.push(`first at ${clock.monotonicMs()}`);
    clock.setTimer(5, () => seen.push(`nested at ${clock.monotonicMs()}`));
  });
  clock.setTimer(10, () => seen.push('never')).clear();
  clock.advance(30);
  expect(seen).toEqual(['first at 110', 'nested at 115', 'second at 120']);
  expect(clock.wallMs()).toBe(130);
});

test('a jump of the wall clock moves no timer', () => {
  const clock = new FakeClock();
  let fired = false;
  clock.setTimer(10, () => {
    fired = true;
  });
  clock.jumpWallClock(3_600_000);
  clock.advance(9);
  expect(fired).toBe(false);
  expect(clock.wallMs()).toBe(3_600_009);
});
