import { MillraceError } from '@millrace/base';
import type { KsqlEntity } from './entities.ts';

/** The body of an answer that is an error, as ksqlDB writes it. */
export type ServerErrorBody = {
  readonly '@type'?: string;
  readonly error_code?: number;
  readonly message?: string;
  readonly statementText?: string;
  readonly entities?: readonly KsqlEntity[];
};

/** Errors that pass: too many requests, and a server that is starting, busy or going away. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([429, 503]);

/**
 * What a ksqlDB server said instead of an answer. `code` is `KSQL`; {@link errorCode} is ksqlDB's own: the HTTP status, then
 * two digits (40001 for a statement that is wrong, 40003 for too many push queries, 41700 for an assertion that failed …).
 */
export class KsqlServerError extends MillraceError {
  override readonly name = 'KsqlServerError';
  readonly errorCode: number;
  /** The statement that failed, where the server names one. */
  readonly statementText: string | null;
  /** What came of the statements of the same request before the one that failed. */
  readonly entities: readonly KsqlEntity[];

  constructor({ error_code: errorCode = 0, message = '', statementText, entities }: ServerErrorBody) {
    super('KSQL', message, { retriable: PASSING_STATUSES.has(Math.floor(errorCode / 100)), context: { errorCode } });
    this.errorCode = errorCode;
    this.statementText = statementText ?? null;
    this.entities = entities ?? [];
  }
}

/** An answer of this status with this text; not every server, proxy or error has a body of ksqlDB's. */
export function serverError(status: number, text: string): KsqlServerError {
  const fallback = { error_code: status * 100, message: text.trim() === '' ? `The server answered ${status}` : text };
  try {
    const body: unknown = JSON.parse(text);
    return new KsqlServerError(typeof body === 'object' && body !== null ? { ...fallback, ...body } : fallback);
  } catch {
    return new KsqlServerError(fallback);
  }
}
