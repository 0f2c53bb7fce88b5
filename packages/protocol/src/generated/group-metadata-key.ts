// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface GroupMetadataKey {
  readonly group: string;
}

export function encodeGroupMetadataKey(writer: Writer, _version: number, message: GroupMetadataKey): void {
  writer.string(message.group);
}

export function decodeGroupMetadataKey(reader: Reader, _version: number): GroupMetadataKey {
  const group = reader.string();
  return { group };
}

export const groupMetadataKeyCodec: MessageCodec<GroupMetadataKey> = {
  name: 'GroupMetadataKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 2,
  encode: encodeGroupMetadataKey,
  decode: decodeGroupMetadataKey,
};
