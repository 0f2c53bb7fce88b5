// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupMetadataKey {
  readonly groupId: string;
}

export function encodeShareGroupMetadataKey(writer: Writer, _version: number, message: ShareGroupMetadataKey): void {
  writer.string(message.groupId);
}

export function decodeShareGroupMetadataKey(reader: Reader, _version: number): ShareGroupMetadataKey {
  const groupId = reader.string();
  return { groupId };
}

export const shareGroupMetadataKeyCodec: MessageCodec<ShareGroupMetadataKey> = {
  name: 'ShareGroupMetadataKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 11,
  encode: encodeShareGroupMetadataKey,
  decode: decodeShareGroupMetadataKey,
};
