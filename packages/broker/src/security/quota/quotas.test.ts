import { FakeClock } from '@millrace/base/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ClientQuota, type QuotaEntity, quotaKey } from '../../cluster/security-image.ts';
import { ClientQuotas } from './client-quotas.ts';
import { findConnectionRate, findQuota } from './find-quota.ts';
import { TokenBucket } from './token-bucket.ts';

const burst = { rateSeconds: 10, mutationSeconds: 11 };

function quotas(...given: readonly (readonly [QuotaEntity, number])[]): ReadonlyMap<string, ClientQuota> {
  return new Map(
    given.map(([entity, rate]) => [
      quotaKey(entity),
      { entity, values: { producer_byte_rate: rate, connection_creation_rate: rate } },
    ]),
  );
}

test('the closest quota holds: user and client, user, then client, each with its default behind it', () => {
  const all: readonly QuotaEntity[] = [
    { user: 'u', 'client-id': 'c' },
    { user: 'u', 'client-id': null },
    { user: 'u' },
    { user: null, 'client-id': 'c' },
    { user: null, 'client-id': null },
    { user: null },
    { 'client-id': 'c' },
    { 'client-id': null },
  ];
  for (const [index] of all.entries()) {
    const left = all.slice(index).map((entity, at): [QuotaEntity, number] => [entity, index + at + 1]);
    expect(findQuota(quotas(...left), 'producer_byte_rate', 'u', 'c')?.limit).toBe(index + 1);
  }
  expect(findQuota(quotas(), 'producer_byte_rate', 'u', 'c')).toBe(null);
  expect(findQuota(quotas([{ user: 'v' }, 1]), 'producer_byte_rate', 'u', 'c')).toBe(null);
});

test('a default is for each, a client id is shared by its users', () => {
  const shares = (entity: QuotaEntity): boolean => {
    const found = (user: string) => findQuota(quotas([entity, 1]), 'producer_byte_rate', user, 'c')?.sharedBy;
    return found('ann') === found('ben');
  };
  expect(shares({ user: null })).toBe(false);
  expect(shares({ user: null, 'client-id': null })).toBe(false);
  expect(shares({ 'client-id': 'c' })).toBe(true);
  expect(shares({ 'client-id': null })).toBe(true);
});

test('an address has its own rate of connections, or that of all', () => {
  const given = quotas([{ ip: '10.0.0.1' }, 5], [{ ip: null }, 2]);
  expect(findConnectionRate(given, '10.0.0.1')).toBe(5);
  expect(findConnectionRate(given, '10.0.0.2')).toBe(2);
  expect(findConnectionRate(quotas(), '10.0.0.2')).toBe(null);
});

test('who waits as told stays within the rate, whatever comes at once', () => {
  const steps = fc.array(fc.record({ amount: fc.nat(50_000), pauseMs: fc.nat(3000) }), {
    minLength: 20,
    maxLength: 60,
  });
  fc.assert(
    fc.property(steps, fc.integer({ min: 500, max: 20_000 }), (sent, limit) => {
      const bucket = new TokenBucket(10);
      let nowMs = 0;
      let total = 0;
      for (const { amount, pauseMs } of sent) {
        bucket.take(amount, limit, nowMs);
        total += amount;
        nowMs += bucket.overdueMs(limit, nowMs) + pauseMs;
      }
      // The burst, and one request that comes before anybody is told to wait.
      expect(total).toBeLessThanOrEqual((limit * nowMs) / 1000 + limit * 10 + 50_000 + 1);
    }),
  );
});

test('a client under its rate never waits', () => {
  const bucket = new TokenBucket(10);
  for (let nowMs = 0; nowMs < 60_000; nowMs += 100) {
    bucket.take(100, 1000, nowMs);
    expect(bucket.overdueMs(1000, nowMs)).toBe(0);
  }
});

test('a bucket lets a burst through, then waits until it is paid back', () => {
  const bucket = new TokenBucket(10);
  expect(bucket.isOpen(2, 0)).toBe(true);
  bucket.take(25, 2, 0);
  expect(bucket.isOpen(2, 0)).toBe(false);
  expect(bucket.overdueMs(2, 0)).toBe(2500);
  expect(bucket.isOpen(2, 2499)).toBe(false);
  expect(bucket.isOpen(2, 2500)).toBe(true);
});

test('what is owed is paid at the quota of the moment, and forgotten with the last quota', () => {
  const clock = new FakeClock();
  const client = { user: 'u', clientId: 'c' };
  let given = quotas([{ 'client-id': 'c' }, 1000]);
  const counted = new ClientQuotas({ clock, burst, quotas: () => given });
  expect(counted.record('producer_byte_rate', client, 20_000)).toBe(10_000);
  given = quotas([{ 'client-id': 'c' }, 2000]);
  expect(counted.record('producer_byte_rate', client, 0)).toBe(5000);
  given = quotas();
  expect(counted.isActive).toBe(false);
  expect(counted.record('producer_byte_rate', client, 1_000_000)).toBe(0);
});

test('clients may take any number of names without being remembered for ever', () => {
  const clock = new FakeClock();
  const given = quotas([{ 'client-id': null }, 1000]);
  const counted = new ClientQuotas({ clock, burst, quotas: () => given });
  for (let index = 0; index < 30_000; index++)
    counted.record('producer_byte_rate', { user: 'u', clientId: `c${index}` }, 1);
  expect(counted.bucketCount).toBeLessThanOrEqual(10_000);
});
