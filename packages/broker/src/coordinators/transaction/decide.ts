import { BrokerError } from '../../lib/broker-error.ts';
import { isEpochExhausted, type ProducerIdentity, type Transaction } from './transaction.ts';

export type InitRequest = {
  readonly transactionalId: string;
  readonly timeoutMs: number;
  /** What a producer that raises its own epoch has (KIP-360); null for one that begins. */
  readonly expected: ProducerIdentity | null;
};

export type EndRequest = ProducerIdentity & {
  readonly transactionalId: string;
  readonly isCommit: boolean;
  readonly clientVersion: number;
};

export type NextIdentity =
  /** The request is a retry: it gets the answer that was lost. */
  | { readonly kind: 'same'; readonly identity: ProducerIdentity }
  | { readonly kind: 'next'; readonly identity: ProducerIdentity };

/**
 * Who speaks for an id after an InitProducerId.
 *
 * @throws BrokerError `PRODUCER_FENCED` for a producer that expects to be another one than the last.
 */
export function identityAfter(
  known: Transaction | undefined,
  expected: ProducerIdentity | null,
  raised: { readonly from: ProducerIdentity; readonly to: ProducerIdentity } | undefined,
  nextProducerId: () => number,
): NextIdentity {
  if (known === undefined) return { kind: 'next', identity: { producerId: nextProducerId(), producerEpoch: 0 } };
  if (expected !== null && !isSame(known, expected)) {
    if (raised !== undefined && isSame(raised.from, expected) && isSame(raised.to, known) && known.state === 'Empty') {
      return { kind: 'same', identity: raised.to };
    }
    // Its id was used up, and taken over by the one that is known.
    const wasFollowed = expected.producerId === known.previousProducerId && isEpochExhausted(expected);
    if (!wasFollowed) throw new BrokerError('PRODUCER_FENCED');
  }
  const { producerId, producerEpoch } = known;
  return isEpochExhausted(known)
    ? { kind: 'next', identity: { producerId: nextProducerId(), producerEpoch: 0 } }
    : { kind: 'next', identity: { producerId, producerEpoch: producerEpoch + 1 } };
}

/**
 * Whether an EndTxn decides anything, or is the retry of one that did.
 *
 * Under the second protocol each end raises the epoch: the epoch tells a late retry from the end of a later transaction.
 *
 * @throws BrokerError `INVALID_PRODUCER_ID_MAPPING`, `PRODUCER_FENCED`, `INVALID_TXN_STATE`, `CONCURRENT_TRANSACTIONS`.
 */
export function endOf(
  known: Transaction | undefined,
  request: EndRequest,
): { readonly kind: 'decide' } | { readonly kind: 'done'; readonly identity: ProducerIdentity } {
  if (known === undefined) throw new BrokerError('INVALID_PRODUCER_ID_MAPPING');
  const raisesEpoch = request.clientVersion >= 2;
  const isRetry = raisesEpoch && isBefore(request, known);
  if (request.producerId !== known.producerId && !isRetry) throw new BrokerError('INVALID_PRODUCER_ID_MAPPING');
  if (request.producerEpoch !== known.producerEpoch && !isRetry) throw new BrokerError('PRODUCER_FENCED');
  switch (known.state) {
    case 'Ongoing':
      if (isRetry) throw new BrokerError('PRODUCER_FENCED');
      return { kind: 'decide' };
    case 'PrepareCommit':
    case 'PrepareAbort':
      if (request.isCommit !== (known.state === 'PrepareCommit')) throw new BrokerError('INVALID_TXN_STATE');
      throw new BrokerError('CONCURRENT_TRANSACTIONS');
    case 'CompleteCommit':
    case 'CompleteAbort':
      if (isRetry || !raisesEpoch) {
        if (request.isCommit === (known.state === 'CompleteCommit')) return { kind: 'done', identity: known };
        throw new BrokerError(isRetry && known.state === 'CompleteAbort' ? 'PRODUCER_FENCED' : 'INVALID_TXN_STATE');
      }
      break;
    case 'Empty':
      if (isRetry) throw new BrokerError('PRODUCER_FENCED');
  }
  // Nothing was begun. A client of the second protocol may abort all the same: it can't know whether something was.
  if (raisesEpoch && !request.isCommit) return { kind: 'decide' };
  throw new BrokerError('INVALID_TXN_STATE');
}

function isSame(left: ProducerIdentity, right: ProducerIdentity): boolean {
  return left.producerId === right.producerId && left.producerEpoch === right.producerEpoch;
}

/** Whether an identity is the one that the last end turned into the known one. */
function isBefore(identity: ProducerIdentity, known: Transaction): boolean {
  if (identity.producerId === known.producerId) return identity.producerEpoch === known.producerEpoch - 1;
  return identity.producerId === known.previousProducerId && isEpochExhausted(identity) && known.producerEpoch === 0;
}
