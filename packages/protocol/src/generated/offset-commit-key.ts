// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface OffsetCommitKey {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

export function encodeOffsetCommitKey(writer: Writer, _version: number, message: OffsetCommitKey): void {
  writer.string(message.group);
  writer.string(message.topic);
  writer.int32(message.partition);
}

export function decodeOffsetCommitKey(reader: Reader, _version: number): OffsetCommitKey {
  const group = reader.string();
  const topic = reader.string();
  const partition = reader.int32();
  return { group, topic, partition };
}

export const offsetCommitKeyCodec: MessageCodec<OffsetCommitKey> = {
  name: 'OffsetCommitKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 1,
  encode: encodeOffsetCommitKey,
  decode: decodeOffsetCommitKey,
};
