import { expect, test } from 'vitest';
import { Decimal } from '../types/decimal.ts';
import { type SqlType, SqlTypes } from '../types/sql-type.ts';
import type { SqlValue } from '../types/values.ts';
import { insertCoercion } from './insert-coercion.ts';

const { BOOLEAN, INTEGER, BIGINT, DOUBLE, STRING, TIMESTAMP } = SqlTypes;
const decimal = (precision: number, scale: number): SqlType => ({ kind: 'DECIMAL', precision, scale });
const arrayOf = (element: SqlType): SqlType => ({ kind: 'ARRAY', element });

function coerce(value: SqlValue, from: SqlType, to: SqlType): unknown {
  const coercion = insertCoercion(from, to);
  try {
    return coercion(value);
  } catch {
    return 'refused';
  }
}

test('numbers widen and never narrow; nothing becomes a text', () => {
  expect(coerce(1, INTEGER, BIGINT)).toBe(1n);
  expect(coerce(1, INTEGER, DOUBLE)).toBe(1);
  expect(coerce(1n, BIGINT, INTEGER)).toBe('refused');
  expect(coerce(1.5, DOUBLE, decimal(4, 2))).toBe('refused');
  expect(coerce(1, INTEGER, STRING)).toBe('refused');
  expect(coerce(true, BOOLEAN, STRING)).toBe('refused');
});

test('decimals keep all their digits', () => {
  expect(coerce(new Decimal(10010n, 3), decimal(5, 3), decimal(4, 2))).toEqual(new Decimal(1001n, 2));
  expect(coerce(new Decimal(10010n, 3), decimal(5, 3), decimal(4, 1))).toBe('refused');
  expect(coerce(-99, INTEGER, decimal(3, 2))).toBe('refused');
});

test('texts spell times and bytes, no numbers', () => {
  expect(coerce('1970-01-01T00:00:01', STRING, TIMESTAMP)).toBe(1000);
  expect(coerce('soon', STRING, TIMESTAMP)).toBe('refused');
  expect(coerce('7', STRING, INTEGER)).toBe('refused');
  expect(coerce('IQ==', STRING, SqlTypes.BYTES)).toEqual(Uint8Array.of(33));
});

test('what is inside follows the same rules', () => {
  expect(coerce([1, null], arrayOf(INTEGER), arrayOf(BIGINT))).toEqual([1n, null]);
  expect(coerce([1n], arrayOf(BIGINT), arrayOf(STRING))).toBe('refused');
  expect(coerce([null], arrayOf(STRING), arrayOf(INTEGER))).toEqual([null]);
});
