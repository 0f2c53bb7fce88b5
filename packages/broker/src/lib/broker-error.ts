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
  if (thrown instanceof BrokerError) return thrown.errorCode;
  return isFileSystemError(thrown) ? ErrorCode.KAFKA_STORAGE_ERROR : ErrorCode.UNKNOWN_SERVER_ERROR;
}

/** Whether the operating system refused: `ENOSPC`, `EIO`, `EMFILE`, … The disk's trouble is retriable, our bugs are not. */
function isFileSystemError(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code);
}
