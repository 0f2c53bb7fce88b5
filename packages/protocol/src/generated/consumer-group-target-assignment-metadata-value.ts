// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupTargetAssignmentMetadataValue {
  readonly assignmentEpoch: number;
  readonly assignmentTimestamp: number;
}

export const ConsumerGroupTargetAssignmentMetadataValueDefaults: Pick<
  ConsumerGroupTargetAssignmentMetadataValue,
  | 'assignmentTimestamp'
> = Object.freeze({
  assignmentTimestamp: 0,
});

export function encodeConsumerGroupTargetAssignmentMetadataValue(writer: Writer, _version: number, message: ConsumerGroupTargetAssignmentMetadataValue): void {
  writer.int32(message.assignmentEpoch);
  const hasAssignmentTimestamp = message.assignmentTimestamp !== 0;
  writer.uvarint((hasAssignmentTimestamp ? 1 : 0));
  if (hasAssignmentTimestamp) {
    const start = writer.beginTaggedField(0);
    writer.int64(message.assignmentTimestamp);
    writer.endTaggedField(start);
  }
}

export function decodeConsumerGroupTargetAssignmentMetadataValue(reader: Reader, _version: number): ConsumerGroupTargetAssignmentMetadataValue {
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

export const consumerGroupTargetAssignmentMetadataValueCodec: MessageCodec<ConsumerGroupTargetAssignmentMetadataValue> = {
  name: 'ConsumerGroupTargetAssignmentMetadataValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 6,
  encode: encodeConsumerGroupTargetAssignmentMetadataValue,
  decode: decodeConsumerGroupTargetAssignmentMetadataValue,
};
