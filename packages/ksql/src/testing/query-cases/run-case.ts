import { MillraceError } from '@millrace/base';
import { registerSchemas } from '../../analysis/register-schemas.ts';
import { addQuery, applyDdl } from '../../catalog/apply.ts';
import { type Catalog, EMPTY_CATALOG } from '../../catalog/catalog.ts';
import type { DataSource } from '../../catalog/data-source.ts';
import { defaultFunctionContext } from '../../compile/expressions/compile-expression.ts';
import { insertedRow } from '../../compile/insert-row.ts';
import { keySerde, valueSerde } from '../../compile/row-serdes.ts';
import { MemorySchemaRegistry } from '../../formats/schema-registry/memory-schema-registry.ts';
import { type SchemaKind, type SchemaRegistry, subjectOf } from '../../formats/schema-registry/schema-registry.ts';
import type { FunctionContext } from '../../functions/function.ts';
import type { FunctionRegistry } from '../../functions/registry.ts';
import type { KsqlConfig } from '../../lib/ksql-config.ts';
import { KsqlException, withStatement } from '../../lib/ksql-exception.ts';
import { silentProcessingLog } from '../../processing-log/messages.ts';
import type { QueryPlan } from '../../steps/ksql-plan.ts';
import { isPlannable, planStatement, type StatementContext } from '../../steps/plan-statement.ts';
import type { InsertValues, Statement } from '../../syntax/ast.ts';
import { type ParsedStatement, parse } from '../../syntax/parse.ts';
import type { CaseRecord, CaseRun, CaseTopic } from './case-file.ts';
import { encode, withWindow } from './codec.ts';
import type { RunQuery } from './query-driver.ts';
import { CaseTopics, type TopicRecord } from './topics.ts';

/** What a case left behind. */
export type CaseOutcome = {
  readonly catalog: Catalog;
  readonly topics: CaseTopics;
  readonly registry: MemorySchemaRegistry;
};

export type CaseEnvironment = {
  /** A registry of its own for each case: some functions of the tests count their calls. */
  readonly functions: () => FunctionRegistry;
  readonly runQuery: RunQuery;
};

const BASE_CONFIG: KsqlConfig = { 'ksql.service.id': 'some.ksql.service.id' };
const DEFAULT_PARTITIONS = 4;

/**
 * Carries out a case as ksqlDB's test tool does: statements first, then the queries one after the other, each over all
 * of its input.
 */
export function runCase(run: CaseRun, environment: CaseEnvironment): CaseOutcome {
  const parsed = parse(run.statements.join('\n'));
  const session = new CaseSession(run, environment.functions());
  session.createTopics(parsed);
  for (const statement of parsed) session.execute(statement);
  session.produceInputs();
  for (const query of session.queries()) session.run(query, environment.runQuery);
  return session;
}

/** What has to be there before the statements of a case are run elsewhere, and what they will come to. */
export type PlannedCase = CaseOutcome & {
  /** The topics that exist beforehand. */
  readonly known: readonly { readonly name: string; readonly partitions: number }[];
};

/** Plans a case without running its queries. A statement that fails ends the plan: it will fail where it is run, too. */
export function planCase(run: CaseRun, functions: FunctionRegistry, defaultPartitions: number): PlannedCase {
  const session = new CaseSession(run, functions, defaultPartitions);
  const parsed = statementsOf(run);
  session.createTopics(parsed);
  const known = session.topics.names().map((name) => ({ name, partitions: session.topics.partitionsOf(name) ?? 1 }));
  try {
    for (const statement of parsed) session.execute(statement);
  } catch (thrown) {
    if (!(thrown instanceof MillraceError)) throw thrown;
  }
  const { catalog, topics, registry } = session;
  return { catalog, topics, registry, known };
}

function statementsOf({ statements }: CaseRun): readonly ParsedStatement[] {
  try {
    return parse(statements.join('\n'));
  } catch (thrown) {
    if (!(thrown instanceof MillraceError)) throw thrown;
    return [];
  }
}

