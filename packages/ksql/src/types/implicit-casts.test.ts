import { expect, it } from 'vitest';
import { arithmeticType, divideIntegers, divideLongs } from './arithmetic.ts';
import { commonType, widensTo } from './implicit-casts.ts';
import { arrayType, decimalType, printType, type SqlType, SqlTypes } from './sql-type.ts';

const { INTEGER, BIGINT, DOUBLE, STRING, BOOLEAN } = SqlTypes;

it.each<readonly [SqlType, SqlType, string | null]>([
  [INTEGER, BIGINT, 'BIGINT'],
  [BIGINT, DOUBLE, 'DOUBLE'],
  [INTEGER, decimalType(4, 2), 'DECIMAL(12, 2)'],
  [decimalType(4, 2), decimalType(5, 1), 'DECIMAL(6, 2)'],
  [decimalType(4, 2), DOUBLE, 'DOUBLE'],
  [arrayType(INTEGER), arrayType(BIGINT), 'ARRAY<BIGINT>'],
  [STRING, INTEGER, null],
])('knows what %o and %o have in common', (left, right, common) => {
  for (const found of [commonType(left, right), commonType(right, left)]) {
    expect(found === undefined ? null : printType(found)).toBe(common);
  }
});

it('widens numbers one way only', () => {
  const order = [INTEGER, BIGINT, decimalType(19, 0), DOUBLE];
  order.forEach((from, low) => {
    order.forEach((to, high) => {
      expect(widensTo(from, to)).toBe(low <= high);
    });
  });
  expect(widensTo(BOOLEAN, STRING)).toBe(false);
});

it.each<readonly ['+' | '-' | '*' | '/' | '%', SqlType, SqlType, string]>([
  ['+', INTEGER, INTEGER, 'INTEGER'],
  ['+', INTEGER, BIGINT, 'BIGINT'],
  ['*', BIGINT, DOUBLE, 'DOUBLE'],
  ['+', decimalType(4, 2), decimalType(5, 1), 'DECIMAL(7, 2)'],
  ['*', decimalType(4, 2), decimalType(5, 1), 'DECIMAL(10, 3)'],
  ['/', decimalType(4, 2), decimalType(5, 1), 'DECIMAL(11, 8)'],
  ['%', decimalType(4, 2), decimalType(5, 1), 'DECIMAL(4, 2)'],
  ['+', STRING, STRING, 'STRING'],
])('gives %s of %o and %o its type', (operator, left, right, result) => {
  expect(printType(arithmeticType(operator, left, right)!)).toBe(result);
});

it('divides integers towards zero, and by zero never', () => {
  expect(divideIntegers(-7, 2)).toBe(-3);
  expect(divideIntegers(-2_147_483_648, -1)).toBe(-2_147_483_648);
  expect(divideLongs(-(2n ** 63n), -1n)).toBe(-(2n ** 63n));
  expect(() => divideIntegers(1, 0)).toThrow('/ by zero');
  expect(() => divideLongs(1n, 0n)).toThrow('/ by zero');
});
