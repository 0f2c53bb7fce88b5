// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupTargetAssignmentMetadataKey {
  readonly groupId: string;
}

export function encodeShareGroupTargetAssignmentMetadataKey(writer: Writer, _version: number, message: ShareGroupTargetAssignmentMetadataKey): void {
  writer.string(message.groupId);
}

export function decodeShareGroupTargetAssignmentMetadataKey(reader: Reader, _version: number): ShareGroupTargetAssignmentMetadataKey {
  const groupId = reader.string();
  return { groupId };
}

export const shareGroupTargetAssignmentMetadataKeyCodec: MessageCodec<ShareGroupTargetAssignmentMetadataKey> = {
  name: 'ShareGroupTargetAssignmentMetadataKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 12,
  encode: encodeShareGroupTargetAssignmentMetadataKey,
  decode: decodeShareGroupTargetAssignmentMetadataKey,
};
