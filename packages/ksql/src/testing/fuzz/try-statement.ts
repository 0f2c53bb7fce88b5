import { MillraceError, seededRandom, silentLogger } from '@millrace/base';
import { FakeClock } from '@millrace/base/testing';
import { applyDdl } from '../../catalog/apply.ts';
import { type Catalog, EMPTY_CATALOG } from '../../catalog/catalog.ts';
import { insertedRow } from '../../compile/insert-row.ts';
import { keySerde, valueSerde } from '../../compile/row-serdes.ts';
import { compileQuery, functionContext } from '../../engine/compile-query.ts';
import { planPullQuery } from '../../engine/pull/pull-plan.ts';
import { MemorySchemaRegistry } from '../../formats/schema-registry/memory-schema-registry.ts';
import { builtInFunctions } from '../../functions/built-in.ts';
import { ParseFailedException } from '../../lib/ksql-exception.ts';
import { explainPlan } from '../../plan/explain.ts';
import { silentProcessingLog } from '../../processing-log/messages.ts';
import { isPlannable, planStatement, planTransientQuery, type StatementContext } from '../../steps/plan-statement.ts';
import type { Step } from '../../steps/steps.ts';
import type { InsertValues, Query, Statement } from '../../syntax/ast.ts';
import { type ParsedStatement, parse } from '../../syntax/parse.ts';
import { printStatement } from '../../syntax/print-statement.ts';

/** How far a text came: refused by the grammar, by what it means, or not at all. */
export type Outcome = 'syntax-error' | 'refused' | 'accepted';

const functions = builtInFunctions();
const config = { 'ksql.service.id': 'fuzz_', 'ksql.query.pull.table.scan.enabled': true };
const POSITION = /^line \d+:\d+: /;

/** All that an engine does with a statement before it starts anything, on a catalog that stays as it is. */
export class StatementTrial {
  readonly #catalog: Catalog;

  constructor(sources: string) {
    this.#catalog = parse(sources).reduce((catalog: Catalog, parsed) => {
      const statement = parsed.build();
      if (!isPlannable(statement)) throw new Error(`not a source: ${parsed.text}`);
      const { ddl } = planStatement(statement, parsed.text, contextOf(catalog));
      return ddl === null ? catalog : applyDdl(catalog, ddl).catalog;
    }, EMPTY_CATALOG);
  }

  /** @throws whatever else than an error for the user, and errors of syntax that name no place */
  try(text: string): Outcome {
    let statements: readonly ParsedStatement[];
    try {
      statements = parse(text);
    } catch (thrown) {
      if (!(thrown instanceof ParseFailedException)) throw thrown;
      if (POSITION.test(thrown.message)) return 'syntax-error';
      throw new Error(`A syntax error without its place: ${thrown.message}`, { cause: thrown });
    }
    return this.#tryAll(statements);
  }

  #tryAll(statements: readonly ParsedStatement[]): Outcome {
    try {
      for (const parsed of statements) {
        const statement = parsed.build();
        parse(printStatement(statement));
        this.#prepare(parsed.text, statement);
      }
      return 'accepted';
    } catch (thrown) {
      if (thrown instanceof MillraceError) return 'refused';
      throw thrown;
    }
  }

  #prepare(text: string, statement: Statement): void {
    const context = contextOf(this.#catalog);
    if (isPlannable(statement)) {
      const { query } = planStatement(statement, text, context);
      if (query !== null) compile(query.step, context);
    } else if (statement.kind === 'query') {
      prepareSelect(text, statement, context);
    } else if (statement.kind === 'insert-values') {
      writeRow(statement, context);
    } else if (statement.kind === 'explain' && statement.subject.kind === 'statement') {
      this.#prepare(text, statement.subject.statement);
    }
  }
}

function contextOf(catalog: Catalog): StatementContext {
  return { catalog, functions, config, partitionsOf: () => 4, queryNumber: 1, registry: new MemorySchemaRegistry() };
}

function prepareSelect(text: string, statement: Query, context: StatementContext): void {
  if (statement.emit === null) {
    planPullQuery({ text, statement }, context, silentLogger);
    return;
  }
  const plan = planTransientQuery(statement, text, context);
  explainPlan(plan);
  compile(plan.step, context);
}

/** The steps as the command log would give them back. */
function compile(step: Step, { registry }: StatementContext): void {
  const steps = JSON.parse(JSON.stringify(step)) as Step;
  const clock = new FakeClock();
  compileQuery({ queryId: 'fuzz', steps, config, functions, registry, clock, processingLog: silentProcessingLog });
}

function writeRow(statement: InsertValues, { catalog, registry }: StatementContext): void {
  const functionsSee = functionContext({ clock: new FakeClock(), random: seededRandom(1), config });
  const { source, key, value } = insertedRow(statement, { catalog, functions, functionContext: functionsSee });
  const formats = { key: source.keyFormat, value: source.valueFormat };
  const serdes = { formats, logger: 'fuzz', processingLog: silentProcessingLog, registry };
  if (key !== null) keySerde(source.schema.key, null, serdes).serialize(key, source.topic);
  valueSerde(source.schema.value, serdes).serialize(value, source.topic);
}
