// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupTargetAssignmentMemberKey {
  readonly groupId: string;
  readonly memberId: string;
}

export function encodeStreamsGroupTargetAssignmentMemberKey(writer: Writer, _version: number, message: StreamsGroupTargetAssignmentMemberKey): void {
  writer.string(message.groupId);
  writer.string(message.memberId);
}

export function decodeStreamsGroupTargetAssignmentMemberKey(reader: Reader, _version: number): StreamsGroupTargetAssignmentMemberKey {
  const groupId = reader.string();
  const memberId = reader.string();
  return { groupId, memberId };
}

export const streamsGroupTargetAssignmentMemberKeyCodec: MessageCodec<StreamsGroupTargetAssignmentMemberKey> = {
  name: 'StreamsGroupTargetAssignmentMemberKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 21,
  encode: encodeStreamsGroupTargetAssignmentMemberKey,
  decode: decodeStreamsGroupTargetAssignmentMemberKey,
};
