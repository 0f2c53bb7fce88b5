import type { FastifyInstance } from 'fastify';
import { CLOSE_QUERY_BODY, type CloseQueryBody } from '../requests.ts';
import { badRequest } from '../rest-error.ts';
import type { ServerContext } from '../server-context.ts';

/** `POST /close-query`: ends a query whose rows this server is sending. */
export function closeQueryRoute(server: FastifyInstance, { openQueries }: ServerContext): void {
  const schema = { body: CLOSE_QUERY_BODY };
  server.post<{ Body: CloseQueryBody }>('/close-query', { schema }, async (request, reply) => {
    const { queryId } = request.body;
    const query = openQueries.find(queryId);
    if (query === undefined) throw badRequest(`No query with id ${queryId}`);
    await query.close();
    return reply.code(200).send();
  });
}
