import type { Catalog } from '../catalog/catalog.ts';
import type { CreateAs, InsertInto, Query } from '../syntax/ast.ts';
import { AliasGenerator } from './aliases.ts';
import { generatedAlias } from './analyze-query.ts';
import { mapExpressions, withResolvedTypes } from './query-expressions.ts';
import { resolveSources } from './query-sources.ts';
import { mapColumns } from './rewrite-expression.ts';

/**
 * A statement with everything said that it leaves to its reader, as ksqlDB keeps it: the sources of its columns, the
 * names of its expressions, and types by their own names.
 * @throws KsqlException for names that mean nothing or too much
 */
export function canonicalStatement<S extends CreateAs | InsertInto>(statement: S, catalog: Catalog): S {
  return { ...statement, query: canonicalQuery(statement.query, catalog) };
}

function canonicalQuery(written: Query, catalog: Catalog): Query {
  const sources = resolveSources(written, catalog);
  const query = mapExpressions(withResolvedTypes(written, catalog.customTypes), (expression) =>
    mapColumns(expression, (column) => sources.qualify(column)),
  );
  const aliases = new AliasGenerator(
    sources.all.flatMap(({ source }) => source.schema.columns.map((each) => each.name)),
  );
  const select = query.select.map((item) =>
    item.kind === 'select-expression'
      ? { ...item, alias: item.alias ?? generatedAlias(item.expression, sources, aliases) }
      : item,
  );
  return { ...query, select };
}
