import { type Clock, describeError, MillraceError } from '@millrace/base';
import type { KsqlConfig } from '../../lib/ksql-config.ts';
import { waitFor } from '../wait.ts';
import type { Share } from './shares.ts';

/** Where engines answer each other; the rows come as lines. */
export const PULL_SHARE_PATH = '/pull-share';

/** What an engine asks another one for: the rows of a pull query that are in some partitions of its table. */
export type PullShareRequest = {
  readonly sql: string;
  readonly properties: KsqlConfig;
  readonly partitions: readonly number[];
};

type AskOptions = {
  readonly protocol: string;
  /** `user:password` for servers that ask who comes; null for others. */
  readonly credentials: string | null;
  readonly clock: Clock;
  /** Until the other engine has said that it has the rows; they may take longer. */
  readonly timeoutMs: number;
  /** Ends the asking, and the rows. */
  readonly signal: AbortSignal;
};

/**
 * Asks another engine, and resolves when it has said that it has the rows.
 * @throws MillraceError `PARTITIONS_MOVED`, `PEER_UNREACHABLE` (both retriable), `PEER_FAILED`, `TIMEOUT`
 */
export async function askPeer(
  { server, partitions }: Share,
  { sql, properties }: Omit<PullShareRequest, 'partitions'>,
  { protocol, credentials, clock, timeoutMs, signal }: AskOptions,
): Promise<AsyncIterable<string>> {
  const request: PullShareRequest = { sql, properties, partitions };
  const login = credentials === null ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
  const headers = { 'content-type': 'application/json', ...login };
  const asked = { method: 'POST', headers, body: JSON.stringify(request), signal };
  const answer = fetch(`${protocol}//${server}${PULL_SHARE_PATH}`, asked).catch((cause: unknown) => {
    throw unreachable(server, cause);
  });
  const response = await waitFor(answer, { clock, timeoutMs, what: `Asking the engine at ${server}`, signal });
  if (response.ok) return linesOf(response, server);
  const { message = '', code = '' } = (await response.json().catch(() => ({}))) as { message?: string; code?: string };
  const isMoved = code === 'PARTITIONS_MOVED';
  const told = `The engine at ${server}, which holds a part of the table, refused: ${message}`;
  throw new MillraceError(isMoved ? 'PARTITIONS_MOVED' : 'PEER_FAILED', told, { retriable: isMoved });
}

/** Every line ends, so that what is left over shows an answer that is not whole. */
async function* linesOf(response: Response, server: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (cause) {
    throw unreachable(server, cause);
  }
  if (rest !== '') throw unreachable(server, new Error('the answer is not whole'));
}

function unreachable(server: string, cause: unknown): MillraceError {
  const message = `The engine at ${server}, which holds a part of the table, does not answer: ${describeError(cause)}`;
  return new MillraceError('PEER_UNREACHABLE', message, { cause, retriable: true });
}
