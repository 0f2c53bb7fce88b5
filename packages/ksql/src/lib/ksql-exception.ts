import { MillraceError } from '@millrace/base';

/**
 * The errors of statements, named as ksqlDB names them because users' tools and tests tell them apart by these names:
 * `KsqlException` > `KsqlStatementException` > `ParseFailedException`.
 */
export class KsqlException extends MillraceError {
  override readonly name: string = 'KsqlException';

  constructor(message: string, cause?: unknown) {
    super('KSQL', message, cause === undefined ? {} : { cause });
  }
}

/** An error with the statement that led to it; its message ends with the statement's text. */
export class KsqlStatementException extends KsqlException {
  override readonly name: string = 'KsqlStatementException';
  /** The message without the statement. */
  readonly rawMessage: string;
  readonly statement: string;

  constructor(rawMessage: string, statement: string, cause?: unknown) {
    super(statement === '' ? rawMessage : `${rawMessage}\nStatement: ${statement}`, cause);
    this.rawMessage = rawMessage;
    this.statement = statement;
  }
}

/** A text that is no SQL, or a statement that contradicts itself before anything is looked up. */
export class ParseFailedException extends KsqlStatementException {
  override readonly name: string = 'ParseFailedException';
}

/** A function that failed where its failure can't be passed over: an aggregate that would be wrong from then on. */
export class KsqlFunctionException extends KsqlException {
  override readonly name: string = 'KsqlFunctionException';
}

/** Adds the statement to whatever went wrong while it was analysed or executed. */
export function withStatement(thrown: unknown, statement: string): unknown {
  if (thrown instanceof ParseFailedException && thrown.statement === '') {
    return new ParseFailedException(thrown.rawMessage, statement, thrown.cause);
  }
  if (thrown instanceof KsqlStatementException) return thrown;
  if (!(thrown instanceof MillraceError)) return thrown;
  return new KsqlStatementException(thrown.message, statement, thrown);
}
