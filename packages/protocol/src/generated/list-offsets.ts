// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ListOffsetsRequestListOffsetsPartition {
  readonly partitionIndex: number;
  readonly currentLeaderEpoch: number;
  readonly timestamp: number;
}

export const ListOffsetsRequestListOffsetsPartitionDefaults: Pick<
  ListOffsetsRequestListOffsetsPartition,
  | 'currentLeaderEpoch'
> = Object.freeze({
  currentLeaderEpoch: -1,
});

export interface ListOffsetsRequestListOffsetsTopic {
  readonly name: string;
  readonly partitions: readonly ListOffsetsRequestListOffsetsPartition[];
}

export interface ListOffsetsRequest {
  readonly replicaId: number;
  readonly isolationLevel: number;
  readonly topics: readonly ListOffsetsRequestListOffsetsTopic[];
  readonly timeoutMs: number;
}

export const ListOffsetsRequestDefaults: Pick<
  ListOffsetsRequest,
  | 'isolationLevel'
  | 'timeoutMs'
> = Object.freeze({
  isolationLevel: 0,
  timeoutMs: 0,
});

function encodeListOffsetsRequestListOffsetsPartition(writer: Writer, version: number, message: ListOffsetsRequestListOffsetsPartition): void {
  const flexible = version >= 6;
  writer.int32(message.partitionIndex);
  if (version >= 4) writer.int32(message.currentLeaderEpoch);
  writer.int64(message.timestamp);
  if (flexible) writer.noTaggedFields();
}

function decodeListOffsetsRequestListOffsetsPartition(reader: Reader, version: number): ListOffsetsRequestListOffsetsPartition {
  const partitionIndex = reader.int32();
  const currentLeaderEpoch = version >= 4 ? reader.int32() : -1;
  const timestamp = reader.int64();
  if (version >= 6) reader.skipTaggedFields();
  return { partitionIndex, currentLeaderEpoch, timestamp };
}

function decodeListOffsetsRequestListOffsetsPartitionList(reader: Reader, version: number, length: number): ListOffsetsRequestListOffsetsPartition[] {
  const list: ListOffsetsRequestListOffsetsPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeListOffsetsRequestListOffsetsPartition(reader, version));
  return list;
}

function encodeListOffsetsRequestListOffsetsTopic(writer: Writer, version: number, message: ListOffsetsRequestListOffsetsTopic): void {
  const flexible = version >= 6;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeListOffsetsRequestListOffsetsPartition(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeListOffsetsRequestListOffsetsTopic(reader: Reader, version: number): ListOffsetsRequestListOffsetsTopic {
  const flexible = version >= 6;
  const name = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(12) : reader.listLength(12);
  const partitions: readonly ListOffsetsRequestListOffsetsPartition[] = decodeListOffsetsRequestListOffsetsPartitionList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, partitions };
}

function decodeListOffsetsRequestListOffsetsTopicList(reader: Reader, version: number, length: number): ListOffsetsRequestListOffsetsTopic[] {
  const list: ListOffsetsRequestListOffsetsTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeListOffsetsRequestListOffsetsTopic(reader, version));
  return list;
}

