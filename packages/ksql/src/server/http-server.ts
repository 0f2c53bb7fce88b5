import { describeError } from '@millrace/base';
import type { FastifyInstance } from 'fastify';
import type { BasicAuthentication } from './basic-authentication.ts';
import { badRequest, ERROR_CODES, errorBodyOf, genericError, HEADLESS, statusOf } from './rest-error.ts';
import { closeQueryRoute } from './routes/close-query.ts';
import { clusterRoutes } from './routes/cluster.ts';
import { healthcheckRoute, infoRoutes } from './routes/info.ts';
import { insertsStreamRoute } from './routes/inserts-stream.ts';
import { ksqlRoute } from './routes/ksql.ts';
import { metricsRoute } from './routes/metrics.ts';
import { pullShareRoute } from './routes/pull-share.ts';
import { queryRoute } from './routes/query.ts';
import { queryStreamRoute } from './routes/query-stream.ts';
import { statusRoutes } from './routes/status.ts';
import { terminateRoute } from './routes/terminate.ts';
import type { ServerContext } from './server-context.ts';
import type { ServerTls } from './tls-settings.ts';
import { type TwoProtocols, twoProtocols, twoSecureProtocols } from './two-protocols.ts';
import { serveQuerySockets } from './websocket/query-socket.ts';

/** Of a request: statements are text; whole scripts fit. */
const REQUEST_BYTES_MAX = 4 * 1024 * 1024;
/** A client that does not finish its request is let go. */
const REQUEST_TIMEOUT_MS = 30_000;

/** How clients come in; null: by plain HTTP, and unasked. */
export type Doors = { readonly tls: ServerTls | null; readonly authentication: BasicAuthentication | null };

export type HttpServer = {
  readonly fastify: FastifyInstance;
  readonly protocols: TwoProtocols;
  /** Those that no HTTP server knows any more. */
  readonly sockets: Disposable;
};

/** Nothing else here loads fastify: an engine without a server never does. */
export async function loadFastify(): Promise<typeof import('fastify')['fastify']> {
  return (await import('fastify')).fastify;
}

/** The routes on an HTTP server that does not listen yet. */
export async function httpServer(
  context: ServerContext,
  { tls, authentication }: Doors = { tls: null, authentication: null },
): Promise<HttpServer> {
  const fastify = await loadFastify();
  let protocols: TwoProtocols | undefined;
  const server = fastify({
    serverFactory: (handler) => {
      protocols =
        tls === null ? twoProtocols(handler, { requestTimeout: REQUEST_TIMEOUT_MS }) : twoSecureProtocols(handler, tls);
      return protocols.server;
    },
    bodyLimit: REQUEST_BYTES_MAX,
    forceCloseConnections: false,
    // What a client may send is checked, never changed.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allowUnionTypes: true } },
  });
  // Whatever a client calls its body, it is JSON: curl's own idea is that it is a form.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, JSON.parse(body as string));
    } catch (thrown) {
      done(badRequest(`The request is no JSON: ${describeError(thrown)}`));
    }
  });
  server.setErrorHandler((thrown, request, reply) => {
    const body = errorBodyOf(thrown);
    const status = statusOf(body);
    if (status >= 500) context.logger.error('A request failed', { url: request.url, error: describeError(thrown) });
    return reply.code(status).type('application/json').send(body);
  });
  server.setNotFoundHandler((request, reply) => {
    const body = genericError(ERROR_CODES.notFound, `There is no ${request.method} ${request.url}`);
    return reply.code(statusOf(body)).type('application/json').send(body);
  });
  count(server, context);
  if (authentication !== null) guard(server, authentication);
  if (context.engine.isHeadless) takeNoStatements(server);
  for (const route of ROUTES) route(server, context);
  const sockets = serveQuerySockets(protocols!.server, context, authentication);
  return { fastify: server, protocols: protocols!, sockets };
}

const OF_STATEMENTS: ReadonlySet<string> = new Set([
  ...['/ksql', '/ksql/terminate', '/query', '/query-stream', '/close-query', '/inserts-stream'],
]);

/** A server that runs a file of statements tells how it is, and nothing else. */
function takeNoStatements(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!OF_STATEMENTS.has(request.routeOptions.url ?? '')) return;
    const body = genericError(ERROR_CODES.forbidden, HEADLESS);
    return reply.code(statusOf(body)).type('application/json').send(body);
  });
}

/** Each answer by its route; what has none, together. */
function count(server: FastifyInstance, { counters, clock }: ServerContext): void {
  server.addHook('onResponse', async (request, reply) => {
    const route = `${request.method} ${request.routeOptions.url ?? 'other'}`;
    counters.answered(route, reply.statusCode, reply.elapsedTime, clock.monotonicMs());
  });
}

/** Requests are looked at before their bodies are read. */
function guard(server: FastifyInstance, authentication: BasicAuthentication): void {
  server.addHook('onRequest', async (request, reply) => {
    const path = request.url.replace(/\?.*$/s, '');
    const admission = authentication.admit(path, request.headers.authorization);
    if (admission === 'admitted') return;
    const body =
      admission === 'unknown'
        ? genericError(ERROR_CODES.unauthorized, 'Unauthorized')
        : genericError(ERROR_CODES.forbidden, 'Forbidden');
    if (admission === 'unknown') reply.header('www-authenticate', `Basic realm="${authentication.realm}"`);
    return reply.code(statusOf(body)).type('application/json').send(body);
  });
}

const ROUTES: readonly ((server: FastifyInstance, context: ServerContext) => void)[] = [
  ...[ksqlRoute, queryRoute, queryStreamRoute, insertsStreamRoute, closeQueryRoute, pullShareRoute],
  ...[infoRoutes, healthcheckRoute, statusRoutes, clusterRoutes, terminateRoute, metricsRoute],
];
