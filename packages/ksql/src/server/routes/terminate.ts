import type { FastifyInstance } from 'fastify';
import { entitiesOf } from '../entities.ts';
import type { ServerContext } from '../server-context.ts';

type TerminateBody = { readonly deleteTopicList?: readonly string[] | null };

const BODY = {
  type: 'object',
  properties: { deleteTopicList: { type: ['array', 'null'], items: { type: 'string' } } },
} as const;

/** `POST /ksql/terminate`: the end of the service. Whoever runs the server sees its engine closed. */
export function terminateRoute(server: FastifyInstance, { engine }: ServerContext): void {
  server.post<{ Body: TerminateBody }>('/ksql/terminate', { schema: { body: BODY } }, async (request) => {
    return entitiesOf([await engine.terminateCluster(request.body.deleteTopicList ?? [])]);
  });
}
