import { unreachable } from '@millrace/base';
import type { AnalyzedSelect } from '../analysis/analyze-query.ts';
import type { AnalyzedJoin } from '../analysis/joins.ts';
import { sameExpression } from '../analysis/rewrite-expression.ts';
import type { ColumnReference, Expression } from '../syntax/ast.ts';

/** What the key of a join's result is, and what it may be called. */
export type JoinKey = {
  /** Columns of which each has the key's value in every row, in the order of the sources. */
  readonly viable: readonly ColumnReference[];
  /** The one that the result's key is named after; null where none is viable and a column is made up. */
  readonly column: ColumnReference | null;
  /** Expressions that the rows are keyed by already: joining on one of them needs no new key. */
  readonly equivalent: readonly Expression[];
  /** Whether the result keeps the key of its left side. */
  readonly foreignKey: boolean;
  /** For foreign keys, the source whose key it is. */
  readonly source: string | null;
};

type Parts = {
  readonly join: AnalyzedJoin;
  /** The key of the join on the left side, if there is one. */
  readonly left: JoinKey | null;
  readonly foreignKey: Expression | null;
  readonly select: readonly AnalyzedSelect[];
};

export function joinKeyOf({ join, left, foreignKey, select }: Parts): JoinKey {
  if (foreignKey !== null) return foreignJoinKey(join, left);
  const equivalent = equivalentTo(join, left);
  // A full outer join has rows where either side is missing, so no column of one side always has the key.
  const viable = join.kind === 'FULL' ? [] : equivalent.filter((each) => each.kind === 'column');
  const chosen = viable.find((column) => isSelected(column, select)) ?? viable[0] ?? null;
  return {
    viable,
    column: chosen,
    equivalent: join.kind === 'FULL' ? [] : equivalent,
    foreignKey: false,
    source: null,
  };
}

/** Both sides of the condition, and what was equal to the left side before. */
function equivalentTo(join: AnalyzedJoin, left: JoinKey | null): readonly Expression[] {
  const before = left?.equivalent ?? [];
  const known = before.some((each) => sameExpression(each, join.leftExpression)) ? before : [join.leftExpression];
  return [...known, join.rightExpression];
}

function foreignJoinKey(join: AnalyzedJoin, left: JoinKey | null): JoinKey {
  const source = left?.source ?? join.left.alias;
  const viable = join.left.source.schema.key.map(
    (column): ColumnReference => ({ kind: 'column', source, name: column.name, location: null }),
  );
  const kept = left === null || left.foreignKey ? viable : left.viable;
  return { viable: kept, column: kept[0] ?? null, equivalent: kept, foreignKey: true, source };
}

/** Whether a projection holds a column, by name or by star. */
export function isSelected(column: ColumnReference, select: readonly AnalyzedSelect[]): boolean {
  return select.some((item) => {
    switch (item.kind) {
      case 'all':
        return item.source === null || item.source === column.source;
      case 'single':
        return sameExpression(item.expression, column);
      case 'struct-all':
        return false;
      default:
        return unreachable(item);
    }
  });
}
