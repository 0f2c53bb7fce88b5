import { describe, expect, it } from 'vitest';
import { applyDdl } from '../catalog/apply.ts';
import { type Catalog, EMPTY_CATALOG } from '../catalog/catalog.ts';
import { builtInFunctions } from '../functions/built-in.ts';
import { isPlannable, planStatement } from '../steps/plan-statement.ts';
import { parse } from '../syntax/parse.ts';
import { printCanonical } from '../syntax/print-canonical.ts';
import { canonicalStatement } from './canonical-statement.ts';

const SOURCES = `
  CREATE STREAM s (id INT KEY, a INT, b STRING, st STRUCT<x INT>) WITH (kafka_topic='s', value_format='JSON');
  CREATE STREAM r (id INT KEY, a INT, \`low\` INT) WITH (kafka_topic='r', value_format='JSON');
  CREATE TABLE t (id INT PRIMARY KEY, c INT) WITH (kafka_topic='t', value_format='JSON');`;

function canonical(text: string): string {
  let catalog: Catalog = EMPTY_CATALOG;
  for (const parsed of parse(SOURCES)) {
    const statement = parsed.build();
    if (!isPlannable(statement)) throw new Error(`nothing to plan: ${parsed.text}`);
    const context = { catalog, functions: builtInFunctions(), config: {}, partitionsOf: () => 1, queryNumber: 0 };
    const { ddl } = planStatement(statement, parsed.text, context);
    if (ddl !== null) catalog = applyDdl(catalog, ddl).catalog;
  }
  const statement = parse(text)[0]!.build();
  if (statement.kind !== 'create-as' && statement.kind !== 'insert-into') throw new Error(`no query in ${text}`);
  return printCanonical(canonicalStatement(statement, catalog));
}

describe('a statement is kept as ksqlDB keeps it', () => {
  it.each([
    ['a single column', 'create stream o as select * from s;', 'CREATE STREAM O AS SELECT *\nFROM S S\nEMIT CHANGES'],
    [
      'columns with their sources, expressions with names, types by theirs',
      `CREATE OR REPLACE TABLE IF NOT EXISTS o WITH (value_format='JSON', kafka_topic='x') AS
         SELECT id, COUNT(*), CAST(LEN(b) AS VARCHAR) c, st->x FROM s e
         WINDOW HOPPING (SIZE 1 HOUR, ADVANCE BY 5 MINUTES, GRACE PERIOD 1 DAY)
         WHERE a > 1 GROUP BY id, b, st->x HAVING COUNT(*) > 1 EMIT FINAL;`,
      `CREATE OR REPLACE TABLE IF NOT EXISTS O WITH (KAFKA_TOPIC='x', VALUE_FORMAT='JSON') AS SELECT
  E.ID ID,
  COUNT(*) KSQL_COL_0,
  CAST(LEN(E.B) AS STRING) C,
  E.ST->X X
FROM S E
WINDOW HOPPING ( SIZE 1 HOURS , ADVANCE BY 5 MINUTES , GRACE PERIOD 1 DAYS ) 
WHERE (E.A > 1)
GROUP BY E.ID, E.B, E.ST->X
HAVING (COUNT(*) > 1)
EMIT FINAL`,
    ],
    [
      'joins, a line each',
      `INSERT INTO o SELECT s.id, \`low\`, r.a FROM s JOIN r WITHIN (1 MINUTE, 2 MINUTES) GRACE PERIOD 1 HOUR ON s.id = r.id
         LEFT JOIN t ON s.id = t.id PARTITION BY c;`,
      `INSERT INTO O SELECT
  S.ID S_ID,
  R.\`low\` \`low\`,
  R.A R_A
FROM S S
INNER JOIN R R WITHIN (1 MINUTES, 2 MINUTES) GRACE PERIOD 1 HOURS ON ((S.ID = R.ID))
LEFT OUTER JOIN T T ON ((S.ID = T.ID))
PARTITION BY T.C
EMIT CHANGES`,
    ],
  ])('%s', (_, written, kept) => {
    expect(canonical(written)).toBe(kept);
  });

  it('names that several sources have are not clear', () => {
    expect(() => canonical('CREATE STREAM o AS SELECT a FROM s JOIN r WITHIN 1 DAY ON s.id = r.id;')).toThrow(
      "Column 'A' is ambiguous. Could be R.A or S.A.",
    );
  });
});
