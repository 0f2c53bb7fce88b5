// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupTargetAssignmentMetadataKey {
  readonly groupId: string;
}

export function encodeStreamsGroupTargetAssignmentMetadataKey(writer: Writer, _version: number, message: StreamsGroupTargetAssignmentMetadataKey): void {
  writer.string(message.groupId);
}

export function decodeStreamsGroupTargetAssignmentMetadataKey(reader: Reader, _version: number): StreamsGroupTargetAssignmentMetadataKey {
  const groupId = reader.string();
  return { groupId };
}

export const streamsGroupTargetAssignmentMetadataKeyCodec: MessageCodec<StreamsGroupTargetAssignmentMetadataKey> = {
  name: 'StreamsGroupTargetAssignmentMetadataKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 20,
  encode: encodeStreamsGroupTargetAssignmentMetadataKey,
  decode: decodeStreamsGroupTargetAssignmentMetadataKey,
};
