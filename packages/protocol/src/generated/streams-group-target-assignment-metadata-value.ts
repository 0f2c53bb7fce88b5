// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupTargetAssignmentMetadataValue {
  readonly assignmentEpoch: number;
  readonly assignmentTimestamp: number;
}

export const StreamsGroupTargetAssignmentMetadataValueDefaults: Pick<
  StreamsGroupTargetAssignmentMetadataValue,
  | 'assignmentTimestamp'
> = Object.freeze({
  assignmentTimestamp: 0,
});

export function encodeStreamsGroupTargetAssignmentMetadataValue(writer: Writer, _version: number, message: StreamsGroupTargetAssignmentMetadataValue): void {
  writer.int32(message.assignmentEpoch);
  const hasAssignmentTimestamp = message.assignmentTimestamp !== 0;
  writer.uvarint((hasAssignmentTimestamp ? 1 : 0));
  if (hasAssignmentTimestamp) {
    const start = writer.beginTaggedField(0);
    writer.int64(message.assignmentTimestamp);
    writer.endTaggedField(start);
  }
}

export function decodeStreamsGroupTargetAssignmentMetadataValue(reader: Reader, _version: number): StreamsGroupTargetAssignmentMetadataValue {
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

export const streamsGroupTargetAssignmentMetadataValueCodec: MessageCodec<StreamsGroupTargetAssignmentMetadataValue> = {
  name: 'StreamsGroupTargetAssignmentMetadataValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 20,
  encode: encodeStreamsGroupTargetAssignmentMetadataValue,
  decode: decodeStreamsGroupTargetAssignmentMetadataValue,
};
