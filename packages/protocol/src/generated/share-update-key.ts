// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareUpdateKey {
  readonly groupId: string;
  readonly topicId: string;
  readonly partition: number;
}

export function encodeShareUpdateKey(writer: Writer, _version: number, message: ShareUpdateKey): void {
  writer.string(message.groupId);
  writer.uuid(message.topicId);
  writer.int32(message.partition);
}

export function decodeShareUpdateKey(reader: Reader, _version: number): ShareUpdateKey {
  const groupId = reader.string();
  const topicId = reader.uuid();
  const partition = reader.int32();
  return { groupId, topicId, partition };
}

export const shareUpdateKeyCodec: MessageCodec<ShareUpdateKey> = {
  name: 'ShareUpdateKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 1,
  encode: encodeShareUpdateKey,
  decode: decodeShareUpdateKey,
};
