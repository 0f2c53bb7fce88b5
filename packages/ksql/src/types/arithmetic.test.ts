import { expect, test } from 'vitest';
import { arithmeticType, decimalOperation, type Operator } from './arithmetic.ts';
import { Decimal } from './decimal.ts';
import { decimalType } from './sql-type.ts';

function calculate(left: Decimal, operator: Operator, right: Decimal): string {
  const [wide, narrow] = [decimalType(6, 3), decimalType(4, 3)];
  const type = arithmeticType(operator, wide, narrow);
  if (type?.kind !== 'DECIMAL') throw new Error('no decimal');
  return decimalOperation(operator, type)(left, right).toString();
}

const THREE = new Decimal(3000n, 3);

test('quotients of decimals are exact', () => {
  expect(calculate(new Decimal(10500n, 3), '/', THREE)).toBe('3.50000000');
  expect(calculate(new Decimal(-10500n, 3), '/', new Decimal(-3000n, 3))).toBe('3.50000000');
});

test('a quotient that never ends is an error, as is a remainder of a quotient with more digits than the result', () => {
  expect(() => calculate(new Decimal(10000n, 3), '/', THREE)).toThrow('Rounding necessary');
  expect(() => calculate(new Decimal(999_999n, 3), '%', new Decimal(1n, 3))).toThrow('Rounding necessary');
  expect(calculate(new Decimal(10_001n, 3), '%', THREE)).toBe('1.001');
});
