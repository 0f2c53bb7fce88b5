import { expect, test } from 'vitest';
import { applyDdl } from '../catalog/apply.ts';
import { EMPTY_CATALOG } from '../catalog/catalog.ts';
import { builtInFunctions } from '../functions/built-in.ts';
import { parse } from '../syntax/parse.ts';
import { isPlannable, planStatement } from './plan-statement.ts';
import { schemaOfText } from './schema-text.ts';
import { type Step, stepInputs } from './steps.ts';

// What the stores and topics of joins hold of a row (`plan/rules/prune-columns.ts`).

const SOURCES = `
  CREATE STREAM a (id STRING KEY, x INT, y INT, z STRING) WITH (kafka_topic='a', value_format='JSON');
  CREATE STREAM b (id STRING KEY, x INT, y INT, z STRING) WITH (kafka_topic='b', value_format='AVRO');
  CREATE STREAM d (id STRING KEY, x INT) WITH (kafka_topic='d', value_format='DELIMITED');
  CREATE TABLE t (id STRING PRIMARY KEY, x INT, z STRING) WITH (kafka_topic='t', value_format='JSON');
  CREATE TABLE u (id STRING PRIMARY KEY, x INT, z STRING) WITH (kafka_topic='u', value_format='JSON');
`;

const functions = builtInFunctions();

/** The value columns of each step but the sources and the last, by the step's context. */
function columnsOf(sql: string): Readonly<Record<string, string>> {
  let catalog = EMPTY_CATALOG;
  for (const parsed of parse(`${SOURCES} ${sql};`)) {
    const statement = parsed.build();
    if (!isPlannable(statement)) throw new Error(`no plan: ${parsed.text}`);
    const context = { catalog, functions, config: {}, partitionsOf: () => 4, queryNumber: 0 };
    const { ddl, query } = planStatement(statement, parsed.text, context);
    if (query !== null) return Object.fromEntries(stepInputs(query.step).flatMap((step) => below(step)));
    catalog = applyDdl(catalog, ddl!).catalog;
  }
  throw new Error('no query');
}

function below(step: Step): readonly (readonly [string, string])[] {
  const inputs = stepInputs(step).filter((input) => !('sourceSchema' in input));
  return inputs.flatMap((input) => {
    const names = schemaOfText(input.schema).value.map(({ name }) => name);
    return [[input.context, names.join(' ')] as const, ...below(input)];
  });
}

const JOIN = 'WITHIN 1 HOUR GRACE PERIOD 1 HOUR';

test('a join keeps what its projection and its condition read', () => {
  const sql = `CREATE STREAM o AS SELECT a.id, a.x + b.y FROM a JOIN b ${JOIN} ON a.id = b.id WHERE b.z = 'z'`;
  expect(columnsOf(sql)).toEqual({
    PrependAliasLeft: 'A_X',
    PrependAliasRight: 'B_Y B_Z',
    Join: 'A_X B_Y B_Z',
    WhereFilter: 'A_X B_Y B_Z',
  });
});

test('a side of which nothing is read keeps its key', () => {
  const sql = `CREATE STREAM o AS SELECT a.id, a.x FROM a JOIN b ${JOIN} ON a.id = b.id`;
  expect(columnsOf(sql)).toMatchObject({ PrependAliasLeft: 'A_X', PrependAliasRight: 'B_ID' });
});

test('so does a join of which nothing is read, on its way to another', () => {
  const sql = `CREATE STREAM o AS SELECT b.z, t.z AS other FROM a JOIN b ${JOIN} ON a.id = b.id JOIN t ON b.z = t.id`;
  expect(columnsOf(sql)).toMatchObject({ 'LeftSourceKeyed-SelectKey': 'B_Z', PrependAliasRight: 'T_Z' });
});

test('pseudo columns and keys stay where they are read', () => {
  const sql = `CREATE STREAM o AS SELECT a.id, AS_VALUE(a.id) AS i, b.rowtime AS t FROM a JOIN b ${JOIN} ON a.id = b.id`;
  expect(columnsOf(sql)).toMatchObject({ PrependAliasLeft: 'A_ID', PrependAliasRight: 'B_ROWTIME' });
});

test('all columns are read by *, but no pseudo columns', () => {
  const sql = `CREATE STREAM o AS SELECT * FROM a JOIN b ${JOIN} ON a.id = b.id`;
  expect(columnsOf(sql)).toMatchObject({ PrependAliasLeft: 'A_X A_Y A_Z', PrependAliasRight: 'B_X B_Y B_Z B_ID' });
});

test('what a join needs under another key is sent without the rest', () => {
  const sql = `CREATE STREAM o AS SELECT a.z, a.x, b.x FROM a JOIN b ${JOIN} ON a.z = b.id`;
  expect(columnsOf(sql)).toMatchObject({ 'LeftSourceKeyed-SelectKey': 'X', PrependAliasLeft: 'A_X' });
});

test('in joins of joins each keeps what those behind it read, too', () => {
  const sql = `CREATE STREAM o AS SELECT b.z, a.x, b.y, t.z FROM a JOIN b ${JOIN} ON a.id = b.id JOIN t ON b.z = t.id`;
  expect(columnsOf(sql)).toMatchObject({
    PrependAliasL_Left: 'A_X',
    PrependAliasL_Right: 'B_Y B_Z',
    L_Join: 'A_X B_Y B_Z',
    'LeftSourceKeyed-SelectKey': 'A_X B_Y',
    PrependAliasRight: 'T_Z',
  });
});

test('a foreign key is read', () => {
  const sql = 'CREATE TABLE o AS SELECT t.id, u.z FROM t JOIN u ON t.z = u.id';
  expect(columnsOf(sql)).toMatchObject({ PrependAliasLeft: 'T_Z', PrependAliasRight: 'U_Z', Join: 'T_Z U_Z' });
});

test('what is grouped and aggregated behind a join is read', () => {
  const sql = `CREATE TABLE o AS SELECT b.z, SUM(a.x) FROM a JOIN b ${JOIN} ON a.id = b.id GROUP BY b.z`;
  expect(columnsOf(sql)).toMatchObject({ PrependAliasLeft: 'A_X', PrependAliasRight: 'B_Z' });
});

test('a format without names has all columns in their order', () => {
  const sql = `CREATE STREAM o AS SELECT a.id, a.x, d.x FROM a JOIN d ${JOIN} ON a.id = d.id`;
  expect(columnsOf(sql)).toMatchObject({
    PrependAliasLeft: 'A_X',
    PrependAliasRight: 'D_X D_ROWTIME D_ROWPARTITION D_ROWOFFSET D_ID',
  });
});
