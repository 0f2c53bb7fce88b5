import { MillraceError } from '@millrace/base';

/** Codes by which brokers say that another producer, or a time-out of the transaction, took the transactional id over. */
const FENCING: ReadonlySet<string> = new Set([
  'PRODUCER_FENCED',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
]);

/** After these nothing can be done with the transactional id by this producer. */
const FATAL: ReadonlySet<string> = new Set([
  'PRODUCER_FENCED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_TRANSACTION_TIMEOUT',
  'UNSUPPORTED_VERSION',
]);

/** The error as this package tells it: one code for all that fences. */
export function transactionError(error: MillraceError, transactionalId: string): MillraceError {
  if (!FENCING.has(error.code)) return error;
  return new MillraceError(
    'PRODUCER_FENCED',
    `another producer uses the transactional id '${transactionalId}', or its transaction took too long: ${error.message}`,
    { cause: error, context: { transactionalId } },
  );
}

export function isFatal({ code }: MillraceError): boolean {
  return FATAL.has(code);
}

export function wrongState(what: string): MillraceError {
  return new MillraceError('INVALID_TXN_STATE', what);
}
