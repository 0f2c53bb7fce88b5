import { join } from 'node:path';
import { StreamsBuilder } from '@millrace/streams';
import { expect, test } from 'vitest';
import { analyzeQuery } from '../analysis/analyze-query.ts';
import { readProperties } from '../analysis/source-properties.ts';
import { applyDdl } from '../catalog/apply.ts';
import { type Catalog, EMPTY_CATALOG } from '../catalog/catalog.ts';
import { builtInFunctions } from '../functions/built-in.ts';
import { planQuery } from '../plan/build-plan.ts';
import { explainPlan } from '../plan/explain.ts';
import { silentProcessingLog } from '../processing-log/messages.ts';
import { isPlannable, plannerContext, planStatement, type StatementContext } from '../steps/plan-statement.ts';
import type { CreateAs } from '../syntax/ast.ts';
import { parse } from '../syntax/parse.ts';
import { CompileContext } from './compile-context.ts';
import { compilePlan } from './compile-steps.ts';
import { defaultFunctionContext } from './expressions/compile-expression.ts';

// What statements become: the logical plan, the steps as they lie in the command log, the topology. Read the difference
// when a file changes: queries that run know their stores and topics by these names, and logs hold these steps.

const SOURCES = `
  CREATE STREAM flights (id STRING KEY, carrier STRING, delay INT, legs ARRAY<STRUCT<origin STRING>>)
    WITH (kafka_topic='flights', value_format='JSON');
  CREATE STREAM landings (id STRING KEY, gate INT) WITH (kafka_topic='landings', value_format='DELIMITED');
  CREATE TABLE carriers (code STRING PRIMARY KEY, name STRING) WITH (kafka_topic='carriers', value_format='JSON');
  CREATE TABLE planes (tail STRING PRIMARY KEY, owner STRING) WITH (kafka_topic='planes', value_format='JSON');
`;

const STATEMENTS: Readonly<Record<string, string>> = {
  projection: `CREATE STREAM late WITH (value_format='DELIMITED') AS
    SELECT id, UCASE(carrier) AS carrier, delay / 60 AS delay_hours FROM flights WHERE delay > 60;`,
  'partition-by': 'CREATE STREAM by_carrier AS SELECT * FROM flights PARTITION BY carrier;',
  explode: 'CREATE STREAM legs AS SELECT id, EXPLODE(legs)->origin AS origin FROM flights;',
  aggregation: `CREATE TABLE delays AS SELECT carrier, COUNT(*) AS n, AVG(delay + 1) AS mean FROM flights
    WINDOW TUMBLING (SIZE 1 HOUR, GRACE PERIOD 5 MINUTES) GROUP BY carrier HAVING COUNT(*) > 2;`,
  'stream-table-join': `CREATE STREAM named AS SELECT f.id, f.carrier, c.name FROM flights f
    LEFT JOIN carriers c ON f.carrier = c.code;`,
  'stream-stream-join': `CREATE STREAM landed AS SELECT f.id, f.delay, l.gate FROM flights f
    JOIN landings l WITHIN 1 HOUR GRACE PERIOD 10 MINUTES ON f.id = l.id;`,
  'foreign-key-join': `CREATE TABLE fleet AS SELECT p.tail, p.owner, c.name FROM planes p
    JOIN carriers c ON p.owner = c.code;`,
};

const functions = builtInFunctions();
const config = { 'ksql.service.id': 'golden_' };

function contextOf(catalog: Catalog): StatementContext {
  return { catalog, functions, config, partitionsOf: () => 4, queryNumber: 7 };
}

function catalogOf(text: string): Catalog {
  return parse(text).reduce((catalog: Catalog, parsed) => {
    const statement = parsed.build();
    expect(isPlannable(statement)).toBe(true);
    const plan = isPlannable(statement) ? planStatement(statement, parsed.text, contextOf(catalog)) : null;
    return plan?.ddl === null || plan === null ? catalog : applyDdl(catalog, plan.ddl).catalog;
  }, EMPTY_CATALOG);
}

test.each(Object.entries(STATEMENTS))('%s', async (name, sql) => {
  const context = contextOf(catalogOf(SOURCES));
  const [parsed] = parse(sql);
  const statement = parsed!.build() as CreateAs;
  const analyzed = analyzeQuery(statement.query, { catalog: context.catalog, functions, persistent: true });
  const properties = readProperties(statement.properties, 'create-as');
  const target = { kind: 'create', name: statement.name, properties } as const;
  const logical = explainPlan(planQuery(analyzed, target, plannerContext(context)));

  const { query } = planStatement(statement, parsed!.text, context);
  const steps = JSON.stringify(query!.step, null, 1);

  const builder = new StreamsBuilder({ defaultEngine: 'memory' });
  const options = {
    functions,
    functionContext: defaultFunctionContext,
    config,
    processingLog: silentProcessingLog,
    queryId: query!.id,
  };
  compilePlan(query!.step, builder, new CompileContext(options));
  const topology = builder.build().describe();

  const text = `${parsed!.text}\n\n${logical}\n\n${query!.id}\n${steps}\n\n${topology}`;
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `${name}.golden.txt`));
});
