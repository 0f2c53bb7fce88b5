import { FakeClock } from '@millrace/base/testing';
import { expect, test } from 'vitest';
import { SteadyTime } from './steady-time.ts';

const HOUR_MS = 3_600_000;

test('it goes on with the clock, and follows a jump back at once', () => {
  const clock = new FakeClock(10 * HOUR_MS);
  const time = new SteadyTime(clock);
  clock.advance(HOUR_MS);
  expect(time.nowMs()).toBe(11 * HOUR_MS);
  clock.jumpWallClock(-2 * HOUR_MS);
  expect(time.nowMs()).toBe(9 * HOUR_MS);
});

test('it follows a jump forward after a day, and forgets one that was taken back', () => {
  const clock = new FakeClock(0);
  const time = new SteadyTime(clock);
  clock.jumpWallClock(HOUR_MS);
  expect(time.nowMs()).toBe(0);
  clock.advance(23 * HOUR_MS);
  expect(time.nowMs()).toBe(23 * HOUR_MS);
  clock.advance(HOUR_MS);
  expect(time.nowMs()).toBe(25 * HOUR_MS);
  clock.jumpWallClock(HOUR_MS);
  expect(time.nowMs()).toBe(25 * HOUR_MS);
  clock.jumpWallClock(-HOUR_MS);
  clock.advance(24 * HOUR_MS);
  expect(time.nowMs()).toBe(49 * HOUR_MS);
});
