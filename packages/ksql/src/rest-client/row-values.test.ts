import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowWriter } from '../server/row-json.ts';
import type { ResultValue } from '../types/result-values.ts';
import { arrayType, decimalType, mapType, type SqlType, SqlTypes, structType } from '../types/sql-type.ts';
import { printDate, printTime } from '../types/time-text.ts';
import { parseExactly, rowReader } from './row-values.ts';

type Typed = { readonly type: SqlType; readonly value: fc.Arbitrary<ResultValue> };

const days = fc.integer({ min: -20_000, max: 40_000 });
const msOfDay = fc.integer({ min: 0, max: 86_399_999 });
const decimals = fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })).map(([unscaled]) => {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(4, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
});

const simple: readonly Typed[] = [
  { type: SqlTypes.BOOLEAN, value: fc.boolean() },
  { type: SqlTypes.INTEGER, value: fc.integer() },
  { type: SqlTypes.BIGINT, value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
  { type: SqlTypes.DOUBLE, value: fc.double() },
  { type: SqlTypes.STRING, value: fc.string({ unit: 'binary' }) },
  { type: SqlTypes.BYTES, value: fc.uint8Array() },
  { type: SqlTypes.DATE, value: days.map(printDate) },
  { type: SqlTypes.TIME, value: msOfDay.map(printTime) },
  { type: SqlTypes.TIMESTAMP, value: fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms)) },
  { type: decimalType(20, 3), value: decimals },
];

const { typed } = fc.letrec<{ typed: Typed }>((tie) => ({
  typed: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...simple),
    tie('typed').map(({ type, value }) => ({ type: arrayType(type), value: fc.array(value, { maxLength: 3 }) })),
    tie('typed').map(({ type, value }) => ({
      type: mapType(SqlTypes.STRING, type),
      value: fc.dictionary(fc.string(), value, { maxKeys: 3, noNullPrototype: true }),
    })),
    fc.tuple(tie('typed'), tie('typed')).map(([a, b]) => ({
      type: structType([
        { name: 'A', type: a.type },
        { name: 'b c', type: b.type },
      ]),
      value: fc.record({ A: a.value, 'b c': b.value }),
    })),
  ),
}));

test('what the server writes is read back as it was, of every type', () => {
  const rows = fc
    .array(typed, { minLength: 1, maxLength: 4 })
    .chain((columns) =>
      fc.tuple(fc.constant(columns), fc.tuple(...columns.map(({ value }) => fc.option(value, { nil: null })))),
    );
  fc.assert(
    fc.property(rows, ([columns, row]) => {
      const types = columns.map(({ type }) => type);
      const read = rowReader(types)(parseExactly(rowWriter(types)(row)) as readonly unknown[]);
      // Of zeroes JSON keeps the sign, and so must the comparison.
      expect(read).toEqual(row);
    }),
  );
});
