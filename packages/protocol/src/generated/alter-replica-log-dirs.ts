// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  readonly name: string;
  readonly partitions: readonly number[];
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDir {
  readonly path: string;
  readonly topics: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[];
}

export interface AlterReplicaLogDirsRequest {
  readonly dirs: readonly AlterReplicaLogDirsRequestAlterReplicaLogDir[];
}

function encodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(writer: Writer, version: number, message: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic): void {
  const flexible = version === 2;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(reader: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  const flexible = version === 2;
  const name = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, partitions };
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopicList(reader: Reader, version: number, length: number): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] {
  const list: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(reader, version));
  return list;
}

function encodeAlterReplicaLogDirsRequestAlterReplicaLogDir(writer: Writer, version: number, message: AlterReplicaLogDirsRequestAlterReplicaLogDir): void {
  const flexible = version === 2;
  if (flexible) writer.compactString(message.path);
  else writer.string(message.path);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDir(reader: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDir {
  const flexible = version === 2;
  const path = flexible ? reader.compactString() : reader.string();
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] = decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopicList(reader, version, topicsLength);
  if (flexible) reader.skipTaggedFields();
  return { path, topics };
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDirList(reader: Reader, version: number, length: number): AlterReplicaLogDirsRequestAlterReplicaLogDir[] {
  const list: AlterReplicaLogDirsRequestAlterReplicaLogDir[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterReplicaLogDirsRequestAlterReplicaLogDir(reader, version));
  return list;
}

export function encodeAlterReplicaLogDirsRequest(writer: Writer, version: number, message: AlterReplicaLogDirsRequest): void {
  const flexible = version === 2;
  const dirs = message.dirs;
  if (flexible) writer.compactListLength(dirs.length);
  else writer.listLength(dirs.length);
  for (const item of dirs) encodeAlterReplicaLogDirsRequestAlterReplicaLogDir(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeAlterReplicaLogDirsRequest(reader: Reader, version: number): AlterReplicaLogDirsRequest {
  const flexible = version === 2;
  const dirsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const dirs: readonly AlterReplicaLogDirsRequestAlterReplicaLogDir[] = decodeAlterReplicaLogDirsRequestAlterReplicaLogDirList(reader, version, dirsLength);
  if (flexible) reader.skipTaggedFields();
  return { dirs };
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  readonly partitionIndex: number;
  readonly errorCode: number;
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  readonly topicName: string;
  readonly partitions: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[];
}

export interface AlterReplicaLogDirsResponse {
  readonly throttleTimeMs: number;
  readonly results: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[];
}

function encodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(writer: Writer, version: number, message: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult): void {
  const flexible = version === 2;
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(reader: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  if (version === 2) reader.skipTaggedFields();
  return { partitionIndex, errorCode };
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultList(reader: Reader, version: number, length: number): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] {
  const list: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(reader, version));
  return list;
}

function encodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(writer: Writer, version: number, message: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult): void {
  const flexible = version === 2;
  if (flexible) writer.compactString(message.topicName);
  else writer.string(message.topicName);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(reader: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  const flexible = version === 2;
  const topicName = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(6) : reader.listLength(6);
  const partitions: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] = decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { topicName, partitions };
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultList(reader: Reader, version: number, length: number): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] {
  const list: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(reader, version));
  return list;
}

export function encodeAlterReplicaLogDirsResponse(writer: Writer, version: number, message: AlterReplicaLogDirsResponse): void {
  const flexible = version === 2;
  writer.int32(message.throttleTimeMs);
  const results = message.results;
  if (flexible) writer.compactListLength(results.length);
  else writer.listLength(results.length);
  for (const item of results) encodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeAlterReplicaLogDirsResponse(reader: Reader, version: number): AlterReplicaLogDirsResponse {
  const flexible = version === 2;
  const throttleTimeMs = reader.int32();
  const resultsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const results: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] = decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultList(reader, version, resultsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, results };
}
