import type { AnalyzedQuery } from '../analysis/analyze-query.ts';
import { columnsIn, forEachPart, functionCallsIn, sameExpression } from '../analysis/rewrite-expression.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Expression } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { isWindowBound } from '../types/schema.ts';
import type { PlannerContext } from './planner-context.ts';

/** What may stand in the clauses of a query with groups. */

type Parts = {
  readonly select: readonly Expression[];
  readonly groupBy: readonly Expression[];
  readonly having: Expression | null;
  readonly query: AnalyzedQuery;
  readonly context: PlannerContext;
};

/** @throws KsqlException for values that belong to single rows, not to groups */
export function checkAggregates(parts: Parts): void {
  const { select, groupBy, having, query, context } = parts;
  const isAggregate = (part: Expression): boolean =>
    part.kind === 'function-call' && context.functions.isAggregate(part.name);
  for (const expression of [...select, ...(having === null ? [] : [having])]) refuseNested(expression, isAggregate);
  if (query.window !== null) refuseWindowBounds({ ...parts, isAggregate });
  const calls = [...select, ...(having === null ? [] : [having])].flatMap((each) => functionCallsIn(each));
  if (!calls.some(isAggregate)) {
    throw new KsqlException('GROUP BY requires aggregate functions in either the SELECT or HAVING clause.');
  }
  const ofGroup = (part: Expression): boolean => {
    if (isAggregate(part) || groupBy.some((each) => sameExpression(each, part))) return true;
    if (part.kind === 'column') return query.window !== null && isWindowBound(part.name);
    if (part.kind === 'lambda') return true;
    let all = true;
    forEachPart(part, (each) => {
      all &&= ofGroup(each);
    });
    return all;
  };
  const single = select.filter((expression) => !ofGroup(expression)).map((each) => printExpression(each));
  if (single.length > 0) {
    throw new KsqlException(
      `Non-aggregate SELECT expression(s) not part of GROUP BY: ${single.join(', ')}\n` +
        'Either add the column(s) to the GROUP BY or remove them from the SELECT.',
    );
  }
  if (having !== null && !ofGroup(having)) {
    const columns = columnsIn(having).filter((column) => !groupBy.some((each) => sameExpression(each, column)));
    throw new KsqlException(
      `Non-aggregate HAVING expression not part of GROUP BY: ${columns.map((each) => printExpression(each)).join(', ')}\n` +
        'Consider switching the HAVING clause to a WHERE clause before the GROUP BY.',
    );
  }
}

function refuseNested(expression: Expression, isAggregate: (part: Expression) => boolean): void {
  const visit = (part: Expression, outer: string | null): void => {
    const name = part.kind === 'function-call' && isAggregate(part) ? part.name : null;
    if (name !== null && outer !== null) {
      throw new KsqlException(`Aggregate functions can not be nested: ${outer}(${name}())`);
    }
    forEachPart(part, (each) => visit(each, name ?? outer));
  };
  visit(expression, null);
}

/** The bounds of the query's own windows are known only when a result is made. */
function refuseWindowBounds(parts: Parts & { readonly isAggregate: (part: Expression) => boolean }): void {
  const { select, groupBy, having, query, isAggregate } = parts;
  const inAggregates = select.flatMap((each) => functionCallsIn(each).filter(isAggregate));
  const clauses = [query.where, having].filter((each) => each !== null);
  const places = [...inAggregates, ...groupBy, ...clauses];
  const bound = places.flatMap((each) => columnsIn(each)).find((column) => isWindowBound(column.name));
  if (bound === undefined) return;
  throw new KsqlException(
    `Window bounds column ${bound.name} can only be used in the SELECT clause of windowed aggregations and can not be ` +
      'passed to aggregate functions.\nSee https://github.com/confluentinc/ksql/issues/4397',
  );
}
