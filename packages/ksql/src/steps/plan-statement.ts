import { analyzeQuery } from '../analysis/analyze-query.ts';
import { canonicalStatement } from '../analysis/canonical-statement.ts';
import { analyzeCreateSource, prepareCreateSource } from '../analysis/create-source.ts';
import { resolveTypeNode } from '../analysis/expression-type-node.ts';
import { sourceNamed } from '../analysis/query-sources.ts';
import { readProperties, type SourceProperties } from '../analysis/source-properties.ts';
import { applyDdl } from '../catalog/apply.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { DdlCommand } from '../catalog/commands.ts';
import type { DataSource } from '../catalog/data-source.ts';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import { KsqlException, withStatement } from '../lib/ksql-exception.ts';
import { planQuery } from '../plan/build-plan.ts';
import type { LogicalPlan, PlanSink } from '../plan/logical-plan.ts';
import type { PlanTarget } from '../plan/plan-sink.ts';
import type { PlannerContext } from '../plan/planner-context.ts';
import type { CreateAs, CreateSource, InsertInto, Query, SourceKind, Statement } from '../syntax/ast.ts';
import { preparing } from '../syntax/parse.ts';
import { printCanonical } from '../syntax/print-canonical.ts';
import { isPseudoColumn, SchemaBuilder, withPseudoAndKeyColumnsInValue } from '../types/schema.ts';
import { buildSteps } from './build-steps.ts';
import type { KsqlPlan, QueryPlan, TopicWish } from './ksql-plan.ts';
import { schemaText } from './schema-text.ts';
import type { Step } from './steps.ts';

export type StatementContext = {
  readonly catalog: Catalog;
  readonly functions: FunctionRegistry;
  readonly config: KsqlConfig;
  /** Partition counts of the topics that exist; undefined for a topic that doesn't. */
  readonly partitionsOf: (topic: string) => number | undefined;
  /** The number of the next query; names its id. */
  readonly queryNumber: number;
  /** Where columns and schemas are found that statements leave out. */
  readonly registry?: SchemaRegistry | undefined;
  /** Whether what goes wrong after planning shows the statement as ksqlDB's test tools carry it out: rewritten. */
  readonly showsCanonical?: boolean;
};

/** Statements that have a plan: they change the catalog or start a query. */
export type PlannableStatement = Extract<
  Statement,
  {
    kind:
      | ('create-source' | 'create-as' | 'insert-into')
      | ('drop-source' | 'alter-source' | 'create-type' | 'drop-type');
  }
>;

export function isPlannable(statement: Statement): statement is PlannableStatement {
  return PLANNABLE.has(statement.kind);
}

const PLANNABLE: ReadonlySet<Statement['kind']> = new Set([
  ...(['create-source', 'create-as', 'insert-into'] as const),
  ...(['drop-source', 'alter-source', 'create-type', 'drop-type'] as const),
]);

/**
 * Plans a statement against a catalog, changing nothing.
 * @throws KsqlStatementException with the statement's text for whatever is wrong with it
 */
export function planStatement(statement: PlannableStatement, text: string, context: StatementContext): KsqlPlan {
  try {
    const plan = planChecked(statement, text, context);
    // What can't be applied now is an error of the statement, not of its execution.
    if (plan.ddl !== null) applyDdl(context.catalog, plan.ddl);
    return plan;
  } catch (thrown) {
    throw withStatement(thrown, text);
  }
}

function planChecked(statement: PlannableStatement, text: string, context: StatementContext): KsqlPlan {
  const { catalog } = context;
  const only = (ddl: DdlCommand): KsqlPlan => ({ version: 1, statementText: text, ddl, query: null, topic: null });
  switch (statement.kind) {
    case 'create-source':
      return planCreateSource(statement, text, context);
    case 'create-as':
      return planCreateAs(statement, text, context);
    case 'insert-into':
      return planInsertInto(statement, text, context);
    case 'drop-source': {
      const { sourceKind, name, ifExists, deleteTopic } = statement;
      return only({ kind: 'drop-source', sourceKind, name, ifExists, deleteTopic });
    }
    case 'alter-source': {
      const additions = statement.additions.map((each) => ({
        name: each.name,
        type: resolveTypeNode(each.type, catalog.customTypes),
      }));
      return only({ kind: 'alter-source', sourceKind: statement.sourceKind, name: statement.name, additions });
    }
    case 'create-type': {
      const type = resolveTypeNode(statement.type, catalog.customTypes);
      return only({ kind: 'create-type', name: statement.name, type, ifNotExists: statement.ifNotExists });
    }
    case 'drop-type':
      return only({ kind: 'drop-type', name: statement.name, ifExists: statement.ifExists });
  }
}

