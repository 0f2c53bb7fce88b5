import { registerSchemas } from '../../analysis/register-schemas.ts';
import { addQuery, applyDdl } from '../../catalog/apply.ts';
import { type Catalog, EMPTY_CATALOG } from '../../catalog/catalog.ts';
import type { CompileOptions } from '../../compile/compile-context.ts';
import { defaultFunctionContext } from '../../compile/expressions/compile-expression.ts';
import { insertedRow } from '../../compile/insert-row.ts';
import { keySerde, valueSerde } from '../../compile/row-serdes.ts';
import { MemorySchemaRegistry } from '../../formats/schema-registry/memory-schema-registry.ts';
import type { FunctionContext } from '../../functions/function.ts';
import type { FunctionRegistry } from '../../functions/registry.ts';
import type { KsqlConfig } from '../../lib/ksql-config.ts';
import { KsqlException, withStatement } from '../../lib/ksql-exception.ts';
import { silentProcessingLog } from '../../processing-log/messages.ts';
import { isPlannable, type PlannableStatement, planStatement } from '../../steps/plan-statement.ts';
import { checkUpgrade } from '../../steps/upgrade.ts';
import type { InsertValues, Statement } from '../../syntax/ast.ts';
import { type ParsedStatement, parse } from '../../syntax/parse.ts';
import type { TopicRecord } from '../query-cases/topics.ts';
import { assertSource } from './assert-source.ts';
import { assertValues } from './assert-values.ts';
import { RunningQuery } from './running-query.ts';

export type SqlTestEnvironment = {
  readonly functions: () => FunctionRegistry;
  /** The text of a script that RUN SCRIPT names. */
  readonly readScript: (name: string) => string;
};

const PARTITIONS = 4;

/** The statements of one SQL test, carried out one by one; every record goes through all queries at once. */
export class SqlSession {
  catalog: Catalog = EMPTY_CATALOG;
  readonly registry: MemorySchemaRegistry = new MemorySchemaRegistry();
  readonly functions: FunctionRegistry;
  readonly functionContext: FunctionContext;
  readonly #environment: SqlTestEnvironment;
  readonly #records = new Map<string, TopicRecord[]>();
  readonly #asserted = new Map<string, number>();
  readonly #queries = new Map<string, RunningQuery>();
  readonly #config = new Map<string, string>();
  #queryNumber = 0;

  constructor(environment: SqlTestEnvironment) {
    this.#environment = environment;
    this.functions = environment.functions();
    this.functionContext = { ...defaultFunctionContext, setting: (name) => this.#config.get(name) };
  }

  run(sql: string): void {
    for (const parsed of parse(sql, { testStatements: true })) this.#execute(parsed.build(), parsed);
  }

  /** The next record of a topic that no assertion has looked at. */
  nextRecord(topic: string): TopicRecord | undefined {
    const position = this.#asserted.get(topic) ?? 0;
    this.#asserted.set(topic, position + 1);
    return this.#records.get(topic)?.[position];
  }

  #execute(statement: Statement, parsed: ParsedStatement): void {
    switch (statement.kind) {
      case 'insert-values':
        this.#insert(statement, parsed.text);
        break;
      case 'set-property':
        this.#config.set(statement.name, statement.value);
        break;
      case 'unset-property':
        this.#config.delete(statement.name);
        break;
      case 'assert-values':
        assertValues(statement, this);
        break;
      case 'assert-source':
        assertSource(statement, parsed.text, this.catalog);
        break;
      case 'run-script':
        this.run(this.#environment.readScript(statement.file));
        break;
      default:
        if (!isPlannable(statement)) throw new KsqlException(`Statement not supported in SQL tests: ${parsed.text}`);
        this.#plan(statement, parsed.text);
    }
  }

  #plan(statement: PlannableStatement, text: string): void {
    const plan = planStatement(statement, text, {
      catalog: this.catalog,
      functions: this.functions,
      config: this.#ksqlConfig(),
      partitionsOf: () => PARTITIONS,
      queryNumber: this.#queryNumber,
      registry: this.registry,
    });
    const replaced = plan.query === null ? undefined : this.#queries.get(plan.query.id);
    try {
      if (replaced !== undefined && plan.query !== null) checkUpgrade(replaced.plan.step, plan.query.step);
    } catch (thrown) {
      throw withStatement(thrown, text);
    }
    const applied = plan.ddl === null ? { catalog: this.catalog, changed: true } : applyDdl(this.catalog, plan.ddl);
    this.catalog = applied.catalog;
    if (plan.ddl?.kind === 'create-source' && applied.changed) {
      registerSchemas(plan.ddl.source, { registry: this.registry, isSink: plan.query !== null });
    }
    for (const id of this.#queries.keys()) if (!this.catalog.queries.has(id)) this.#queries.delete(id);
    if (plan.query === null || !applied.changed) return;
    this.#queryNumber++;
    const { id, sources, sink } = plan.query;
    this.catalog = addQuery(this.catalog, { id, sources, sink, createdSink: plan.ddl !== null });
    const running = new RunningQuery(plan.query, this.#compileOptions(id));
    if (replaced !== undefined) running.takeOver(replaced);
    this.#queries.set(id, running);
  }

  #ksqlConfig(): KsqlConfig {
    return { 'ksql.service.id': 'test', ...Object.fromEntries(this.#config) };
  }

  #compileOptions(queryId: string): CompileOptions {
    return {
      queryId,
      functions: this.functions,
      config: this.#ksqlConfig(),
      processingLog: silentProcessingLog,
      functionContext: this.functionContext,
      registry: this.registry,
    };
  }

  #insert(statement: InsertValues, text: string): void {
    try {
      const { catalog, functions, functionContext, registry } = this;
      const { source, key, value, timestamp } = insertedRow(statement, { catalog, functions, functionContext });
      const { schema, keyFormat, valueFormat, topic } = source;
      const formats = { key: keyFormat, value: valueFormat };
      const options = { formats, logger: 'insert', processingLog: silentProcessingLog, registry };
      const record = {
        key: key === null ? null : keySerde(schema.key, keyFormat.window, options).serialize(key, topic),
        value: valueSerde(schema.value, options).serialize(value, topic),
        timestamp: timestamp ?? 0,
        headers: [],
      };
      this.#pipe(topic, record, []);
    } catch (thrown) {
      throw withStatement(thrown, text);
    }
  }

  /** Depth first: what a query writes goes through all its readers before the next query sees the record. */
  #pipe(topic: string, record: TopicRecord, path: readonly string[]): void {
    const records = this.#records.get(topic);
    if (records === undefined) this.#records.set(topic, [record]);
    else records.push(record);
    if (path.includes(topic)) {
      throw new KsqlException(`Detected illegal cycle in topology: ${[...path, topic].join('->')}`);
    }
    for (const query of this.#queries.values()) {
      if (!query.reads(topic)) continue;
      for (const produced of query.pipe(topic, record)) this.#pipe(produced.topic, produced.record, [...path, topic]);
    }
  }
}
