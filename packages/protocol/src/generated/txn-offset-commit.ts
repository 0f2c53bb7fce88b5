// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface TxnOffsetCommitRequestPartition {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  readonly committedMetadata: string | null;
}

export const TxnOffsetCommitRequestPartitionDefaults: Pick<
  TxnOffsetCommitRequestPartition,
  | 'committedLeaderEpoch'
> = Object.freeze({
  committedLeaderEpoch: -1,
});

export interface TxnOffsetCommitRequestTopic {
  readonly name: string;
  readonly partitions: readonly TxnOffsetCommitRequestPartition[];
}

export interface TxnOffsetCommitRequest {
  readonly transactionalId: string;
  readonly groupId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly topics: readonly TxnOffsetCommitRequestTopic[];
}

export const TxnOffsetCommitRequestDefaults: Pick<
  TxnOffsetCommitRequest,
  | 'generationId'
  | 'memberId'
  | 'groupInstanceId'
> = Object.freeze({
  generationId: -1,
  memberId: '',
  groupInstanceId: null,
});

function encodeTxnOffsetCommitRequestPartition(writer: Writer, version: number, message: TxnOffsetCommitRequestPartition): void {
  const flexible = version >= 3;
  writer.int32(message.partitionIndex);
  writer.int64(message.committedOffset);
  if (version >= 2) writer.int32(message.committedLeaderEpoch);
  if (flexible) writer.compactNullableString(message.committedMetadata);
  else writer.nullableString(message.committedMetadata);
  if (flexible) writer.noTaggedFields();
}

function decodeTxnOffsetCommitRequestPartition(reader: Reader, version: number): TxnOffsetCommitRequestPartition {
  const flexible = version >= 3;
  const partitionIndex = reader.int32();
  const committedOffset = reader.int64();
  const committedLeaderEpoch = version >= 2 ? reader.int32() : -1;
  const committedMetadata = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { partitionIndex, committedOffset, committedLeaderEpoch, committedMetadata };
}

function decodeTxnOffsetCommitRequestPartitionList(reader: Reader, version: number, length: number): TxnOffsetCommitRequestPartition[] {
  const list: TxnOffsetCommitRequestPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeTxnOffsetCommitRequestPartition(reader, version));
  return list;
}

function encodeTxnOffsetCommitRequestTopic(writer: Writer, version: number, message: TxnOffsetCommitRequestTopic): void {
  const flexible = version >= 3;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeTxnOffsetCommitRequestPartition(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeTxnOffsetCommitRequestTopic(reader: Reader, version: number): TxnOffsetCommitRequestTopic {
  const flexible = version >= 3;
  const name = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(14) : reader.listLength(14);
  const partitions: readonly TxnOffsetCommitRequestPartition[] = decodeTxnOffsetCommitRequestPartitionList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, partitions };
}

function decodeTxnOffsetCommitRequestTopicList(reader: Reader, version: number, length: number): TxnOffsetCommitRequestTopic[] {
  const list: TxnOffsetCommitRequestTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeTxnOffsetCommitRequestTopic(reader, version));
  return list;
}

export function encodeTxnOffsetCommitRequest(writer: Writer, version: number, message: TxnOffsetCommitRequest): void {
  const flexible = version >= 3;
  if (flexible) writer.compactString(message.transactionalId);
  else writer.string(message.transactionalId);
  if (flexible) writer.compactString(message.groupId);
  else writer.string(message.groupId);
  writer.int64(message.producerId);
  writer.int16(message.producerEpoch);
  if (version >= 3) {
    writer.int32(message.generationId);
  } else if (message.generationId !== -1) {
    throw unsupportedField('TxnOffsetCommitRequest.generationId', version);
  }
  if (version >= 3) {
    writer.compactString(message.memberId);
  } else if (message.memberId !== '') {
    throw unsupportedField('TxnOffsetCommitRequest.memberId', version);
  }
  if (version >= 3) {
    writer.compactNullableString(message.groupInstanceId);
  } else if (message.groupInstanceId !== null) {
    throw unsupportedField('TxnOffsetCommitRequest.groupInstanceId', version);
  }
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeTxnOffsetCommitRequestTopic(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeTxnOffsetCommitRequest(reader: Reader, version: number): TxnOffsetCommitRequest {
  const flexible = version >= 3;
  const transactionalId = flexible ? reader.compactString() : reader.string();
  const groupId = flexible ? reader.compactString() : reader.string();
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const generationId = version >= 3 ? reader.int32() : -1;
  const memberId = version >= 3 ? reader.compactString() : '';
  const groupInstanceId = version >= 3 ? reader.compactNullableString() : null;
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly TxnOffsetCommitRequestTopic[] = decodeTxnOffsetCommitRequestTopicList(reader, version, topicsLength);
  if (flexible) reader.skipTaggedFields();
  return { transactionalId, groupId, producerId, producerEpoch, generationId, memberId, groupInstanceId, topics };
}

export interface TxnOffsetCommitResponsePartition {
  readonly partitionIndex: number;
  readonly errorCode: number;
}

export interface TxnOffsetCommitResponseTopic {
  readonly name: string;
  readonly partitions: readonly TxnOffsetCommitResponsePartition[];
}

export interface TxnOffsetCommitResponse {
  readonly throttleTimeMs: number;
  readonly topics: readonly TxnOffsetCommitResponseTopic[];
}

function encodeTxnOffsetCommitResponsePartition(writer: Writer, version: number, message: TxnOffsetCommitResponsePartition): void {
  const flexible = version >= 3;
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  if (flexible) writer.noTaggedFields();
}

function decodeTxnOffsetCommitResponsePartition(reader: Reader, version: number): TxnOffsetCommitResponsePartition {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  if (version >= 3) reader.skipTaggedFields();
  return { partitionIndex, errorCode };
}

function decodeTxnOffsetCommitResponsePartitionList(reader: Reader, version: number, length: number): TxnOffsetCommitResponsePartition[] {
  const list: TxnOffsetCommitResponsePartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeTxnOffsetCommitResponsePartition(reader, version));
  return list;
}

function encodeTxnOffsetCommitResponseTopic(writer: Writer, version: number, message: TxnOffsetCommitResponseTopic): void {
  const flexible = version >= 3;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeTxnOffsetCommitResponsePartition(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeTxnOffsetCommitResponseTopic(reader: Reader, version: number): TxnOffsetCommitResponseTopic {
  const flexible = version >= 3;
  const name = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(6) : reader.listLength(6);
  const partitions: readonly TxnOffsetCommitResponsePartition[] = decodeTxnOffsetCommitResponsePartitionList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, partitions };
}

function decodeTxnOffsetCommitResponseTopicList(reader: Reader, version: number, length: number): TxnOffsetCommitResponseTopic[] {
  const list: TxnOffsetCommitResponseTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeTxnOffsetCommitResponseTopic(reader, version));
  return list;
}

export function encodeTxnOffsetCommitResponse(writer: Writer, version: number, message: TxnOffsetCommitResponse): void {
  const flexible = version >= 3;
  writer.int32(message.throttleTimeMs);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeTxnOffsetCommitResponseTopic(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeTxnOffsetCommitResponse(reader: Reader, version: number): TxnOffsetCommitResponse {
  const flexible = version >= 3;
  const throttleTimeMs = reader.int32();
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly TxnOffsetCommitResponseTopic[] = decodeTxnOffsetCommitResponseTopicList(reader, version, topicsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, topics };
}
