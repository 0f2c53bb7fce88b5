import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { RequestOptions } from '../engine/request.ts';
import type { ServerContext } from './server-context.ts';

/** PRINT on either endpoint of queries: lines of text, as long as the client reads. @throws StatementFailedException */
export async function answerPrint(
  sql: string,
  options: RequestOptions,
  reply: FastifyReply,
  { engine }: ServerContext,
): Promise<FastifyReply> {
  const lines = await engine.print(sql, options);
  return reply
    .code(200)
    .type('text/plain')
    .send(Readable.from(withLineEnds(lines), { objectMode: false }));
}

async function* withLineEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}
