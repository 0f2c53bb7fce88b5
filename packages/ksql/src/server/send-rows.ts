import { Readable } from 'node:stream';
import type { Logger } from '@millrace/base';
import { describeError } from '@millrace/base';
import type { FastifyReply } from 'fastify';
import type { QueryResult } from '../engine/query-result.ts';
import { errorBodyOf } from './rest-error.ts';
import type { RowOutput } from './row-output.ts';

/** Of text that waits for the socket; then no more rows are taken, and the query stops by itself when its own buffer is full. */
const WAITING_BYTES_MAX = 64 * 1024;

/** Writes the rows of a query as they come. The query ends with the connection. */
export function sendRows(result: QueryResult, output: RowOutput, reply: FastifyReply, logger: Logger): FastifyReply {
  const body = Readable.from(textOf(result, output, logger), {
    objectMode: false,
    encoding: 'utf8',
    highWaterMark: WAITING_BYTES_MAX,
  });
  // A reader that waits for the next row does not see that its own reader has gone.
  reply.raw.once('close', () => void result.close());
  return reply.code(200).type(output.contentType).send(body);
}

async function* textOf(result: QueryResult, output: RowOutput, logger: Logger): AsyncGenerator<string> {
  const { separator, terminator } = output;
  yield output.start + output.header() + terminator;
  try {
    for await (const row of result.rows) yield separator + output.row(row) + terminator;
    const last = output.ending();
    if (last !== null) yield separator + last + terminator;
  } catch (thrown) {
    // The answer has begun with 200: what went wrong can only be its last element.
    logger.warn('A query failed while its rows were read', { query: result.queryId, error: describeError(thrown) });
    yield separator + output.failure(errorBodyOf(thrown)) + terminator;
  }
  yield output.end;
}
