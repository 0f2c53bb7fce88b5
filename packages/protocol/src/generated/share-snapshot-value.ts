// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareSnapshotValueStateBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryState: number;
  readonly deliveryCount: number;
}

export interface ShareSnapshotValue {
  readonly snapshotEpoch: number;
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly deliveryCompleteCount: number;
  readonly createTimestamp: number;
  readonly writeTimestamp: number;
  readonly stateBatches: readonly ShareSnapshotValueStateBatch[];
}

export const ShareSnapshotValueDefaults: Pick<
  ShareSnapshotValue,
  | 'deliveryCompleteCount'
> = Object.freeze({
  deliveryCompleteCount: -1,
});

function encodeShareSnapshotValueStateBatch(writer: Writer, _version: number, message: ShareSnapshotValueStateBatch): void {
  writer.int64(message.firstOffset);
  writer.int64(message.lastOffset);
  writer.int8(message.deliveryState);
  writer.int16(message.deliveryCount);
  writer.noTaggedFields();
}

function decodeShareSnapshotValueStateBatch(reader: Reader, _version: number): ShareSnapshotValueStateBatch {
  const firstOffset = reader.int64();
  const lastOffset = reader.int64();
  const deliveryState = reader.int8();
  const deliveryCount = reader.int16();
  reader.skipTaggedFields();
  return { firstOffset, lastOffset, deliveryState, deliveryCount };
}

function decodeShareSnapshotValueStateBatchList(reader: Reader, version: number, length: number): ShareSnapshotValueStateBatch[] {
  const list: ShareSnapshotValueStateBatch[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareSnapshotValueStateBatch(reader, version));
  return list;
}

export function encodeShareSnapshotValue(writer: Writer, version: number, message: ShareSnapshotValue): void {
  writer.int32(message.snapshotEpoch);
  writer.int32(message.stateEpoch);
  writer.int32(message.leaderEpoch);
  writer.int64(message.startOffset);
  writer.int64(message.createTimestamp);
  writer.int64(message.writeTimestamp);
  const stateBatches = message.stateBatches;
  writer.compactListLength(stateBatches.length);
  for (const item of stateBatches) encodeShareSnapshotValueStateBatch(writer, version, item);
  const hasDeliveryCompleteCount = message.deliveryCompleteCount !== -1;
  writer.uvarint((hasDeliveryCompleteCount ? 1 : 0));
  if (hasDeliveryCompleteCount) {
    const start = writer.beginTaggedField(0);
    writer.int32(message.deliveryCompleteCount);
    writer.endTaggedField(start);
  }
}

export function decodeShareSnapshotValue(reader: Reader, version: number): ShareSnapshotValue {
  const snapshotEpoch = reader.int32();
  const stateEpoch = reader.int32();
  const leaderEpoch = reader.int32();
  const startOffset = reader.int64();
  const createTimestamp = reader.int64();
  const writeTimestamp = reader.int64();
  const stateBatchesLength = reader.compactListLength(20);
  const stateBatches: readonly ShareSnapshotValueStateBatch[] = decodeShareSnapshotValueStateBatchList(reader, version, stateBatchesLength);
  let deliveryCompleteCount: number = -1;
  for (let tags = reader.uvarint(); tags > 0; tags--) {
    const tag = reader.uvarint();
    const end = reader.taggedFieldEnd();
    switch (tag) {
      case 0: {
        deliveryCompleteCount = reader.int32();
        break;
      }
      default:
        reader.skipTo(end);
    }
    reader.expectPosition(end);
  }
  return {
    snapshotEpoch,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    createTimestamp,
    writeTimestamp,
    stateBatches,
  };
}

export const shareSnapshotValueCodec: MessageCodec<ShareSnapshotValue> = {
  name: 'ShareSnapshotValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 0,
  encode: encodeShareSnapshotValue,
  decode: decodeShareSnapshotValue,
};
