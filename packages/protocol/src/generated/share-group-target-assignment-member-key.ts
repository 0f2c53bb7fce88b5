// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupTargetAssignmentMemberKey {
  readonly groupId: string;
  readonly memberId: string;
}

export function encodeShareGroupTargetAssignmentMemberKey(writer: Writer, _version: number, message: ShareGroupTargetAssignmentMemberKey): void {
  writer.string(message.groupId);
  writer.string(message.memberId);
}

export function decodeShareGroupTargetAssignmentMemberKey(reader: Reader, _version: number): ShareGroupTargetAssignmentMemberKey {
  const groupId = reader.string();
  const memberId = reader.string();
  return { groupId, memberId };
}

export const shareGroupTargetAssignmentMemberKeyCodec: MessageCodec<ShareGroupTargetAssignmentMemberKey> = {
  name: 'ShareGroupTargetAssignmentMemberKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 13,
  encode: encodeShareGroupTargetAssignmentMemberKey,
  decode: decodeShareGroupTargetAssignmentMemberKey,
};
