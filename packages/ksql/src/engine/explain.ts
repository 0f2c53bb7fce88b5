import type { KsqlConfig } from '../lib/ksql-config.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { isPlannable, planStatement, planTransientQuery } from '../steps/plan-statement.ts';
import { schemaOfText } from '../steps/schema-text.ts';
import { type Step, stepInputs } from '../steps/steps.ts';
import type { Explain, Statement } from '../syntax/ast.ts';
import { type LogicalSchema, SchemaBuilder } from '../types/schema.ts';
import { compileQuery } from './compile-query.ts';
import { fieldInfos } from './describe.ts';
import type { EngineParts } from './engine-parts.ts';
import { type QueriesElsewhere, queriesElsewhere, statesElsewhere } from './peers/queries-elsewhere.ts';
import { persistentApplicationId } from './query-run.ts';
import { queryTasks } from './query-tasks.ts';
import type { PreparedStatement, Session } from './request.ts';
import type { QueryDescription, QueryDescriptions } from './results.ts';
import { statementContext } from './statement-context.ts';
import { sourceTopics } from './statement-topics.ts';

/** A query that runs, or one that a statement would start. */
type Explained = {
  readonly text: string;
  readonly overrides: KsqlConfig;
  readonly id: string;
  readonly sources: readonly string[];
  readonly sink: string | null;
  readonly step: Step;
  /** What comes out; in a query for a reader, keys are columns as others. */
  readonly schema: LogicalSchema;
};

/** EXPLAIN: the plan and the topology of a statement or of a query that runs; nothing is changed. */
export async function explain(
  { text, statement }: PreparedStatement<Explain>,
  session: Session,
  engine: EngineParts,
  elsewhere: QueriesElsewhere | null = null,
): Promise<QueryDescription> {
  const { subject } = statement;
  const isRunning = subject.kind === 'query-id';
  const explained = isRunning
    ? runningQuery(subject.id, engine)
    : await planned(subject.statement, text.replace(/^\s*EXPLAIN\s+/i, ''), session, engine);
  const { id, sources, sink, step } = explained;
  const config = { ...engine.config, ...session.overrides };
  const { topology } = compileQuery({ ...engine, queryId: id, config, steps: step });
  return {
    kind: 'queryDescription',
    statementText: text,
    id,
    queryText: explained.text,
    windowType: windowOf(step),
    overrides: explained.overrides,
    consumerGroupId: isRunning ? persistentApplicationId(engine.serviceId, id) : '',
    sources,
    sinks: sink === null ? [] : [sink],
    fields: fieldInfos(explained.schema),
    executionPlan: printSteps(step, id),
    topology: topology.describe(),
    ...(isRunning ? await runningStates(id, session, engine, elsewhere) : IDLE),
    queryType: sink === null ? 'PUSH' : 'PERSISTENT',
  };
}

/** SHOW QUERIES EXTENDED: all queries that the command topic keeps. */
export async function explainAll(
  statementText: string,
  session: Session,
  engine: EngineParts,
): Promise<QueryDescriptions> {
  const ids = [...engine.state().queries.keys()];
  const location = null;
  const elsewhere = await queriesElsewhere(engine, { tasksOf: ids }, session.signal);
  const queries = ids.map((id) => {
    const statement: Explain = { kind: 'explain', subject: { kind: 'query-id', id }, location };
    return explain({ text: statementText, statement }, session, engine, elsewhere);
  });
  return { kind: 'query_descriptions', statementText, queries: await Promise.all(queries) };
}

type States = Pick<QueryDescription, 'state' | 'hostStates' | 'errors' | 'tasks'>;

const IDLE: States = { state: null, hostStates: {}, errors: [], tasks: [] };

async function runningStates(
  id: string,
  { signal }: Session,
  engine: EngineParts,
  told: QueriesElsewhere | null,
): Promise<States> {
  const { advertised, running } = engine;
  const elsewhere = told ?? (await queriesElsewhere(engine, { tasksOf: [id] }, signal));
  const state = running.state(id);
  const here = advertised === null ? {} : { [advertised.server]: state };
  const others = [...elsewhere.values()].flatMap((queries) => queries ?? []).filter((query) => query.id === id);
  return {
    state,
    hostStates: { ...here, ...Object.fromEntries(statesElsewhere(id, elsewhere)) },
    errors: [...running.errors(id), ...others.flatMap(({ errors }) => errors)],
    tasks: [...(await queryTasks(id, engine, signal)), ...others.flatMap(({ tasks }) => tasks)],
  };
}

function runningQuery(id: string, engine: EngineParts): Explained {
  const query = engine.state().queries.get(id);
  if (query === undefined) {
    throw new KsqlException(`Query with id:${id} does not exist, use SHOW QUERIES to view the full set of queries.`);
  }
  const { plan, statement: text, overrides } = query;
  return { ...plan, text, overrides, schema: schemaOfText(plan.step.schema) };
}

async function planned(statement: Statement, text: string, session: Session, engine: EngineParts): Promise<Explained> {
  const topics = await sourceTopics(statement, engine.state().catalog, engine.topics, session);
  const context = statementContext(session, engine, { topics });
  if (statement.kind === 'query') {
    const names = [statement.from.first, ...statement.from.joins.map(({ right }) => right)];
    const sources = names.map(({ source }) => source);
    const { step, root } = planTransientQuery(statement, text, context);
    const schema = new SchemaBuilder().values(root.schema.value).build();
    return { id: '', text, overrides: session.overrides, sources, sink: null, step, schema };
  }
  const query = isPlannable(statement) ? planStatement(statement, text, context).query : null;
  if (query === null) throw new KsqlException('The provided statement does not run a ksql query');
  return { ...query, text, overrides: session.overrides, schema: schemaOfText(query.step.schema) };
}

/** The window of the rows that come out; null where they have none. */
function windowOf(step: Step): QueryDescription['windowType'] {
  if ('window' in step && step.window !== null) return step.window.type;
  const inputs = stepInputs(step);
  return inputs.length === 1 ? windowOf(inputs[0]!) : null;
}

/** What ksqlDB calls a step when it explains one. */
const STEP_NAMES: Readonly<Record<Step['kind'], string>> = {
  'stream-source': 'SOURCE',
  'table-source': 'SOURCE',
  'stream-filter': 'FILTER',
  'table-filter': 'FILTER',
  'stream-select': 'PROJECT',
  'table-select': 'PROJECT',
  'stream-select-key': 'REKEY',
  'table-select-key': 'REKEY',
  'stream-flat-map': 'FLAT_MAP',
  'stream-group-by': 'GROUP_BY',
  'stream-group-by-key': 'GROUP_BY',
  'table-group-by': 'GROUP_BY',
  'stream-aggregate': 'AGGREGATE',
  'stream-windowed-aggregate': 'AGGREGATE',
  'table-aggregate': 'AGGREGATE',
  'stream-stream-join': 'JOIN',
  'stream-table-join': 'JOIN',
  'table-table-join': 'JOIN',
  'foreign-key-join': 'JOIN',
  'stream-sink': 'SINK',
  'table-sink': 'SINK',
};

/** One line a step, the last step first, each indented below what it feeds. */
function printSteps(step: Step, queryId: string, depth = 0): string {
  const logger = `${queryId}.${step.context.replaceAll('-', '.')}`;
  const line = `${'\t\t'.repeat(depth)} > [ ${STEP_NAMES[step.kind]} ] | Schema: ${step.schema} | Logger: ${logger}`;
  return [line, ...stepInputs(step).map((input) => printSteps(input, queryId, depth + 1))].join('\n');
}
