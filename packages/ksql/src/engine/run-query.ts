import { assert, MillraceError } from '@millrace/base';
import { KsqlException } from '../lib/ksql-exception.ts';
import { parse } from '../syntax/parse.ts';
import type { EngineParts } from './engine-parts.ts';
import { pullShare, startPullQuery } from './pull/pull-query.ts';
import type { PullShareRequest } from './pull/shares.ts';
import { startPushQuery } from './push/push-query.ts';
import type { QueryResult } from './query-result.ts';
import { type RequestOptions, Session } from './request.ts';
import { statementFailed } from './statement-failed.ts';

/** Runs the one SELECT of a text: with EMIT as a push query, without as a pull query. */
export async function runQuery(engine: EngineParts, text: string, request: RequestOptions): Promise<QueryResult> {
  const session = new Session(request, engine.config);
  const [parsed, ...others] = parse(text);
  try {
    if (parsed === undefined || others.length > 0) {
      throw new KsqlException(
        `Expected exactly one KSQL statement; found ${parsed === undefined ? 0 : others.length + 1} instead`,
      );
    }
    const prepared = session.prepare(parsed);
    const { statement } = prepared;
    if (statement.kind !== 'query') {
      throw new MillraceError('NO_QUERY', NO_QUERY);
    }
    const start = statement.emit === null ? startPullQuery : startPushQuery;
    return await start({ text: prepared.text, statement }, session, engine);
  } catch (thrown) {
    throw statementFailed(thrown, others.length > 0 ? text : (parsed?.text ?? text), []);
  }
}

const NO_QUERY =
  'Statement type not supported for this resource: SELECT and PRINT have rows, the others are for /ksql.';

/** The rows of a pull query in some partitions, for another engine of the service. */
export async function runPullShare(
  engine: EngineParts,
  { sql, ...share }: Omit<PullShareRequest, 'properties'>,
  request: RequestOptions,
): Promise<AsyncGenerator<string>> {
  const session = new Session(request, engine.config);
  const { statement } = session.prepare(parse(sql)[0]!);
  assert(
    statement.kind === 'query' && statement.emit === null,
    'an engine forwards what it has planned as a pull query',
  );
  return pullShare({ text: sql, statement }, share, session, engine);
}

/** What is said of a query among statements whose answers are one object each. */
export function rowsElsewhere(): KsqlException {
  return new KsqlException(
    "The following statement types should be issued to 'query': PRINT, SELECT. They have rows, not a result.",
  );
}
