// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readCompactStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupMemberMetadataValue {
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly subscribedTopicNames: readonly string[];
}

export function encodeShareGroupMemberMetadataValue(writer: Writer, _version: number, message: ShareGroupMemberMetadataValue): void {
  writer.compactNullableString(message.rackId);
  writer.compactString(message.clientId);
  writer.compactString(message.clientHost);
  const subscribedTopicNames = message.subscribedTopicNames;
  writer.compactListLength(subscribedTopicNames.length);
  for (const item of subscribedTopicNames) writer.compactString(item);
  writer.noTaggedFields();
}

export function decodeShareGroupMemberMetadataValue(reader: Reader, _version: number): ShareGroupMemberMetadataValue {
  const rackId = reader.compactNullableString();
  const clientId = reader.compactString();
  const clientHost = reader.compactString();
  const subscribedTopicNamesLength = reader.compactListLength(1);
  const subscribedTopicNames: readonly string[] = readCompactStringList(reader, subscribedTopicNamesLength);
  reader.skipTaggedFields();
  return { rackId, clientId, clientHost, subscribedTopicNames };
}

export const shareGroupMemberMetadataValueCodec: MessageCodec<ShareGroupMemberMetadataValue> = {
  name: 'ShareGroupMemberMetadataValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 10,
  encode: encodeShareGroupMemberMetadataValue,
  decode: decodeShareGroupMemberMetadataValue,
};
