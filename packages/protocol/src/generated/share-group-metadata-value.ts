// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupMetadataValue {
  readonly epoch: number;
  readonly metadataHash: number;
}

export function encodeShareGroupMetadataValue(writer: Writer, _version: number, message: ShareGroupMetadataValue): void {
  writer.int32(message.epoch);
  writer.int64(message.metadataHash);
  writer.noTaggedFields();
}

export function decodeShareGroupMetadataValue(reader: Reader, _version: number): ShareGroupMetadataValue {
  const epoch = reader.int32();
  const metadataHash = reader.int64();
  reader.skipTaggedFields();
  return { epoch, metadataHash };
}

export const shareGroupMetadataValueCodec: MessageCodec<ShareGroupMetadataValue> = {
  name: 'ShareGroupMetadataValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 11,
  encode: encodeShareGroupMetadataValue,
  decode: decodeShareGroupMetadataValue,
};
