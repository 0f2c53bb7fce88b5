import { describe, expect, it } from 'vitest';
import { castFunction } from './casts.ts';
import { Decimal } from './decimal.ts';
import { arrayType, decimalType, mapType, type SqlType, SqlTypes, structType } from './sql-type.ts';
import type { SqlValue } from './values.ts';

const { INTEGER, BIGINT, DOUBLE, BOOLEAN, STRING, BYTES, TIME, DATE, TIMESTAMP } = SqlTypes;

const struct = (...names: readonly string[]): SqlType => structType(names.map((name) => ({ name, type: INTEGER })));

type Case = readonly [from: SqlType, to: SqlType, value: SqlValue, result: SqlValue];

const CASES: readonly Case[] = [
  [INTEGER, STRING, -5, '-5'],
  [DOUBLE, STRING, 1, '1.0'],
  [DOUBLE, STRING, 1e7, '1.0E7'],
  [DOUBLE, STRING, 0.0001, '1.0E-4'],
  [DOUBLE, STRING, Number.NaN, 'NaN'],
  [decimalType(5, 2), STRING, new Decimal(-105n, 2), '-1.05'],
  [BOOLEAN, STRING, true, 'true'],
  [TIMESTAMP, STRING, 0, '1970-01-01T00:00:00.000'],
  [DATE, STRING, -1, '1969-12-31'],
  [TIME, STRING, 37_800_000, '10:30'],
  [TIME, STRING, 37_801_000, '10:30:01'],
  [arrayType(INTEGER), STRING, [1, null], '[1, null]'],
  [mapType(STRING, DOUBLE), STRING, new Map([['a', 1]]), '{a=1.0}'],
  [struct('A', 'B'), STRING, [1, null], 'Struct{A=1}'],
  [BIGINT, INTEGER, 2n ** 32n + 5n, 5],
  [DOUBLE, INTEGER, -1.9, -1],
  [DOUBLE, INTEGER, 1e300, 2_147_483_647],
  [DOUBLE, BIGINT, Number.NaN, 0n],
  [decimalType(5, 2), INTEGER, new Decimal(-199n, 2), -1],
  [DOUBLE, decimalType(3, 1), 1.25, new Decimal(13n, 1)],
  [STRING, decimalType(3, 1), ' 1.25 ', new Decimal(13n, 1)],
  [STRING, BOOLEAN, 'YE', true],
  [STRING, BOOLEAN, 'no', false],
  [STRING, INTEGER, ' 42 ', 42],
  [STRING, BIGINT, '9007199254740993', 9007199254740993n],
  [STRING, BYTES, 'AQI=', Uint8Array.of(1, 2)],
  [STRING, TIMESTAMP, '2020-01-01T01:00:00+01:00', 1_577_836_800_000],
  [STRING, TIMESTAMP, '2020', 1_577_836_800_000],
  [STRING, DATE, '1970-01-02', 1],
  [STRING, TIME, '00:00:01', 1000],
  [TIMESTAMP, DATE, -1, -1],
  [TIMESTAMP, TIME, -1, 86_399_999],
  [DATE, TIMESTAMP, 1, 86_400_000],
  [arrayType(STRING), arrayType(BIGINT), ['1', null], [1n, null]],
  [mapType(STRING, INTEGER), mapType(STRING, DOUBLE), new Map([['a', 1]]), new Map([['a', 1]])],
  [struct('A', 'B'), struct('B', 'C'), [1, 2], [2, null]],
];

const named = CASES.map(([from, to, value, result]) => ({
  from,
  to,
  value,
  result,
  name: `${from.kind} to ${to.kind}`,
}));

describe('a cast', () => {
  it.each(named)('from $name', ({ from, to, value, result }) => {
    expect(castFunction(from, to)(value)).toEqual(result);
  });

  it.each<readonly [SqlType, SqlType, SqlValue, RegExp]>([
    [STRING, INTEGER, 'x', /"x"/],
    [STRING, INTEGER, '2147483648', /2147483648/],
    [DOUBLE, decimalType(2, 1), 10, /overflow/],
    [STRING, DATE, 'soon', /soon/],
  ])('of what does not fit is an error', (from, to, value, message) => {
    expect(() => castFunction(from, to)(value)).toThrow(message);
  });

  it('between types without a way is an error before any value', () => {
    expect(() => castFunction(arrayType(INTEGER), INTEGER)).toThrow(
      'Cast of ARRAY<INTEGER> to INTEGER is not supported',
    );
  });

  it('keeps nulls, or makes the text null of those of some types where it is told to', () => {
    const items = [null, 1] as const;
    expect(castFunction(arrayType(INTEGER), arrayType(STRING))(items)).toEqual([null, '1']);
    expect(castFunction(arrayType(INTEGER), arrayType(STRING), { nullIsText: true })(items)).toEqual(['null', '1']);
    expect(castFunction(arrayType(DATE), arrayType(STRING), { nullIsText: true })([null])).toEqual([null]);
  });
});
