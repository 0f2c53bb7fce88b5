import fc from 'fast-check';
import { expect, it } from 'vitest';
import { doubleToInteger, doubleToLong, parseDouble, parseInteger, parseLong, printDouble } from './java-text.ts';
import { parseDate, parseTime, parseTimestamp, printDate, printTime, printTimestamp } from './time-text.ts';

it.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [100, '100.0'],
  [0.001, '0.001'],
  [0.00099, '9.9E-4'],
  [9_999_999, '9999999.0'],
  [12_345_678.9, '1.23456789E7'],
  [1e21, '1.0E21'],
  [5e-324, '4.9E-324'],
  [1e-323, '9.9E-324'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
])('spells %d as Java does', (value, text) => {
  expect(printDouble(value)).toBe(text);
});

it('reads the doubles that it spells', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(parseDouble(printDouble(value))).toBe(value);
    }),
  );
});

it('reads integers as Java does: signs, no fractions, no more than fits', () => {
  expect(['+5', '-5', '5.0', '', '2147483647', '2147483648'].map(parseInteger)).toEqual([
    5,
    -5,
    null,
    null,
    2147483647,
    null,
  ]);
  expect(['9223372036854775807', '9223372036854775808'].map(parseLong)).toEqual([9223372036854775807n, null]);
});

it('narrows doubles to the ends of the range', () => {
  expect([1.9, -1.9, 1e10, -1e10, Number.NaN].map(doubleToInteger)).toEqual([1, -1, 2147483647, -2147483648, 0]);
  expect(doubleToLong(1e30)).toBe(9223372036854775807n);
});

it('reads dates, times (to the second) and timestamps that it prints', () => {
  const ms = fc.integer({ min: Date.UTC(0), max: Date.UTC(9999, 11, 31) });
  fc.assert(
    fc.property(ms, (instant) => {
      expect(parseTimestamp(printTimestamp(instant))).toBe(instant);
      const day = Math.floor(instant / 86_400_000);
      expect(parseDate(printDate(day))).toBe(day);
      const time = Math.floor(instant / 1000) * 1000 - day * 86_400_000;
      expect(parseTime(printTime(time))).toBe(time);
    }),
  );
});

it("a timestamp may call the next day's midnight 24 o'clock, and nothing after it", () => {
  expect(parseTimestamp('2020-02-24T24')).toBe(parseTimestamp('2020-02-25'));
  expect(() => parseTimestamp('2020-02-24T24:00:00.001')).toThrow('could not be parsed');
});
