import { MillraceError } from '@millrace/base';
import type { FastifyReply } from 'fastify';

/** Called once when the connection of a request ends, answered or not; at once where it has. */
export function onceClosed({ raw }: FastifyReply, listener: () => void): void {
  if (raw.destroyed) listener();
  else raw.once('close', listener);
}

/** Aborts when the connection of a request ends, answered or not. */
export function abortOnClose(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  onceClosed(reply, () => controller.abort(new MillraceError('CLOSED', 'the connection was closed')));
  return controller.signal;
}
