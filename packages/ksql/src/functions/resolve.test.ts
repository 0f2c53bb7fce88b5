import { describe, expect, it } from 'vitest';
import { arrayType, decimalType, type SqlType, SqlTypes } from '../types/sql-type.ts';
import {
  arrayOf,
  BIGINT,
  DATE,
  DECIMAL,
  DOUBLE,
  generic,
  INTEGER,
  lambda,
  type Parameter,
  STRING,
  variadic,
} from './parameter.ts';
import { type Argument, resolveOverload } from './resolve.ts';

const overload = (name: string, ...parameters: readonly Parameter[]) => ({
  name,
  parameters,
  returns: INTEGER,
  returnType: undefined,
});
const value = (type: SqlType | null): Argument => ({ kind: 'value', type });
const T = generic('T');

const resolve = (
  overloads: readonly ReturnType<typeof overload>[],
  args: readonly Argument[],
  implicitCasts = true,
): string => resolveOverload<(typeof overloads)[number]>(overloads, args, { name: 'foo', implicitCasts }).name;

describe('an overload is chosen', () => {
  const numbers = [overload('int', INTEGER), overload('long', BIGINT), overload('double', DOUBLE)];

  it('that takes the arguments as they are', () => {
    expect(resolve(numbers, [value(SqlTypes.BIGINT)])).toBe('long');
  });

  it('that takes them widened, where no other does', () => {
    expect(resolve([overload('double', DOUBLE), overload('text', STRING)], [value(SqlTypes.INTEGER)])).toBe('double');
    expect(resolve([overload('day', DATE)], [value(SqlTypes.STRING)])).toBe('day');
    expect(resolve([overload('decimal', DECIMAL)], [value(SqlTypes.BIGINT)])).toBe('decimal');
  });

  it('without variadic parameters before one with them, and without type variables before one with them', () => {
    const int = value(SqlTypes.INTEGER);
    expect(resolve([overload('many', variadic(INTEGER)), overload('one', INTEGER)], [int])).toBe('one');
    expect(resolve([overload('any', T), overload('one', INTEGER)], [int])).toBe('one');
    expect(
      resolve([overload('none', variadic(INTEGER)), overload('one', INTEGER, variadic(INTEGER))], [int, int]),
    ).toBe('one');
  });

  it('with a variadic parameter in the middle', () => {
    const middle = [overload('middle', STRING, variadic(INTEGER), BIGINT)];
    const args = [SqlTypes.STRING, SqlTypes.INTEGER, SqlTypes.INTEGER, SqlTypes.BIGINT].map(value);
    expect(resolve(middle, args)).toBe('middle');
    expect(resolve(middle, [args[0]!, args[3]!])).toBe('middle');
  });

  it('whose type variables stand for one type each', () => {
    const pairs = [overload('same', arrayOf(T), T)];
    expect(resolve(pairs, [value(arrayType(SqlTypes.INTEGER)), value(SqlTypes.INTEGER)])).toBe('same');
    expect(() => resolve(pairs, [value(arrayType(SqlTypes.INTEGER)), value(SqlTypes.STRING)])).toThrow(
      'does not accept',
    );
  });

  it('by the number of a lambda\u2019s parameters', () => {
    const lambdas = [overload('one', arrayOf(T), lambda([T], T)), overload('two', arrayOf(T), lambda([T, T], T))];
    const list = value(arrayType(SqlTypes.INTEGER));
    expect(resolve(lambdas, [list, { kind: 'lambda', parameterCount: 2 }])).toBe('two');
  });
});

it('says which overloads there are when none fits', () => {
  expect(() => resolve([overload('', STRING, variadic(INTEGER))], [value(decimalType(4, 2)), value(null)])).toThrow(
    "Function 'foo' does not accept parameters (DECIMAL(4, 2), null).\nValid alternatives are:\n" +
      'FOO(STRING, INTEGER...)\nFor detailed information on a function run: DESCRIBE FUNCTION <Function-Name>;',
  );
});

it('leaves a tie to the user', () => {
  expect(() => resolve([overload('', STRING), overload('', INTEGER)], [value(null)])).toThrow(
    "Function 'foo' cannot be resolved due to ambiguous method parameters (null)",
  );
});

it('does not widen for aggregates', () => {
  expect(() => resolve([overload('', BIGINT)], [value(SqlTypes.INTEGER)], false)).toThrow('does not accept');
});
