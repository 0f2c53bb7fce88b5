import { expect, test } from 'vitest';
import { BufferLease, BufferPool } from './buffer-pool.ts';

test('a buffer that was given back is the next one of its size', () => {
  const pool = new BufferPool();
  const first = pool.take(100_000);
  expect(first.byteLength).toBe(131_072);
  pool.give(first);
  expect(pool.take(70_000)).toBe(first);
  expect(pool.take(70_000)).not.toBe(first);
});

test('what lies idle is bounded, and small and huge buffers are not kept', () => {
  const pool = new BufferPool();
  for (const bytes of [1000, 2 ** 21, ...new Array(100).fill(2 ** 20)]) pool.give(Buffer.allocUnsafeSlow(bytes));
  expect(pool.idleBytes).toBe(16 * 2 ** 20);
});

test('a lease gives memory of the very size that was asked for, and gives all of it back', () => {
  const pool = new BufferPool();
  const lease = new BufferLease(pool);
  expect([20_000, 300_000, 10].map((bytes) => lease.take(bytes).byteLength)).toEqual([20_000, 300_000, 10]);
  lease.release();
  expect(pool.idleBytes).toBe(32_768 + 524_288);
  lease.release();
  expect(pool.idleBytes).toBe(32_768 + 524_288);
});
