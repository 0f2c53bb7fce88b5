import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeHistogram } from './time-histogram.ts';

test('a quantile is never below the true one, and at most a tenth above', () => {
  const durations = fc.array(fc.double({ min: 0.02, max: 100_000, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(durations, fc.constantFrom(0.5, 0.95, 0.99, 1), (given, share) => {
      const histogram = new TimeHistogram();
      for (const each of given) histogram.add(each, 0);
      const sorted = given.toSorted((left, right) => left - right);
      const exact = sorted[Math.max(Math.ceil(share * sorted.length - 1e-9) - 1, 0)]!;
      const told = histogram.quantile(share, 1);
      expect(told).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
      expect(told).toBeLessThanOrEqual(exact * 1.1);
    }),
  );
});

test('quantiles forget after two windows, count and sum never', () => {
  const histogram = new TimeHistogram();
  histogram.add(1000, 0);
  histogram.add(1, 61_000);
  expect(histogram.quantile(1, 62_000)).toBeGreaterThanOrEqual(1000);
  expect(histogram.quantile(1, 122_000)).toBeLessThan(2);
  expect(histogram.quantile(1, 400_000)).toBe(0);
  expect([histogram.count, histogram.sumMs]).toEqual([2, 1001]);
});
