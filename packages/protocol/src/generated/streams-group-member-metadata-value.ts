// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupMemberMetadataValueEndpoint {
  readonly host: string;
  readonly port: number;
}

export interface StreamsGroupMemberMetadataValueKeyValue {
  readonly key: string;
  readonly value: string;
}

export interface StreamsGroupMemberMetadataValue {
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly topologyEpoch: number;
  readonly processId: string;
  readonly userEndpoint: StreamsGroupMemberMetadataValueEndpoint | null;
  readonly clientTags: readonly StreamsGroupMemberMetadataValueKeyValue[];
}

export const StreamsGroupMemberMetadataValueDefaults: Pick<
  StreamsGroupMemberMetadataValue,
  | 'rebalanceTimeoutMs'
  | 'userEndpoint'
> = Object.freeze({
  rebalanceTimeoutMs: -1,
  userEndpoint: null,
});

function encodeStreamsGroupMemberMetadataValueEndpoint(writer: Writer, _version: number, message: StreamsGroupMemberMetadataValueEndpoint): void {
  writer.compactString(message.host);
  writer.uint16(message.port);
  writer.noTaggedFields();
}

function decodeStreamsGroupMemberMetadataValueEndpoint(reader: Reader, _version: number): StreamsGroupMemberMetadataValueEndpoint {
  const host = reader.compactString();
  const port = reader.uint16();
  reader.skipTaggedFields();
  return { host, port };
}

function encodeStreamsGroupMemberMetadataValueKeyValue(writer: Writer, _version: number, message: StreamsGroupMemberMetadataValueKeyValue): void {
  writer.compactString(message.key);
  writer.compactString(message.value);
  writer.noTaggedFields();
}

function decodeStreamsGroupMemberMetadataValueKeyValue(reader: Reader, _version: number): StreamsGroupMemberMetadataValueKeyValue {
  const key = reader.compactString();
  const value = reader.compactString();
  reader.skipTaggedFields();
  return { key, value };
}

function decodeStreamsGroupMemberMetadataValueKeyValueList(reader: Reader, version: number, length: number): StreamsGroupMemberMetadataValueKeyValue[] {
  const list: StreamsGroupMemberMetadataValueKeyValue[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupMemberMetadataValueKeyValue(reader, version));
  return list;
}

export function encodeStreamsGroupMemberMetadataValue(writer: Writer, version: number, message: StreamsGroupMemberMetadataValue): void {
  writer.compactNullableString(message.instanceId);
  writer.compactNullableString(message.rackId);
  writer.compactString(message.clientId);
  writer.compactString(message.clientHost);
  writer.int32(message.rebalanceTimeoutMs);
  writer.int32(message.topologyEpoch);
  writer.compactString(message.processId);
  if (message.userEndpoint === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    encodeStreamsGroupMemberMetadataValueEndpoint(writer, version, message.userEndpoint);
  }
  const clientTags = message.clientTags;
  writer.compactListLength(clientTags.length);
  for (const item of clientTags) encodeStreamsGroupMemberMetadataValueKeyValue(writer, version, item);
  writer.noTaggedFields();
}

export function decodeStreamsGroupMemberMetadataValue(reader: Reader, version: number): StreamsGroupMemberMetadataValue {
  const instanceId = reader.compactNullableString();
  const rackId = reader.compactNullableString();
  const clientId = reader.compactString();
  const clientHost = reader.compactString();
  const rebalanceTimeoutMs = reader.int32();
  const topologyEpoch = reader.int32();
  const processId = reader.compactString();
  const userEndpoint = reader.int8() < 0 ? null : decodeStreamsGroupMemberMetadataValueEndpoint(reader, version);
  const clientTagsLength = reader.compactListLength(3);
  const clientTags: readonly StreamsGroupMemberMetadataValueKeyValue[] = decodeStreamsGroupMemberMetadataValueKeyValueList(reader, version, clientTagsLength);
  reader.skipTaggedFields();
  return {
    instanceId,
    rackId,
    clientId,
    clientHost,
    rebalanceTimeoutMs,
    topologyEpoch,
    processId,
    userEndpoint,
    clientTags,
  };
}

export const streamsGroupMemberMetadataValueCodec: MessageCodec<StreamsGroupMemberMetadataValue> = {
  name: 'StreamsGroupMemberMetadataValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 19,
  encode: encodeStreamsGroupMemberMetadataValue,
  decode: decodeStreamsGroupMemberMetadataValue,
};
