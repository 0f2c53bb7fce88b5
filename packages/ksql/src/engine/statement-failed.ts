import { MillraceError } from '@millrace/base';
import { KsqlStatementException } from '../lib/ksql-exception.ts';
import type { StatementResult } from './results.ts';

/**
 * A statement of a text failed. It left nothing behind; those before it stay done, those after it were not looked at.
 * `code` and `name` are those of what went wrong.
 */
export class StatementFailedException extends KsqlStatementException {
  override readonly name: string;
  override readonly code: string;
  override readonly retriable: boolean;
  /** What came of the statements before this one. */
  readonly done: readonly StatementResult[];

  constructor(cause: MillraceError, statement: string, done: readonly StatementResult[]) {
    const isWorded = cause instanceof KsqlStatementException && cause.statement !== '';
    super(isWorded ? cause.rawMessage : cause.message, isWorded ? cause.statement : statement, cause);
    this.name = cause instanceof KsqlStatementException ? cause.name : 'KsqlStatementException';
    this.code = cause.code;
    this.retriable = cause.retriable;
    this.done = done;
  }
}

/** What to throw for a statement; our own bugs stay what they are. */
export function statementFailed(thrown: unknown, statement: string, done: readonly StatementResult[]): unknown {
  return thrown instanceof MillraceError ? new StatementFailedException(thrown, statement, done) : thrown;
}
