import type { EngineParts } from '../engine-parts.ts';
import type { QueryInfo, QueryState, TaskInfo } from '../results.ts';
import { askOthers } from './ask-others.ts';

/** Where engines ask each other for the queries that run there. */
export const QUERIES_HERE_PATH = '/queries-here';

/** Of these queries it is asked where their tasks are, too. */
export type QueriesHereRequest = { readonly tasksOf: readonly string[] };

/** A query as its engine tells the others of it. */
export type QueryHere = QueryInfo & { readonly tasks: readonly TaskInfo[] };

/** The queries of the other engines of a service by the addresses of these; null of one that does not answer. */
export type QueriesElsewhere = ReadonlyMap<string, readonly QueryHere[] | null>;

export function queriesElsewhere(
  engine: EngineParts,
  request: QueriesHereRequest,
  signal?: AbortSignal,
): Promise<QueriesElsewhere> {
  return askOthers({ path: QUERIES_HERE_PATH, body: request }, engine, signal);
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
