import type { Comparison, ComparisonOperator, Expression } from '../../syntax/ast.ts';

/**
 * A condition as alternatives of conjunctions, as ksqlDB rewrites it: `IN` is several equalities, `BETWEEN` two bounds, and
 * `NOT` moves to where it can be said by another comparison.
 */
export function branchesOf(condition: Expression): readonly (readonly Expression[])[] {
  switch (condition.kind) {
    case 'logical': {
      const [left, right] = [branchesOf(condition.left), branchesOf(condition.right)];
      if (condition.operator === 'OR') return [...left, ...right];
      return left.flatMap((before) => right.map((after) => [...before, ...after]));
    }
    case 'in':
      return condition.candidates.map((candidate) => [comparison('=', condition.operand, candidate)]);
    case 'between': {
      const { operand, low, high } = condition;
      return [[comparison('>=', operand, low), comparison('<=', operand, high)]];
    }
    case 'not': {
      const negated = negate(condition.operand);
      return negated === null ? [[condition]] : branchesOf(negated);
    }
    default:
      return [[condition]];
  }
}

export function comparison(operator: ComparisonOperator, left: Expression, right: Expression): Comparison {
  return { kind: 'comparison', operator, left, right, location: null };
}

const NEGATED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  'IS DISTINCT FROM': 'IS NOT DISTINCT FROM',
  'IS NOT DISTINCT FROM': 'IS DISTINCT FROM',
};

/** The opposite without NOT; null where there is no other way to say it. */
function negate(condition: Expression): Expression | null {
  switch (condition.kind) {
    case 'not':
      return condition.operand;
    case 'comparison':
      return { ...condition, operator: NEGATED[condition.operator] };
    case 'logical': {
      const operator = condition.operator === 'AND' ? 'OR' : 'AND';
      const { left, right, location } = condition;
      return { kind: 'logical', operator, left: opposite(left), right: opposite(right), location };
    }
    case 'in': {
      const { operand, candidates } = condition;
      const all: readonly Expression[] = candidates.map((candidate) => comparison('<>', operand, candidate));
      return all.reduce((left, right) => ({ kind: 'logical', operator: 'AND', left, right, location: null }));
    }
    case 'between': {
      const { operand, low, high, location } = condition;
      const [left, right] = [comparison('<', operand, low), comparison('>', operand, high)];
      return { kind: 'logical', operator: 'OR', left, right, location };
    }
    default:
      return null;
  }
}

const opposite = (operand: Expression): Expression => ({ kind: 'not', operand, location: null });
