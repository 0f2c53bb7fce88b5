// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { ZERO_UUID } from '../lib/uuid.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface OffsetCommitRequestPartition {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  readonly committedMetadata: string | null;
}

export const OffsetCommitRequestPartitionDefaults: Pick<
  OffsetCommitRequestPartition,
  | 'committedLeaderEpoch'
> = Object.freeze({
  committedLeaderEpoch: -1,
});

export interface OffsetCommitRequestTopic {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: readonly OffsetCommitRequestPartition[];
}

export const OffsetCommitRequestTopicDefaults: Pick<
  OffsetCommitRequestTopic,
  | 'name'
  | 'topicId'
> = Object.freeze({
  name: '',
  topicId: ZERO_UUID,
});

export interface OffsetCommitRequest {
  readonly groupId: string;
  readonly generationIdOrMemberEpoch: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly retentionTimeMs: number;
  readonly topics: readonly OffsetCommitRequestTopic[];
}

export const OffsetCommitRequestDefaults: Pick<
  OffsetCommitRequest,
  | 'generationIdOrMemberEpoch'
  | 'memberId'
  | 'groupInstanceId'
  | 'retentionTimeMs'
> = Object.freeze({
  generationIdOrMemberEpoch: -1,
  memberId: '',
  groupInstanceId: null,
  retentionTimeMs: -1,
});

function encodeOffsetCommitRequestPartition(writer: Writer, version: number, message: OffsetCommitRequestPartition): void {
  const flexible = version >= 8;
  writer.int32(message.partitionIndex);
  writer.int64(message.committedOffset);
  if (version >= 6) writer.int32(message.committedLeaderEpoch);
  if (flexible) writer.compactNullableString(message.committedMetadata);
  else writer.nullableString(message.committedMetadata);
  if (flexible) writer.noTaggedFields();
}

function decodeOffsetCommitRequestPartition(reader: Reader, version: number): OffsetCommitRequestPartition {
  const flexible = version >= 8;
  const partitionIndex = reader.int32();
  const committedOffset = reader.int64();
  const committedLeaderEpoch = version >= 6 ? reader.int32() : -1;
  const committedMetadata = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { partitionIndex, committedOffset, committedLeaderEpoch, committedMetadata };
}

function decodeOffsetCommitRequestPartitionList(reader: Reader, version: number, length: number): OffsetCommitRequestPartition[] {
  const list: OffsetCommitRequestPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetCommitRequestPartition(reader, version));
  return list;
}

function encodeOffsetCommitRequestTopic(writer: Writer, version: number, message: OffsetCommitRequestTopic): void {
  const flexible = version >= 8;
  if (version <= 9) {
    if (flexible) writer.compactString(message.name);
    else writer.string(message.name);
  }
  if (version === 10) writer.uuid(message.topicId);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeOffsetCommitRequestPartition(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeOffsetCommitRequestTopic(reader: Reader, version: number): OffsetCommitRequestTopic {
  const flexible = version >= 8;
  const name = version <= 9 ? (flexible ? reader.compactString() : reader.string()) : '';
  const topicId = version === 10 ? reader.uuid() : ZERO_UUID;
  const partitionsLength = flexible ? reader.compactListLength(14) : reader.listLength(14);
  const partitions: readonly OffsetCommitRequestPartition[] = decodeOffsetCommitRequestPartitionList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, topicId, partitions };
}

function decodeOffsetCommitRequestTopicList(reader: Reader, version: number, length: number): OffsetCommitRequestTopic[] {
  const list: OffsetCommitRequestTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetCommitRequestTopic(reader, version));
  return list;
}

