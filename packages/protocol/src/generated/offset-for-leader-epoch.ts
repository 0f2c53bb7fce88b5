// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  readonly partition: number;
  readonly currentLeaderEpoch: number;
  readonly leaderEpoch: number;
}

export const OffsetForLeaderEpochRequestOffsetForLeaderPartitionDefaults: Pick<
  OffsetForLeaderEpochRequestOffsetForLeaderPartition,
  | 'currentLeaderEpoch'
> = Object.freeze({
  currentLeaderEpoch: -1,
});

export interface OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  readonly topic: string;
  readonly partitions: readonly OffsetForLeaderEpochRequestOffsetForLeaderPartition[];
}

export interface OffsetForLeaderEpochRequest {
  readonly replicaId: number;
  readonly topics: readonly OffsetForLeaderEpochRequestOffsetForLeaderTopic[];
}

export const OffsetForLeaderEpochRequestDefaults: Pick<
  OffsetForLeaderEpochRequest,
  | 'replicaId'
> = Object.freeze({
  replicaId: -2,
});

function encodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(writer: Writer, version: number, message: OffsetForLeaderEpochRequestOffsetForLeaderPartition): void {
  const flexible = version === 4;
  writer.int32(message.partition);
  writer.int32(message.currentLeaderEpoch);
  writer.int32(message.leaderEpoch);
  if (flexible) writer.noTaggedFields();
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(reader: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  const partition = reader.int32();
  const currentLeaderEpoch = reader.int32();
  const leaderEpoch = reader.int32();
  if (version === 4) reader.skipTaggedFields();
  return { partition, currentLeaderEpoch, leaderEpoch };
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderPartitionList(reader: Reader, version: number, length: number): OffsetForLeaderEpochRequestOffsetForLeaderPartition[] {
  const list: OffsetForLeaderEpochRequestOffsetForLeaderPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(reader, version));
  return list;
}

function encodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(writer: Writer, version: number, message: OffsetForLeaderEpochRequestOffsetForLeaderTopic): void {
  const flexible = version === 4;
  if (flexible) writer.compactString(message.topic);
  else writer.string(message.topic);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(reader: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  const flexible = version === 4;
  const topic = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(12) : reader.listLength(12);
  const partitions: readonly OffsetForLeaderEpochRequestOffsetForLeaderPartition[] = decodeOffsetForLeaderEpochRequestOffsetForLeaderPartitionList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { topic, partitions };
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderTopicList(reader: Reader, version: number, length: number): OffsetForLeaderEpochRequestOffsetForLeaderTopic[] {
  const list: OffsetForLeaderEpochRequestOffsetForLeaderTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(reader, version));
  return list;
}

export function encodeOffsetForLeaderEpochRequest(writer: Writer, version: number, message: OffsetForLeaderEpochRequest): void {
  const flexible = version === 4;
  if (version >= 3) writer.int32(message.replicaId);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeOffsetForLeaderEpochRequest(reader: Reader, version: number): OffsetForLeaderEpochRequest {
  const flexible = version === 4;
  const replicaId = version >= 3 ? reader.int32() : -2;
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly OffsetForLeaderEpochRequestOffsetForLeaderTopic[] = decodeOffsetForLeaderEpochRequestOffsetForLeaderTopicList(reader, version, topicsLength);
  if (flexible) reader.skipTaggedFields();
  return { replicaId, topics };
}

export interface OffsetForLeaderEpochResponseEpochEndOffset {
  readonly errorCode: number;
  readonly partition: number;
  readonly leaderEpoch: number;
  readonly endOffset: number;
}

export const OffsetForLeaderEpochResponseEpochEndOffsetDefaults: Pick<
  OffsetForLeaderEpochResponseEpochEndOffset,
  | 'leaderEpoch'
  | 'endOffset'
> = Object.freeze({
  leaderEpoch: -1,
  endOffset: -1,
});

export interface OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  readonly topic: string;
  readonly partitions: readonly OffsetForLeaderEpochResponseEpochEndOffset[];
}

export interface OffsetForLeaderEpochResponse {
  readonly throttleTimeMs: number;
  readonly topics: readonly OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[];
}

export const OffsetForLeaderEpochResponseDefaults: Pick<
  OffsetForLeaderEpochResponse,
  | 'throttleTimeMs'
> = Object.freeze({
  throttleTimeMs: 0,
});

function encodeOffsetForLeaderEpochResponseEpochEndOffset(writer: Writer, version: number, message: OffsetForLeaderEpochResponseEpochEndOffset): void {
  const flexible = version === 4;
  writer.int16(message.errorCode);
  writer.int32(message.partition);
  writer.int32(message.leaderEpoch);
  writer.int64(message.endOffset);
  if (flexible) writer.noTaggedFields();
}

function decodeOffsetForLeaderEpochResponseEpochEndOffset(reader: Reader, version: number): OffsetForLeaderEpochResponseEpochEndOffset {
  const errorCode = reader.int16();
  const partition = reader.int32();
  const leaderEpoch = reader.int32();
  const endOffset = reader.int64();
  if (version === 4) reader.skipTaggedFields();
  return { errorCode, partition, leaderEpoch, endOffset };
}

function decodeOffsetForLeaderEpochResponseEpochEndOffsetList(reader: Reader, version: number, length: number): OffsetForLeaderEpochResponseEpochEndOffset[] {
  const list: OffsetForLeaderEpochResponseEpochEndOffset[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetForLeaderEpochResponseEpochEndOffset(reader, version));
  return list;
}

function encodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(writer: Writer, version: number, message: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult): void {
  const flexible = version === 4;
  if (flexible) writer.compactString(message.topic);
  else writer.string(message.topic);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeOffsetForLeaderEpochResponseEpochEndOffset(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(reader: Reader, version: number): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  const flexible = version === 4;
  const topic = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(18) : reader.listLength(18);
  const partitions: readonly OffsetForLeaderEpochResponseEpochEndOffset[] = decodeOffsetForLeaderEpochResponseEpochEndOffsetList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { topic, partitions };
}

function decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResultList(reader: Reader, version: number, length: number): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] {
  const list: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(reader, version));
  return list;
}

export function encodeOffsetForLeaderEpochResponse(writer: Writer, version: number, message: OffsetForLeaderEpochResponse): void {
  const flexible = version === 4;
  writer.int32(message.throttleTimeMs);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeOffsetForLeaderEpochResponse(reader: Reader, version: number): OffsetForLeaderEpochResponse {
  const flexible = version === 4;
  const throttleTimeMs = reader.int32();
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] = decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResultList(reader, version, topicsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, topics };
}
