// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareUpdateValueStateBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryState: number;
  readonly deliveryCount: number;
}

export interface ShareUpdateValue {
  readonly snapshotEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly deliveryCompleteCount: number;
  readonly stateBatches: readonly ShareUpdateValueStateBatch[];
}

export const ShareUpdateValueDefaults: Pick<
  ShareUpdateValue,
  | 'deliveryCompleteCount'
> = Object.freeze({
  deliveryCompleteCount: -1,
});

function encodeShareUpdateValueStateBatch(writer: Writer, _version: number, message: ShareUpdateValueStateBatch): void {
  writer.int64(message.firstOffset);
  writer.int64(message.lastOffset);
  writer.int8(message.deliveryState);
  writer.int16(message.deliveryCount);
  writer.noTaggedFields();
}

function decodeShareUpdateValueStateBatch(reader: Reader, _version: number): ShareUpdateValueStateBatch {
  const firstOffset = reader.int64();
  const lastOffset = reader.int64();
  const deliveryState = reader.int8();
  const deliveryCount = reader.int16();
  reader.skipTaggedFields();
  return { firstOffset, lastOffset, deliveryState, deliveryCount };
}

function decodeShareUpdateValueStateBatchList(reader: Reader, version: number, length: number): ShareUpdateValueStateBatch[] {
  const list: ShareUpdateValueStateBatch[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareUpdateValueStateBatch(reader, version));
  return list;
}

export function encodeShareUpdateValue(writer: Writer, version: number, message: ShareUpdateValue): void {
  writer.int32(message.snapshotEpoch);
  writer.int32(message.leaderEpoch);
  writer.int64(message.startOffset);
  const stateBatches = message.stateBatches;
  writer.compactListLength(stateBatches.length);
  for (const item of stateBatches) encodeShareUpdateValueStateBatch(writer, version, item);
  const hasDeliveryCompleteCount = message.deliveryCompleteCount !== -1;
  writer.uvarint((hasDeliveryCompleteCount ? 1 : 0));
  if (hasDeliveryCompleteCount) {
    const start = writer.beginTaggedField(0);
    writer.int32(message.deliveryCompleteCount);
    writer.endTaggedField(start);
  }
}

export function decodeShareUpdateValue(reader: Reader, version: number): ShareUpdateValue {
  const snapshotEpoch = reader.int32();
  const leaderEpoch = reader.int32();
  const startOffset = reader.int64();
  const stateBatchesLength = reader.compactListLength(20);
  const stateBatches: readonly ShareUpdateValueStateBatch[] = decodeShareUpdateValueStateBatchList(reader, version, stateBatchesLength);
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
  return { snapshotEpoch, leaderEpoch, startOffset, deliveryCompleteCount, stateBatches };
}

export const shareUpdateValueCodec: MessageCodec<ShareUpdateValue> = {
  name: 'ShareUpdateValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 1,
  encode: encodeShareUpdateValue,
  decode: decodeShareUpdateValue,
};
