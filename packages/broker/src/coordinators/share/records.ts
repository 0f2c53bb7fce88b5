import { assert } from '@millrace/base';
import {
  decodeRecordKey,
  decodeVersioned,
  encodeRecordKey,
  encodeVersioned,
  readRecordType,
  type ShareSnapshotValueStateBatch,
  shareSnapshotKeyCodec as snapshotKey,
  shareSnapshotValueCodec as snapshotValue,
  shareUpdateKeyCodec as updateKey,
  shareUpdateValueCodec as updateValue,
} from '@millrace/protocol';
import type { CoordinatorRecord } from '../runtime.ts';
import {
  completeCount,
  type SharePartitionKey,
  type ShareSnapshot,
  type ShareUpdate,
  type StateBatch,
  type StoredDeliveryState,
} from './stored-partition.ts';

const VALUE_VERSION = 0;

/** The numbers that stand in the records; 1 is «acquired», which is never stored. */
const STATE_NUMBERS: Readonly<Record<StoredDeliveryState, number>> = { available: 0, acknowledged: 2, archived: 4 };
const STATES: ReadonlyMap<number, StoredDeliveryState> = new Map([
  [STATE_NUMBERS.available, 'available'],
  [STATE_NUMBERS.acknowledged, 'acknowledged'],
  [STATE_NUMBERS.archived, 'archived'],
]);

export type ShareRecord =
  | { readonly kind: 'snapshot'; readonly key: SharePartitionKey; readonly value: ShareSnapshot | null }
  | { readonly kind: 'update'; readonly key: SharePartitionKey; readonly value: ShareUpdate | null }
  /** A record of a newer Kafka, which is left alone. */
  | { readonly kind: 'unknown' };

export function snapshotRecord(key: SharePartitionKey, snapshot: ShareSnapshot): CoordinatorRecord {
  const { createdMs, writtenMs, batches, ...same } = snapshot;
  const value = encodeVersioned(snapshotValue, VALUE_VERSION, {
    ...same,
    deliveryCompleteCount: completeCount(batches),
    createTimestamp: createdMs,
    writeTimestamp: writtenMs,
    stateBatches: encodeBatches(batches),
  });
  return { key: encodeRecordKey(snapshotKey, key), value };
}

/** @param deliveryCompleteCount the offsets from the start on that will be done with. */
export function updateRecord(
  key: SharePartitionKey,
  { batches, ...same }: ShareUpdate,
  deliveryCompleteCount: number,
): CoordinatorRecord {
  const value = { ...same, deliveryCompleteCount, stateBatches: encodeBatches(batches) };
  return { key: encodeRecordKey(updateKey, key), value: encodeVersioned(updateValue, VALUE_VERSION, value) };
}

/** Makes a partition forgotten. */
export function tombstone(key: SharePartitionKey): CoordinatorRecord {
  return { key: encodeRecordKey(snapshotKey, key), value: null };
}

export function decodeShareRecord({ key, value }: CoordinatorRecord): ShareRecord {
  switch (readRecordType(key)) {
    case snapshotKey.recordType: {
      const decoded = value && decodeVersioned(snapshotValue, value);
      const snapshot = decoded && {
        snapshotEpoch: decoded.snapshotEpoch,
        stateEpoch: decoded.stateEpoch,
        leaderEpoch: decoded.leaderEpoch,
        startOffset: decoded.startOffset,
        createdMs: decoded.createTimestamp,
        writtenMs: decoded.writeTimestamp,
        batches: decodeBatches(decoded.stateBatches),
      };
      return { kind: 'snapshot', key: decodeRecordKey(snapshotKey, key), value: snapshot };
    }
    case updateKey.recordType: {
      const decoded = value && decodeVersioned(updateValue, value);
      const update = decoded && {
        snapshotEpoch: decoded.snapshotEpoch,
        leaderEpoch: decoded.leaderEpoch,
        startOffset: decoded.startOffset,
        batches: decodeBatches(decoded.stateBatches),
      };
      return { kind: 'update', key: decodeRecordKey(updateKey, key), value: update };
    }
    default:
      return { kind: 'unknown' };
  }
}

function encodeBatches(batches: readonly StateBatch[]): ShareSnapshotValueStateBatch[] {
  return batches.map(({ first, last, value }) => ({
    firstOffset: first,
    lastOffset: last,
    deliveryState: STATE_NUMBERS[value.state],
    deliveryCount: value.count,
  }));
}

function decodeBatches(batches: readonly ShareSnapshotValueStateBatch[]): StateBatch[] {
  return batches.map(({ firstOffset, lastOffset, deliveryState, deliveryCount }) => {
    const state = STATES.get(deliveryState);
    assert(state !== undefined, 'only states that are known are stored');
    return { first: firstOffset, last: lastOffset, value: { state, count: deliveryCount } };
  });
}
