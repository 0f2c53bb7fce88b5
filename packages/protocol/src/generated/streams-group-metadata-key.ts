// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupMetadataKey {
  readonly groupId: string;
}

export function encodeStreamsGroupMetadataKey(writer: Writer, _version: number, message: StreamsGroupMetadataKey): void {
  writer.string(message.groupId);
}

export function decodeStreamsGroupMetadataKey(reader: Reader, _version: number): StreamsGroupMetadataKey {
  const groupId = reader.string();
  return { groupId };
}

export const streamsGroupMetadataKeyCodec: MessageCodec<StreamsGroupMetadataKey> = {
  name: 'StreamsGroupMetadataKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 17,
  encode: encodeStreamsGroupMetadataKey,
  decode: decodeStreamsGroupMetadataKey,
};
