import {
  decodeRecordKey,
  decodeVersioned,
  encodeRecordKey,
  encodeVersioned,
  readRecordType,
  type TransactionLogValue,
  transactionLogKeyCodec,
  transactionLogValueCodec,
} from '@millrace/protocol';
import type { CoordinatorRecord } from '../runtime.ts';
import { stateNumber, stateNumbered } from './states.ts';
import type { Transaction, TransactionPartition } from './transaction.ts';

const VALUE_VERSION = 1;

/** The record that makes a transactional id what it is from now on, in Kafka's own format. */
export function transactionRecord(transaction: Transaction): CoordinatorRecord {
  const value: TransactionLogValue = {
    producerId: transaction.producerId,
    previousProducerId: transaction.previousProducerId,
    nextProducerId: transaction.nextProducerId,
    producerEpoch: transaction.producerEpoch,
    nextProducerEpoch: -1,
    transactionTimeoutMs: transaction.timeoutMs,
    transactionStatus: stateNumber(transaction.state),
    // Kafka's reader expects no list at all, rather than an empty one, for an id without a transaction.
    transactionPartitions: transaction.state === 'Empty' ? null : byTopic(transaction.partitions),
    transactionLastUpdateTimestampMs: transaction.lastUpdateMs,
    transactionStartTimestampMs: transaction.startMs,
    clientTransactionVersion: transaction.clientVersion,
  };
  return {
    key: keyOf(transaction.transactionalId),
    value: encodeVersioned(transactionLogValueCodec, VALUE_VERSION, value),
  };
}

/** The record that makes a transactional id forgotten. */
export function tombstone(transactionalId: string): CoordinatorRecord {
  return { key: keyOf(transactionalId), value: null };
}

/** What a record says; null for one of a newer Kafka, which is left alone. */
export function decodeTransactionRecord({
  key,
  value,
}: CoordinatorRecord): { readonly transactionalId: string; readonly transaction: Transaction | null } | null {
  if (readRecordType(key) !== transactionLogKeyCodec.recordType) return null;
  const { transactionalId } = decodeRecordKey(transactionLogKeyCodec, key);
  if (value === null) return { transactionalId, transaction: null };
  const stored = decodeVersioned(transactionLogValueCodec, value);
  const state = stateNumbered(stored.transactionStatus);
  if (state === undefined) return null;
  const transaction: Transaction = {
    transactionalId,
    producerId: stored.producerId,
    producerEpoch: stored.producerEpoch,
    previousProducerId: stored.previousProducerId,
    nextProducerId: stored.nextProducerId,
    timeoutMs: stored.transactionTimeoutMs,
    state,
    partitions: (stored.transactionPartitions ?? []).flatMap(({ topic, partitionIds }) =>
      partitionIds.map((partition) => ({ topic, partition })),
    ),
    startMs: stored.transactionStartTimestampMs,
    lastUpdateMs: stored.transactionLastUpdateTimestampMs,
    clientVersion: stored.clientTransactionVersion,
  };
  return { transactionalId, transaction };
}

export function byTopic(
  partitions: readonly TransactionPartition[],
): { readonly topic: string; readonly partitionIds: readonly number[] }[] {
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of partitions) {
    const known = topics.get(topic);
    if (known === undefined) topics.set(topic, [partition]);
    else known.push(partition);
  }
  return [...topics].map(([topic, partitionIds]) => ({ topic, partitionIds }));
}

function keyOf(transactionalId: string): Uint8Array {
  return encodeRecordKey(transactionLogKeyCodec, { transactionalId });
}
