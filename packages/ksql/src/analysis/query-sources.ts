import { type Catalog, caseHint } from '../catalog/catalog.ts';
import { type DataSource, isWindowed } from '../catalog/data-source.ts';
import { joinWords } from '../lib/grammatical-joiner.ts';
import { KsqlException, ParseFailedException } from '../lib/ksql-exception.ts';
import type { ColumnReference, Query } from '../syntax/ast.ts';
import { PSEUDO_COLUMNS, WINDOW_BOUND_COLUMNS } from '../types/schema.ts';
import { printName } from '../types/sql-type.ts';
import { placePrefix } from './place.ts';

/** A source as a query names it. */
export type AliasedDataSource = { readonly alias: string; readonly source: DataSource };

/** @throws KsqlException for a name that is no source */
export function sourceNamed(catalog: Catalog, name: string): DataSource {
  const source = catalog.sources.get(name);
  if (source === undefined) {
    throw new KsqlException(`Exception while preparing statement: ${name} does not exist.${caseHint(catalog, name)}`);
  }
  return source;
}

/** The sources of a query in the order of its FROM clause, and what names mean among them. */
export class QuerySources {
  readonly all: readonly AliasedDataSource[];

  constructor(all: readonly AliasedDataSource[]) {
    this.all = all;
  }

  get first(): AliasedDataSource {
    return this.all[0]!;
  }

  get isJoin(): boolean {
    return this.all.length > 1;
  }

  withAlias(alias: string): AliasedDataSource | undefined {
    return this.all.find((each) => each.alias === alias);
  }

  /** Sources that have a column of this name, system columns included. */
  having(column: string): readonly AliasedDataSource[] {
    return this.all.filter(({ source }) => columnNames(source).includes(column));
  }

  /**
   * Puts the source in front of a column that one source alone has; leaves an unknown column as it is.
   * @throws KsqlException where several sources have it, or the source isn't one of the query's
   */
  qualify(column: ColumnReference): ColumnReference {
    if (column.source !== null) {
      this.requireAlias(column.source);
      return column;
    }
    const owners = this.having(column.name);
    if (owners.length > 1) {
      const candidates = owners.map(({ alias }) => `${alias}.${column.name}`).sort();
      throw new KsqlException(
        `${placePrefix(column.location)}Column '${column.name}' is ambiguous. Could be ${joinWords(candidates, 'or')}.`,
      );
    }
    return owners.length === 0 ? column : { ...column, source: owners[0]!.alias };
  }

  requireAlias(alias: string): AliasedDataSource {
    const found = this.withAlias(alias);
    if (found === undefined) {
      throw new ParseFailedException(
        `Failed to prepare statement: '${alias}' is not a valid stream/table name or alias.`,
        '',
      );
    }
    return found;
  }
}

/** Declared columns and those that every source, or every windowed source, has besides. */
export function columnNames(source: DataSource): readonly string[] {
  const bounds = isWindowed(source) ? WINDOW_BOUND_COLUMNS : [];
  return [...source.schema.columns, ...PSEUDO_COLUMNS, ...bounds].map((column) => column.name);
}

/** @throws KsqlException for unknown sources and for one that occurs twice */
export function resolveSources(query: Query, catalog: Catalog): QuerySources {
  const all: AliasedDataSource[] = [];
  for (const named of [query.from.first, ...query.from.joins.map((join) => join.right)]) {
    const source = sourceNamed(catalog, named.source);
    if (all.some((each) => each.source.name === source.name)) {
      throw new KsqlException(
        all.length > 1
          ? `N-way joins do not support multiple occurrences of the same source. Source: '${source.name}'.`
          : `Can not join '${source.name}' to '${source.name}': self joins are not yet supported.`,
      );
    }
    all.push({ alias: named.alias ?? named.source, source });
  }
  return new QuerySources(all);
}

/** `` `A` `` as messages name a source. */
export function printAlias({ alias }: AliasedDataSource): string {
  return printName(alias);
}
