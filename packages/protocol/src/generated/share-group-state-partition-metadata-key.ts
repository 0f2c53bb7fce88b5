// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupStatePartitionMetadataKey {
  readonly groupId: string;
}

export function encodeShareGroupStatePartitionMetadataKey(writer: Writer, _version: number, message: ShareGroupStatePartitionMetadataKey): void {
  writer.string(message.groupId);
}

export function decodeShareGroupStatePartitionMetadataKey(reader: Reader, _version: number): ShareGroupStatePartitionMetadataKey {
  const groupId = reader.string();
  return { groupId };
}

export const shareGroupStatePartitionMetadataKeyCodec: MessageCodec<ShareGroupStatePartitionMetadataKey> = {
  name: 'ShareGroupStatePartitionMetadataKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 15,
  encode: encodeShareGroupStatePartitionMetadataKey,
  decode: decodeShareGroupStatePartitionMetadataKey,
};
