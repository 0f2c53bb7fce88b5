import { type DataSource, isWindowed } from '../catalog/data-source.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Expression, JoinClause, JoinKind, JoinWindow } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { type AliasedDataSource, printAlias, type QuerySources } from './query-sources.ts';
import { columnsIn, mapColumns } from './rewrite-expression.ts';
import { requireColumns } from './unknown-columns.ts';

/**
 * One join of a query, turned so that `right` is the source it adds. `flipped` remembers that the condition was written
 * the other way round, for messages.
 */
export type AnalyzedJoin = {
  readonly kind: JoinKind;
  readonly left: AliasedDataSource;
  readonly leftExpression: Expression;
  readonly right: AliasedDataSource;
  readonly rightExpression: Expression;
  readonly flipped: boolean;
  readonly within: JoinWindow | null;
};

/** @throws KsqlException for conditions that no join can have */
export function analyzeJoin(clause: JoinClause, position: number, sources: QuerySources): AnalyzedJoin {
  // Only sources that stand before the condition can be part of it.
  const visible = sources.all.slice(0, position + 2);
  const added = visible[position + 1]!;
  const on = mapColumns(clause.on, (column) => sources.qualify(column));
  if (!isEquality(on)) {
    if (on.kind === 'logical' && isEquality(on.left) && isEquality(on.right)) {
      throw new KsqlException(
        `Invalid join condition: joins on multiple conditions are not yet supported. Got ${printExpression(on)}.`,
      );
    }
    const other = on as Expression;
    if (other.kind === 'comparison') throw new KsqlException('Only equality join criteria is supported.');
    throw new KsqlException(`Unsupported join expression: ${printExpression(on)}`);
  }
  for (const side of [on.left, on.right]) requireColumns(side, sources, { clause: 'JOIN ON' });
  const left = onlySource(on.left, on, sources);
  const right = onlySource(on.right, on, sources);
  if (left === right) {
    throw new KsqlException(
      'Each side of the join must reference exactly one source and not the same source. ' +
        `Left side references ${printAlias(left)} and right references ${printAlias(right)}`,
    );
  }
  refuseIncompatibleWindows(left, right);
  if (added !== left && added !== right) {
    throw new KsqlException(
      `A join criteria is expected to reference the source (${printAlias(added)}) in the FROM clause, instead the right ` +
        `source references ${printAlias(right)} and the left source references ${printAlias(left)}`,
    );
  }
  const flipped = added === left;
  const [leftSide, rightSide] = [
    { source: left, expression: on.left },
    { source: right, expression: on.right },
  ] as const;
  const [inner, outer] = flipped ? [rightSide, leftSide] : [leftSide, rightSide];
  return {
    kind: clause.join,
    left: inner.source,
    leftExpression: inner.expression,
    right: outer.source,
    rightExpression: outer.expression,
    flipped,
    within: clause.within,
  };
}

type Equality = Extract<Expression, { kind: 'comparison' }>;

function isEquality(expression: Expression): expression is Equality {
  return expression.kind === 'comparison' && expression.operator === '=';
}

function onlySource(expression: Expression, join: Expression, sources: QuerySources): AliasedDataSource {
  const aliases = new Set(columnsIn(expression).map((column) => column.source));
  const [only] = aliases;
  const source = aliases.size === 1 && typeof only === 'string' ? sources.withAlias(only) : undefined;
  if (source === undefined) {
    throw new KsqlException(
      `Invalid comparison expression '${printExpression(expression)}' in join '${printExpression(join)}'. ` +
        'Each side of the join comparision must contain references from exactly one source.',
    );
  }
  return source;
}

function refuseIncompatibleWindows(left: AliasedDataSource, right: AliasedDataSource): void {
  const [leftType, rightType] = [windowTypeOf(left.source), windowTypeOf(right.source)];
  if (isWindowed(left.source) !== isWindowed(right.source)) {
    throw new KsqlException(
      'Can not join windowed source to non-windowed source.' +
        `\n${printAlias(left)} is ${leftType ?? 'not'} windowed\n${printAlias(right)} is ${rightType ?? 'not'} windowed`,
    );
  }
  if ((leftType === 'SESSION') === (rightType === 'SESSION')) return;
  throw new KsqlException(
    `Incompatible windowed sources.\nLeft source: ${leftType}\nRight source: ${rightType}\n` +
      'Session windowed sources can only be joined to other session windowed sources, and may still not result in ' +
      'expected behaviour as session bounds must be an exact match for the join to work\n' +
      'Hopping and tumbling windowed sources can only be joined to other hopping and tumbling windowed sources',
  );
}

function windowTypeOf(source: DataSource): string | undefined {
  return source.keyFormat.window?.type;
}

/** `LEFT [OUTER] JOIN`, as messages name kinds of joins. */
export function printJoinKind(kind: JoinKind): string {
  switch (kind) {
    case 'INNER':
      return '[INNER] JOIN';
    case 'FULL':
      return '[FULL] OUTER JOIN';
    default:
      return `${kind} [OUTER] JOIN`;
  }
}

/** The condition as it was written, without its parentheses. */
export function printCondition(join: AnalyzedJoin): string {
  const [first, second] = join.flipped
    ? [join.rightExpression, join.leftExpression]
    : [join.leftExpression, join.rightExpression];
  return `${printExpression(first)} = ${printExpression(second)}`;
}
