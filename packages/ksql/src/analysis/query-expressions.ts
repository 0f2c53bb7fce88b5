import { MillraceError } from '@millrace/base';
import { ParseFailedException } from '../lib/ksql-exception.ts';
import type { Expression, Query, TypeNode } from '../syntax/ast.ts';
import { parseType } from '../syntax/parse.ts';
import { printType } from '../types/sql-type.ts';
import { type CustomTypes, resolveTypeNode } from './expression-type-node.ts';
import { mapParts } from './rewrite-expression.ts';

/** The query with each of its expressions rewritten. */
export function mapExpressions(query: Query, rewrite: (expression: Expression) => Expression): Query {
  const all = <C extends Query['groupBy']>(clause: C): C =>
    clause === null ? clause : { ...clause, expressions: clause.expressions.map(rewrite) };
  return {
    ...query,
    select: query.select.map((item) => {
      if (item.kind === 'select-all') return item;
      if (item.kind === 'select-struct-all') return { ...item, base: rewrite(item.base) };
      return { ...item, expression: rewrite(item.expression) };
    }),
    from: { ...query.from, joins: query.from.joins.map((join) => ({ ...join, on: rewrite(join.on) })) },
    where: query.where === null ? null : rewrite(query.where),
    groupBy: all(query.groupBy),
    partitionBy: all(query.partitionBy),
    having: query.having === null ? null : rewrite(query.having),
  };
}

/**
 * The query with types by their own names: what `CREATE TYPE` called otherwise, and other spellings, are gone, so that
 * plans outlive custom types and expressions that mean the same are the same.
 * @throws ParseFailedException for a type that is unknown
 */
export function withResolvedTypes(query: Query, customTypes: CustomTypes): Query {
  const resolved = (expression: Expression): Expression => {
    const inner = mapParts(expression, resolved);
    return inner.kind === 'cast' ? { ...inner, type: resolvedNode(inner.type, customTypes) } : inner;
  };
  return mapExpressions(query, resolved);
}

function resolvedNode(type: TypeNode, customTypes: CustomTypes): TypeNode {
  try {
    return parseType(printType(resolveTypeNode(type, customTypes)));
  } catch (thrown) {
    if (!(thrown instanceof MillraceError)) throw thrown;
    throw new ParseFailedException(`Failed to prepare statement: ${thrown.message}`, '', thrown);
  }
}
