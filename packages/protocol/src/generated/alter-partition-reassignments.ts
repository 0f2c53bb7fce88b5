// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface AlterPartitionReassignmentsRequestReassignablePartition {
  readonly partitionIndex: number;
  readonly replicas: readonly number[] | null;
}

export const AlterPartitionReassignmentsRequestReassignablePartitionDefaults: Pick<
  AlterPartitionReassignmentsRequestReassignablePartition,
  | 'replicas'
> = Object.freeze({
  replicas: null,
});

export interface AlterPartitionReassignmentsRequestReassignableTopic {
  readonly name: string;
  readonly partitions: readonly AlterPartitionReassignmentsRequestReassignablePartition[];
}

export interface AlterPartitionReassignmentsRequest {
  readonly timeoutMs: number;
  readonly allowReplicationFactorChange: boolean;
  readonly topics: readonly AlterPartitionReassignmentsRequestReassignableTopic[];
}

export const AlterPartitionReassignmentsRequestDefaults: Pick<
  AlterPartitionReassignmentsRequest,
  | 'timeoutMs'
  | 'allowReplicationFactorChange'
> = Object.freeze({
  timeoutMs: 60000,
  allowReplicationFactorChange: true,
});

function encodeAlterPartitionReassignmentsRequestReassignablePartition(writer: Writer, _version: number, message: AlterPartitionReassignmentsRequestReassignablePartition): void {
  writer.int32(message.partitionIndex);
  const replicas = message.replicas;
  writer.compactListLength(replicas === null ? -1 : replicas.length);
  if (replicas !== null) for (const item of replicas) writer.int32(item);
  writer.noTaggedFields();
}

function decodeAlterPartitionReassignmentsRequestReassignablePartition(reader: Reader, _version: number): AlterPartitionReassignmentsRequestReassignablePartition {
  const partitionIndex = reader.int32();
  const replicasLength = reader.compactNullableListLength(4);
  const replicas: readonly number[] | null = replicasLength < 0 ? null : readInt32List(reader, replicasLength);
  reader.skipTaggedFields();
  return { partitionIndex, replicas };
}

function decodeAlterPartitionReassignmentsRequestReassignablePartitionList(reader: Reader, version: number, length: number): AlterPartitionReassignmentsRequestReassignablePartition[] {
  const list: AlterPartitionReassignmentsRequestReassignablePartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterPartitionReassignmentsRequestReassignablePartition(reader, version));
  return list;
}

function encodeAlterPartitionReassignmentsRequestReassignableTopic(writer: Writer, version: number, message: AlterPartitionReassignmentsRequestReassignableTopic): void {
  writer.compactString(message.name);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeAlterPartitionReassignmentsRequestReassignablePartition(writer, version, item);
  writer.noTaggedFields();
}

function decodeAlterPartitionReassignmentsRequestReassignableTopic(reader: Reader, version: number): AlterPartitionReassignmentsRequestReassignableTopic {
  const name = reader.compactString();
  const partitionsLength = reader.compactListLength(6);
  const partitions: readonly AlterPartitionReassignmentsRequestReassignablePartition[] = decodeAlterPartitionReassignmentsRequestReassignablePartitionList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { name, partitions };
}

function decodeAlterPartitionReassignmentsRequestReassignableTopicList(reader: Reader, version: number, length: number): AlterPartitionReassignmentsRequestReassignableTopic[] {
  const list: AlterPartitionReassignmentsRequestReassignableTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterPartitionReassignmentsRequestReassignableTopic(reader, version));
  return list;
}

export function encodeAlterPartitionReassignmentsRequest(writer: Writer, version: number, message: AlterPartitionReassignmentsRequest): void {
  writer.int32(message.timeoutMs);
  if (version === 1) {
    writer.bool(message.allowReplicationFactorChange);
  } else if (message.allowReplicationFactorChange !== true) {
    throw unsupportedField('AlterPartitionReassignmentsRequest.allowReplicationFactorChange', version);
  }
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeAlterPartitionReassignmentsRequestReassignableTopic(writer, version, item);
  writer.noTaggedFields();
}

