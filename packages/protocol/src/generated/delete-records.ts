// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DeleteRecordsRequestDeleteRecordsPartition {
  readonly partitionIndex: number;
  readonly offset: number;
}

export interface DeleteRecordsRequestDeleteRecordsTopic {
  readonly name: string;
  readonly partitions: readonly DeleteRecordsRequestDeleteRecordsPartition[];
}

export interface DeleteRecordsRequest {
  readonly topics: readonly DeleteRecordsRequestDeleteRecordsTopic[];
  readonly timeoutMs: number;
}

function encodeDeleteRecordsRequestDeleteRecordsPartition(writer: Writer, version: number, message: DeleteRecordsRequestDeleteRecordsPartition): void {
  const flexible = version === 2;
  writer.int32(message.partitionIndex);
  writer.int64(message.offset);
  if (flexible) writer.noTaggedFields();
}

function decodeDeleteRecordsRequestDeleteRecordsPartition(reader: Reader, version: number): DeleteRecordsRequestDeleteRecordsPartition {
  const partitionIndex = reader.int32();
  const offset = reader.int64();
  if (version === 2) reader.skipTaggedFields();
  return { partitionIndex, offset };
}

function decodeDeleteRecordsRequestDeleteRecordsPartitionList(reader: Reader, version: number, length: number): DeleteRecordsRequestDeleteRecordsPartition[] {
  const list: DeleteRecordsRequestDeleteRecordsPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteRecordsRequestDeleteRecordsPartition(reader, version));
  return list;
}

function encodeDeleteRecordsRequestDeleteRecordsTopic(writer: Writer, version: number, message: DeleteRecordsRequestDeleteRecordsTopic): void {
  const flexible = version === 2;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeDeleteRecordsRequestDeleteRecordsPartition(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeDeleteRecordsRequestDeleteRecordsTopic(reader: Reader, version: number): DeleteRecordsRequestDeleteRecordsTopic {
  const flexible = version === 2;
  const name = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(12) : reader.listLength(12);
  const partitions: readonly DeleteRecordsRequestDeleteRecordsPartition[] = decodeDeleteRecordsRequestDeleteRecordsPartitionList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, partitions };
}

function decodeDeleteRecordsRequestDeleteRecordsTopicList(reader: Reader, version: number, length: number): DeleteRecordsRequestDeleteRecordsTopic[] {
  const list: DeleteRecordsRequestDeleteRecordsTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteRecordsRequestDeleteRecordsTopic(reader, version));
  return list;
}

export function encodeDeleteRecordsRequest(writer: Writer, version: number, message: DeleteRecordsRequest): void {
  const flexible = version === 2;
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeDeleteRecordsRequestDeleteRecordsTopic(writer, version, item);
  writer.int32(message.timeoutMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeDeleteRecordsRequest(reader: Reader, version: number): DeleteRecordsRequest {
  const flexible = version === 2;
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly DeleteRecordsRequestDeleteRecordsTopic[] = decodeDeleteRecordsRequestDeleteRecordsTopicList(reader, version, topicsLength);
  const timeoutMs = reader.int32();
  if (flexible) reader.skipTaggedFields();
  return { topics, timeoutMs };
}

export interface DeleteRecordsResponseDeleteRecordsPartitionResult {
  readonly partitionIndex: number;
  readonly lowWatermark: number;
  readonly errorCode: number;
}

export interface DeleteRecordsResponseDeleteRecordsTopicResult {
  readonly name: string;
  readonly partitions: readonly DeleteRecordsResponseDeleteRecordsPartitionResult[];
}

export interface DeleteRecordsResponse {
  readonly throttleTimeMs: number;
  readonly topics: readonly DeleteRecordsResponseDeleteRecordsTopicResult[];
}

function encodeDeleteRecordsResponseDeleteRecordsPartitionResult(writer: Writer, version: number, message: DeleteRecordsResponseDeleteRecordsPartitionResult): void {
  const flexible = version === 2;
  writer.int32(message.partitionIndex);
  writer.int64(message.lowWatermark);
  writer.int16(message.errorCode);
  if (flexible) writer.noTaggedFields();
}

function decodeDeleteRecordsResponseDeleteRecordsPartitionResult(reader: Reader, version: number): DeleteRecordsResponseDeleteRecordsPartitionResult {
  const partitionIndex = reader.int32();
  const lowWatermark = reader.int64();
  const errorCode = reader.int16();
  if (version === 2) reader.skipTaggedFields();
  return { partitionIndex, lowWatermark, errorCode };
}

function decodeDeleteRecordsResponseDeleteRecordsPartitionResultList(reader: Reader, version: number, length: number): DeleteRecordsResponseDeleteRecordsPartitionResult[] {
  const list: DeleteRecordsResponseDeleteRecordsPartitionResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteRecordsResponseDeleteRecordsPartitionResult(reader, version));
  return list;
}

function encodeDeleteRecordsResponseDeleteRecordsTopicResult(writer: Writer, version: number, message: DeleteRecordsResponseDeleteRecordsTopicResult): void {
  const flexible = version === 2;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeDeleteRecordsResponseDeleteRecordsPartitionResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeDeleteRecordsResponseDeleteRecordsTopicResult(reader: Reader, version: number): DeleteRecordsResponseDeleteRecordsTopicResult {
  const flexible = version === 2;
  const name = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(14) : reader.listLength(14);
  const partitions: readonly DeleteRecordsResponseDeleteRecordsPartitionResult[] = decodeDeleteRecordsResponseDeleteRecordsPartitionResultList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, partitions };
}

function decodeDeleteRecordsResponseDeleteRecordsTopicResultList(reader: Reader, version: number, length: number): DeleteRecordsResponseDeleteRecordsTopicResult[] {
  const list: DeleteRecordsResponseDeleteRecordsTopicResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteRecordsResponseDeleteRecordsTopicResult(reader, version));
  return list;
}

export function encodeDeleteRecordsResponse(writer: Writer, version: number, message: DeleteRecordsResponse): void {
  const flexible = version === 2;
  writer.int32(message.throttleTimeMs);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeDeleteRecordsResponseDeleteRecordsTopicResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDeleteRecordsResponse(reader: Reader, version: number): DeleteRecordsResponse {
  const flexible = version === 2;
  const throttleTimeMs = reader.int32();
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly DeleteRecordsResponseDeleteRecordsTopicResult[] = decodeDeleteRecordsResponseDeleteRecordsTopicResultList(reader, version, topicsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, topics };
}
