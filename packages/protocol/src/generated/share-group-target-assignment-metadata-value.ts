// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupTargetAssignmentMetadataValue {
  readonly assignmentEpoch: number;
  readonly assignmentTimestamp: number;
}

export const ShareGroupTargetAssignmentMetadataValueDefaults: Pick<
  ShareGroupTargetAssignmentMetadataValue,
  | 'assignmentTimestamp'
> = Object.freeze({
  assignmentTimestamp: 0,
});

export function encodeShareGroupTargetAssignmentMetadataValue(writer: Writer, _version: number, message: ShareGroupTargetAssignmentMetadataValue): void {
  writer.int32(message.assignmentEpoch);
  const hasAssignmentTimestamp = message.assignmentTimestamp !== 0;
  writer.uvarint((hasAssignmentTimestamp ? 1 : 0));
  if (hasAssignmentTimestamp) {
    const start = writer.beginTaggedField(0);
    writer.int64(message.assignmentTimestamp);
    writer.endTaggedField(start);
  }
}

export function decodeShareGroupTargetAssignmentMetadataValue(reader: Reader, _version: number): ShareGroupTargetAssignmentMetadataValue {
  const assignmentEpoch = reader.int32();
  let assignmentTimestamp: number = 0;
  for (let tags = reader.uvarint(); tags > 0; tags--) {
    const tag = reader.uvarint();
    const end = reader.taggedFieldEnd();
    switch (tag) {
      case 0: {
        assignmentTimestamp = reader.int64();
        break;
      }
      default:
        reader.skipTo(end);
    }
    reader.expectPosition(end);
  }
  return { assignmentEpoch, assignmentTimestamp };
}

export const shareGroupTargetAssignmentMetadataValueCodec: MessageCodec<ShareGroupTargetAssignmentMetadataValue> = {
  name: 'ShareGroupTargetAssignmentMetadataValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 12,
  encode: encodeShareGroupTargetAssignmentMetadataValue,
  decode: decodeShareGroupTargetAssignmentMetadataValue,
};