class CaseSession implements CaseOutcome {
  readonly topics = new CaseTopics();
  readonly registry = new MemorySchemaRegistry();
  catalog: Catalog = EMPTY_CATALOG;
  readonly #run: CaseRun;
  readonly #functions: FunctionRegistry;
  readonly #defaultPartitions: number;
  readonly #config: KsqlConfig;
  readonly #functionContext: FunctionContext;
  readonly #plans = new Map<string, QueryPlan>();
  readonly #inputs: { readonly topic: string; readonly record: TopicRecord }[] = [];
  #queryNumber = 0;

  constructor(run: CaseRun, functions: FunctionRegistry, defaultPartitions: number = DEFAULT_PARTITIONS) {
    this.#run = run;
    this.#defaultPartitions = defaultPartitions;
    this.#functions = functions;
    this.#config = { ...BASE_CONFIG, ...run.properties };
    this.#functionContext = {
      ...defaultFunctionContext,
      setting: (name) => (this.#config[name] === undefined ? undefined : String(this.#config[name])),
    };
  }

  /** Topics are there before any statement: those of the case, of its CREATE statements and of its records. */
  createTopics(parsed: readonly ParsedStatement[]): void {
    for (const { name, partitions } of this.#run.topics) this.topics.create(name, partitions ?? 1);
    // Schemas are numbered in the order of the statements that declare their topics, then of the case's other topics.
    const own = new Map(this.#run.topics.map((topic) => [topic.name, topic]));
    const registerOwn = (name: string): void => {
      const topic = own.get(name);
      own.delete(name);
      if (topic !== undefined) registerCaseSchemas(topic, this.registry);
    };
    for (const statement of parsed) {
      const { topic, partitions } = declaredTopic(statement);
      if (topic === undefined) continue;
      this.topics.create(topic, partitions ?? this.#defaultPartitions);
      registerOwn(topic);
      this.#registerDeclared(statement);
    }
    for (const name of [...own.keys()]) registerOwn(name);
    for (const { topic } of [...this.#run.inputs, ...this.#run.outputs]) {
      this.topics.create(topic, this.#defaultPartitions);
    }
  }

  /** A topic that the case gives no schema has the one that is made of the declared columns. */
  #registerDeclared(parsed: ParsedStatement): void {
    try {
      const statement = parsed.build();
      if (statement.kind !== 'create-source' || statement.elements.length === 0) return;
      const plan = planStatement(statement, parsed.text, this.#statementContext());
      if (plan.ddl?.kind !== 'create-source') return;
      registerSchemas(plan.ddl.source, { registry: this.registry, isSink: false });
    } catch {
      // Told in its turn.
    }
  }

  #statementContext(): StatementContext {
    return {
      catalog: this.catalog,
      functions: this.#functions,
      config: this.#config,
      partitionsOf: (topic) => this.topics.partitionsOf(topic),
      queryNumber: this.#queryNumber,
      registry: this.registry,
      showsCanonical: true,
    };
  }

  execute(parsed: ParsedStatement): void {
    const statement = parsed.build();
    if (isPlannable(statement)) {
      const plan = planStatement(statement, parsed.text, this.#statementContext());
      if (plan.topic !== null) this.topics.create(plan.topic.topic, DEFAULT_PARTITIONS);
      const applied = plan.ddl === null ? { catalog: this.catalog, changed: true } : applyDdl(this.catalog, plan.ddl);
      this.catalog = applied.catalog;
      if (plan.ddl?.kind === 'create-source' && applied.changed) {
        registerSchemas(plan.ddl.source, { registry: this.registry, isSink: plan.query !== null });
      }
      if (plan.query === null || !applied.changed) return;
      this.#queryNumber++;
      this.#plans.set(plan.query.id, plan.query);
      const { id, sources, sink } = plan.query;
      this.catalog = addQuery(this.catalog, { id, sources, sink, createdSink: plan.ddl !== null });
    } else if (statement.kind === 'insert-values') {
      this.#insert(statement, parsed.text);
    } else {
      throw new KsqlException(`Statement not supported in cases: ${statement.kind}`);
    }
  }

  #insert(statement: InsertValues, text: string): void {
    try {
      const row = insertedRow(statement, {
        catalog: this.catalog,
        functions: this.#functions,
        functionContext: this.#functionContext,
      });
      const { keyFormat, valueFormat, schema, topic } = row.source;
      const options = {
        formats: { key: keyFormat, value: valueFormat },
        logger: 'insert',
        processingLog: silentProcessingLog,
        registry: this.registry,
      };
      this.topics.append(topic, {
        key: row.key === null ? null : keySerde(schema.key, keyFormat.window, options).serialize(row.key, topic),
        value: valueSerde(schema.value, options).serialize(row.value, topic),
        timestamp: row.timestamp ?? 0,
        headers: [],
      });
    } catch (thrown) {
      throw withStatement(thrown, text);
    }
  }

  produceInputs(): void {
    for (const input of this.#run.inputs) {
      const source = sourceOfTopic(this.catalog, input.topic);
      if (source === undefined) continue;
      const record = toRecord(input, source, this.registry);
      this.topics.append(input.topic, record);
      this.#inputs.push({ topic: input.topic, record });
    }
  }

  queries(): readonly QueryPlan[] {
    const running = [...this.catalog.queries.keys()];
    return running.flatMap((id) => {
      const plan = this.#plans.get(id);
      return plan === undefined ? [] : [plan];
    });
  }

  run(query: QueryPlan, runQuery: RunQuery): void {
    const sourceTopics = [...new Set(query.sources.map((name) => this.catalog.sources.get(name)!.topic))];
    const piped = this.#inputs.filter(({ topic }) => sourceTopics.includes(topic));
    const given = new Set(piped.map(({ topic }) => topic));
    const upstream = sourceTopics
      .filter((topic) => !given.has(topic))
      .flatMap((topic) => this.topics.records(topic).map((record) => ({ topic, record })));
    runQuery({
      query,
      inputs: [...piped, ...upstream],
      compile: {
        queryId: query.id,
        functions: this.#functions,
        config: this.#config,
        processingLog: silentProcessingLog,
        functionContext: this.#functionContext,
        registry: this.registry,
      },
      topics: this.topics,
    });
  }
}

function declaredTopic(parsed: ParsedStatement): { topic?: string | undefined; partitions?: number | undefined } {
  let statement: Statement;
  try {
    statement = parsed.build();
  } catch {
    // Told in its turn.
    return {};
  }
  if (statement.kind !== 'create-source') return {};
  const literal = (name: string) => statement.properties.find((property) => property.name === name)?.value;
  const [topic, partitions] = [literal('KAFKA_TOPIC'), literal('PARTITIONS')];
  return {
    topic: topic?.kind === 'string' ? topic.value : undefined,
    partitions: partitions?.kind === 'integer' ? partitions.value : undefined,
  };
}

export function sourceOfTopic(catalog: Catalog, topic: string): DataSource | undefined {
  return [...catalog.sources.values()].find((source) => source.topic === topic);
}

export function toRecord(input: CaseRecord, source: DataSource, registry: SchemaRegistry): TopicRecord {
  const key = encode(input.key, source, true, registry);
  return {
    key: input.window === undefined ? key : withWindow(key, input.window),
    value: encode(input.value, source, false, registry),
    timestamp: input.timestamp ?? 0,
    headers: input.headers ?? [],
  };
}

function registerCaseSchemas(topic: CaseTopic, registry: MemorySchemaRegistry): void {
  for (const isKey of [true, false]) {
    const schema = isKey ? topic.key : topic.value;
    if (schema === undefined) continue;
    const kind = SCHEMA_KINDS[schema.format];
    if (kind === undefined) continue;
    const references = schema.references.map(({ name }) => ({ name, subject: name, version: 1 }));
    const subject = subjectOf(topic.name, isKey);
    const registered = { kind, text: schema.text, references };
    if (schema.id === undefined) registry.register(subject, registered);
    else registry.registerWithId(subject, registered, schema.id);
    for (const { name, text } of schema.references) registry.register(name, { kind, text, references: [] });
  }
}

const SCHEMA_KINDS: Readonly<Record<string, SchemaKind>> = {
  AVRO: 'AVRO',
  JSON: 'JSON',
  JSON_SR: 'JSON',
  PROTOBUF: 'PROTOBUF',
};
