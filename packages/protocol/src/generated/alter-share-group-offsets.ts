// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface AlterShareGroupOffsetsRequestPartition {
  readonly partitionIndex: number;
  readonly startOffset: number;
}

export interface AlterShareGroupOffsetsRequestTopic {
  readonly topicName: string;
  readonly partitions: readonly AlterShareGroupOffsetsRequestPartition[];
}

export interface AlterShareGroupOffsetsRequest {
  readonly groupId: string;
  readonly topics: readonly AlterShareGroupOffsetsRequestTopic[];
}

function encodeAlterShareGroupOffsetsRequestPartition(writer: Writer, _version: number, message: AlterShareGroupOffsetsRequestPartition): void {
  writer.int32(message.partitionIndex);
  writer.int64(message.startOffset);
  writer.noTaggedFields();
}

function decodeAlterShareGroupOffsetsRequestPartition(reader: Reader, _version: number): AlterShareGroupOffsetsRequestPartition {
  const partitionIndex = reader.int32();
  const startOffset = reader.int64();
  reader.skipTaggedFields();
  return { partitionIndex, startOffset };
}

function decodeAlterShareGroupOffsetsRequestPartitionList(reader: Reader, version: number, length: number): AlterShareGroupOffsetsRequestPartition[] {
  const list: AlterShareGroupOffsetsRequestPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterShareGroupOffsetsRequestPartition(reader, version));
  return list;
}

function encodeAlterShareGroupOffsetsRequestTopic(writer: Writer, version: number, message: AlterShareGroupOffsetsRequestTopic): void {
  writer.compactString(message.topicName);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeAlterShareGroupOffsetsRequestPartition(writer, version, item);
  writer.noTaggedFields();
}

function decodeAlterShareGroupOffsetsRequestTopic(reader: Reader, version: number): AlterShareGroupOffsetsRequestTopic {
  const topicName = reader.compactString();
  const partitionsLength = reader.compactListLength(13);
  const partitions: readonly AlterShareGroupOffsetsRequestPartition[] = decodeAlterShareGroupOffsetsRequestPartitionList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { topicName, partitions };
}

function decodeAlterShareGroupOffsetsRequestTopicList(reader: Reader, version: number, length: number): AlterShareGroupOffsetsRequestTopic[] {
  const list: AlterShareGroupOffsetsRequestTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterShareGroupOffsetsRequestTopic(reader, version));
  return list;
}

export function encodeAlterShareGroupOffsetsRequest(writer: Writer, version: number, message: AlterShareGroupOffsetsRequest): void {
  writer.compactString(message.groupId);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeAlterShareGroupOffsetsRequestTopic(writer, version, item);
  writer.noTaggedFields();
}

export function decodeAlterShareGroupOffsetsRequest(reader: Reader, version: number): AlterShareGroupOffsetsRequest {
  const groupId = reader.compactString();
  const topicsLength = reader.compactListLength(3);
  const topics: readonly AlterShareGroupOffsetsRequestTopic[] = decodeAlterShareGroupOffsetsRequestTopicList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { groupId, topics };
}

export interface AlterShareGroupOffsetsResponsePartition {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export const AlterShareGroupOffsetsResponsePartitionDefaults: Pick<
  AlterShareGroupOffsetsResponsePartition,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: null,
});

export interface AlterShareGroupOffsetsResponseTopic {
  readonly topicName: string;
  readonly topicId: string;
  readonly partitions: readonly AlterShareGroupOffsetsResponsePartition[];
}

export interface AlterShareGroupOffsetsResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly responses: readonly AlterShareGroupOffsetsResponseTopic[];
}

export const AlterShareGroupOffsetsResponseDefaults: Pick<
  AlterShareGroupOffsetsResponse,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: null,
});

function encodeAlterShareGroupOffsetsResponsePartition(writer: Writer, _version: number, message: AlterShareGroupOffsetsResponsePartition): void {
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.noTaggedFields();
}

function decodeAlterShareGroupOffsetsResponsePartition(reader: Reader, _version: number): AlterShareGroupOffsetsResponsePartition {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTaggedFields();
  return { partitionIndex, errorCode, errorMessage };
}

function decodeAlterShareGroupOffsetsResponsePartitionList(reader: Reader, version: number, length: number): AlterShareGroupOffsetsResponsePartition[] {
  const list: AlterShareGroupOffsetsResponsePartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterShareGroupOffsetsResponsePartition(reader, version));
  return list;
}

function encodeAlterShareGroupOffsetsResponseTopic(writer: Writer, version: number, message: AlterShareGroupOffsetsResponseTopic): void {
  writer.compactString(message.topicName);
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeAlterShareGroupOffsetsResponsePartition(writer, version, item);
  writer.noTaggedFields();
}

function decodeAlterShareGroupOffsetsResponseTopic(reader: Reader, version: number): AlterShareGroupOffsetsResponseTopic {
  const topicName = reader.compactString();
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(8);
  const partitions: readonly AlterShareGroupOffsetsResponsePartition[] = decodeAlterShareGroupOffsetsResponsePartitionList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { topicName, topicId, partitions };
}

function decodeAlterShareGroupOffsetsResponseTopicList(reader: Reader, version: number, length: number): AlterShareGroupOffsetsResponseTopic[] {
  const list: AlterShareGroupOffsetsResponseTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterShareGroupOffsetsResponseTopic(reader, version));
  return list;
}

export function encodeAlterShareGroupOffsetsResponse(writer: Writer, version: number, message: AlterShareGroupOffsetsResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  const responses = message.responses;
  writer.compactListLength(responses.length);
  for (const item of responses) encodeAlterShareGroupOffsetsResponseTopic(writer, version, item);
  writer.noTaggedFields();
}

export function decodeAlterShareGroupOffsetsResponse(reader: Reader, version: number): AlterShareGroupOffsetsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const responsesLength = reader.compactListLength(19);
  const responses: readonly AlterShareGroupOffsetsResponseTopic[] = decodeAlterShareGroupOffsetsResponseTopicList(reader, version, responsesLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, responses };
}
