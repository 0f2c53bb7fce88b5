// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupTargetAssignmentMetadataKey {
  readonly groupId: string;
}

export function encodeConsumerGroupTargetAssignmentMetadataKey(writer: Writer, _version: number, message: ConsumerGroupTargetAssignmentMetadataKey): void {
  writer.string(message.groupId);
}

export function decodeConsumerGroupTargetAssignmentMetadataKey(reader: Reader, _version: number): ConsumerGroupTargetAssignmentMetadataKey {
  const groupId = reader.string();
  return { groupId };
}

export const consumerGroupTargetAssignmentMetadataKeyCodec: MessageCodec<ConsumerGroupTargetAssignmentMetadataKey> = {
  name: 'ConsumerGroupTargetAssignmentMetadataKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 6,
  encode: encodeConsumerGroupTargetAssignmentMetadataKey,
  decode: decodeConsumerGroupTargetAssignmentMetadataKey,
};
