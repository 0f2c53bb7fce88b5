import { Readable } from 'node:stream';
import { describeError } from '@millrace/base';
import type { FastifyReply } from 'fastify';
import { onceClosed } from './abort-on-close.ts';
import type { OpenQuery } from './open-query.ts';
import { errorBodyOf } from './rest-error.ts';
import type { RowOutput } from './row-output.ts';
import type { ServerContext } from './server-context.ts';

/** Of text that waits for the socket; then no more rows are taken, and the query stops by itself when its own buffer is full. */
const WAITING_BYTES_MAX = 64 * 1024;

/** Writes the rows of a query as they come. The query ends with the connection. */
export function sendRows(
  query: OpenQuery,
  output: RowOutput,
  reply: FastifyReply,
  { logger }: Pick<ServerContext, 'logger'>,
): FastifyReply {
  const body = Readable.from(textOf(query, output, logger), {
    objectMode: false,
    encoding: 'utf8',
    highWaterMark: WAITING_BYTES_MAX,
  });
  // A reader that waits for the next row does not see that its own reader has gone.
  onceClosed(reply, () => void query.result.close());
  return reply.code(200).type(output.contentType).send(body);
}

async function* textOf(query: OpenQuery, output: RowOutput, logger: ServerContext['logger']): AsyncGenerator<string> {
  const { separator, terminator } = output;
  const { result } = query;
  yield output.start + output.header() + terminator;
  try {
    for await (const row of result.rows) {
      const text = separator + output.row(row) + terminator;
      // Its length as text: as good a measure of an answer as its bytes, and known without encoding it.
      query.sent(text.length);
      yield text;
    }
    const last = output.ending();
    if (last !== null) yield separator + last + terminator;
  } catch (thrown) {
    // The answer has begun with 200: what went wrong can only be its last element.
    query.failed();
    logger.warn('A query failed while its rows were read', { query: result.queryId, error: describeError(thrown) });
    yield separator + output.failure(errorBodyOf(thrown)) + terminator;
  }
  yield output.end;
}
