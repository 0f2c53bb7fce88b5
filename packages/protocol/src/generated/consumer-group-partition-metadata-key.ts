// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupPartitionMetadataKey {
  readonly groupId: string;
}

export function encodeConsumerGroupPartitionMetadataKey(writer: Writer, _version: number, message: ConsumerGroupPartitionMetadataKey): void {
  writer.string(message.groupId);
}

export function decodeConsumerGroupPartitionMetadataKey(reader: Reader, _version: number): ConsumerGroupPartitionMetadataKey {
  const groupId = reader.string();
  return { groupId };
}

export const consumerGroupPartitionMetadataKeyCodec: MessageCodec<ConsumerGroupPartitionMetadataKey> = {
  name: 'ConsumerGroupPartitionMetadataKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 4,
  encode: encodeConsumerGroupPartitionMetadataKey,
  decode: decodeConsumerGroupPartitionMetadataKey,
};
