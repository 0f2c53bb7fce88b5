import { MillraceError } from '@millrace/base';
import { registerSchemas } from '../analysis/register-schemas.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import { type KsqlConfig, numberSetting } from '../lib/ksql-config.ts';
import { KsqlException, withStatement } from '../lib/ksql-exception.ts';
import type { KsqlPlan } from '../steps/ksql-plan.ts';
import { planStatement } from '../steps/plan-statement.ts';
import { checkUpgrade } from '../steps/upgrade.ts';
import { type Command, type CommandAction, withoutSecrets } from './command.ts';
import { commandIdOf, type LoggedStatement } from './command-id.ts';
import type { EngineParts } from './engine-parts.ts';
import { applyCommand, type EngineState } from './engine-state.ts';
import { persistentQueryRun } from './persistent-query.ts';
import type { PreparedStatement, Session } from './request.ts';
import { refuseReadOnlyTopic } from './reserved-topics.ts';
import type { StatementResult } from './results.ts';
import { statementContext } from './statement-context.ts';
import { prepareTopic, sourceTopics } from './statement-topics.ts';
import { withStoredStatement } from './stored-statement.ts';
import { waitFor } from './wait.ts';

/** ksqlDB's. */
const QUERIES_MAX = 'ksql.query.persistent.active.limit';
/** How long queries may take to start or to end before the statement, which stands, is given up on. */
const RUNNING_TIMEOUT_MS = 60_000;

/**
 * Log, then apply: the statement is tried on the present state, its topic is made, it is written to the command topic,
 * and it takes effect here as on every other engine: when it is read back.
 */
export async function runLogged(
  prepared: PreparedStatement<LoggedStatement>,
  session: Session,
  engine: EngineParts,
): Promise<StatementResult> {
  const { text: statementText, statement } = prepared;
  const { signal } = session;
  const before = engine.state();
  let nothingToDo = '';
  const applied = await engine.log.append(
    async (position) => {
      const decided = await decide(prepared, position, session, engine);
      if (typeof decided !== 'string') return decided;
      nothingToDo = decided;
      return null;
    },
    { signal },
  );
  if (applied === null) return { kind: 'warning_entity', statementText, message: nothingToDo };
  const { clock } = engine;
  const what = `Waiting for the queries after ${commandIdOf(statement)}`;
  await waitFor(applied.running, { clock, timeoutMs: RUNNING_TIMEOUT_MS, what, signal });
  if (statement.kind === 'drop-source' && statement.deleteTopic) {
    const topic = before.catalog.sources.get(statement.name)?.topic;
    if (topic !== undefined) await engine.topics.delete([topic], { signal });
  }
  const { message, queryId, position } = applied;
  return {
    kind: 'currentStatus',
    statementText,
    commandId: commandIdOf(statement),
    commandSequenceNumber: position,
    commandStatus: { status: 'SUCCESS', message, queryId },
  };
}

/** The command that a statement comes to, tried out; a text where there is nothing to do. */
async function decide(
  { text, statement }: PreparedStatement<LoggedStatement>,
  position: number,
  session: Session,
  engine: EngineParts,
): Promise<Command | string> {
  const { signal } = session;
  const topics = await sourceTopics(statement, engine.state().catalog, engine.topics, { signal });
  // From here to the topic nothing waits: all of it sees one state.
  const state = engine.state();
  const context = statementContext(session, engine, { topics, queryNumber: position });
  const plan = statement.kind === 'query-control' ? null : planStatement(statement, text, context);
  const command: Command = {
    id: commandIdOf(statement),
    position,
    statement: text,
    overrides: withoutSecrets(session.overrides),
    config: withoutSecrets(engine.config),
    action: actionOf(statement, plan),
  };
  if (plan !== null) refuseUpgrade(plan, state, text);
  const tried = applyCommand(state, command);
  if (!tried.changed) return tried.message;
  refuseTooManyQueries({ before: state, after: tried.state }, text, engine.config);
  if (statement.kind === 'drop-source' && statement.deleteTopic) refuseSharedTopic(statement.name, state.catalog);
  for (const topic of topicsChangedBy(statement, plan, tried.state, state)) refuseReadOnlyTopic(topic, engine.config);
  tryToRun(tried.state, tried.queryId, engine);
  if (plan === null || statement.kind === 'query-control') return command;
  const topic = await prepareTopic({ plan, statement, sources: topics }, engine.topics, { signal });
  registerForSource(plan, statement, engine.registry);
  const stored = withStoredStatement({ statement, text, plan, catalog: state.catalog, topic });
  return { ...command, statement: stored.statementText, action: actionOf(statement, stored) };
}

