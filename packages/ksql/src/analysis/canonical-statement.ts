import type { Catalog } from '../catalog/catalog.ts';
import type { CreateAs, Expression, InsertInto, Query } from '../syntax/ast.ts';
import { parseType } from '../syntax/parse.ts';
import { printType } from '../types/sql-type.ts';
import { AliasGenerator } from './aliases.ts';
import { generatedAlias } from './analyze-query.ts';
import { resolveTypeNode } from './expression-type-node.ts';
import { resolveSources } from './query-sources.ts';
import { mapColumns, mapParts } from './rewrite-expression.ts';

/**
 * A statement with everything said that it leaves to its reader, as ksqlDB keeps it: the sources of its columns, the
 * names of its expressions, and types by their own names.
 * @throws KsqlException for names that mean nothing or too much
 */
export function canonicalStatement<S extends CreateAs | InsertInto>(statement: S, catalog: Catalog): S {
  return { ...statement, query: canonicalQuery(statement.query, catalog) };
}

function canonicalQuery(query: Query, catalog: Catalog): Query {
  const sources = resolveSources(query, catalog);
  const typed = (expression: Expression): Expression => {
    const inner = mapParts(expression, typed);
    if (inner.kind !== 'cast') return inner;
    return { ...inner, type: parseType(printType(resolveTypeNode(inner.type, catalog.customTypes))) };
  };
  const said = (expression: Expression): Expression =>
    typed(mapColumns(expression, (column) => sources.qualify(column)));
  const all = <C extends Query['groupBy']>(clause: C): C =>
    clause === null ? clause : { ...clause, expressions: clause.expressions.map(said) };
  const aliases = new AliasGenerator(
    sources.all.flatMap(({ source }) => source.schema.columns.map((each) => each.name)),
  );
  return {
    ...query,
    select: query.select.map((item) => {
      if (item.kind === 'select-all') return item;
      if (item.kind === 'select-struct-all') return { ...item, base: said(item.base) };
      const expression = said(item.expression);
      return { ...item, expression, alias: item.alias ?? generatedAlias(expression, sources, aliases) };
    }),
    from: { ...query.from, joins: query.from.joins.map((join) => ({ ...join, on: said(join.on) })) },
    where: query.where === null ? null : said(query.where),
    groupBy: all(query.groupBy),
    partitionBy: all(query.partitionBy),
    having: query.having === null ? null : said(query.having),
  };
}
