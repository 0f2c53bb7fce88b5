import { FakeClock } from '@millrace/base/testing';
import { expect, test } from 'vitest';
import { QueryLimits } from './query-limits.ts';

const MEGABYTE = 1024 * 1024;

test('so many pull queries in a second, and what was left of the last one', () => {
  const clock = new FakeClock();
  const limits = new QueryLimits({ 'ksql.query.pull.max.qps': 2 }, clock);
  const tooMany = 'Host is at rate limit for pull queries. Currently set to 2.0 qps.';
  limits.admitPull();
  expect(() => limits.admitPull()).toThrow(tooMany);
  clock.advance(500);
  limits.admitPull();
  expect(() => limits.admitPull()).toThrow(tooMany);
  clock.advance(10_000);
  // Two that were saved up, and the one that the next has to wait for.
  for (let count = 0; count < 3; count++) limits.admitPull();
  expect(() => limits.admitPull()).toThrow(tooMany);
});

test('so many pull queries at one time', () => {
  const limits = new QueryLimits({ 'ksql.query.pull.max.concurrent.requests': 1 }, new FakeClock());
  const first = limits.admitPull();
  expect(() => limits.admitPull()).toThrow(
    'Host is at concurrency limit for pull queries. Currently set to 1 maximum concurrent operations.',
  );
  first.end();
  limits.admitPull();
});

test('so many megabytes in an hour', () => {
  const clock = new FakeClock();
  const limits = new QueryLimits({ 'ksql.query.pull.max.hourly.bandwidth.megabytes': 1 }, clock);
  limits.admitPull().sent(MEGABYTE);
  limits.admitPull().sent(1);
  expect(() => limits.admitPull()).toThrow('Host is at bandwidth rate limit for pull queries.');
  clock.advance(3_600_000);
  limits.admitPull();
});

test('a scalable push query ends with the answer that was too much', () => {
  const limits = new QueryLimits({ 'ksql.query.push.v2.max.hourly.bandwidth.megabytes': 1 }, new FakeClock());
  limits.sentToPush(MEGABYTE);
  expect(() => limits.sentToPush(1)).toThrow('Host is at bandwidth rate limit for push queries.');
});

test('without settings there are no limits', () => {
  const limits = new QueryLimits({}, new FakeClock());
  expect(limits.limitsPulls).toBe(false);
  for (let count = 0; count < 1_000; count++) limits.admitPull().sent(MEGABYTE * 1_000);
});