export function encodeListOffsetsRequest(writer: Writer, version: number, message: ListOffsetsRequest): void {
  const flexible = version >= 6;
  writer.int32(message.replicaId);
  if (version >= 2) {
    writer.int8(message.isolationLevel);
  } else if (message.isolationLevel !== 0) {
    throw unsupportedField('ListOffsetsRequest.isolationLevel', version);
  }
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeListOffsetsRequestListOffsetsTopic(writer, version, item);
  if (version >= 10) writer.int32(message.timeoutMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeListOffsetsRequest(reader: Reader, version: number): ListOffsetsRequest {
  const flexible = version >= 6;
  const replicaId = reader.int32();
  const isolationLevel = version >= 2 ? reader.int8() : 0;
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly ListOffsetsRequestListOffsetsTopic[] = decodeListOffsetsRequestListOffsetsTopicList(reader, version, topicsLength);
  const timeoutMs = version >= 10 ? reader.int32() : 0;
  if (flexible) reader.skipTaggedFields();
  return { replicaId, isolationLevel, topics, timeoutMs };
}

export interface ListOffsetsResponseListOffsetsPartitionResponse {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly timestamp: number;
  readonly offset: number;
  readonly leaderEpoch: number;
}

export const ListOffsetsResponseListOffsetsPartitionResponseDefaults: Pick<
  ListOffsetsResponseListOffsetsPartitionResponse,
  | 'timestamp'
  | 'offset'
  | 'leaderEpoch'
> = Object.freeze({
  timestamp: -1,
  offset: -1,
  leaderEpoch: -1,
});

export interface ListOffsetsResponseListOffsetsTopicResponse {
  readonly name: string;
  readonly partitions: readonly ListOffsetsResponseListOffsetsPartitionResponse[];
}

export interface ListOffsetsResponse {
  readonly throttleTimeMs: number;
  readonly topics: readonly ListOffsetsResponseListOffsetsTopicResponse[];
}

export const ListOffsetsResponseDefaults: Pick<
  ListOffsetsResponse,
  | 'throttleTimeMs'
> = Object.freeze({
  throttleTimeMs: 0,
});

function encodeListOffsetsResponseListOffsetsPartitionResponse(writer: Writer, version: number, message: ListOffsetsResponseListOffsetsPartitionResponse): void {
  const flexible = version >= 6;
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  writer.int64(message.timestamp);
  writer.int64(message.offset);
  if (version >= 4) {
    writer.int32(message.leaderEpoch);
  } else if (message.leaderEpoch !== -1) {
    throw unsupportedField('ListOffsetsResponseListOffsetsPartitionResponse.leaderEpoch', version);
  }
  if (flexible) writer.noTaggedFields();
}

function decodeListOffsetsResponseListOffsetsPartitionResponse(reader: Reader, version: number): ListOffsetsResponseListOffsetsPartitionResponse {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const timestamp = reader.int64();
  const offset = reader.int64();
  const leaderEpoch = version >= 4 ? reader.int32() : -1;
  if (version >= 6) reader.skipTaggedFields();
  return { partitionIndex, errorCode, timestamp, offset, leaderEpoch };
}

function decodeListOffsetsResponseListOffsetsPartitionResponseList(reader: Reader, version: number, length: number): ListOffsetsResponseListOffsetsPartitionResponse[] {
  const list: ListOffsetsResponseListOffsetsPartitionResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeListOffsetsResponseListOffsetsPartitionResponse(reader, version));
  return list;
}

function encodeListOffsetsResponseListOffsetsTopicResponse(writer: Writer, version: number, message: ListOffsetsResponseListOffsetsTopicResponse): void {
  const flexible = version >= 6;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeListOffsetsResponseListOffsetsPartitionResponse(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeListOffsetsResponseListOffsetsTopicResponse(reader: Reader, version: number): ListOffsetsResponseListOffsetsTopicResponse {
  const flexible = version >= 6;
  const name = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(22) : reader.listLength(22);
  const partitions: readonly ListOffsetsResponseListOffsetsPartitionResponse[] = decodeListOffsetsResponseListOffsetsPartitionResponseList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, partitions };
}

function decodeListOffsetsResponseListOffsetsTopicResponseList(reader: Reader, version: number, length: number): ListOffsetsResponseListOffsetsTopicResponse[] {
  const list: ListOffsetsResponseListOffsetsTopicResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeListOffsetsResponseListOffsetsTopicResponse(reader, version));
  return list;
}

export function encodeListOffsetsResponse(writer: Writer, version: number, message: ListOffsetsResponse): void {
  const flexible = version >= 6;
  if (version >= 2) writer.int32(message.throttleTimeMs);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeListOffsetsResponseListOffsetsTopicResponse(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeListOffsetsResponse(reader: Reader, version: number): ListOffsetsResponse {
  const flexible = version >= 6;
  const throttleTimeMs = version >= 2 ? reader.int32() : 0;
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly ListOffsetsResponseListOffsetsTopicResponse[] = decodeListOffsetsResponseListOffsetsTopicResponseList(reader, version, topicsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, topics };
}
