// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupMemberMetadataKey {
  readonly groupId: string;
  readonly memberId: string;
}

export function encodeShareGroupMemberMetadataKey(writer: Writer, _version: number, message: ShareGroupMemberMetadataKey): void {
  writer.string(message.groupId);
  writer.string(message.memberId);
}

export function decodeShareGroupMemberMetadataKey(reader: Reader, _version: number): ShareGroupMemberMetadataKey {
  const groupId = reader.string();
  const memberId = reader.string();
  return { groupId, memberId };
}

export const shareGroupMemberMetadataKeyCodec: MessageCodec<ShareGroupMemberMetadataKey> = {
  name: 'ShareGroupMemberMetadataKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 10,
  encode: encodeShareGroupMemberMetadataKey,
  decode: decodeShareGroupMemberMetadataKey,
};
