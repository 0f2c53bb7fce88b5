import { expect, test } from 'vitest';
import { applyDdl } from '../catalog/apply.ts';
import { EMPTY_CATALOG } from '../catalog/catalog.ts';
import { builtInFunctions } from '../functions/built-in.ts';
import { parse } from '../syntax/parse.ts';
import { isPlannable, planStatement } from './plan-statement.ts';
import type { Step } from './steps.ts';
import { checkUpgrade } from './upgrade.ts';

const functions = builtInFunctions();
const ORDERS = "CREATE STREAM orders (id INT KEY, n INT, m INT) WITH (kafka_topic='orders', value_format='JSON');";

function planOf(sql: string, catalog = EMPTY_CATALOG) {
  const [parsed] = parse(sql);
  const statement = parsed!.build();
  if (!isPlannable(statement)) throw new Error(`no plan for ${sql}`);
  const context = { catalog, functions, config: {}, partitionsOf: () => 1, queryNumber: 0 };
  return planStatement(statement, parsed!.text, context);
}

const PRICES = "CREATE TABLE prices (id INT PRIMARY KEY, n INT) WITH (kafka_topic='prices', value_format='JSON');";
const catalog = [ORDERS, PRICES].reduce((before, sql) => applyDdl(before, planOf(sql).ddl!).catalog, EMPTY_CATALOG);

function stepOf(select: string, kind: 'STREAM' | 'TABLE'): Step {
  return planOf(`CREATE ${kind} x AS ${select};`, catalog).query!.step;
}

test.each([
  ['STREAM', 'SELECT * FROM orders', 'SELECT * FROM orders WHERE n > 1'],
  ['STREAM', 'SELECT id, n FROM orders WHERE n > 1', 'SELECT id, n, n + 1 AS next FROM orders'],
  [
    'TABLE',
    'SELECT id, SUM(n) AS s FROM orders GROUP BY id',
    'SELECT id, SUM(n) AS s, SUM(n) * 2 AS d FROM orders GROUP BY id',
  ],
] as const)('%s: %s can become %s', (kind, from, to) => {
  expect(() => checkUpgrade(stepOf(from, kind), stepOf(to, kind))).not.toThrow();
});

test.each([
  [
    'STREAM',
    'SELECT * FROM orders',
    'SELECT * FROM orders PARTITION BY n',
    /Cannot add a class .*\.StreamSelectKey step that is not in the original query plan/,
  ],
  [
    'STREAM',
    'SELECT * FROM orders PARTITION BY n',
    'SELECT * FROM orders PARTITION BY m',
    /Plan step of type StreamSelectKey must have matching keyExpression. Values differ: \[N\] vs. \[M\]/,
  ],
  [
    'TABLE',
    'SELECT id, SUM(n) AS s FROM orders GROUP BY id',
    'SELECT id, MAX(n) AS s FROM orders GROUP BY id',
    /matching aggregate functions/,
  ],
  [
    'TABLE',
    'SELECT id, SUM(n) AS s FROM orders GROUP BY id',
    'SELECT id, SUM(m) AS s FROM orders GROUP BY id',
    /columns not part of aggregate/,
  ],
  [
    'TABLE',
    'SELECT id, COUNT(*) AS c FROM prices GROUP BY id',
    'SELECT id, COUNT(*) AS c FROM prices WHERE n > 1 GROUP BY id',
    /Upgrades not yet supported for TableAggregate/,
  ],
  [
    'STREAM',
    'SELECT id, n FROM orders',
    'SELECT id, EXPLODE(ARRAY[n]) AS n FROM orders',
    /Upgrades not yet supported for StreamFlatMap/,
  ],
] as const)('%s: %s can not become %s', (kind, from, to, reason) => {
  expect(() => checkUpgrade(stepOf(from, kind), stepOf(to, kind))).toThrow(reason);
});

test('a plan from before keys were left out of the rows of groups runs, but can only become another such', () => {
  const select = 'SELECT id, SUM(n) AS s FROM orders GROUP BY id';
  const now = stepOf(select, 'TABLE');
  const before = JSON.parse(JSON.stringify(now), (key, value) => (key === 'keptInKey' ? undefined : value)) as Step;
  expect(() => checkUpgrade(before, before)).not.toThrow();
  expect(() => checkUpgrade(before, now)).toThrow(/matching columns kept in the key. Values differ: \[\] vs. \[ID\]/);
});
