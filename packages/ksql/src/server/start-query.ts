import { describeError } from '@millrace/base';
import type { FastifyReply } from 'fastify';
import type { QueryResult } from '../engine/query-result.ts';
import type { RequestOptions } from '../engine/request.ts';
import { parse } from '../syntax/parse.ts';
import { badRequest, queryError } from './rest-error.ts';
import type { RowOutput } from './row-output.ts';
import { sendRows } from './send-rows.ts';
import type { ServerContext } from './server-context.ts';

type Asked = { readonly sql: string; readonly options: RequestOptions; readonly reply: FastifyReply };

/** Starts the one query of a request and sends its rows. @throws RestError, StatementFailedException */
export async function answerQuery(
  { sql, options, reply }: Asked,
  { engine, openQueries, logger }: ServerContext,
  outputOf: (result: QueryResult) => RowOutput,
): Promise<FastifyReply> {
  if (sql.trim() === '') throw badRequest('"ksql" field must be populated');
  const result = await engine.query(sql, options).catch((thrown: unknown) => {
    throw queryError(thrown, isPushQuery(sql));
  });
  const output = await outputFor(result, outputOf);
  openQueries.add(result);
  reply.raw.once('close', () => openQueries.remove(result));
  return sendRows(result, output, reply, logger);
}

/** A result that can't be written in the form that was asked for is nobody's: its query ends. */
async function outputFor(result: QueryResult, outputOf: (result: QueryResult) => RowOutput): Promise<RowOutput> {
  try {
    return outputOf(result);
  } catch (thrown) {
    await result.close();
    throw badRequest(describeError(thrown));
  }
}

function isPushQuery(sql: string): boolean {
  try {
    const statement = parse(sql)[0]?.build();
    return statement?.kind === 'query' && statement.emit !== null;
  } catch {
    // Told with the failure that brought us here.
    return false;
  }
}
