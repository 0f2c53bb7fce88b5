import { unreachable } from '@millrace/base';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Describe, List, QueryControl } from '../syntax/ast.ts';
import { parse } from '../syntax/parse.ts';
import { assertSchema, assertTopic } from './assert-statements.ts';
import { createConnector, describeConnector, dropConnector, listConnectors } from './connect/connector-statements.ts';
import { describe, describeSources } from './describe.ts';
import type { EngineParts } from './engine-parts.ts';
import { explain, explainAll } from './explain.ts';
import { insertValues } from './insert-values.ts';
import { runLogged } from './logged-statement.ts';
import { type QueriesHereRequest, type QueryHere, queriesElsewhere } from './peers/queries-elsewhere.ts';
import { topicStatsOfAll } from './peers/topic-stats-elsewhere.ts';
import { queryOffsets } from './query-offsets.ts';
import { persistentApplicationId } from './query-run.ts';
import { queryTasks } from './query-tasks.ts';
import { type PreparedStatement, type RequestOptions, Session } from './request.ts';
import type { StatementResult } from './results.ts';
import { rowsElsewhere } from './run-query.ts';
import { changeSession } from './session-statements.ts';
import { queryInfos, type ShowContext, show } from './show.ts';
import { statementFailed } from './statement-failed.ts';
import { validateStatements } from './validate.ts';

/**
 * Runs the statements of a text one after the other. Each is prepared knowing all that those before it did; where there
 * are several, all of them are tried before the first is run.
 * @throws StatementFailedException for the first that fails, with the results of those before it
 */
export async function runStatements(
  engine: EngineParts,
  text: string,
  request: RequestOptions,
): Promise<readonly StatementResult[]> {
  const statements = parse(text);
  if (statements.length > 1) await validateStatements(statements, request, engine);
  const session = new Session(request, engine.config);
  const results: StatementResult[] = [];
  for (const parsed of statements) {
    try {
      results.push(await runStatement(session.prepare(parsed), session, engine));
    } catch (thrown) {
      throw statementFailed(thrown, parsed.text, results);
    }
  }
  return results;
}

async function runStatement(
  { text, statement }: PreparedStatement,
  session: Session,
  engine: EngineParts,
): Promise<StatementResult> {
  switch (statement.kind) {
    case 'create-source':
    case 'create-as':
    case 'insert-into':
    case 'drop-source':
    case 'alter-source':
    case 'create-type':
    case 'drop-type':
      return runLogged({ text, statement }, session, engine);
    case 'query-control':
      return (await terminatePush(text, statement, engine)) ?? runLogged({ text, statement }, session, engine);
    case 'insert-values':
      return insertValues({ text, statement }, session, engine);
    case 'list':
    case 'describe':
      return tell({ text, statement }, session, engine);
    case 'explain':
      return explain({ text, statement }, session, engine);
    case 'assert-topic':
      return assertTopic({ text, statement }, session, engine);
    case 'assert-schema':
      return assertSchema({ text, statement }, session, engine);
    case 'set-property':
    case 'unset-property':
    case 'define-variable':
    case 'undefine-variable':
      changeSession(statement, session);
      return { kind: 'session', statementText: text };
    case 'query':
    case 'print-topic':
      throw rowsElsewhere();
    case 'create-connector':
      return createConnector(statement, engine.connect(), session);
    case 'drop-connector':
      return dropConnector({ text, statement }, engine.connect(), session);
    case 'alter-system':
      throw new KsqlException('ALTER SYSTEM is not supported: give the setting to the engine when it starts.');
    case 'assert-values':
    case 'assert-source':
    case 'run-script':
      throw new KsqlException(`This statement is for the SQL test tool (millrace ksql-test): ${text}`);
    default:
      return unreachable(statement);
  }
}

const OF_CONNECT: ReadonlySet<List['subject']> = new Set([
  ...(['CONNECTORS', 'SOURCE CONNECTORS', 'SINK CONNECTORS', 'CONNECTOR PLUGINS'] as const),
]);

function tell(
  { text, statement }: PreparedStatement<List | Describe>,
  session: Session,
  engine: EngineParts,
): Promise<StatementResult> {
  const context = showContext(session, engine);
  if (statement.kind === 'describe') {
    return statement.subject === 'CONNECTOR'
      ? describeConnector({ text, statement }, engine.connect(), context)
      : describe(statement, text, context);
  }
  if (OF_CONNECT.has(statement.subject)) return listConnectors({ text, statement }, engine.connect(), context);
  const { subject, extended } = statement;
  if (!extended || subject === 'TOPICS' || subject === 'ALL TOPICS') return show(statement, text, context);
  if (subject === 'QUERIES') return explainAll(text, session, engine);
  if (subject === 'STREAMS') return describeSources('STREAM', { statementText: text, extended }, context);
  if (subject === 'TABLES') return describeSources('TABLE', { statementText: text, extended }, context);
  return show(statement, text, context);
}

/** A push query belongs to this engine and its reader: ending it is nobody else's business. */
async function terminatePush(
  statementText: string,
  { action, queryId }: QueryControl,
  { transient }: EngineParts,
): Promise<StatementResult | null> {
  if (action !== 'TERMINATE' || queryId === null) return null;
  const query = transient.find(queryId);
  if (query === undefined) return null;
  await query.close();
  return { kind: 'terminate_query', statementText, queryId, wasTerminated: true };
}

function showContext(session: Session, engine: EngineParts): ShowContext {
  const { config, functions, topics, client, serviceId } = engine;
  const { overrides, variables, signal } = session;
  return {
    ...{ state: engine.state(), config, functions, topics, overrides, variables, signal },
    ...queryView(engine),
    own: engine.advertised?.server ?? '',
    queryOffsets: (id) => queryOffsets(client, persistentApplicationId(serviceId, id), signal),
    queriesElsewhere: () => queriesElsewhere(engine, { tasksOf: [] }, signal),
    topicStats: (names) => topicStatsOfAll(names, engine, signal),
  };
}

/** What runs on this engine, for the others of its service. */
export function queriesHere(engine: EngineParts, { tasksOf }: QueriesHereRequest): Promise<readonly QueryHere[]> {
  const infos = queryInfos({ state: engine.state(), ...queryView(engine) });
  return Promise.all(
    infos.map(async (info) => {
      return { ...info, tasks: tasksOf.includes(info.id) ? await queryTasks(info.id, engine) : [] };
    }),
  );
}

function queryView({ running, transient }: EngineParts) {
  return {
    queryState: (id: string) => running.state(id),
    queryErrors: (id: string) => running.errors(id),
    pushQueries: transient.list(),
  };
}
