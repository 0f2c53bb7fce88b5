// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeLogDirsRequestDescribableLogDirTopic {
  readonly topic: string;
  readonly partitions: readonly number[];
}

export interface DescribeLogDirsRequest {
  readonly topics: readonly DescribeLogDirsRequestDescribableLogDirTopic[] | null;
}

function encodeDescribeLogDirsRequestDescribableLogDirTopic(writer: Writer, version: number, message: DescribeLogDirsRequestDescribableLogDirTopic): void {
  const flexible = version >= 2;
  if (flexible) writer.compactString(message.topic);
  else writer.string(message.topic);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeLogDirsRequestDescribableLogDirTopic(reader: Reader, version: number): DescribeLogDirsRequestDescribableLogDirTopic {
  const flexible = version >= 2;
  const topic = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { topic, partitions };
}

function decodeDescribeLogDirsRequestDescribableLogDirTopicList(reader: Reader, version: number, length: number): DescribeLogDirsRequestDescribableLogDirTopic[] {
  const list: DescribeLogDirsRequestDescribableLogDirTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeLogDirsRequestDescribableLogDirTopic(reader, version));
  return list;
}

export function encodeDescribeLogDirsRequest(writer: Writer, version: number, message: DescribeLogDirsRequest): void {
  const flexible = version >= 2;
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics === null ? -1 : topics.length);
  else writer.listLength(topics === null ? -1 : topics.length);
  if (topics !== null) for (const item of topics) encodeDescribeLogDirsRequestDescribableLogDirTopic(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDescribeLogDirsRequest(reader: Reader, version: number): DescribeLogDirsRequest {
  const flexible = version >= 2;
  const topicsLength = flexible ? reader.compactNullableListLength(3) : reader.nullableListLength(3);
  const topics: readonly DescribeLogDirsRequestDescribableLogDirTopic[] | null = topicsLength < 0 ? null : decodeDescribeLogDirsRequestDescribableLogDirTopicList(reader, version, topicsLength);
  if (flexible) reader.skipTaggedFields();
  return { topics };
}

export interface DescribeLogDirsResponseDescribeLogDirsPartition {
  readonly partitionIndex: number;
  readonly partitionSize: number;
  readonly offsetLag: number;
  readonly isFutureKey: boolean;
}

export interface DescribeLogDirsResponseDescribeLogDirsTopic {
  readonly name: string;
  readonly partitions: readonly DescribeLogDirsResponseDescribeLogDirsPartition[];
}

export interface DescribeLogDirsResponseDescribeLogDirsResult {
  readonly errorCode: number;
  readonly logDir: string;
  readonly topics: readonly DescribeLogDirsResponseDescribeLogDirsTopic[];
  readonly totalBytes: number;
  readonly usableBytes: number;
  readonly isCordoned: boolean;
}

export const DescribeLogDirsResponseDescribeLogDirsResultDefaults: Pick<
  DescribeLogDirsResponseDescribeLogDirsResult,
  | 'totalBytes'
  | 'usableBytes'
  | 'isCordoned'
> = Object.freeze({
  totalBytes: -1,
  usableBytes: -1,
  isCordoned: false,
});

export interface DescribeLogDirsResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly results: readonly DescribeLogDirsResponseDescribeLogDirsResult[];
}

export const DescribeLogDirsResponseDefaults: Pick<
  DescribeLogDirsResponse,
  | 'errorCode'
> = Object.freeze({
  errorCode: 0,
});

