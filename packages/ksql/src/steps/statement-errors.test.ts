import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyDdl } from '../catalog/apply.ts';
import { type Catalog, EMPTY_CATALOG } from '../catalog/catalog.ts';
import { builtInFunctions } from '../functions/built-in.ts';
import { parse } from '../syntax/parse.ts';
import { isPlannable, planStatement } from './plan-statement.ts';

// What users read when a statement is wrong: people search for these texts, so they stay as ksqlDB has them.

const SOURCES = `
  CREATE STREAM flights (id STRING KEY, carrier STRING, delay INT) WITH (kafka_topic='flights', value_format='JSON');
  CREATE STREAM wide (id STRING KEY, n INT) WITH (kafka_topic='wide', value_format='JSON', partitions=8);
  CREATE STREAM flights2 (id STRING KEY, n INT) WITH (kafka_topic='flights2', value_format='JSON');
  CREATE TABLE carriers (code STRING PRIMARY KEY, name STRING) WITH (kafka_topic='carriers', value_format='JSON');
`;

const WRONG = [
  'CREATE STREAM a AS SELECT * FROM nowhere;',
  'CREATE STREAM a AS SELECT * FROM "flights";',
  'CREATE STREAM a AS SELECT nothing FROM flights;',
  'CREATE STREAM a AS SELECT carrier FROM flights;',
  'CREATE TABLE a AS SELECT * FROM flights;',
  'CREATE STREAM a AS SELECT carrier, COUNT(*) FROM flights GROUP BY carrier;',
  'CREATE TABLE a AS SELECT id, COUNT(*) FROM flights GROUP BY carrier;',
  'CREATE TABLE a AS SELECT COUNT(*) FROM flights GROUP BY carrier;',
  'CREATE TABLE a AS SELECT carrier, delay FROM flights GROUP BY carrier;',
  'CREATE STREAM a AS SELECT * FROM flights WHERE delay;',
  'CREATE STREAM a AS SELECT id, delay + carrier AS x FROM flights;',
  "CREATE STREAM a AS SELECT id, delay = 'late' AS x FROM flights;",
  'CREATE STREAM a AS SELECT id, NOT_A_FUNCTION(delay) AS x FROM flights;',
  'CREATE STREAM a AS SELECT id, UCASE(delay) AS x FROM flights;',
  'CREATE STREAM a AS SELECT * FROM flights f JOIN flights f WITHIN 1 HOUR ON f.id = f.id;',
  'CREATE STREAM a AS SELECT f.id, w.n FROM flights f JOIN wide w ON f.id = w.id;',
  'CREATE STREAM a AS SELECT f.delay, w.n FROM flights f JOIN flights2 w WITHIN 1 HOUR ON f.delay = w.id;',
  'CREATE STREAM a AS SELECT f.id, c.name FROM flights f JOIN carriers c WITHIN 1 HOUR ON f.carrier = c.code;',
  'CREATE STREAM a AS SELECT f.id, c.name FROM flights f JOIN carriers c ON f.carrier = c.name;',
  'CREATE STREAM flights AS SELECT * FROM wide;',
  "CREATE STREAM a (id STRING KEY, id STRING) WITH (kafka_topic='a', value_format='JSON');",
  "CREATE STREAM a (id STRING PRIMARY KEY) WITH (kafka_topic='a', value_format='JSON');",
  "CREATE TABLE a (id STRING KEY) WITH (kafka_topic='a', value_format='JSON');",
  "CREATE TABLE a (id STRING, n INT) WITH (kafka_topic='a', value_format='JSON');",
  "CREATE STREAM a (id STRING KEY) WITH (value_format='JSON');",
  "CREATE STREAM a (id STRING KEY) WITH (kafka_topic='a');",
  "CREATE STREAM a (id STRING KEY, n INT) WITH (kafka_topic='a', value_format='YAML');",
  "CREATE STREAM a (id STRING KEY, n INT) WITH (kafka_topic='a', value_format='JSON', colour='red');",
  "CREATE STREAM a (id STRING KEY, n MAP<INT, INT>) WITH (kafka_topic='a', value_format='DELIMITED');",
  "CREATE STREAM a (id STRING KEY, n INT) WITH (kafka_topic='a', value_format='JSON', timestamp='m');",
  'CREATE OR REPLACE STREAM flights AS SELECT * FROM carriers EMIT CHANGES;',
  'INSERT INTO carriers SELECT * FROM flights;',
  'INSERT INTO wide SELECT id, carrier FROM flights;',
  'ALTER STREAM flights ADD COLUMN delay INT;',
  'DROP TABLE flights;',
  'DROP STREAM nowhere;',
];

const functions = builtInFunctions();

function catalogAfter(catalog: Catalog, text: string): Catalog {
  return parse(text).reduce((before: Catalog, parsed) => {
    const statement = parsed.build();
    if (!isPlannable(statement)) throw new Error(`no plan for ${parsed.text}`);
    const context = { catalog: before, functions, config: {}, queryNumber: 0 };
    const partitionsOf = (topic: string): number => (topic === 'wide' ? 8 : 4);
    const { ddl } = planStatement(statement, parsed.text, { ...context, partitionsOf });
    return ddl === null ? before : applyDdl(before, ddl).catalog;
  }, catalog);
}

function errorOf(action: () => unknown): string {
  try {
    action();
    return 'no error';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

test('wrong statements are told as ksqlDB tells them', async () => {
  const catalog = catalogAfter(EMPTY_CATALOG, SOURCES);
  const told = WRONG.map((statement) => errorOf(() => catalogAfter(catalog, statement)));
  await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, 'golden', 'statement-errors.golden.txt'),
  );
});
