import type { TypedCast, TypedExpression } from '../../analysis/expression-type-tree.ts';
import type { FunctionContext } from '../../functions/function.ts';
import type { SqlType } from '../../types/sql-type.ts';
import type { CodeWriter } from './code-writer.ts';

/** A failure while a row was computed, for the processing log. */
export type ExpressionFailure = {
  /** The expression as SQL. */
  readonly expression: string;
  /** The function that threw, where it was one; then only its call is null, not the whole expression. */
  readonly functionName: string | null;
  readonly error: unknown;
};

export type OnFailure = (failure: ExpressionFailure) => void;

/**
 * Turns a typed expression into a JavaScript expression over `row`. The value of every piece of code is a value of the
 * piece's type, or null. Pieces are evaluated from left to right and at most once; what SQL leaves alone (branches of
 * CASE, the right side of a decided AND) is not evaluated.
 */
export type Emitter = {
  readonly writer: CodeWriter;
  readonly context: FunctionContext;
  /** Positions of the row that the code reads. */
  readonly columns: Set<number>;
  /**
   * Nodes whose null is the null of the whole expression. Elsewhere a null operand of arithmetic fails the expression, or
   * the function call around it, as ksqlDB's does: `COALESCE(x + 1, 0)` is null where x is.
   */
  readonly nullsPropagate: ReadonlySet<TypedExpression>;
  /** The whole expression as SQL, for reports of failures. */
  print(): string;
  emit(expression: TypedExpression): string;
};

/** Whether code for this expression may give null; where it can't, no check is written. */
export function isNullable(expression: TypedExpression): boolean {
  switch (expression.kind) {
    case 'constant':
      return expression.value === null;
    case 'comparison':
    case 'is-null':
    case 'in':
    case 'like':
    case 'array':
    case 'map':
    case 'struct':
      return false;
    case 'arithmetic':
      return isNullable(expression.left) || isNullable(expression.right);
    case 'logical':
      return isNullable(expression.left) || isNullable(expression.right);
    case 'not':
    case 'negation':
      return isNullable(expression.operand);
    case 'cast':
      return castThrows(expression) || isNullable(expression.operand);
    default:
      return true;
  }
}

/** `code` of a value that is not null; null itself passes through. */
export function emitNotNull(operand: TypedExpression, emitter: Emitter, code: (value: string) => string): string {
  if (!isNullable(operand)) return `(${code(emitter.emit(operand))})`;
  const value = emitter.writer.temporary();
  return `((${value}=${emitter.emit(operand)})===null?null:${code(value)})`;
}

const NEVER_THROWING: ReadonlySet<SqlType['kind']> = new Set([
  ...(['BOOLEAN', 'INTEGER', 'BIGINT', 'DOUBLE'] as const),
  ...(['DECIMAL', 'DATE', 'TIME', 'TIMESTAMP'] as const),
]);

/** Texts, containers and what must fit into a DECIMAL may not be castable. */
export function castThrows({ operand, type }: TypedCast): boolean {
  if (operand.type === null || type.kind === 'STRING') return false;
  return type.kind === 'DECIMAL' || !NEVER_THROWING.has(operand.type.kind);
}
