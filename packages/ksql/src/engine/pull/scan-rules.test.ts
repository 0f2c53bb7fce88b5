import { expect, test } from 'vitest';
import type { DataSource } from '../../catalog/data-source.ts';
import { parseExpression } from '../../syntax/parse.ts';
import { SchemaBuilder } from '../../types/schema.ts';
import { SqlTypes } from '../../types/sql-type.ts';
import { refuseScan, refuseWrongBounds } from './scan-rules.ts';

const OFF = { 'ksql.query.pull.table.scan.enabled': 'false' };
const FORMAT = { format: 'JSON', properties: {}, features: [] };

function table(keys: readonly string[]): DataSource {
  const builder = new SchemaBuilder();
  for (const key of keys) builder.key(key, SqlTypes.STRING);
  return {
    ...{ kind: 'TABLE', name: 'T', topic: 't', timestampColumn: null, isQueryTarget: true, readOnly: false },
    schema: builder.value('V', SqlTypes.INTEGER).build(),
    keyFormat: { ...FORMAT, window: null },
    valueFormat: FORMAT,
    statementText: '',
  };
}

const ONE = table(['ID']);

test('with scans switched off, a condition that names its keys, or one range of them, is let through', () => {
  for (const where of [
    "id = 'a'",
    "id IN ('a', 'b')",
    "id = 'a' AND v > 3",
    "(id = 'a' AND v = 1) OR id = 'b'",
    "id > 'a'",
  ]) {
    expect(() => refuseScan(parseExpression(where), ONE, OFF), where).not.toThrow();
  }
});

test.each([
  ['v = 100', 'WHERE clause missing key column for disjunct: (V = 100)'],
  ["id = 'a' OR v = 1", 'WHERE clause missing key column for disjunct: (V = 1)'],
  ["id = 'a' AND id = 'b'", 'A comparison condition on the key column cannot be combined with other comparisons'],
  ["UCASE(id) = 'A'", 'A comparison must directly reference a key column'],
  ['id = v', 'A comparison must be between a key column and a resolvable expression'],
  ["id <> 'a'", "Bound on key columns '[`ID` STRING KEY]' must currently be '='"],
  ["id > 'a' OR id = 'b'", 'Query requires table scan to be enabled'],
  ['id IS NULL', 'Unsupported expression in WHERE clause: (ID IS NULL)'],
])('with scans switched off, %s is refused', (where, message) => {
  expect(() => refuseScan(parseExpression(where), ONE, OFF)).toThrow(message);
});

test('all columns of a key must be named', () => {
  expect(() => refuseScan(parseExpression("a = 'x'"), table(['A', 'B']), OFF)).toThrow(
    'Specified: [`A`] Expected: [`A` STRING KEY, `B` STRING KEY]',
  );
});

test('scans are on by default, and nothing is refused then', () => {
  expect(() => refuseScan(parseExpression('v = 1'), ONE, {})).not.toThrow();
  expect(() => refuseScan(null, ONE, {})).not.toThrow();
  expect(() => refuseScan(null, ONE, OFF)).toThrow('Missing WHERE clause');
});

const WINDOWED: DataSource = { ...ONE, keyFormat: { ...FORMAT, window: { type: 'TUMBLING', sizeMs: 1000 } } };

test.each([
  ['WINDOWSTART <> 5', 'Unsupported `WINDOWSTART` bounds: NOT_EQUAL'],
  ["id = 'a' AND WINDOWSTART > 5 AND 7 < WINDOWSTART", 'Duplicate `WINDOWSTART` bounds on: GREATER_THAN'],
  ["id = 'a' AND WINDOWEND = 5 AND WINDOWEND < 7", 'cannot be combined with other `WINDOWEND` bounds'],
])('bounds of windows that say no range are refused: %s', (where, message) => {
  expect(() => refuseWrongBounds(parseExpression(where), WINDOWED)).toThrow(message);
});

test('a lower and an upper bound on each end of a window are let through', () => {
  const where = "id = 'a' AND WINDOWSTART >= 5 AND WINDOWSTART < 7 AND WINDOWEND > 5 OR id = 'b' AND WINDOWSTART = 1";
  expect(() => refuseWrongBounds(parseExpression(where), WINDOWED)).not.toThrow();
});
