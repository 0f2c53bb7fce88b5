import type { SqlType } from '../types/sql-type.ts';
import type { DataSource } from './data-source.ts';

/**
 * What statements can refer to at one moment. Never changed: applying a command gives the next catalog (see `apply.ts`),
 * so a statement can be tried on a catalog without trace.
 */
export type Catalog = {
  /** By exact name, in order of creation. */
  readonly sources: ReadonlyMap<string, DataSource>;
  readonly customTypes: ReadonlyMap<string, SqlType>;
  /** The queries that run, by id, and what they read and write. */
  readonly queries: ReadonlyMap<string, CatalogQuery>;
};

export type CatalogQuery = {
  readonly id: string;
  readonly sources: readonly string[];
  /** Null for queries that write to no source (the materialisation of a source table). */
  readonly sink: string | null;
  /** Whether it came into being with its sink, by CREATE … AS SELECT. */
  readonly createdSink: boolean;
};

export const EMPTY_CATALOG: Catalog = { sources: new Map(), customTypes: new Map(), queries: new Map() };

/** Sources made AS SELECT from this one: they go first. */
export function sourcesMadeFrom(catalog: Catalog, name: string): readonly string[] {
  const made = [...catalog.queries.values()].filter((query) => query.createdSink && query.sources.includes(name));
  return made.flatMap((query) => (query.sink === null || query.sink === name ? [] : [query.sink]));
}

/**
 * A hint for a name that differs only in case from one that exists, as ksqlDB words it; else an empty text.
 */
export function caseHint(catalog: Catalog, name: string): string {
  const other = [...catalog.sources.keys()].find((each) => each.toUpperCase() === name.toUpperCase());
  if (other === undefined || other === name) return '';
  return other === other.toUpperCase()
    ? `\nDid you mean ${other}? Hint: try removing double quotes from the source name.`
    : `\nDid you mean "${other}"? Hint: wrap the source name in double quotes to make it case-sensitive.`;
}
