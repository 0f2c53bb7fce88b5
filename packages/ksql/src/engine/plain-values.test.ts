import { expect, test } from 'vitest';
import { Decimal } from '../types/decimal.ts';
import { arrayType, decimalType, mapType, SqlTypes, structType } from '../types/sql-type.ts';
import { rowConverter } from './plain-values.ts';

test('every SQL type has one plain form, and null is null in all of them', () => {
  const types = [
    SqlTypes.BOOLEAN,
    SqlTypes.INTEGER,
    SqlTypes.BIGINT,
    decimalType(4, 2),
    SqlTypes.TIMESTAMP,
    SqlTypes.DATE,
    SqlTypes.TIME,
  ];
  const convert = rowConverter(types);
  expect(convert([true, 7, 2n ** 60n, new Decimal(1250n, 2), 1000, 31, 37_815_000])).toEqual([
    true,
    7,
    2n ** 60n,
    '12.50',
    new Date(1000),
    '1970-02-01',
    '10:30:15',
  ]);
  expect(convert([null, null, null, null, null, null, null])).toEqual([null, null, null, null, null, null, null]);
});

test('nested values are converted all the way down', () => {
  const price = structType([
    { name: 'AMOUNT', type: decimalType(3, 1) },
    { name: 'TAGS', type: mapType(SqlTypes.INTEGER, SqlTypes.BIGINT) },
  ]);
  const convert = rowConverter([arrayType(price)]);
  const tags = new Map([[2, 5n]]);
  expect(convert([[[new Decimal(15n, 1), tags], null]])).toEqual([[{ AMOUNT: '1.5', TAGS: { 2: 5n } }, null]]);
});

test('a field named like a part of every object is an ordinary field', () => {
  const convert = rowConverter([structType([{ name: '__proto__', type: SqlTypes.INTEGER }])]);
  const [value] = convert([[1]]);
  expect(Object.entries(value as object)).toEqual([['__proto__', 1]]);
});
