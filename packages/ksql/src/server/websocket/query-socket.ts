import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { describeError, MillraceError } from '@millrace/base';
import { isPrint } from '../../engine/print/print-topic.ts';
import type { RequestOptions } from '../../engine/request.ts';
import { StatementFailedException } from '../../engine/statement-failed.ts';
import type { BasicAuthentication } from '../basic-authentication.ts';
import { fieldEntries } from '../entities.ts';
import { startQuery } from '../open-query.ts';
import { requestOptions, type StatementsBody } from '../requests.ts';
import { KSQL_JSON, objectRows } from '../row-output.ts';
import type { ServerContext } from '../server-context.ts';
import { CLOSE_CODE, refuseUpgrade, WebSocketConnection } from './web-socket.ts';

const PATH = '/ws/query';
/** The only version of the protocol, where the client names one. */
const VERSION = '1';

/**
 * `GET /ws/query`: one SELECT or PRINT in the parameter `request`. The columns come as the first message, then each row as one;
 * the end and what goes wrong are told by the close of the connection. Disposing ends the connections that are left.
 */
export function serveQuerySockets(
  server: Server,
  context: ServerContext,
  authentication: BasicAuthentication | null,
): Disposable {
  const connections = new Set<WebSocketConnection>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://server');
    const admission = authentication?.admit(url.pathname, request.headers.authorization) ?? 'admitted';
    if (admission !== 'admitted') {
      const realm = `WWW-Authenticate: Basic realm="${authentication!.realm}"`;
      return refuseUpgrade(socket, admission === 'unknown' ? '401 Unauthorized' : '403 Forbidden', realm);
    }
    if (url.pathname !== PATH) return refuseUpgrade(socket, '404 Not Found', 'Cache-Control: no-store');
    if (context.engine.isHeadless) return refuseUpgrade(socket, '403 Forbidden', 'Cache-Control: no-store');
    const connection = WebSocketConnection.accept(request, socket, head);
    if (connection === null) return;
    connections.add(connection);
    connection.onClose(() => connections.delete(connection));
    void answer(connection, url.searchParams, context);
  });
  return {
    [Symbol.dispose]() {
      for (const connection of connections) connection.close(CLOSE_CODE.normal, 'done');
    },
  };
}

async function answer(
  connection: WebSocketConnection,
  parameters: URLSearchParams,
  context: ServerContext,
): Promise<void> {
  const gone = new AbortController();
  connection.onClose(() => gone.abort(new MillraceError('CLOSED', 'the connection was closed')));
  try {
    const { sql, options } = readRequest(parameters, gone.signal);
    if (isPrint(sql)) await sendLines(connection, sql, options, context);
    else await sendRows(connection, sql, options, context);
    connection.close(CLOSE_CODE.normal, 'done');
  } catch (thrown) {
    if (!connection.isOpen) return;
    context.logger.debug('A query over a websocket failed', { error: describeError(thrown) });
    connection.close(closeCodeOf(thrown), messageOf(thrown));
  }
}

async function sendRows(
  connection: WebSocketConnection,
  sql: string,
  options: RequestOptions,
  context: ServerContext,
): Promise<void> {
  const query = await startQuery(sql, options, context);
  const { result } = query;
  connection.onClose(() => void result.close());
  try {
    const output = objectRows(result, KSQL_JSON);
    await connection.send(JSON.stringify(fieldEntries(result.columns)));
    for await (const row of result.rows) {
      const text = output.row(row);
      query.sent(text.length);
      await connection.send(text);
    }
  } catch (thrown) {
    query.failed();
    throw new MillraceError('QUERY_FAILED', messageOf(thrown), { cause: thrown });
  } finally {
    query.ended();
    await result.close();
  }
}

async function sendLines(
  connection: WebSocketConnection,
  sql: string,
  options: RequestOptions,
  { engine }: ServerContext,
): Promise<void> {
  for await (const line of await engine.print(sql, options)) await connection.send(JSON.stringify(line));
}

function readRequest(parameters: URLSearchParams, signal: AbortSignal): { sql: string; options: RequestOptions } {
  const version = parameters.get('version');
  if (version !== null && version !== VERSION) throw refused(`Received invalid api version: ${version}`);
  const text = parameters.get('request');
  if (text === null || text === '') throw refused('Error parsing request: missing request parameter');
  let body: Partial<StatementsBody> | null;
  try {
    body = JSON.parse(text) as Partial<StatementsBody> | null;
  } catch (thrown) {
    throw refused(`Error parsing request: ${describeError(thrown)}`);
  }
  if (typeof body?.ksql !== 'string' || body.ksql === '') {
    throw refused('Error parsing request: "ksql" field of "request" must be populated');
  }
  const { ksql, streamsProperties, sessionVariables, commandSequenceNumber } = body;
  return { sql: ksql, options: requestOptions(streamsProperties, sessionVariables, signal, commandSequenceNumber) };
}

function refused(message: string): MillraceError {
  return new MillraceError('REQUEST_REFUSED', message);
}

function closeCodeOf(thrown: unknown): number {
  if (thrown instanceof MillraceError && thrown.code === 'COMMAND_TIMEOUT') return CLOSE_CODE.tryLater;
  return thrown instanceof MillraceError && thrown.code === 'QUERY_FAILED' ? CLOSE_CODE.unexpected : CLOSE_CODE.invalid;
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof StatementFailedException) return thrown.rawMessage;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
