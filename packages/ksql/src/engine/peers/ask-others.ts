import { describeError } from '@millrace/base';
import { numberSetting } from '../../lib/ksql-config.ts';
import type { EngineParts } from '../engine-parts.ts';
import { serversIn, tablePlaces } from '../table-places.ts';
import { askingAs, askPeer, type PeerQuestion } from './ask-peer.ts';

/** ksqlDB's. */
const TIMEOUT_SECONDS = 'ksql.fetch.remote.hosts.max.timeout.seconds';
const TIMEOUT_DEFAULT_S = 10;

/**
 * What the other engines of a service answer, by their addresses; null of one that does not answer. Those are asked that hold
 * a part or a copy of some table, unless they are known to be dead; others are not known.
 */
export async function askOthers<T>(
  question: PeerQuestion,
  engine: EngineParts,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, T | null>> {
  const { advertised, config, logger, hosts } = engine;
  if (advertised === null) return new Map();
  hosts.discover(serversIn(tablePlaces(engine)));
  const timeoutMs = numberSetting(config, TIMEOUT_SECONDS, TIMEOUT_DEFAULT_S) * 1000;
  const asking = new AbortController();
  const signals = signal === undefined ? [asking.signal] : [asking.signal, signal];
  const options = askingAs(engine, { timeoutMs, signal: AbortSignal.any(signals) });
  const answers = hosts.others.map(async (server) => {
    if (!hosts.status(server).hostAlive) return [server, null] as const;
    try {
      const response = await askPeer(server, question, options);
      return [server, (await response.json()) as T] as const;
    } catch (thrown) {
      signal?.throwIfAborted();
      const { path } = question;
      logger.warn('An engine of the service does not answer', { server, path, error: describeError(thrown) });
      return [server, null] as const;
    }
  });
  try {
    return new Map(await Promise.all(answers));
  } finally {
    asking.abort();
  }
}
