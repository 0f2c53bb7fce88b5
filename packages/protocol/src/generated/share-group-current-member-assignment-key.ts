// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupCurrentMemberAssignmentKey {
  readonly groupId: string;
  readonly memberId: string;
}

export function encodeShareGroupCurrentMemberAssignmentKey(writer: Writer, _version: number, message: ShareGroupCurrentMemberAssignmentKey): void {
  writer.string(message.groupId);
  writer.string(message.memberId);
}

export function decodeShareGroupCurrentMemberAssignmentKey(reader: Reader, _version: number): ShareGroupCurrentMemberAssignmentKey {
  const groupId = reader.string();
  const memberId = reader.string();
  return { groupId, memberId };
}

export const shareGroupCurrentMemberAssignmentKeyCodec: MessageCodec<ShareGroupCurrentMemberAssignmentKey> = {
  name: 'ShareGroupCurrentMemberAssignmentKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 14,
  encode: encodeShareGroupCurrentMemberAssignmentKey,
  decode: decodeShareGroupCurrentMemberAssignmentKey,
};
