import { MillraceError } from '@millrace/base';
import type { Expression, SourceLocation } from '../syntax/ast.ts';

/**
 * An expression without a type. ksqlDB finds such errors in two passes and words them differently: those of its type
 * check come as `Error in WHERE expression: …`, those of its code generation as `Invalid Predicate: …`; whoever knows
 * where the expression stands puts the beginning in front, by `pass`.
 */
export class ExpressionError extends MillraceError {
  override readonly name = 'ExpressionError';
  readonly pass: 'type' | 'code';
  readonly location: SourceLocation | null;
  readonly expression: Expression;

  constructor(
    message: string,
    options: { readonly expression: Expression; readonly pass?: 'type' | 'code'; readonly cause?: unknown },
  ) {
    super('INVALID_EXPRESSION', message, options.cause === undefined ? {} : { cause: options.cause });
    this.pass = options.pass ?? 'type';
    this.expression = options.expression;
    this.location = options.expression.location;
  }
}
