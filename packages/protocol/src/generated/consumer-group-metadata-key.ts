// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupMetadataKey {
  readonly groupId: string;
}

export function encodeConsumerGroupMetadataKey(writer: Writer, _version: number, message: ConsumerGroupMetadataKey): void {
  writer.string(message.groupId);
}

export function decodeConsumerGroupMetadataKey(reader: Reader, _version: number): ConsumerGroupMetadataKey {
  const groupId = reader.string();
  return { groupId };
}

export const consumerGroupMetadataKeyCodec: MessageCodec<ConsumerGroupMetadataKey> = {
  name: 'ConsumerGroupMetadataKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 3,
  encode: encodeConsumerGroupMetadataKey,
  decode: decodeConsumerGroupMetadataKey,
};