export function encodeOffsetCommitRequest(writer: Writer, version: number, message: OffsetCommitRequest): void {
  const flexible = version >= 8;
  if (flexible) writer.compactString(message.groupId);
  else writer.string(message.groupId);
  writer.int32(message.generationIdOrMemberEpoch);
  if (flexible) writer.compactString(message.memberId);
  else writer.string(message.memberId);
  if (version >= 7) {
    if (flexible) writer.compactNullableString(message.groupInstanceId);
    else writer.nullableString(message.groupInstanceId);
  } else if (message.groupInstanceId !== null) {
    throw unsupportedField('OffsetCommitRequest.groupInstanceId', version);
  }
  if (version <= 4) writer.int64(message.retentionTimeMs);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeOffsetCommitRequestTopic(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeOffsetCommitRequest(reader: Reader, version: number): OffsetCommitRequest {
  const flexible = version >= 8;
  const groupId = flexible ? reader.compactString() : reader.string();
  const generationIdOrMemberEpoch = reader.int32();
  const memberId = flexible ? reader.compactString() : reader.string();
  const groupInstanceId = version >= 7 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null;
  const retentionTimeMs = version <= 4 ? reader.int64() : -1;
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly OffsetCommitRequestTopic[] = decodeOffsetCommitRequestTopicList(reader, version, topicsLength);
  if (flexible) reader.skipTaggedFields();
  return { groupId, generationIdOrMemberEpoch, memberId, groupInstanceId, retentionTimeMs, topics };
}

export interface OffsetCommitResponsePartition {
  readonly partitionIndex: number;
  readonly errorCode: number;
}

export interface OffsetCommitResponseTopic {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: readonly OffsetCommitResponsePartition[];
}

export const OffsetCommitResponseTopicDefaults: Pick<
  OffsetCommitResponseTopic,
  | 'name'
  | 'topicId'
> = Object.freeze({
  name: '',
  topicId: ZERO_UUID,
});

export interface OffsetCommitResponse {
  readonly throttleTimeMs: number;
  readonly topics: readonly OffsetCommitResponseTopic[];
}

export const OffsetCommitResponseDefaults: Pick<
  OffsetCommitResponse,
  | 'throttleTimeMs'
> = Object.freeze({
  throttleTimeMs: 0,
});

function encodeOffsetCommitResponsePartition(writer: Writer, version: number, message: OffsetCommitResponsePartition): void {
  const flexible = version >= 8;
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  if (flexible) writer.noTaggedFields();
}

function decodeOffsetCommitResponsePartition(reader: Reader, version: number): OffsetCommitResponsePartition {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  if (version >= 8) reader.skipTaggedFields();
  return { partitionIndex, errorCode };
}

function decodeOffsetCommitResponsePartitionList(reader: Reader, version: number, length: number): OffsetCommitResponsePartition[] {
  const list: OffsetCommitResponsePartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetCommitResponsePartition(reader, version));
  return list;
}

function encodeOffsetCommitResponseTopic(writer: Writer, version: number, message: OffsetCommitResponseTopic): void {
  const flexible = version >= 8;
  if (version <= 9) {
    if (flexible) writer.compactString(message.name);
    else writer.string(message.name);
  }
  if (version === 10) writer.uuid(message.topicId);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeOffsetCommitResponsePartition(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeOffsetCommitResponseTopic(reader: Reader, version: number): OffsetCommitResponseTopic {
  const flexible = version >= 8;
  const name = version <= 9 ? (flexible ? reader.compactString() : reader.string()) : '';
  const topicId = version === 10 ? reader.uuid() : ZERO_UUID;
  const partitionsLength = flexible ? reader.compactListLength(6) : reader.listLength(6);
  const partitions: readonly OffsetCommitResponsePartition[] = decodeOffsetCommitResponsePartitionList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, topicId, partitions };
}

function decodeOffsetCommitResponseTopicList(reader: Reader, version: number, length: number): OffsetCommitResponseTopic[] {
  const list: OffsetCommitResponseTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetCommitResponseTopic(reader, version));
  return list;
}

export function encodeOffsetCommitResponse(writer: Writer, version: number, message: OffsetCommitResponse): void {
  const flexible = version >= 8;
  if (version >= 3) writer.int32(message.throttleTimeMs);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeOffsetCommitResponseTopic(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeOffsetCommitResponse(reader: Reader, version: number): OffsetCommitResponse {
  const flexible = version >= 8;
  const throttleTimeMs = version >= 3 ? reader.int32() : 0;
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly OffsetCommitResponseTopic[] = decodeOffsetCommitResponseTopicList(reader, version, topicsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, topics };
}
