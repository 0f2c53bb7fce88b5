import { type ErrorContext, MillraceError } from '@millrace/base';

/** Bytes that are not what the protocol says; the connection they came from can't be trusted any further. */
export function corruptMessage(what: string, context: ErrorContext = {}): MillraceError {
  return new MillraceError('CORRUPT_MESSAGE', what, { context });
}
