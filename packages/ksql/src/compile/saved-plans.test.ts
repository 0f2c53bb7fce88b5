import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StreamsBuilder } from '@millrace/streams';
import { expect, test } from 'vitest';
import { applyDdl } from '../catalog/apply.ts';
import { EMPTY_CATALOG } from '../catalog/catalog.ts';
import { builtInFunctions } from '../functions/built-in.ts';
import { silentProcessingLog } from '../processing-log/messages.ts';
import type { QueryPlan } from '../steps/ksql-plan.ts';
import { isPlannable, planStatement } from '../steps/plan-statement.ts';
import { parse } from '../syntax/parse.ts';
import { CompileContext } from './compile-context.ts';
import { compilePlan } from './compile-steps.ts';
import { defaultFunctionContext } from './expressions/compile-expression.ts';

// Plans as they were written to command logs, each with the names of stores and topics that its query had then. They are never
// written anew: a query that was planned by an old version has to find its state and its topics again. To add the plans of
// a new version: SAVE_PLANS=v2 vitest run saved-plans.

const FOLDER = join(import.meta.dirname, 'saved-plans');
const functions = builtInFunctions();
const config = { 'ksql.service.id': 'saved_' };

type SavedPlan = { readonly sql: string; readonly plan: QueryPlan; readonly names: readonly string[] };

/** The stores and topics of a query. */
function namesOf({ id, step }: QueryPlan): readonly string[] {
  const builder = new StreamsBuilder({ defaultEngine: 'memory' });
  const options = { functions, functionContext: defaultFunctionContext, config, processingLog: silentProcessingLog };
  compilePlan(step, builder, new CompileContext({ ...options, queryId: id }));
  const description = builder.build().describe();
  const names = description.matchAll(/(?:stores: \[([^\]]*)\])|(?:topics?: \[?([^\])\s]+))/g);
  return [...new Set([...names].flatMap(([, stores, topics]) => (stores ?? topics ?? '').split(', ')))]
    .filter((name) => name !== '')
    .sort();
}

const version = process.env.SAVE_PLANS;
if (version !== undefined) savePlans(join(FOLDER, version));

function savePlans(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const source = readFileSync(join(FOLDER, 'statements.sql'), 'utf8');
  let catalog = EMPTY_CATALOG;
  for (const [position, parsed] of parse(source).entries()) {
    const statement = parsed.build();
    if (!isPlannable(statement)) throw new Error(`no plan: ${parsed.text}`);
    const context = { catalog, functions, config, partitionsOf: () => 4, queryNumber: position };
    const { ddl, query } = planStatement(statement, parsed.text, context);
    if (ddl !== null) catalog = applyDdl(catalog, ddl).catalog;
    if (query === null) continue;
    const saved: SavedPlan = { sql: parsed.text, plan: query, names: namesOf(query) };
    const path = join(folder, `${query.id.toLowerCase()}.json`);
    if (!existsSync(path)) writeFileSync(path, `${JSON.stringify(saved, null, 1)}\n`);
  }
}

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

test('there are saved plans', () => expect(files.length).toBeGreaterThan(15));

test.each(files)('%s still runs, under the same names', (file) => {
  const { plan, names } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as SavedPlan;
  expect(namesOf(plan)).toEqual(names);
});
