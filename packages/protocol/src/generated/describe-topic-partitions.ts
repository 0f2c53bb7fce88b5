// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { ZERO_UUID } from '../lib/uuid.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeTopicPartitionsRequestTopicRequest {
  readonly name: string;
}

export interface DescribeTopicPartitionsRequestCursor {
  readonly topicName: string;
  readonly partitionIndex: number;
}

export interface DescribeTopicPartitionsRequest {
  readonly topics: readonly DescribeTopicPartitionsRequestTopicRequest[];
  readonly responsePartitionLimit: number;
  readonly cursor: DescribeTopicPartitionsRequestCursor | null;
}

export const DescribeTopicPartitionsRequestDefaults: Pick<
  DescribeTopicPartitionsRequest,
  | 'responsePartitionLimit'
  | 'cursor'
> = Object.freeze({
  responsePartitionLimit: 2000,
  cursor: null,
});

function encodeDescribeTopicPartitionsRequestTopicRequest(writer: Writer, _version: number, message: DescribeTopicPartitionsRequestTopicRequest): void {
  writer.compactString(message.name);
  writer.noTaggedFields();
}

function decodeDescribeTopicPartitionsRequestTopicRequest(reader: Reader, _version: number): DescribeTopicPartitionsRequestTopicRequest {
  const name = reader.compactString();
  reader.skipTaggedFields();
  return { name };
}

function decodeDescribeTopicPartitionsRequestTopicRequestList(reader: Reader, version: number, length: number): DescribeTopicPartitionsRequestTopicRequest[] {
  const list: DescribeTopicPartitionsRequestTopicRequest[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeTopicPartitionsRequestTopicRequest(reader, version));
  return list;
}

function encodeDescribeTopicPartitionsRequestCursor(writer: Writer, _version: number, message: DescribeTopicPartitionsRequestCursor): void {
  writer.compactString(message.topicName);
  writer.int32(message.partitionIndex);
  writer.noTaggedFields();
}

function decodeDescribeTopicPartitionsRequestCursor(reader: Reader, _version: number): DescribeTopicPartitionsRequestCursor {
  const topicName = reader.compactString();
  const partitionIndex = reader.int32();
  reader.skipTaggedFields();
  return { topicName, partitionIndex };
}

export function encodeDescribeTopicPartitionsRequest(writer: Writer, version: number, message: DescribeTopicPartitionsRequest): void {
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeDescribeTopicPartitionsRequestTopicRequest(writer, version, item);
  writer.int32(message.responsePartitionLimit);
  if (message.cursor === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    encodeDescribeTopicPartitionsRequestCursor(writer, version, message.cursor);
  }
  writer.noTaggedFields();
}

export function decodeDescribeTopicPartitionsRequest(reader: Reader, version: number): DescribeTopicPartitionsRequest {
  const topicsLength = reader.compactListLength(2);
  const topics: readonly DescribeTopicPartitionsRequestTopicRequest[] = decodeDescribeTopicPartitionsRequestTopicRequestList(reader, version, topicsLength);
  const responsePartitionLimit = reader.int32();
  const cursor = reader.int8() < 0 ? null : decodeDescribeTopicPartitionsRequestCursor(reader, version);
  reader.skipTaggedFields();
  return { topics, responsePartitionLimit, cursor };
}

export interface DescribeTopicPartitionsResponsePartition {
  readonly errorCode: number;
  readonly partitionIndex: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly replicaNodes: readonly number[];
  readonly isrNodes: readonly number[];
  readonly eligibleLeaderReplicas: readonly number[] | null;
  readonly lastKnownElr: readonly number[] | null;
  readonly offlineReplicas: readonly number[];
}

export const DescribeTopicPartitionsResponsePartitionDefaults: Pick<
  DescribeTopicPartitionsResponsePartition,
  | 'leaderEpoch'
  | 'eligibleLeaderReplicas'
  | 'lastKnownElr'
  | 'offlineReplicas'
> = Object.freeze({
  leaderEpoch: -1,
  eligibleLeaderReplicas: null,
  lastKnownElr: null,
  offlineReplicas: Object.freeze([]),
});

export interface DescribeTopicPartitionsResponseTopic {
  readonly errorCode: number;
  readonly name: string | null;
  readonly topicId: string;
  readonly isInternal: boolean;
  readonly partitions: readonly DescribeTopicPartitionsResponsePartition[];
  readonly topicAuthorizedOperations: number;
}

export const DescribeTopicPartitionsResponseTopicDefaults: Pick<
  DescribeTopicPartitionsResponseTopic,
  | 'topicId'
  | 'isInternal'
  | 'topicAuthorizedOperations'
> = Object.freeze({
  topicId: ZERO_UUID,
  isInternal: false,
  topicAuthorizedOperations: -2147483648,
});

export interface DescribeTopicPartitionsResponseCursor {
  readonly topicName: string;
  readonly partitionIndex: number;
}

export interface DescribeTopicPartitionsResponse {
  readonly throttleTimeMs: number;
  readonly topics: readonly DescribeTopicPartitionsResponseTopic[];
  readonly nextCursor: DescribeTopicPartitionsResponseCursor | null;
}

export const DescribeTopicPartitionsResponseDefaults: Pick<
  DescribeTopicPartitionsResponse,
  | 'throttleTimeMs'
  | 'nextCursor'
> = Object.freeze({
  throttleTimeMs: 0,
  nextCursor: null,
});

