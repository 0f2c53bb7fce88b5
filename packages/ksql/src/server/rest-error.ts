import { describeError, MillraceError } from '@millrace/base';
import { ConnectRefused } from '../engine/connect/connector-statements.ts';
import { StatementFailedException } from '../engine/statement-failed.ts';
import { KsqlException, ParseFailedException } from '../lib/ksql-exception.ts';
import { entitiesOf } from './entities.ts';

/** ksqlDB's error codes: the HTTP status, then two digits that tell what is the matter. */
export const ERROR_CODES = {
  badRequest: 40000,
  badStatement: 40001,
  wrongEndpoint: 40002,
  tooManyPushQueries: 40003,
  unauthorized: 40100,
  forbidden: 40300,
  notFound: 40400,
  assertionFailed: 41700,
  tooManyRequests: 42900,
  serverError: 50000,
  commandTimeout: 50301,
  notReady: 50302,
  shuttingDown: 50303,
} as const;

/** What is said to who gives statements to a server that runs a file of them. */
export const HEADLESS: string = 'The server runs the statements of a file (ksql.queries.file), and takes no others';

/** What a client gets instead of an answer. */
export type ErrorBody =
  | { readonly '@type': 'generic_error'; readonly error_code: number; readonly message: string }
  | {
      readonly '@type': 'statement_error';
      readonly error_code: number;
      readonly message: string;
      readonly statementText: string;
      /** What came of the statements before the one that failed. */
      readonly entities: readonly object[];
    };

/** An answer that is an error, for a route to throw. */
export class RestError extends MillraceError {
  override readonly name = 'RestError';
  readonly body: ErrorBody;

  constructor(body: ErrorBody, cause?: unknown) {
    super('REST', body.message, cause === undefined ? {} : { cause });
    this.body = body;
  }
}

export function badRequest(message: string): RestError {
  return new RestError(genericError(ERROR_CODES.badRequest, message));
}

export function genericError(code: number, message: string): ErrorBody {
  return { '@type': 'generic_error', error_code: code, message };
}

export const statusOf = (body: ErrorBody): number => Math.floor(body.error_code / 100);

/** The answer to anything that was thrown. Only bugs and failures of the server itself are 500s. */
export function errorBodyOf(thrown: unknown): ErrorBody {
  if (thrown instanceof RestError) return thrown.body;
  if (thrown instanceof StatementFailedException && thrown.cause instanceof ConnectRefused) {
    return genericError(thrown.cause.status * 100, thrown.cause.message);
  }
  if (thrown instanceof StatementFailedException) return statementError(thrown, thrown.statement, thrown.done);
  if (thrown instanceof ParseFailedException) return statementError(thrown, thrown.statement, []);
  if (thrown instanceof KsqlException) return genericError(ERROR_CODES.badRequest, thrown.message);
  if (thrown instanceof MillraceError && thrown.code === 'COMMAND_TIMEOUT') {
    return genericError(ERROR_CODES.commandTimeout, thrown.message);
  }
  if (thrown instanceof MillraceError && thrown.code === 'CLOSED') {
    return genericError(ERROR_CODES.shuttingDown, 'The server is shutting down');
  }
  return ofHttp(thrown) ?? genericError(ERROR_CODES.serverError, describeError(thrown));
}

/** What is no fault of the statement. */
const OF_SERVER: ReadonlySet<string> = new Set(['COMMAND_RUNNER_DEGRADED', 'CONNECT_UNREACHABLE']);

const ROWS_ONLY = /^\s*(SELECT|PRINT)\b/i;

function statementError(
  thrown: MillraceError,
  statementText: string,
  done: StatementFailedException['done'],
): ErrorBody {
  return {
    '@type': 'statement_error',
    error_code: statementCode(thrown, statementText),
    message: thrown.message,
    statementText,
    entities: entitiesOf(done),
  };
}

function statementCode(thrown: MillraceError, statementText: string): number {
  if (OF_SERVER.has(thrown.code)) return ERROR_CODES.serverError;
  return /^\s*ASSERT\b/i.test(statementText) ? ERROR_CODES.assertionFailed : ERROR_CODES.badStatement;
}

/** A query in a text for `/ksql`, whose rows have no place there. */
export function wrongEndpoint(thrown: unknown): unknown {
  if (!(thrown instanceof StatementFailedException) || !ROWS_ONLY.test(thrown.statement)) return thrown;
  const body: ErrorBody = {
    '@type': 'statement_error',
    error_code: ERROR_CODES.wrongEndpoint,
    message: "The following statement types should be issued to the endpoint '/query':\n\t* PRINT\n\t* SELECT",
    statementText: thrown.statement,
    entities: entitiesOf(thrown.done),
  };
  return new RestError(body, thrown);
}

/**
 * A query that could not be started. ksqlDB names the statement where it is a pull query, or where its text can't be
 * read; what the analysis of a push query finds is told without it.
 */
export function queryError(thrown: unknown, isPush: boolean): unknown {
  if (!(thrown instanceof StatementFailedException)) return thrown;
  if (thrown.code === 'NO_QUERY') return new RestError(genericError(ERROR_CODES.badRequest, thrown.rawMessage), thrown);
  if (!isPush) return thrown;
  if (/^Maximum number of push queries/.test(thrown.rawMessage)) {
    return new RestError(genericError(ERROR_CODES.tooManyPushQueries, thrown.rawMessage), thrown);
  }
  if (thrown.name === 'ParseFailedException') return thrown;
  return new RestError(genericError(ERROR_CODES.badRequest, thrown.rawMessage), thrown);
}

/** What fastify refuses by itself: a body that is too large, or is no JSON. */
function ofHttp(thrown: unknown): ErrorBody | null {
  if (!(thrown instanceof Error) || !('statusCode' in thrown) || typeof thrown.statusCode !== 'number') return null;
  return thrown.statusCode < 500 ? genericError(thrown.statusCode * 100, thrown.message) : null;
}
