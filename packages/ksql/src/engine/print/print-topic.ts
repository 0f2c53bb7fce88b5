import { assert } from '@millrace/base';
import { cursorOver } from '@millrace/client';
import { KsqlException } from '../../lib/ksql-exception.ts';
import type { PrintTopic } from '../../syntax/ast.ts';
import { parse } from '../../syntax/parse.ts';
import { printTimestamp } from '../../types/time-text.ts';
import type { EngineParts } from '../engine-parts.ts';
import { type RequestOptions, Session } from '../request.ts';
import { statementFailed } from '../statement-failed.ts';
import { guessFormats, printBytes } from './record-text.ts';

const POLL_WAIT_MS = 500;

/** Whether a text is one PRINT. */
export function isPrint(sql: string): boolean {
  return /^\s*PRINT\b/i.test(sql);
}

/**
 * PRINT: the records of a topic as lines of text, in the formats that their bytes look like; first it is told which. Ends
 * with LIMIT, or when the reader leaves or the signal says so.
 * @throws StatementFailedException for a topic that is not there
 */
export async function printTopic(
  engine: EngineParts,
  sql: string,
  request: RequestOptions,
): Promise<AsyncGenerator<string, undefined, undefined>> {
  const session = new Session(request, engine.config);
  const parsed = parse(sql)[0]!;
  try {
    const { statement } = session.prepare(parsed);
    assert(statement.kind === 'print-topic', 'asked for PRINT');
    if ((await engine.topics.describe(statement.topic, session)) === null) {
      const message = `Could not find topic '${statement.topic}', or the KSQL user does not have permissions to list the topic.`;
      throw new KsqlException(`${message} Topic names are case-sensitive.`);
    }
    return linesOf(statement, session, engine);
  } catch (thrown) {
    throw statementFailed(thrown, parsed.text, []);
  }
}

async function* linesOf(
  { topic, fromBeginning, interval, limit }: PrintTopic,
  { signal }: Session,
  { client, registry }: EngineParts,
): AsyncGenerator<string, undefined, undefined> {
  const { partitions } = await client.topic(topic);
  await using fetcher = client.fetcher({ offsetReset: fromBeginning ? 'earliest' : 'latest' });
  for (const { partition } of partitions) fetcher.assign(topic, partition, fromBeginning ? 'earliest' : 'latest');
  let left = limit ?? Number.POSITIVE_INFINITY;
  let seen = 0;
  while (left > 0 && signal?.aborted !== true) {
    for (const fetched of await fetcher.poll({ maxWaitMs: POLL_WAIT_MS, ...(signal && { signal }) })) {
      const cursor = cursorOver(fetched);
      while (left > 0 && cursor.next()) {
        const [key, value] = [cursor.key(), cursor.value()];
        if (seen === 0) {
          yield `Key format: ${formatLine(key, registry)}`;
          yield `Value format: ${formatLine(value, registry)}`;
        }
        if (seen++ % (interval ?? 1) !== 0) continue;
        const texts = `key: ${printBytes(key, registry)}, value: ${printBytes(value, registry)}`;
        yield `rowtime: ${rowtime(cursor.timestamp)}, ${texts}, partition: ${fetched.partition}`;
        left--;
      }
    }
  }
}

function formatLine(bytes: Uint8Array | null, registry: EngineParts['registry']): string {
  return bytes === null ? '¯\\_(ツ)_/¯ - no data processed' : guessFormats(bytes, registry).join(' or ');
}

/** `2024/01/31 10:30:15.123 Z`. */
const rowtime = (ms: number): string => `${printTimestamp(ms).replaceAll('-', '/').replace('T', ' ')} Z`;
