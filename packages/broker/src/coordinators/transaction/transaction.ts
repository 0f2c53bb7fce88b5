import { moveTo, type TransactionState } from './states.ts';

const EPOCH_MAX = 32_767;

/** Who speaks for a transactional id: the id and epoch that it was given last. */
export type ProducerIdentity = { readonly producerId: number; readonly producerEpoch: number };

export type TransactionPartition = { readonly topic: string; readonly partition: number };

/** A transactional id and the transaction that it has, or had last. */
export type Transaction = ProducerIdentity & {
  readonly transactionalId: string;
  /** Whose place the producer id took when its epochs were used up; −1 without. */
  readonly previousProducerId: number;
  /** The producer id that follows when this transaction is complete; −1 where the id stays. */
  readonly nextProducerId: number;
  readonly timeoutMs: number;
  readonly state: TransactionState;
  readonly partitions: readonly TransactionPartition[];
  /** −1 while nothing was begun. */
  readonly startMs: number;
  readonly lastUpdateMs: number;
  /** 2 when the client gets a new epoch with each transaction (KIP-890), else 0. */
  readonly clientVersion: number;
};

/** Whether the epochs of a producer id are used up; the last one is kept for fencing. */
export function isEpochExhausted({ producerEpoch }: ProducerIdentity): boolean {
  return producerEpoch >= EPOCH_MAX - 1;
}

export function hasPartition({ partitions }: Transaction, { topic, partition }: TransactionPartition): boolean {
  return partitions.some((known) => known.topic === topic && known.partition === partition);
}

/** The id in the hands of a producer that begins anew, under its next epoch or under a new producer id. */
export function initialized(
  before: Transaction,
  identity: ProducerIdentity,
  { timeoutMs, nowMs }: { readonly timeoutMs: number; readonly nowMs: number },
): Transaction {
  const isRotated = identity.producerId !== before.producerId;
  return {
    ...before,
    ...identity,
    previousProducerId: isRotated ? before.producerId : before.previousProducerId,
    nextProducerId: -1,
    timeoutMs,
    state: moveTo(before.state, 'Empty'),
    partitions: [],
    startMs: -1,
    lastUpdateMs: nowMs,
  };
}

/** The transaction with more partitions; begun, if it was not. */
export function withPartitions(
  before: Transaction,
  added: readonly TransactionPartition[],
  { clientVersion, nowMs }: { readonly clientVersion: number; readonly nowMs: number },
): Transaction {
  const isOngoing = before.state === 'Ongoing';
  const partitions = isOngoing ? before.partitions : [];
  const fresh = added.filter((wanted) => !isOngoing || !hasPartition(before, wanted));
  return {
    ...before,
    state: moveTo(before.state, 'Ongoing'),
    partitions: [...partitions, ...fresh],
    startMs: isOngoing ? before.startMs : nowMs,
    lastUpdateMs: nowMs,
    clientVersion,
  };
}

export type Decision = {
  readonly isCommit: boolean;
  /** The epoch that the markers carry: the next one, unless the client speaks the first protocol and is not fenced. */
  readonly raisesEpoch: boolean;
  /** −1 unless the epochs of the producer id are used up. */
  readonly nextProducerId: number;
  readonly clientVersion: number;
  readonly nowMs: number;
};

/** The transaction as decided. From here on it can only be completed in the same way. */
export function prepared(before: Transaction, decision: Decision): Transaction {
  return {
    ...before,
    producerEpoch: before.producerEpoch + (decision.raisesEpoch ? 1 : 0),
    nextProducerId: decision.nextProducerId,
    state: moveTo(before.state, decision.isCommit ? 'PrepareCommit' : 'PrepareAbort'),
    partitions: before.state === 'Ongoing' ? before.partitions : [],
    startMs: before.startMs < 0 ? decision.nowMs : before.startMs,
    lastUpdateMs: decision.nowMs,
    clientVersion: decision.clientVersion,
  };
}

/** The transaction with all its markers written. */
export function completed(before: Transaction, nowMs: number): Transaction {
  const isRotated = before.nextProducerId >= 0;
  return {
    ...before,
    producerId: isRotated ? before.nextProducerId : before.producerId,
    producerEpoch: isRotated ? 0 : before.producerEpoch,
    previousProducerId: isRotated ? before.producerId : before.previousProducerId,
    nextProducerId: -1,
    state: moveTo(before.state, before.state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort'),
    partitions: [],
    lastUpdateMs: nowMs,
  };
}

export function isPrepared({ state }: Transaction): boolean {
  return state === 'PrepareCommit' || state === 'PrepareAbort';
}

/** Who may go on under the id once the decided transaction is complete: what an EndTxn of the second protocol answers. */
export function successor(decided: Transaction): ProducerIdentity {
  const { producerId, producerEpoch, nextProducerId } = decided;
  return nextProducerId >= 0 ? { producerId: nextProducerId, producerEpoch: 0 } : { producerId, producerEpoch };
}