function planCreateSource(statement: CreateSource, text: string, context: StatementContext): KsqlPlan {
  const { catalog, config, queryNumber } = context;
  const properties = preparing(text, () => prepareCreateSource(statement, catalog.customTypes));
  const { customTypes } = catalog;
  const { registry } = context;
  const ddl = analyzeCreateSource(statement, properties, { config, customTypes, statementText: text, registry });
  const { source } = ddl;
  // A table that is only read is kept in a store, so that it can be asked.
  const materialized = source.readOnly && source.kind === 'TABLE';
  const query: QueryPlan | null = materialized
    ? { id: `CST_${source.name}_${queryNumber}`, sources: [source.name], sink: null, step: sourceStep(source) }
    : null;
  return { version: 1, statementText: text, ddl, query, topic: topicWish(source.topic, properties) };
}

function sourceStep(source: DataSource): Step {
  const windowed = source.keyFormat.window !== null;
  const { format, properties, features } = source.keyFormat;
  return {
    kind: 'table-source',
    version: 1,
    context: 'KafkaTopic_Source',
    schema: schemaText(withPseudoAndKeyColumnsInValue(source.schema, { windowed })),
    topic: source.topic,
    formats: { key: { format, properties, features }, value: source.valueFormat },
    window: source.keyFormat.window,
    timestamp: source.timestampColumn,
    sourceSchema: schemaText(source.schema),
  };
}

function topicWish(topic: string, properties: SourceProperties): TopicWish {
  const { partitions, replicas, retentionMs, cleanupPolicy } = properties;
  return { topic, partitions, replicas, retentionMs, cleanupPolicy };
}

function planCreateAs(statement: CreateAs, text: string, context: StatementContext): KsqlPlan {
  const { catalog } = context;
  const properties = preparing(text, () => {
    refuseLimit(statement.query, `CREATE ${statement.sourceKind} AS SELECT`);
    return readProperties(statement.properties, 'create-as');
  });
  const existing = catalog.sources.get(statement.name);
  if (existing !== undefined && statement.ifNotExists && !statement.orReplace) {
    const ddl: DdlCommand = { kind: 'create-source', source: existing, orReplace: false, ifNotExists: true };
    return { version: 1, statementText: text, ddl, query: null, topic: null };
  }
  const target: PlanTarget = { kind: 'create', name: statement.name, properties };
  const plan = planPersistent(statement.query, target, context);
  requireKind(plan, statement.sourceKind);
  const source = sinkSource(plan, text);
  const ddl: DdlCommand = {
    kind: 'create-source',
    source,
    orReplace: statement.orReplace,
    ifNotExists: statement.ifNotExists,
  };
  const prefix = statement.sourceKind === 'STREAM' ? 'CSAS' : 'CTAS';
  const replaced = [...catalog.queries.values()].find((query) => query.sink === statement.name && query.createdSink);
  const id = replaced?.id ?? `${prefix}_${statement.name}_${context.queryNumber}`;
  return {
    version: 1,
    statementText: text,
    ddl,
    query: queryPlan(id, plan, { statement, text, context }),
    topic: topicWish(source.topic, properties),
  };
}

/** What runs for good has no end. */
function refuseLimit({ limit }: Query, statement: string): void {
  if (limit !== null) throw new KsqlException(`${statement} statements don't support LIMIT clause.`);
}

