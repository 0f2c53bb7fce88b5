import { MillraceError } from '@millrace/base';
import type { FastifyReply } from 'fastify';

/** Aborts when the connection of a request ends, answered or not. */
export function abortOnClose(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort(new MillraceError('CLOSED', 'the connection was closed')));
  return controller.signal;
}
