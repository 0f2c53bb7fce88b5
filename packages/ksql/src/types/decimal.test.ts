import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arithmeticType, decimalOperation } from './arithmetic.ts';
import {
  compareDecimals,
  Decimal,
  decimalFromNumber,
  fitDecimal,
  parseDecimal,
  precisionOf,
  rescale,
} from './decimal.ts';
import { type DecimalType, decimalType } from './sql-type.ts';

const decimals = fc
  .record({ unscaled: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), scale: fc.integer({ min: 0, max: 6 }) })
  .map(({ unscaled, scale }) => new Decimal(unscaled, scale));

it('prints what it parses, and the other way round', () => {
  fc.assert(
    fc.property(decimals, (value) => {
      expect(parseDecimal(value.toString())).toEqual(value);
    }),
  );
});

it('takes the decimal that a double prints as', () => {
  expect(decimalFromNumber(0.1).toString()).toBe('0.1');
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20 }), (value) => {
      expect(Number(decimalFromNumber(value).toString())).toBe(value === 0 ? 0 : value);
    }),
  );
});

it('orders as the numbers are ordered, whatever the scale', () => {
  fc.assert(
    fc.property(decimals, fc.integer({ min: 0, max: 5 }), (value, more) => {
      expect(compareDecimals(value, rescale(value, value.scale + more))).toBe(0);
      expect(compareDecimals(value, new Decimal(value.unscaled + 1n, value.scale))).toBe(-1);
    }),
  );
});

it.each([
  ['half-up', '3', '-3'],
  ['half-even', '2', '-2'],
  ['down', '2', '-2'],
  ['up', '3', '-3'],
  ['floor', '2', '-3'],
  ['ceiling', '3', '-2'],
] as const)('rounds 2.5 and -2.5 %s', (rounding, positive, negative) => {
  expect(rescale(new Decimal(25n, 1), 0, rounding).toString()).toBe(positive);
  expect(rescale(new Decimal(-25n, 1), 0, rounding).toString()).toBe(negative);
});

it('is exact in sums and products, within the type that the operator gives', () => {
  fc.assert(
    fc.property(decimals, decimals, fc.constantFrom('+', '-', '*'), (left, right, operator) => {
      const typeOf = (value: Decimal): DecimalType =>
        decimalType(Math.max(precisionOf(value), value.scale + 1), value.scale);
      const type = arithmeticType(operator, typeOf(left), typeOf(right)) as DecimalType;
      const result = decimalOperation(operator, type)(left, right);
      const scale = 12;
      const [a, b] = [rescale(left, scale).unscaled, rescale(right, scale).unscaled];
      const wanted = operator === '+' ? a + b : operator === '-' ? a - b : (a * b) / 10n ** 12n;
      expect(rescale(result, scale).unscaled).toBe(wanted);
      expect(precisionOf(result)).toBeLessThanOrEqual(type.precision);
    }),
  );
});

it('refuses a division by zero, and results with too many digits', () => {
  const divide = decimalOperation('/', decimalType(10, 2));
  expect(divide(new Decimal(100n, 2), new Decimal(400n, 2)).toString()).toBe('0.25');
  expect(() => divide(new Decimal(1n, 0), new Decimal(0n, 0))).toThrow();
  expect(() => decimalOperation('+', decimalType(2, 0))(new Decimal(99n, 0), new Decimal(1n, 0))).toThrow();
});

it('holds values in types of any number of digits, as long as the values themselves are short', () => {
  const value = new Decimal(125n, 1);
  expect(fitDecimal(value, 2_147_483_647, 2).toString()).toBe('12.50');
  expect(() => fitDecimal(value, 2_147_483_647, 2_000_000_000)).toThrow('A number of 1999999999 digits is too long');
  expect(fitDecimal(value, 3_000, 2_000).toString()).toBe(`12.5${'0'.repeat(1_999)}`);
});
