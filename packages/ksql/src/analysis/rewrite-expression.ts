import type { Expression, FunctionCall } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';

/** Walking and rewriting expressions of any kind; what is new in an expression is new here first. */

type Rewrite = (expression: Expression) => Expression;

/** The same expression with its direct parts rewritten; the expression itself where it has none. */
export function mapParts(of: Expression, rewrite: Rewrite): Expression {
  switch (of.kind) {
    case 'field-access':
      return { ...of, base: rewrite(of.base) };
    case 'subscript':
      return { ...of, base: rewrite(of.base), index: rewrite(of.index) };
    case 'function-call':
      return { ...of, args: of.args.map(rewrite) };
    case 'lambda':
      return { ...of, body: rewrite(of.body) };
    case 'arithmetic':
    case 'concatenation':
    case 'comparison':
    case 'logical':
      return { ...of, left: rewrite(of.left), right: rewrite(of.right) };
    case 'arithmetic-unary':
    case 'not':
    case 'is-null':
    case 'cast':
    case 'at-time-zone':
      return { ...of, operand: rewrite(of.operand) };
    case 'between':
      return { ...of, operand: rewrite(of.operand), low: rewrite(of.low), high: rewrite(of.high) };
    case 'in':
      return { ...of, operand: rewrite(of.operand), candidates: of.candidates.map(rewrite) };
    case 'like':
      return { ...of, operand: rewrite(of.operand), pattern: rewrite(of.pattern) };
    case 'searched-case':
    case 'simple-case': {
      const whens = of.whens.map((when) => ({
        ...when,
        condition: rewrite(when.condition),
        result: rewrite(when.result),
      }));
      const otherwise = of.otherwise === null ? null : rewrite(of.otherwise);
      return of.kind === 'simple-case'
        ? { ...of, operand: rewrite(of.operand), whens, otherwise }
        : { ...of, whens, otherwise };
    }
    case 'array':
      return { ...of, elements: of.elements.map(rewrite) };
    case 'map':
      return { ...of, entries: of.entries.map(({ key, value }) => ({ key: rewrite(key), value: rewrite(value) })) };
    case 'struct':
      return { ...of, fields: of.fields.map(({ name, value }) => ({ name, value: rewrite(value) })) };
    default:
      return of;
  }
}

/** Calls `visit` for each direct part. */
export function forEachPart(of: Expression, visit: (part: Expression) => void): void {
  mapParts(of, (part) => {
    visit(part);
    return part;
  });
}

/**
 * Replaces, from the outside in, each part for which `replace` gives something; what was replaced is not looked into.
 */
export function replaceIn(of: Expression, replace: (part: Expression) => Expression | undefined): Expression {
  return replace(of) ?? mapParts(of, (part) => replaceIn(part, replace));
}

/** All columns that an expression names, parameters of lambdas left out. */
export function columnsIn(of: Expression): readonly Extract<Expression, { kind: 'column' }>[] {
  const found: Extract<Expression, { kind: 'column' }>[] = [];
  const visit = (part: Expression, bound: ReadonlySet<string>): void => {
    if (part.kind === 'column') {
      if (part.source !== null || !bound.has(part.name)) found.push(part);
    } else if (part.kind === 'lambda') {
      visit(part.body, new Set([...bound, ...part.parameters]));
    } else {
      forEachPart(part, (each) => visit(each, bound));
    }
  };
  visit(of, new Set());
  return found;
}

/** Rewrites all columns that an expression names, parameters of lambdas left out. */
export function mapColumns(
  of: Expression,
  rewrite: (column: Extract<Expression, { kind: 'column' }>) => Expression,
): Expression {
  const visit = (part: Expression, bound: ReadonlySet<string>): Expression => {
    if (part.kind === 'column') return part.source === null && bound.has(part.name) ? part : rewrite(part);
    if (part.kind === 'lambda') {
      const inner = new Set([...bound, ...part.parameters]);
      return { ...part, body: visit(part.body, inner) };
    }
    return mapParts(part, (each) => visit(each, bound));
  };
  return visit(of, new Set());
}

export function functionCallsIn(of: Expression): readonly FunctionCall[] {
  const found: FunctionCall[] = [];
  const visit = (part: Expression): void => {
    if (part.kind === 'function-call') found.push(part);
    forEachPart(part, visit);
  };
  visit(of);
  return found;
}

/** Whether two expressions are the same but for their places in the text. */
export function sameExpression(left: Expression, right: Expression): boolean {
  return left === right || printExpression(left) === printExpression(right);
}
