import { describeError } from '@millrace/base';
import type { FastifyReply } from 'fastify';
import type { QueryResult } from '../engine/query-result.ts';
import type { RequestOptions } from '../engine/request.ts';
import { onceClosed } from './abort-on-close.ts';
import { type OpenQuery, startQuery } from './open-query.ts';
import { badRequest } from './rest-error.ts';
import type { RowOutput } from './row-output.ts';
import { sendRows } from './send-rows.ts';
import type { ServerContext } from './server-context.ts';

type Asked = { readonly sql: string; readonly options: RequestOptions; readonly reply: FastifyReply };

/** Starts the one query of a request and sends its rows. @throws RestError, StatementFailedException */
export async function answerQuery(
  { sql, options, reply }: Asked,
  context: ServerContext,
  outputOf: (result: QueryResult) => RowOutput,
): Promise<FastifyReply> {
  const query = await startQuery(sql, options, context);
  onceClosed(reply, query.ended);
  const output = await outputFor(query, outputOf);
  return sendRows(query, output, reply, context);
}

/** A result that can't be written in the form that was asked for is nobody's: its query ends. */
async function outputFor({ result }: OpenQuery, outputOf: (result: QueryResult) => RowOutput): Promise<RowOutput> {
  try {
    return outputOf(result);
  } catch (thrown) {
    await result.close();
    throw badRequest(describeError(thrown));
  }
}