function encodeDescribeLogDirsResponseDescribeLogDirsPartition(writer: Writer, version: number, message: DescribeLogDirsResponseDescribeLogDirsPartition): void {
  const flexible = version >= 2;
  writer.int32(message.partitionIndex);
  writer.int64(message.partitionSize);
  writer.int64(message.offsetLag);
  writer.bool(message.isFutureKey);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeLogDirsResponseDescribeLogDirsPartition(reader: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsPartition {
  const partitionIndex = reader.int32();
  const partitionSize = reader.int64();
  const offsetLag = reader.int64();
  const isFutureKey = reader.bool();
  if (version >= 2) reader.skipTaggedFields();
  return { partitionIndex, partitionSize, offsetLag, isFutureKey };
}

function decodeDescribeLogDirsResponseDescribeLogDirsPartitionList(reader: Reader, version: number, length: number): DescribeLogDirsResponseDescribeLogDirsPartition[] {
  const list: DescribeLogDirsResponseDescribeLogDirsPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeLogDirsResponseDescribeLogDirsPartition(reader, version));
  return list;
}

function encodeDescribeLogDirsResponseDescribeLogDirsTopic(writer: Writer, version: number, message: DescribeLogDirsResponseDescribeLogDirsTopic): void {
  const flexible = version >= 2;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeDescribeLogDirsResponseDescribeLogDirsPartition(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeLogDirsResponseDescribeLogDirsTopic(reader: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsTopic {
  const flexible = version >= 2;
  const name = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(21) : reader.listLength(21);
  const partitions: readonly DescribeLogDirsResponseDescribeLogDirsPartition[] = decodeDescribeLogDirsResponseDescribeLogDirsPartitionList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, partitions };
}

function decodeDescribeLogDirsResponseDescribeLogDirsTopicList(reader: Reader, version: number, length: number): DescribeLogDirsResponseDescribeLogDirsTopic[] {
  const list: DescribeLogDirsResponseDescribeLogDirsTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeLogDirsResponseDescribeLogDirsTopic(reader, version));
  return list;
}

function encodeDescribeLogDirsResponseDescribeLogDirsResult(writer: Writer, version: number, message: DescribeLogDirsResponseDescribeLogDirsResult): void {
  const flexible = version >= 2;
  writer.int16(message.errorCode);
  if (flexible) writer.compactString(message.logDir);
  else writer.string(message.logDir);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeDescribeLogDirsResponseDescribeLogDirsTopic(writer, version, item);
  if (version >= 4) writer.int64(message.totalBytes);
  if (version >= 4) writer.int64(message.usableBytes);
  if (version === 5) writer.bool(message.isCordoned);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeLogDirsResponseDescribeLogDirsResult(reader: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsResult {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const logDir = flexible ? reader.compactString() : reader.string();
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly DescribeLogDirsResponseDescribeLogDirsTopic[] = decodeDescribeLogDirsResponseDescribeLogDirsTopicList(reader, version, topicsLength);
  const totalBytes = version >= 4 ? reader.int64() : -1;
  const usableBytes = version >= 4 ? reader.int64() : -1;
  const isCordoned = version === 5 ? reader.bool() : false;
  if (flexible) reader.skipTaggedFields();
  return { errorCode, logDir, topics, totalBytes, usableBytes, isCordoned };
}

function decodeDescribeLogDirsResponseDescribeLogDirsResultList(reader: Reader, version: number, length: number): DescribeLogDirsResponseDescribeLogDirsResult[] {
  const list: DescribeLogDirsResponseDescribeLogDirsResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeLogDirsResponseDescribeLogDirsResult(reader, version));
  return list;
}

export function encodeDescribeLogDirsResponse(writer: Writer, version: number, message: DescribeLogDirsResponse): void {
  const flexible = version >= 2;
  writer.int32(message.throttleTimeMs);
  if (version >= 3) writer.int16(message.errorCode);
  const results = message.results;
  if (flexible) writer.compactListLength(results.length);
  else writer.listLength(results.length);
  for (const item of results) encodeDescribeLogDirsResponseDescribeLogDirsResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDescribeLogDirsResponse(reader: Reader, version: number): DescribeLogDirsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const errorCode = version >= 3 ? reader.int16() : 0;
  const resultsLength = flexible ? reader.compactListLength(5) : reader.listLength(5);
  const results: readonly DescribeLogDirsResponseDescribeLogDirsResult[] = decodeDescribeLogDirsResponseDescribeLogDirsResultList(reader, version, resultsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, results };
}
