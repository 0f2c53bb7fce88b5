import { describe, expect, it } from 'vitest';
import { applyDdl } from '../catalog/apply.ts';
import { type Catalog, EMPTY_CATALOG } from '../catalog/catalog.ts';
import { builtInFunctions } from '../functions/built-in.ts';
import { KsqlStatementException } from '../lib/ksql-exception.ts';
import { parse } from '../syntax/parse.ts';
import { isPlannable, planStatement } from './plan-statement.ts';

const SOURCES = `
  CREATE STREAM s (k STRING KEY, a INT, b STRING, st STRUCT<x INT>) WITH (kafka_topic='s', value_format='JSON');
  CREATE STREAM w (k STRING KEY, a INT)
    WITH (kafka_topic='w', value_format='JSON', window_type='TUMBLING', window_size='1 SECOND');
  CREATE TABLE t (k STRING PRIMARY KEY, a INT, b STRING) WITH (kafka_topic='t', value_format='JSON');`;

function plan(text: string, { showsCanonical = false } = {}): void {
  let catalog: Catalog = EMPTY_CATALOG;
  for (const parsed of parse(SOURCES + text)) {
    const statement = parsed.build();
    if (!isPlannable(statement)) throw new Error(`nothing to plan: ${parsed.text}`);
    const { ddl } = planStatement(statement, parsed.text, {
      catalog,
      functions: builtInFunctions(),
      config: {},
      partitionsOf: () => 1,
      queryNumber: 0,
      showsCanonical,
    });
    if (ddl !== null) catalog = applyDdl(catalog, ddl).catalog;
  }
}

describe('is refused in the words of ksqlDB', () => {
  it.each([
    [
      'windows over a table',
      'CREATE TABLE o AS SELECT a, COUNT(*) FROM t WINDOW TUMBLING (SIZE 1 SECOND) GROUP BY a;',
      'Windowing not supported for table aggregations.',
    ],
    [
      'aggregates over a table that can take nothing out again, each named once',
      'CREATE TABLE o AS SELECT a, TOPK(a, 2), COLLECT_SET(a), COLLECT_SET(b) FROM t GROUP BY a;',
      'The aggregation functions TOPK and COLLECT_SET cannot be applied to a table source, only to a stream source.',
    ],
    [
      'bounds of windows in the WHERE clause of an aggregation with windows',
      `CREATE TABLE o AS SELECT k, COUNT(*) FROM w WINDOW TUMBLING (SIZE 1 SECOND) WHERE WINDOWSTART > 1 GROUP BY k;`,
      'Window bounds column WINDOWSTART can only be used in the SELECT clause',
    ],
    [
      'grouping of rows with windows by their key alone',
      'CREATE TABLE o AS SELECT k, COUNT(*) FROM w GROUP BY k;',
      'Group by on windowed should always require rekey',
    ],
    [
      'aggregates of a null without a type',
      'CREATE TABLE o AS SELECT k, COUNT(NULL), COUNT_DISTINCT(NULL) FROM s GROUP BY k;',
      "Can't infer a type of null. Please explicitly cast it to a required type, e.g. CAST(null AS VARCHAR).",
    ],
    ['all fields of a number', 'CREATE STREAM o AS SELECT k, a->* FROM s;', 'Column `A` is not a STRUCT type.'],
    ['all fields of a field', 'CREATE STREAM o AS SELECT k, st->x->* FROM s;', 'Field X is not a STRUCT type.'],
    ['all fields of no field', 'CREATE STREAM o AS SELECT k, st->y->* FROM s;', 'Field Y was not found on STRUCT.'],
    [
      'a subscript of a struct',
      "CREATE STREAM o AS SELECT k, st['x'] FROM s;",
      "Use the dereference operator for STRUCTS: ST->'x'",
    ],
    [
      'bytes as text',
      "CREATE STREAM o AS SELECT k, CAST(TO_BYTES(b, 'utf8') AS STRING) FROM s;",
      'Cast of BYTES to STRING is not supported',
    ],
    [
      'a column of two sources',
      'CREATE STREAM o AS SELECT b FROM s JOIN t ON s.k = t.k;',
      "Column 'B' is ambiguous. Could be S.B or T.B.",
    ],
    [
      'another key of a table',
      'CREATE TABLE o AS SELECT * FROM t PARTITION BY a;',
      'Cannot repartition a TABLE source. If this is a join, make sure that the criteria uses ' +
        "the TABLE's key column K instead of [A]",
    ],
    [
      'more digits than an INTEGER counts',
      'CREATE STREAM o AS SELECT k, CAST(b AS DECIMAL(2147483648, 2)) FROM s;',
      'Value must be integer for command: DECIMAL(PRECISION)',
    ],
    [
      'a part of a digit',
      'CREATE STREAM o AS SELECT k, CAST(b AS DECIMAL(3, 1.5)) FROM s;',
      'Value must be integer for command: DECIMAL(SCALE)',
    ],
    ['a number of no digits', 'CREATE STREAM o AS SELECT k, ROUND(0.5) FROM s;', 'DECIMAL precision must be >= 1'],
  ])('%s', (_, text, message) => {
    expect(() => plan(text)).toThrow(message);
  });
});

it('lets a table be partitioned by the key that it has', () => {
  expect(() => plan('CREATE TABLE o AS SELECT * FROM t PARTITION BY k;')).not.toThrow();
});

describe('what the tools of ksqlDB refuse shows', () => {
  const statementOf = (text: string): string => {
    try {
      plan(text, { showsCanonical: true });
    } catch (thrown) {
      if (thrown instanceof KsqlStatementException) return thrown.statement;
      throw thrown;
    }
    return '';
  };

  it('the statement as it was written where it can not be planned', () => {
    const text = 'CREATE STREAM o AS SELECT unknown FROM s;';
    expect(statementOf(text)).toBe(text);
  });

  it('the statement as it was rewritten where its plan can not be carried out', () => {
    expect(statementOf('create table o as select a, b, count(*) from s group by a, b;')).toBe(
      'CREATE TABLE O AS SELECT\n  S.A A,\n  S.B B,\n  COUNT(*) KSQL_COL_0\nFROM S S\nGROUP BY S.A, S.B\nEMIT CHANGES',
    );
  });
});
