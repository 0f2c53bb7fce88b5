import { type Clock, describeError, MillraceError } from '@millrace/base';
import type { EngineParts } from '../engine-parts.ts';
import { waitFor } from '../wait.ts';

/** Millrace's own: what engines log in with at each other's servers, as `user:password`. */
const PEER_CREDENTIALS = 'millrace.peer.credentials';

/** What one engine of a service asks the server of another. */
export type PeerQuestion = { readonly path: string; readonly body: object };

export type AskOptions = {
  readonly clock: Clock;
  readonly headers: Readonly<Record<string, string>>;
  readonly protocol: 'http:' | 'https:';
  /** Until the other engine has said that it has an answer; the answer may take longer. */
  readonly timeoutMs: number;
  /** Ends the asking, and the answer. */
  readonly signal?: AbortSignal | undefined;
};

/** How this engine asks others: with the scheme that it is reached by itself, and with its credentials. */
export function askingAs(
  { config, clock, advertised }: Pick<EngineParts, 'config' | 'clock' | 'advertised'>,
  options: Pick<AskOptions, 'timeoutMs' | 'signal'>,
): AskOptions {
  const credentials = config[PEER_CREDENTIALS]?.toString();
  const login: Record<string, string> =
    credentials === undefined ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
  const protocol = advertised?.url.startsWith('https:') === true ? 'https:' : 'http:';
  return { clock, protocol, headers: { 'content-type': 'application/json', ...login }, ...options };
}

/** What is told on as it is: somebody else, or somewhat later, may answer. */
const PASSING: readonly string[] = ['PARTITIONS_MOVED', 'COPY_BEHIND'];

/**
 * Asks another engine, and resolves when it has said that it has an answer.
 * @throws MillraceError `PARTITIONS_MOVED`, `COPY_BEHIND`, `PEER_UNREACHABLE` (all retriable), `PEER_FAILED`, `TIMEOUT`
 */
export async function askPeer(
  server: string,
  { path, body }: PeerQuestion,
  { clock, headers, protocol, timeoutMs, signal }: AskOptions,
): Promise<Response> {
  const ends = signal === undefined ? {} : { signal };
  const asked = { method: 'POST', headers, body: JSON.stringify(body), ...ends };
  const answer = fetch(`${protocol}//${server}${path}`, asked).catch((cause: unknown) => {
    throw unreachable(server, cause);
  });
  const response = await waitFor(answer, { clock, timeoutMs, what: `Asking the engine at ${server}`, signal });
  if (response.ok) return response;
  const { message = '', code = '' } = (await response.json().catch(() => ({}))) as { message?: string; code?: string };
  const isPassing = PASSING.includes(code);
  const told = `The engine at ${server} of this service refused: ${message}`;
  throw new MillraceError(isPassing ? code : 'PEER_FAILED', told, { retriable: isPassing });
}

/** The lines of an answer. Every line ends, so that what is left over shows an answer that is not whole. */
export async function* linesOf(response: Response, server: string): AsyncGenerator<string> {
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
  const message = `The engine at ${server} of this service does not answer: ${describeError(cause)}`;
  return new MillraceError('PEER_UNREACHABLE', message, { cause, retriable: true });
}
