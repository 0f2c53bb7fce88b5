// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readCompactStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupMemberMetadataValueClassicProtocol {
  readonly name: string;
  readonly metadata: Uint8Array;
}

export interface ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  readonly sessionTimeoutMs: number;
  readonly supportedProtocols: readonly ConsumerGroupMemberMetadataValueClassicProtocol[];
}

const consumerGroupMemberMetadataValueClassicMemberMetadataDefault: ConsumerGroupMemberMetadataValueClassicMemberMetadata = Object.freeze({
  sessionTimeoutMs: 0,
  supportedProtocols: Object.freeze([]),
});

export interface ConsumerGroupMemberMetadataValue {
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly subscribedTopicNames: readonly string[];
  readonly subscribedTopicRegex: string | null;
  readonly rebalanceTimeoutMs: number;
  readonly serverAssignor: string | null;
  readonly classicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata | null;
}

export const ConsumerGroupMemberMetadataValueDefaults: Pick<
  ConsumerGroupMemberMetadataValue,
  | 'rebalanceTimeoutMs'
  | 'classicMemberMetadata'
> = Object.freeze({
  rebalanceTimeoutMs: -1,
  classicMemberMetadata: consumerGroupMemberMetadataValueClassicMemberMetadataDefault,
});

function encodeConsumerGroupMemberMetadataValueClassicProtocol(writer: Writer, _version: number, message: ConsumerGroupMemberMetadataValueClassicProtocol): void {
  writer.compactString(message.name);
  writer.compactBytes(message.metadata);
  writer.noTaggedFields();
}

function decodeConsumerGroupMemberMetadataValueClassicProtocol(reader: Reader, _version: number): ConsumerGroupMemberMetadataValueClassicProtocol {
  const name = reader.compactString();
  const metadata = reader.compactBytes();
  reader.skipTaggedFields();
  return { name, metadata };
}

function decodeConsumerGroupMemberMetadataValueClassicProtocolList(reader: Reader, version: number, length: number): ConsumerGroupMemberMetadataValueClassicProtocol[] {
  const list: ConsumerGroupMemberMetadataValueClassicProtocol[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerGroupMemberMetadataValueClassicProtocol(reader, version));
  return list;
}

function encodeConsumerGroupMemberMetadataValueClassicMemberMetadata(writer: Writer, version: number, message: ConsumerGroupMemberMetadataValueClassicMemberMetadata): void {
  writer.int32(message.sessionTimeoutMs);
  const supportedProtocols = message.supportedProtocols;
  writer.compactListLength(supportedProtocols.length);
  for (const item of supportedProtocols) encodeConsumerGroupMemberMetadataValueClassicProtocol(writer, version, item);
  writer.noTaggedFields();
}

function isDefaultConsumerGroupMemberMetadataValueClassicMemberMetadata(message: ConsumerGroupMemberMetadataValueClassicMemberMetadata): boolean {
  if (message === consumerGroupMemberMetadataValueClassicMemberMetadataDefault) return true;
  return message.sessionTimeoutMs === 0 && message.supportedProtocols.length === 0;
}

function decodeConsumerGroupMemberMetadataValueClassicMemberMetadata(reader: Reader, version: number): ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  const sessionTimeoutMs = reader.int32();
  const supportedProtocolsLength = reader.compactListLength(3);
  const supportedProtocols: readonly ConsumerGroupMemberMetadataValueClassicProtocol[] = decodeConsumerGroupMemberMetadataValueClassicProtocolList(reader, version, supportedProtocolsLength);
  reader.skipTaggedFields();
  return { sessionTimeoutMs, supportedProtocols };
}

export function encodeConsumerGroupMemberMetadataValue(writer: Writer, version: number, message: ConsumerGroupMemberMetadataValue): void {
  writer.compactNullableString(message.instanceId);
  writer.compactNullableString(message.rackId);
  writer.compactString(message.clientId);
  writer.compactString(message.clientHost);
  const subscribedTopicNames = message.subscribedTopicNames;
  writer.compactListLength(subscribedTopicNames.length);
  for (const item of subscribedTopicNames) writer.compactString(item);
  writer.compactNullableString(message.subscribedTopicRegex);
  writer.int32(message.rebalanceTimeoutMs);
  writer.compactNullableString(message.serverAssignor);
  const hasClassicMemberMetadata = (message.classicMemberMetadata === null || !isDefaultConsumerGroupMemberMetadataValueClassicMemberMetadata(message.classicMemberMetadata));
  writer.uvarint((hasClassicMemberMetadata ? 1 : 0));
  if (hasClassicMemberMetadata) {
    const start = writer.beginTaggedField(0);
    if (message.classicMemberMetadata === null) {
      writer.uvarint(0);
    } else {
      writer.uvarint(1);
      encodeConsumerGroupMemberMetadataValueClassicMemberMetadata(writer, version, message.classicMemberMetadata);
    }
    writer.endTaggedField(start);
  }
}

export function decodeConsumerGroupMemberMetadataValue(reader: Reader, version: number): ConsumerGroupMemberMetadataValue {
  const instanceId = reader.compactNullableString();
  const rackId = reader.compactNullableString();
  const clientId = reader.compactString();
  const clientHost = reader.compactString();
  const subscribedTopicNamesLength = reader.compactListLength(1);
  const subscribedTopicNames: readonly string[] = readCompactStringList(reader, subscribedTopicNamesLength);
  const subscribedTopicRegex = reader.compactNullableString();
  const rebalanceTimeoutMs = reader.int32();
  const serverAssignor = reader.compactNullableString();
  let classicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata | null = consumerGroupMemberMetadataValueClassicMemberMetadataDefault;
  for (let tags = reader.uvarint(); tags > 0; tags--) {
    const tag = reader.uvarint();
    const end = reader.taggedFieldEnd();
    switch (tag) {
      case 0: {
        classicMemberMetadata = reader.uvarint() === 0 ? null : decodeConsumerGroupMemberMetadataValueClassicMemberMetadata(reader, version);
        break;
      }
      default:
        reader.skipTo(end);
    }
    reader.expectPosition(end);
  }
  return {
    instanceId,
    rackId,
    clientId,
    clientHost,
    subscribedTopicNames,
    subscribedTopicRegex,
    rebalanceTimeoutMs,
    serverAssignor,
    classicMemberMetadata,
  };
}

export const consumerGroupMemberMetadataValueCodec: MessageCodec<ConsumerGroupMemberMetadataValue> = {
  name: 'ConsumerGroupMemberMetadataValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 5,
  encode: encodeConsumerGroupMemberMetadataValue,
  decode: decodeConsumerGroupMemberMetadataValue,
};
