// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupCurrentMemberAssignmentKey {
  readonly groupId: string;
  readonly memberId: string;
}

export function encodeStreamsGroupCurrentMemberAssignmentKey(writer: Writer, _version: number, message: StreamsGroupCurrentMemberAssignmentKey): void {
  writer.string(message.groupId);
  writer.string(message.memberId);
}

export function decodeStreamsGroupCurrentMemberAssignmentKey(reader: Reader, _version: number): StreamsGroupCurrentMemberAssignmentKey {
  const groupId = reader.string();
  const memberId = reader.string();
  return { groupId, memberId };
}

export const streamsGroupCurrentMemberAssignmentKeyCodec: MessageCodec<StreamsGroupCurrentMemberAssignmentKey> = {
  name: 'StreamsGroupCurrentMemberAssignmentKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 22,
  encode: encodeStreamsGroupCurrentMemberAssignmentKey,
  decode: decodeStreamsGroupCurrentMemberAssignmentKey,
};
