import { describe, expect, it } from 'vitest';
import { builtInFunctions } from '../../functions/built-in.ts';
import { FunctionRegistry } from '../../functions/registry.ts';
import { parseExpression } from '../../syntax/parse.ts';
import { SchemaBuilder } from '../../types/schema.ts';
import { arrayType, decimalType, mapType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import {
  compileExpression,
  compilePredicate,
  compileProjection,
  defaultFunctionContext,
  type ExpressionFailure,
} from './compile-expression.ts';

const schema = new SchemaBuilder()
  .value('I', SqlTypes.INTEGER)
  .value('L', SqlTypes.BIGINT)
  .value('D', SqlTypes.DOUBLE)
  .value('S', SqlTypes.STRING)
  .value('B', SqlTypes.BOOLEAN)
  .value('A', arrayType(SqlTypes.INTEGER))
  .value('M', mapType(SqlTypes.STRING, SqlTypes.BIGINT))
  .value('R', structType([{ name: 'F', type: SqlTypes.STRING }]))
  .value('N', SqlTypes.INTEGER)
  .value('P', decimalType(4, 2))
  .build();

const row: readonly SqlValue[] = [7, 10n, 2.5, 'text', true, [1, 2, 3], new Map([['k', 5n]]), ['inner'], null, null];

function evaluate(sql: string): unknown {
  const compiled = compileExpression(parseExpression(sql), { schema, functions: new FunctionRegistry() });
  return compiled.evaluate(row, (failure) => {
    throw failure.error;
  });
}

describe('a compiled expression', () => {
  it.each<[string, unknown]>([
    ['I + 1', 8],
    ['I / 2', 3],
    ['I % 4', 3],
    ['I * L', 70n],
    ['2147483647 + 1', -2147483648],
    ['I + D', 9.5],
    ['-I', -7],
    ["S + '!'", 'text!'],
    ['I > 6 AND L < 11', true],
    ['N > 1', false],
    ['NOT (N > 1)', true],
    ['N + 1', null],
    ['N IS NULL', true],
    ['I IS DISTINCT FROM N', true],
    ['N IS DISTINCT FROM N', false],
    ['I BETWEEN 7 AND 8', true],
    ['I NOT BETWEEN 7 AND 8', false],
    ["S LIKE 't%'", true],
    ["S LIKE '_ex_'", true],
    ["S LIKE 't\\%' ESCAPE '\\'", false],
    ["S IN ('a', 'text')", true],
    ["I IN ('7', '8')", true],
    ['N IN (1, 2)', false],
    ['CASE WHEN N = 1 THEN 1 WHEN I = 7 THEN 2 ELSE 3 END', 2],
    ["CASE I WHEN 6 THEN 'six' WHEN 7 THEN 'seven' END", 'seven'],
    ['A[1]', 1],
    ['A[-1]', 3],
    ['A[4]', null],
    ["M['k']", 5n],
    ["M['x']", null],
    ['R->F', 'inner'],
    ['ARRAY[1, 2]', [1, 2]],
    ["ARRAY[1, '2', 3]", [1, 2, 3]],
    ["MAP('a' := 1)", new Map([['a', 1]])],
    ['STRUCT(A := 1, B := N)', [1, null]],
    ['CAST(D AS STRING)', '2.5'],
    ["CAST('12' AS BIGINT)", 12n],
    ['CAST(A AS STRING)', '[1, 2, 3]'],
    ['CAST(R AS STRING)', 'Struct{F=inner}'],
    ['CAST(1.5 AS DECIMAL(4, 3)) = 1.500', true],
    ['CAST(1.23 + 4.5 AS STRING)', '5.73'],
    ['P + 1.0', null],
    ['L = 10.0', true],
  ])('%s', (sql, expected) => {
    expect(evaluate(sql)).toEqual(expected);
  });

  it('is null and reports when it fails, beside others that go on', () => {
    const failures: ExpressionFailure[] = [];
    const projection = compileProjection(
      ['I / 0', 'I + 1'].map((sql) => parseExpression(sql)),
      { schema, functions: new FunctionRegistry() },
    );
    expect(projection.evaluate(row, (failure) => failures.push(failure))).toEqual([null, 8]);
    expect(failures.map((failure) => failure.expression)).toEqual(['(I / 0)']);
  });

  it.each<[string, unknown]>([
    ['ARRAY[I, I / 0]', [7, null]],
    ['STRUCT(A := CAST(S AS INT), B := 2)', [null, 2]],
    [
      "MAP('a' := I / 0, 'b' := 1)",
      new Map([
        ['a', null],
        ['b', 1],
      ]),
    ],
    ['CAST(S AS INT) IS NULL', true],
    ['COALESCE(CAST(S AS INT), 7)', 7],
    ['COALESCE(ABS(I / 0), 7)', 7],
    ['COALESCE(I / 0, 7)', null],
    ['CAST(S AS INT) + 1', null],
  ])('%s has null for the part that fails alone', (sql, expected) => {
    const failures: ExpressionFailure[] = [];
    const compiled = compileExpression(parseExpression(sql), { schema, functions: builtInFunctions() });
    expect(compiled.evaluate(row, (failure) => failures.push(failure))).toEqual(expected);
    expect(failures.length).toBeGreaterThan(0);
  });

  it('is null as a whole for a part that fails where the setting says so', () => {
    const setting = (name: string): string | undefined => (name === 'ksql.nested.error.set.null' ? 'false' : undefined);
    const options = { schema, functions: builtInFunctions(), context: { ...defaultFunctionContext, setting } };
    expect(compileExpression(parseExpression('ARRAY[I, I / 0]'), options).evaluate(row, () => {})).toBeNull();
    expect(compileExpression(parseExpression('CAST(S AS INT) IS NULL'), options).evaluate(row, () => {})).toBeNull();
  });

  it('casts null to the text null where the setting says so', () => {
    const setting = (name: string): string | undefined =>
      name === 'ksql.cast.strings.preserve.nulls' ? 'FALSE' : undefined;
    const options = { schema, functions: new FunctionRegistry(), context: { ...defaultFunctionContext, setting } };
    const items = ['CAST(N AS STRING)', 'CAST(P AS STRING)', 'CAST(ARRAY[N, I] AS ARRAY<STRING>)', 'CAST(I AS STRING)'];
    const { evaluate: all } = compileProjection(
      items.map((item) => parseExpression(item)),
      options,
    );
    expect(all(row, () => {})).toEqual(['null', null, ['null', '7'], '7']);
  });

  it('as a predicate is false when it fails', () => {
    const predicate = compilePredicate(parseExpression('I / 0 = 1'), 'WHERE', {
      schema,
      functions: new FunctionRegistry(),
    });
    expect(predicate.test(row, () => {})).toBe(false);
  });

  it('never carries a literal of the statement into code', () => {
    const projection = compileProjection([parseExpression("S + 'secret' + CAST(12345 AS STRING)")], {
      schema,
      functions: new FunctionRegistry(),
    });
    expect(projection.evaluate.toString()).not.toMatch(/secret|12345/);
  });

  it.each<[string, RegExp]>([
    ['TRUE + 1.5', /Unsupported arithmetic types. BOOLEAN DECIMAL/],
    ["I >= 'x'", /Cannot compare I \(INTEGER\) to 'x' \(STRING\) with GREATER_THAN_OR_EQUAL\./],
    ["I IN (1, 'x')", /invalid input syntax for type INTEGER: "x"\./],
    ['S IN (1, D)', /operator does not exist: STRING = DOUBLE \(D\)/],
    ['ARRAY[NULL]', /Cannot construct an array with all NULL elements/],
    ['NOPE', /Unknown column NOPE\./],
    ['R->X', /Could not find field 'X' in 'R'/],
    ['CAST(S AS STRUCT<A INT>)', /Cast of STRING to STRUCT<`A` INTEGER> is not supported/],
  ])('%s is refused', (sql, message) => {
    expect(() => evaluate(sql)).toThrow(message);
  });
});
