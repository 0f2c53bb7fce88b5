// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupMemberMetadataKey {
  readonly groupId: string;
  readonly memberId: string;
}

export function encodeStreamsGroupMemberMetadataKey(writer: Writer, _version: number, message: StreamsGroupMemberMetadataKey): void {
  writer.string(message.groupId);
  writer.string(message.memberId);
}

export function decodeStreamsGroupMemberMetadataKey(reader: Reader, _version: number): StreamsGroupMemberMetadataKey {
  const groupId = reader.string();
  const memberId = reader.string();
  return { groupId, memberId };
}

export const streamsGroupMemberMetadataKeyCodec: MessageCodec<StreamsGroupMemberMetadataKey> = {
  name: 'StreamsGroupMemberMetadataKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 19,
  encode: encodeStreamsGroupMemberMetadataKey,
  decode: decodeStreamsGroupMemberMetadataKey,
};
