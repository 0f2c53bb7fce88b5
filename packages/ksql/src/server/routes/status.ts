import type { FastifyInstance } from 'fastify';
import { ERROR_CODES, genericError, RestError } from '../rest-error.ts';
import type { ServerContext } from '../server-context.ts';

type CommandPath = { readonly type: string; readonly entity: string; readonly action: string };

/** `GET /status` of all commands that this server has read lately, and of one, by its id. */
export function statusRoutes(server: FastifyInstance, { engine }: ServerContext): void {
  server.get('/status', async () => {
    const statuses = [...engine.commandStatuses()].map(([id, { status }]) => [id, status]);
    return { commandStatuses: Object.fromEntries(statuses) };
  });
  server.get<{ Params: CommandPath }>('/status/:type/:entity/:action', async ({ params }) => {
    const { type, entity, action } = params;
    const statuses = engine.commandStatuses();
    const status = statuses.get(`${type}/${entity}/${action}`) ?? statuses.get(`${type}/\`${entity}\`/${action}`);
    if (status === undefined) throw new RestError(genericError(ERROR_CODES.notFound, 'Command not found'));
    return status;
  });
}
