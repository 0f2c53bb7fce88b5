import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Decimal } from '../../types/decimal.ts';
import { arrayType, decimalType, SqlTypes, structType } from '../../types/sql-type.ts';
import { jsonWriterOf, writeJson } from './json-writer.ts';

const decoder = new TextDecoder();

it('writes what JSON.stringify does, and what was written stays while more is', () => {
  const type = arrayType(
    structType([
      { name: 'ID', type: SqlTypes.INTEGER },
      { name: 'größe', type: SqlTypes.TIMESTAMP },
      { name: '"', type: SqlTypes.STRING },
    ]),
  );
  const write = jsonWriterOf(type);
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 100 }), fc.string({ unit: 'grapheme-ascii' }));
  const row = fc.tuple(fc.option(fc.integer()), fc.maxSafeInteger(), fc.option(text));
  const texts = fc.array(fc.array(row, { maxLength: 60 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(texts, (rowsOfTexts) => {
      const written = rowsOfTexts.map((rows) => writeJson(write, rows));
      const expected = rowsOfTexts.map((rows) => rows.map(([ID, größe, quote]) => ({ ID, größe, '"': quote })));
      expect(written.map((bytes) => decoder.decode(bytes))).toEqual(expected.map((rows) => JSON.stringify(rows)));
    }),
    { numRuns: 200 },
  );
});

it.each([0, -1, 9, 10, 99, 100, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53 - 1])(
  'writes the whole number %d with its digits',
  (number) => {
    for (const type of [SqlTypes.INTEGER, SqlTypes.TIMESTAMP]) {
      expect(decoder.decode(writeJson(jsonWriterOf(type), number))).toBe(String(number));
    }
    expect(decoder.decode(writeJson(jsonWriterOf(SqlTypes.BIGINT), BigInt(number)))).toBe(String(number));
  },
);

it('writes decimals with all digits of their scale', () => {
  const whole = fc.oneof(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer().map(BigInt));
  fc.assert(
    fc.property(whole, fc.nat(38), (unscaled, scale) => {
      const value = new Decimal(unscaled, scale);
      expect(decoder.decode(writeJson(jsonWriterOf(decimalType(38, scale)), value))).toBe(value.toString());
    }),
  );
});

it('goes on after a text that could not be written', () => {
  const write = jsonWriterOf(structType([{ name: 'A', type: arrayType(SqlTypes.STRING) }]));
  expect(() => writeJson(write, [['written', undefined as never]])).toThrow(TypeError);
  expect(decoder.decode(writeJson(write, [['next']]))).toBe('{"A":["next"]}');
});
