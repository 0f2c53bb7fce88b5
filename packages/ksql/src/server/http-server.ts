import { describeError } from '@millrace/base';
import type { FastifyInstance } from 'fastify';
import { badRequest, ERROR_CODES, errorBodyOf, genericError, statusOf } from './rest-error.ts';
import { closeQueryRoute } from './routes/close-query.ts';
import { clusterRoutes } from './routes/cluster.ts';
import { healthcheckRoute, infoRoutes } from './routes/info.ts';
import { insertsStreamRoute } from './routes/inserts-stream.ts';
import { ksqlRoute } from './routes/ksql.ts';
import { pullShareRoute } from './routes/pull-share.ts';
import { queryRoute } from './routes/query.ts';
import { queryStreamRoute } from './routes/query-stream.ts';
import { statusRoutes } from './routes/status.ts';
import type { ServerContext } from './server-context.ts';
import { type TwoProtocols, twoProtocols } from './two-protocols.ts';

/** Of a request: statements are text; whole scripts fit. */
const REQUEST_BYTES_MAX = 4 * 1024 * 1024;
/** A client that does not finish its request is let go. */
const REQUEST_TIMEOUT_MS = 30_000;

export type HttpServer = { readonly fastify: FastifyInstance; readonly protocols: TwoProtocols };

/** Nothing else here loads fastify: an engine without a server never does. */
export async function loadFastify(): Promise<typeof import('fastify')['fastify']> {
  return (await import('fastify')).fastify;
}

/** The routes on an HTTP server that does not listen yet. */
export async function httpServer(context: ServerContext): Promise<HttpServer> {
  const fastify = await loadFastify();
  let protocols: TwoProtocols | undefined;
  const server = fastify({
    serverFactory: (handler) => {
      protocols = twoProtocols(handler, { requestTimeout: REQUEST_TIMEOUT_MS });
      return protocols.server;
    },
    bodyLimit: REQUEST_BYTES_MAX,
    forceCloseConnections: false,
    // What a client may send is checked, never changed.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
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
  for (const route of ROUTES) route(server, context);
  return { fastify: server, protocols: protocols! };
}

const ROUTES: readonly ((server: FastifyInstance, context: ServerContext) => void)[] = [
  ...[ksqlRoute, queryRoute, queryStreamRoute, insertsStreamRoute, closeQueryRoute, pullShareRoute],
  ...[infoRoutes, healthcheckRoute, statusRoutes, clusterRoutes],
];
