import { MillraceError, type MillraceErrorOptions } from '@millrace/base';
import { ErrorCode, type ErrorName, errorMessage, isRetriableError } from '@millrace/protocol';

/** An error that a client is told by a code of Kafka's protocol; `code` is its name. */
export class BrokerError extends MillraceError {
  override readonly name: string = 'BrokerError';
  /** The number in a response. */
  readonly errorCode: number;

  constructor(code: ErrorName, message?: string, options: MillraceErrorOptions = {}) {
    const errorCode = ErrorCode[code];
    super(code, message ?? errorMessage(errorCode), { retriable: isRetriableError(errorCode), ...options });
    this.errorCode = errorCode;
  }
}

/** The code that a response carries for anything that was thrown. */
export function errorCodeOf(thrown: unknown): number {
  return thrown instanceof BrokerError ? thrown.errorCode : ErrorCode.UNKNOWN_SERVER_ERROR;
}