function encodeDescribeTopicPartitionsResponsePartition(writer: Writer, _version: number, message: DescribeTopicPartitionsResponsePartition): void {
  writer.int16(message.errorCode);
  writer.int32(message.partitionIndex);
  writer.int32(message.leaderId);
  writer.int32(message.leaderEpoch);
  const replicaNodes = message.replicaNodes;
  writer.compactListLength(replicaNodes.length);
  for (const item of replicaNodes) writer.int32(item);
  const isrNodes = message.isrNodes;
  writer.compactListLength(isrNodes.length);
  for (const item of isrNodes) writer.int32(item);
  const eligibleLeaderReplicas = message.eligibleLeaderReplicas;
  writer.compactListLength(eligibleLeaderReplicas === null ? -1 : eligibleLeaderReplicas.length);
  if (eligibleLeaderReplicas !== null) for (const item of eligibleLeaderReplicas) writer.int32(item);
  const lastKnownElr = message.lastKnownElr;
  writer.compactListLength(lastKnownElr === null ? -1 : lastKnownElr.length);
  if (lastKnownElr !== null) for (const item of lastKnownElr) writer.int32(item);
  const offlineReplicas = message.offlineReplicas;
  writer.compactListLength(offlineReplicas.length);
  for (const item of offlineReplicas) writer.int32(item);
  writer.noTaggedFields();
}

function decodeDescribeTopicPartitionsResponsePartition(reader: Reader, _version: number): DescribeTopicPartitionsResponsePartition {
  const errorCode = reader.int16();
  const partitionIndex = reader.int32();
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const replicaNodesLength = reader.compactListLength(4);
  const replicaNodes: readonly number[] = readInt32List(reader, replicaNodesLength);
  const isrNodesLength = reader.compactListLength(4);
  const isrNodes: readonly number[] = readInt32List(reader, isrNodesLength);
  const eligibleLeaderReplicasLength = reader.compactNullableListLength(4);
  const eligibleLeaderReplicas: readonly number[] | null = eligibleLeaderReplicasLength < 0 ? null : readInt32List(reader, eligibleLeaderReplicasLength);
  const lastKnownElrLength = reader.compactNullableListLength(4);
  const lastKnownElr: readonly number[] | null = lastKnownElrLength < 0 ? null : readInt32List(reader, lastKnownElrLength);
  const offlineReplicasLength = reader.compactListLength(4);
  const offlineReplicas: readonly number[] = readInt32List(reader, offlineReplicasLength);
  reader.skipTaggedFields();
  return {
    errorCode,
    partitionIndex,
    leaderId,
    leaderEpoch,
    replicaNodes,
    isrNodes,
    eligibleLeaderReplicas,
    lastKnownElr,
    offlineReplicas,
  };
}

function decodeDescribeTopicPartitionsResponsePartitionList(reader: Reader, version: number, length: number): DescribeTopicPartitionsResponsePartition[] {
  const list: DescribeTopicPartitionsResponsePartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeTopicPartitionsResponsePartition(reader, version));
  return list;
}

function encodeDescribeTopicPartitionsResponseTopic(writer: Writer, version: number, message: DescribeTopicPartitionsResponseTopic): void {
  writer.int16(message.errorCode);
  writer.compactNullableString(message.name);
  writer.uuid(message.topicId);
  writer.bool(message.isInternal);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeDescribeTopicPartitionsResponsePartition(writer, version, item);
  writer.int32(message.topicAuthorizedOperations);
  writer.noTaggedFields();
}

function decodeDescribeTopicPartitionsResponseTopic(reader: Reader, version: number): DescribeTopicPartitionsResponseTopic {
  const errorCode = reader.int16();
  const name = reader.compactNullableString();
  const topicId = reader.uuid();
  const isInternal = reader.bool();
  const partitionsLength = reader.compactListLength(20);
  const partitions: readonly DescribeTopicPartitionsResponsePartition[] = decodeDescribeTopicPartitionsResponsePartitionList(reader, version, partitionsLength);
  const topicAuthorizedOperations = reader.int32();
  reader.skipTaggedFields();
  return { errorCode, name, topicId, isInternal, partitions, topicAuthorizedOperations };
}

function decodeDescribeTopicPartitionsResponseTopicList(reader: Reader, version: number, length: number): DescribeTopicPartitionsResponseTopic[] {
  const list: DescribeTopicPartitionsResponseTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeTopicPartitionsResponseTopic(reader, version));
  return list;
}

function encodeDescribeTopicPartitionsResponseCursor(writer: Writer, _version: number, message: DescribeTopicPartitionsResponseCursor): void {
  writer.compactString(message.topicName);
  writer.int32(message.partitionIndex);
  writer.noTaggedFields();
}

function decodeDescribeTopicPartitionsResponseCursor(reader: Reader, _version: number): DescribeTopicPartitionsResponseCursor {
  const topicName = reader.compactString();
  const partitionIndex = reader.int32();
  reader.skipTaggedFields();
  return { topicName, partitionIndex };
}

export function encodeDescribeTopicPartitionsResponse(writer: Writer, version: number, message: DescribeTopicPartitionsResponse): void {
  writer.int32(message.throttleTimeMs);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeDescribeTopicPartitionsResponseTopic(writer, version, item);
  if (message.nextCursor === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    encodeDescribeTopicPartitionsResponseCursor(writer, version, message.nextCursor);
  }
  writer.noTaggedFields();
}

export function decodeDescribeTopicPartitionsResponse(reader: Reader, version: number): DescribeTopicPartitionsResponse {
  const throttleTimeMs = reader.int32();
  const topicsLength = reader.compactListLength(26);
  const topics: readonly DescribeTopicPartitionsResponseTopic[] = decodeDescribeTopicPartitionsResponseTopicList(reader, version, topicsLength);
  const nextCursor = reader.int8() < 0 ? null : decodeDescribeTopicPartitionsResponseCursor(reader, version);
  reader.skipTaggedFields();
  return { throttleTimeMs, topics, nextCursor };
}