export function decodeAlterPartitionReassignmentsRequest(reader: Reader, version: number): AlterPartitionReassignmentsRequest {
  const timeoutMs = reader.int32();
  const allowReplicationFactorChange = version === 1 ? reader.bool() : true;
  const topicsLength = reader.compactListLength(3);
  const topics: readonly AlterPartitionReassignmentsRequestReassignableTopic[] = decodeAlterPartitionReassignmentsRequestReassignableTopicList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { timeoutMs, allowReplicationFactorChange, topics };
}

export interface AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export interface AlterPartitionReassignmentsResponseReassignableTopicResponse {
  readonly name: string;
  readonly partitions: readonly AlterPartitionReassignmentsResponseReassignablePartitionResponse[];
}

export interface AlterPartitionReassignmentsResponse {
  readonly throttleTimeMs: number;
  readonly allowReplicationFactorChange: boolean;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly responses: readonly AlterPartitionReassignmentsResponseReassignableTopicResponse[];
}

export const AlterPartitionReassignmentsResponseDefaults: Pick<
  AlterPartitionReassignmentsResponse,
  | 'allowReplicationFactorChange'
> = Object.freeze({
  allowReplicationFactorChange: true,
});

function encodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(writer: Writer, _version: number, message: AlterPartitionReassignmentsResponseReassignablePartitionResponse): void {
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.noTaggedFields();
}

function decodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(reader: Reader, _version: number): AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTaggedFields();
  return { partitionIndex, errorCode, errorMessage };
}

function decodeAlterPartitionReassignmentsResponseReassignablePartitionResponseList(reader: Reader, version: number, length: number): AlterPartitionReassignmentsResponseReassignablePartitionResponse[] {
  const list: AlterPartitionReassignmentsResponseReassignablePartitionResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(reader, version));
  return list;
}

function encodeAlterPartitionReassignmentsResponseReassignableTopicResponse(writer: Writer, version: number, message: AlterPartitionReassignmentsResponseReassignableTopicResponse): void {
  writer.compactString(message.name);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(writer, version, item);
  writer.noTaggedFields();
}

function decodeAlterPartitionReassignmentsResponseReassignableTopicResponse(reader: Reader, version: number): AlterPartitionReassignmentsResponseReassignableTopicResponse {
  const name = reader.compactString();
  const partitionsLength = reader.compactListLength(8);
  const partitions: readonly AlterPartitionReassignmentsResponseReassignablePartitionResponse[] = decodeAlterPartitionReassignmentsResponseReassignablePartitionResponseList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { name, partitions };
}

function decodeAlterPartitionReassignmentsResponseReassignableTopicResponseList(reader: Reader, version: number, length: number): AlterPartitionReassignmentsResponseReassignableTopicResponse[] {
  const list: AlterPartitionReassignmentsResponseReassignableTopicResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterPartitionReassignmentsResponseReassignableTopicResponse(reader, version));
  return list;
}

export function encodeAlterPartitionReassignmentsResponse(writer: Writer, version: number, message: AlterPartitionReassignmentsResponse): void {
  writer.int32(message.throttleTimeMs);
  if (version === 1) writer.bool(message.allowReplicationFactorChange);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  const responses = message.responses;
  writer.compactListLength(responses.length);
  for (const item of responses) encodeAlterPartitionReassignmentsResponseReassignableTopicResponse(writer, version, item);
  writer.noTaggedFields();
}

export function decodeAlterPartitionReassignmentsResponse(reader: Reader, version: number): AlterPartitionReassignmentsResponse {
  const throttleTimeMs = reader.int32();
  const allowReplicationFactorChange = version === 1 ? reader.bool() : true;
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const responsesLength = reader.compactListLength(3);
  const responses: readonly AlterPartitionReassignmentsResponseReassignableTopicResponse[] = decodeAlterPartitionReassignmentsResponseReassignableTopicResponseList(reader, version, responsesLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, allowReplicationFactorChange, errorCode, errorMessage, responses };
}
