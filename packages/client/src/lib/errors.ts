import { type ErrorContext, MillraceError } from '@millrace/base';
import { ErrorCode, errorMessage, errorName, isRetriableError } from '@millrace/protocol';

/** What a broker answered, as an error: Kafka's name as the code, Kafka's sentence unless the broker gave its own. */
export function brokerError(
  errorCode: number,
  doing: string,
  context: ErrorContext = {},
  brokerMessage: string | null = null,
): MillraceError {
  return new MillraceError(errorName(errorCode), `${doing}: ${brokerMessage ?? errorMessage(errorCode)}`, {
    retriable: isRetriableError(errorCode),
    context,
  });
}

/** Throws what a broker answered unless it is "no error". */
export function throwIfError(
  errorCode: number,
  doing: string,
  context: ErrorContext = {},
  brokerMessage: string | null = null,
): void {
  if (errorCode !== ErrorCode.NONE) throw brokerError(errorCode, doing, context, brokerMessage);
}

export function connectionClosed(what: string, cause?: unknown): MillraceError {
  return new MillraceError('CONNECTION_CLOSED', `the connection to ${what} ended`, { retriable: true, cause });
}

export function closedError(what: string): MillraceError {
  return new MillraceError('CLOSED', `this ${what} was closed`);
}

export function timedOut(doing: string, timeoutMs: number, cause?: unknown): MillraceError {
  return new MillraceError('TIMED_OUT', `${doing} took longer than ${timeoutMs} ms`, { retriable: true, cause });
}

/** Anything thrown as an error with a code. */
export function asMillraceError(thrown: unknown): MillraceError {
  if (thrown instanceof MillraceError) return thrown;
  return new MillraceError('UNEXPECTED', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