/** A projection decides what comes out, the statement only says what is expected. */
function requireKind({ root }: LogicalPlan, expected: SourceKind): void {
  if (root.output === expected) return;
  throw new KsqlException(
    `Invalid result type. Your SELECT query produces a ${root.output}. ` +
      `Please use CREATE ${root.output} AS SELECT statement instead.`,
  );
}

function sinkSource({ root, sink }: LogicalPlan & { readonly sink: PlanSink }, text: string): DataSource {
  const { key, value } = root.schema;
  const schema = new SchemaBuilder()
    .keys(key)
    .values(value.filter((column) => !isPseudoColumn(column.name)))
    .build();
  const { name, topic, keyFormat, valueFormat, timestampColumn } = sink;
  return {
    kind: root.output,
    name,
    schema,
    topic,
    keyFormat,
    valueFormat,
    timestampColumn,
    isQueryTarget: true,
    readOnly: false,
    statementText: text,
  };
}

function planInsertInto(statement: InsertInto, text: string, context: StatementContext): KsqlPlan {
  const properties = preparing(text, () => readProperties(statement.properties, 'insert-into'));
  refuseLimit(statement.query, 'INSERT INTO');
  const source = sourceNamed(context.catalog, statement.target);
  if (source.kind !== 'STREAM') {
    throw new KsqlException(`INSERT INTO can only be used to insert into a stream. ${source.name} is a table.`);
  }
  if (source.schema.headers.length > 0) {
    throw new KsqlException(`Cannot insert into ${source.name} because it has header columns`);
  }
  if (source.readOnly) throw new KsqlException(`Cannot insert into read-only stream: ${source.name}`);
  const plan = planPersistent(statement.query, { kind: 'insert', source }, context);
  if (plan.root.output !== 'STREAM') {
    throw new KsqlException(
      `Incompatible data sink and query result. Data sink (${source.name}) type is KSTREAM but select query result is KTABLE.`,
    );
  }
  const id = properties.queryId?.toUpperCase() ?? `INSERTQUERY_${context.queryNumber}`;
  return {
    version: 1,
    statementText: text,
    ddl: null,
    query: queryPlan(id, plan, { statement, text, context }),
    topic: null,
  };
}

type PersistentPlan = LogicalPlan & { readonly sink: PlanSink; readonly sources: readonly string[] };

function planPersistent(query: Query, target: PlanTarget, context: StatementContext): PersistentPlan {
  const { catalog, functions } = context;
  const analyzed = analyzeQuery(query, { catalog, functions, persistent: true });
  const plan = planQuery(analyzed, target, plannerContext(context));
  const sources = analyzed.sources.all.map(({ source }) => source.name);
  return { root: plan.root, sink: plan.sink!, sources };
}

export function plannerContext(context: StatementContext): PlannerContext {
  const { catalog, functions, config, partitionsOf, registry } = context;
  return { functions, customTypes: catalog.customTypes, config, partitionsOf, registry };
}

type Planned = {
  readonly statement: CreateAs | InsertInto;
  readonly text: string;
  readonly context: StatementContext;
};

function queryPlan(id: string, plan: PersistentPlan, { statement, text, context }: Planned): QueryPlan {
  try {
    const step = buildSteps(plan, plannerContext(context));
    return { id, sources: plan.sources, sink: plan.sink.name, step };
  } catch (thrown) {
    const canonical = context.showsCanonical === true;
    throw withStatement(thrown, canonical ? printCanonical(canonicalStatement(statement, context.catalog)) : text);
  }
}

/**
 * Plans a query whose rows go to whoever asked.
 * @throws KsqlStatementException
 */
export function planTransientQuery(
  query: Query,
  text: string,
  context: StatementContext,
): LogicalPlan & { readonly step: Step } {
  try {
    const { catalog, functions } = context;
    const analyzed = analyzeQuery(query, { catalog, functions, persistent: false });
    const planning = { ...plannerContext(context), interpreted: query.emit === null };
    const plan = planQuery(analyzed, null, planning);
    return { ...plan, step: buildSteps(plan, planning) };
  } catch (thrown) {
    throw withStatement(thrown, text);
  }
}
