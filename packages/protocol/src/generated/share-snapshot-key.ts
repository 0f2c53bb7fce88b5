// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareSnapshotKey {
  readonly groupId: string;
  readonly topicId: string;
  readonly partition: number;
}

export function encodeShareSnapshotKey(writer: Writer, _version: number, message: ShareSnapshotKey): void {
  writer.string(message.groupId);
  writer.uuid(message.topicId);
  writer.int32(message.partition);
}

export function decodeShareSnapshotKey(reader: Reader, _version: number): ShareSnapshotKey {
  const groupId = reader.string();
  const topicId = reader.uuid();
  const partition = reader.int32();
  return { groupId, topicId, partition };
}

export const shareSnapshotKeyCodec: MessageCodec<ShareSnapshotKey> = {
  name: 'ShareSnapshotKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 0,
  encode: encodeShareSnapshotKey,
  decode: decodeShareSnapshotKey,
};
