// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface OffsetDeleteRequestPartition {
  readonly partitionIndex: number;
}

export interface OffsetDeleteRequestTopic {
  readonly name: string;
  readonly partitions: readonly OffsetDeleteRequestPartition[];
}

export interface OffsetDeleteRequest {
  readonly groupId: string;
  readonly topics: readonly OffsetDeleteRequestTopic[];
}

function encodeOffsetDeleteRequestPartition(writer: Writer, _version: number, message: OffsetDeleteRequestPartition): void {
  writer.int32(message.partitionIndex);
}

function decodeOffsetDeleteRequestPartition(reader: Reader, _version: number): OffsetDeleteRequestPartition {
  const partitionIndex = reader.int32();
  return { partitionIndex };
}

function decodeOffsetDeleteRequestPartitionList(reader: Reader, version: number, length: number): OffsetDeleteRequestPartition[] {
  const list: OffsetDeleteRequestPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetDeleteRequestPartition(reader, version));
  return list;
}

function encodeOffsetDeleteRequestTopic(writer: Writer, version: number, message: OffsetDeleteRequestTopic): void {
  writer.string(message.name);
  const partitions = message.partitions;
  writer.listLength(partitions.length);
  for (const item of partitions) encodeOffsetDeleteRequestPartition(writer, version, item);
}

function decodeOffsetDeleteRequestTopic(reader: Reader, version: number): OffsetDeleteRequestTopic {
  const name = reader.string();
  const partitionsLength = reader.listLength(4);
  const partitions: readonly OffsetDeleteRequestPartition[] = decodeOffsetDeleteRequestPartitionList(reader, version, partitionsLength);
  return { name, partitions };
}

function decodeOffsetDeleteRequestTopicList(reader: Reader, version: number, length: number): OffsetDeleteRequestTopic[] {
  const list: OffsetDeleteRequestTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetDeleteRequestTopic(reader, version));
  return list;
}

export function encodeOffsetDeleteRequest(writer: Writer, version: number, message: OffsetDeleteRequest): void {
  writer.string(message.groupId);
  const topics = message.topics;
  writer.listLength(topics.length);
  for (const item of topics) encodeOffsetDeleteRequestTopic(writer, version, item);
}

export function decodeOffsetDeleteRequest(reader: Reader, version: number): OffsetDeleteRequest {
  const groupId = reader.string();
  const topicsLength = reader.listLength(6);
  const topics: readonly OffsetDeleteRequestTopic[] = decodeOffsetDeleteRequestTopicList(reader, version, topicsLength);
  return { groupId, topics };
}

export interface OffsetDeleteResponsePartition {
  readonly partitionIndex: number;
  readonly errorCode: number;
}

export interface OffsetDeleteResponseTopic {
  readonly name: string;
  readonly partitions: readonly OffsetDeleteResponsePartition[];
}

export interface OffsetDeleteResponse {
  readonly errorCode: number;
  readonly throttleTimeMs: number;
  readonly topics: readonly OffsetDeleteResponseTopic[];
}

export const OffsetDeleteResponseDefaults: Pick<
  OffsetDeleteResponse,
  | 'throttleTimeMs'
> = Object.freeze({
  throttleTimeMs: 0,
});

function encodeOffsetDeleteResponsePartition(writer: Writer, _version: number, message: OffsetDeleteResponsePartition): void {
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
}

function decodeOffsetDeleteResponsePartition(reader: Reader, _version: number): OffsetDeleteResponsePartition {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  return { partitionIndex, errorCode };
}

function decodeOffsetDeleteResponsePartitionList(reader: Reader, version: number, length: number): OffsetDeleteResponsePartition[] {
  const list: OffsetDeleteResponsePartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetDeleteResponsePartition(reader, version));
  return list;
}

function encodeOffsetDeleteResponseTopic(writer: Writer, version: number, message: OffsetDeleteResponseTopic): void {
  writer.string(message.name);
  const partitions = message.partitions;
  writer.listLength(partitions.length);
  for (const item of partitions) encodeOffsetDeleteResponsePartition(writer, version, item);
}

function decodeOffsetDeleteResponseTopic(reader: Reader, version: number): OffsetDeleteResponseTopic {
  const name = reader.string();
  const partitionsLength = reader.listLength(6);
  const partitions: readonly OffsetDeleteResponsePartition[] = decodeOffsetDeleteResponsePartitionList(reader, version, partitionsLength);
  return { name, partitions };
}

function decodeOffsetDeleteResponseTopicList(reader: Reader, version: number, length: number): OffsetDeleteResponseTopic[] {
  const list: OffsetDeleteResponseTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetDeleteResponseTopic(reader, version));
  return list;
}

export function encodeOffsetDeleteResponse(writer: Writer, version: number, message: OffsetDeleteResponse): void {
  writer.int16(message.errorCode);
  writer.int32(message.throttleTimeMs);
  const topics = message.topics;
  writer.listLength(topics.length);
  for (const item of topics) encodeOffsetDeleteResponseTopic(writer, version, item);
}

export function decodeOffsetDeleteResponse(reader: Reader, version: number): OffsetDeleteResponse {
  const errorCode = reader.int16();
  const throttleTimeMs = reader.int32();
  const topicsLength = reader.listLength(6);
  const topics: readonly OffsetDeleteResponseTopic[] = decodeOffsetDeleteResponseTopicList(reader, version, topicsLength);
  return { errorCode, throttleTimeMs, topics };
}