/** Schemas are there before the first record, so that whoever reads the topic finds them. @throws KsqlException */
export function registerForSource(
  { ddl }: KsqlPlan,
  statement: LoggedStatement,
  registry: SchemaRegistry | undefined,
): void {
  if (ddl?.kind !== 'create-source' || registry === undefined) return;
  try {
    registerSchemas(ddl.source, { registry, isSink: statement.kind === 'create-as' });
  } catch (thrown) {
    if (!(thrown instanceof MillraceError)) throw thrown;
    throw new KsqlException(`Could not register schema for topic: ${thrown.message}`, thrown);
  }
}

/**
 * Held before the command is written only: what is in the log was right when it was written.
 * @throws KsqlStatementException where the state of the query that is replaced can't be taken over
 */
function refuseUpgrade({ query }: KsqlPlan, state: EngineState, text: string): void {
  const replaced = query === null ? undefined : state.queries.get(query.id);
  if (query === null || replaced === undefined) return;
  try {
    checkUpgrade(replaced.plan.step, query.step);
  } catch (thrown) {
    throw withStatement(thrown, text);
  }
}

/** The topic that a query writes to, and the one that goes with its source. */
function topicsChangedBy(
  statement: LoggedStatement,
  plan: KsqlPlan | null,
  after: EngineState,
  before: EngineState,
): readonly string[] {
  if (statement.kind === 'drop-source') {
    return statement.deleteTopic ? [before.catalog.sources.get(statement.name)!.topic] : [];
  }
  const sink = plan?.query?.sink ?? null;
  return sink === null ? [] : [after.catalog.sources.get(sink)!.topic];
}

/** @throws KsqlException where DELETE TOPIC would take the records from others */
function refuseSharedTopic(name: string, { sources }: Catalog): void {
  const topic = sources.get(name)!.topic;
  const others = [...sources.values()].filter((source) => source.topic === topic && source.name !== name);
  if (others.length === 0) return;
  const names = others.map((source) => source.name).join(', ');
  throw new KsqlException(`Refusing to delete topic. Found other data sources (${names}) using topic ${topic}`);
}

/** @throws KsqlException where there would be more queries than the owner of the server lets there be */
export function refuseTooManyQueries(
  { before, after }: { readonly before: EngineState; readonly after: EngineState },
  text: string,
  config: KsqlConfig,
): void {
  const max = numberSetting(config, QUERIES_MAX, Number.POSITIVE_INFINITY);
  const { size } = before.queries;
  if (after.queries.size <= Math.max(max, size)) return;
  throw new KsqlException(
    `Not executing statement(s) '${text}' as it would cause the number of active, persistent queries to exceed the ` +
      'configured limit. Use the TERMINATE command to terminate existing queries, or increase the ' +
      `'${QUERIES_MAX}' setting via the 'ksql-server.properties' file. ` +
      `Current persistent query count: ${size}. Configured limit: ${max}.`,
  );
}

export function actionOf(statement: LoggedStatement, plan: KsqlPlan | null): CommandAction {
  if (statement.kind === 'query-control') {
    return { kind: 'control', control: statement.action, queryId: statement.queryId };
  }
  return { kind: 'plan', plan: plan! };
}

/** What can't be compiled, or has settings that can't be, is refused now and not found in error later. */
function tryToRun(state: EngineState, queryId: string | null, engine: EngineParts): void {
  const query = queryId === null ? undefined : state.queries.get(queryId);
  if (query !== undefined) persistentQueryRun(query, engine);
}
