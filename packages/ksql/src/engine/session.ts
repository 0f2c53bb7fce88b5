import { KsqlException } from '../lib/ksql-exception.ts';
import type { QueryControl } from '../syntax/ast.ts';
import { parse } from '../syntax/parse.ts';
import { describeSource } from './describe.ts';
import { normaliseName } from './engine-config.ts';
import type { EngineParts } from './engine-parts.ts';
import { explain } from './explain.ts';
import { insertValues } from './insert-values.ts';
import { runLogged } from './logged-statement.ts';
import { type PreparedStatement, type RequestOptions, Session } from './request.ts';
import type { StatementResult } from './results.ts';
import { show } from './show.ts';
import { statementFailed } from './statement-failed.ts';

/**
 * Runs the statements of a text one after the other. Each is prepared knowing all that those before it did.
 * @throws StatementFailedException for the first that fails, with the results of those before it
 */
export async function runStatements(
  engine: EngineParts,
  text: string,
  request: RequestOptions,
): Promise<readonly StatementResult[]> {
  const session = new Session(request);
  const results: StatementResult[] = [];
  for (const parsed of parse(text)) {
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
      return show(statement, text, showContext(session, engine));
    case 'describe':
      return describeSource(statement, text, showContext(session, engine));
    case 'explain':
      return explain({ text, statement }, session, engine);
    case 'set-property':
      return changeSession(text, () => {
        session.overrides = { ...session.overrides, [normaliseName(statement.name)]: statement.value };
      });
    case 'unset-property':
      return changeSession(text, () => {
        session.overrides = without(session.overrides, normaliseName(statement.name));
      });
    case 'define-variable':
      return changeSession(text, () => {
        session.variables = { ...session.variables, [statement.name]: statement.value };
      });
    case 'undefine-variable':
      return changeSession(text, () => {
        session.variables = without(session.variables, statement.name);
      });
    case 'query':
    case 'print-topic':
      throw new KsqlException(
        "The following statement types should be issued to 'query': PRINT, SELECT. They have rows, not a result.",
      );
    default:
      throw new KsqlException(`Statements of this kind are not supported: ${text}`);
  }
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

function changeSession(statementText: string, change: () => void): StatementResult {
  change();
  return { kind: 'session', statementText };
}

function without<T>(entries: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(entries).filter(([each]) => each !== name));
}

function showContext(session: Session, engine: EngineParts) {
  const { config, functions, topics, running, transient } = engine;
  const { overrides, variables, signal } = session;
  const queryState = (id: string) => running.state(id);
  const queryErrors = (id: string) => running.errors(id);
  const pushQueries = transient.list();
  return {
    ...{ state: engine.state(), config, functions, topics, overrides, variables, signal },
    ...{ queryState, queryErrors, pushQueries },
  };
}
