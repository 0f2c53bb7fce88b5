import { expect, test } from 'vitest';
import { FunctionRegistry } from '../../functions/registry.ts';
import { parseExpression } from '../../syntax/parse.ts';
import { type LogicalSchema, SchemaBuilder } from '../../types/schema.ts';
import { SqlTypes } from '../../types/sql-type.ts';
import { lookupsOf, windowBoundsOf } from './lookups.ts';

const FUNCTIONS = new FunctionRegistry();
const MAX = Number.MAX_SAFE_INTEGER;
const ONE_KEY = new SchemaBuilder().key('ID', SqlTypes.BIGINT).value('V', SqlTypes.INTEGER).build();
const TWO_KEYS = new SchemaBuilder().key('A', SqlTypes.STRING).key('B', SqlTypes.INTEGER).build();

function keysOf(where: string, schema: LogicalSchema = ONE_KEY) {
  return lookupsOf(parseExpression(where), schema, FUNCTIONS)?.map(({ key }) => key) ?? null;
}

test('a key that is given is looked up, in its own type and from either side', () => {
  expect(keysOf('id = 5')).toEqual([[5n]]);
  expect(keysOf('5 = id')).toEqual([[5n]]);
  expect(keysOf('id = 2 + 3 AND v > 1')).toEqual([[5n]]);
});

test('several keys are looked up once each', () => {
  expect(keysOf('id IN (1, 2, 1)')).toEqual([[1n], [2n]]);
  expect(keysOf('id = 1 OR (id = 2 AND v = 0) OR id = 1')).toEqual([[1n], [2n]]);
  expect(keysOf('id IN (1, 2) AND id IN (2, 3)')).toEqual([[2n]]);
});

test('a condition that leaves the key open needs the whole table', () => {
  for (const where of ['v = 1', 'id > 5', 'id = 1 OR v = 1', 'NOT id = 1', 'id = v', 'id <> 1']) {
    expect(keysOf(where), where).toBeNull();
  }
});

test('keys of several columns are looked up where all of them are given', () => {
  expect(keysOf("a = 'x' AND b = 1", TWO_KEYS)).toEqual([['x', 1]]);
  expect(keysOf("a IN ('x', 'y') AND b = 1", TWO_KEYS)).toEqual([
    ['x', 1],
    ['y', 1],
  ]);
  expect(keysOf("a = 'x'", TWO_KEYS)).toBeNull();
});

test('bounds on the window narrow where to look', () => {
  const [lookup] = lookupsOf(
    parseExpression("id = 1 AND windowstart >= 10 AND 20 > windowstart AND windowend <= '1970-01-01T00:00:01'"),
    ONE_KEY,
    FUNCTIONS,
  )!;
  expect(lookup).toEqual({ key: [1n], start: { fromMs: 10, toMs: 19 }, end: { fromMs: 0, toMs: 1000 } });
  expect(windowBoundsOf(parseExpression('windowstart BETWEEN 5 AND 9'), ONE_KEY, FUNCTIONS)).toEqual({
    start: { fromMs: 5, toMs: 9 },
    end: { fromMs: 0, toMs: MAX },
  });
});

test('one key in several windows is looked up from the first to the last of them', () => {
  const lookups = lookupsOf(
    parseExpression('(id = 1 AND windowstart = 10) OR (id = 1 AND windowstart = 30)'),
    ONE_KEY,
    FUNCTIONS,
  );
  expect(lookups).toEqual([{ key: [1n], start: { fromMs: 10, toMs: 30 }, end: { fromMs: 0, toMs: MAX } }]);
});

test('what can be no key is told as ksqlDB tells it', () => {
  expect(() => keysOf('id = NULL')).toThrow('Primary key columns can not be NULL: (ID = null)');
  expect(() => keysOf("id = 'x'")).toThrow("'x' can not be converted to the type of the key column: ID BIGINT KEY");
});
