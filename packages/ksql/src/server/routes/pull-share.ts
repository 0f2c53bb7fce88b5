import { Readable } from 'node:stream';
import { MillraceError } from '@millrace/base';
import type { FastifyInstance } from 'fastify';
import { PULL_SHARE_PATH, type PullShareRequest } from '../../engine/pull/shares.ts';
import { abortOnClose } from '../abort-on-close.ts';
import { requestOptions } from '../requests.ts';
import { errorBodyOf, statusOf } from '../rest-error.ts';
import type { ServerContext } from '../server-context.ts';

const BODY = {
  type: 'object',
  required: ['sql', 'properties', 'partitions', 'ofCopies'],
  properties: {
    sql: { type: 'string' },
    properties: { type: 'object' },
    partitions: { type: 'array', items: { type: 'integer' } },
    ofCopies: { type: 'boolean' },
  },
} as const;

/** What the engines of a service ask each other: the rows of a pull query in the partitions that are held here. */
export function pullShareRoute(server: FastifyInstance, { engine }: ServerContext): void {
  server.post<{ Body: PullShareRequest }>(PULL_SHARE_PATH, { schema: { body: BODY } }, async (request, reply) => {
    const { properties, ...share } = request.body;
    try {
      const lines = await engine.pullShare(share, requestOptions(properties, null, abortOnClose(reply)));
      const text = Readable.from(ended(lines), { objectMode: false, encoding: 'utf8' });
      return await reply.type('text/plain').send(text);
    } catch (thrown) {
      const code = thrown instanceof MillraceError ? thrown.code : '';
      const body = errorBodyOf(thrown);
      return reply.code(statusOf(body)).send({ ...body, code });
    }
  });
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}
