import { describeError } from '@millrace/base';
import { numberSetting } from '../../lib/ksql-config.ts';
import type { EngineParts } from '../engine-parts.ts';
import type { QueryInfo, QueryState } from '../results.ts';
import { serversIn, tablePlaces } from '../table-places.ts';
import { askingAs, askPeer } from './ask-peer.ts';

/** Where engines ask each other for the queries that run there. */
export const QUERIES_HERE_PATH = '/queries-here';

/** ksqlDB's. */
const TIMEOUT_SECONDS = 'ksql.fetch.remote.hosts.max.timeout.seconds';
const TIMEOUT_DEFAULT_S = 10;

/** The queries of the other engines of a service by the addresses of these; null of one that does not answer. */
export type QueriesElsewhere = ReadonlyMap<string, readonly QueryInfo[] | null>;

const NONE_ELSEWHERE: QueriesElsewhere = new Map();

/** Asks the engines that hold a part or a copy of some table; others are not known. */
export async function queriesElsewhere(engine: EngineParts, signal?: AbortSignal): Promise<QueriesElsewhere> {
  const { advertised, config, logger } = engine;
  if (advertised === null) return NONE_ELSEWHERE;
  const others = [...serversIn(tablePlaces(engine))].filter((server) => server !== advertised.server);
  const timeoutMs = numberSetting(config, TIMEOUT_SECONDS, TIMEOUT_DEFAULT_S) * 1000;
  const asking = new AbortController();
  const signals = signal === undefined ? [asking.signal] : [asking.signal, signal];
  const options = askingAs(engine, { timeoutMs, signal: AbortSignal.any(signals) });
  const answers = others.map(async (server) => {
    try {
      const response = await askPeer(server, { path: QUERIES_HERE_PATH, body: {} }, options);
      return [server, (await response.json()) as readonly QueryInfo[]] as const;
    } catch (thrown) {
      signal?.throwIfAborted();
      logger.warn('An engine of the service does not tell its queries', { server, error: describeError(thrown) });
      return [server, null] as const;
    }
  });
  try {
    return new Map(await Promise.all(answers));
  } finally {
    asking.abort();
  }
}

/** The queries of all engines: one that runs on several is listed once, with how many of them are in which state. */
export function withQueriesElsewhere(here: readonly QueryInfo[], elsewhere: QueriesElsewhere): readonly QueryInfo[] {
  const known = new Set(here.map(({ id }) => id));
  const others = [...elsewhere.values()].flatMap((queries) => queries ?? []);
  const all = [...here, ...others.filter(({ id, queryType }) => queryType === 'PUSH' && !known.has(id))];
  return all.map((query) => {
    if (query.queryType === 'PUSH') return query;
    const states = [query.state, ...statesElsewhere(query.id, elsewhere).values()];
    const statusCount: Partial<Record<QueryState, number>> = {};
    for (const state of states) statusCount[state] = (statusCount[state] ?? 0) + 1;
    return { ...query, statusCount, state: states.includes('ERROR') ? 'ERROR' : query.state };
  });
}

/** In which state a query is on which of the other engines. */
export function statesElsewhere(id: string, elsewhere: QueriesElsewhere): ReadonlyMap<string, QueryState> {
  const states = [...elsewhere].flatMap(([server, queries]) => {
    if (queries === null) return [[server, 'UNRESPONSIVE'] as const];
    const query = queries.find((each) => each.id === id);
    return query === undefined ? [] : [[server, query.state] as const];
  });
  return new Map(states);
}
