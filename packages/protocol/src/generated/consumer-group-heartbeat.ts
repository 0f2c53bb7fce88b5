// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { readCompactStringList, readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupHeartbeatRequestTopicPartitions {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export interface ConsumerGroupHeartbeatRequest {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly rebalanceTimeoutMs: number;
  readonly subscribedTopicNames: readonly string[] | null;
  readonly subscribedTopicRegex: string | null;
  readonly serverAssignor: string | null;
  readonly topicPartitions: readonly ConsumerGroupHeartbeatRequestTopicPartitions[] | null;
}

export const ConsumerGroupHeartbeatRequestDefaults: Pick<
  ConsumerGroupHeartbeatRequest,
  | 'instanceId'
  | 'rackId'
  | 'rebalanceTimeoutMs'
  | 'subscribedTopicNames'
  | 'subscribedTopicRegex'
  | 'serverAssignor'
  | 'topicPartitions'
> = Object.freeze({
  instanceId: null,
  rackId: null,
  rebalanceTimeoutMs: -1,
  subscribedTopicNames: null,
  subscribedTopicRegex: null,
  serverAssignor: null,
  topicPartitions: null,
});

function encodeConsumerGroupHeartbeatRequestTopicPartitions(writer: Writer, _version: number, message: ConsumerGroupHeartbeatRequestTopicPartitions): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeConsumerGroupHeartbeatRequestTopicPartitions(reader: Reader, _version: number): ConsumerGroupHeartbeatRequestTopicPartitions {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, partitions };
}

function decodeConsumerGroupHeartbeatRequestTopicPartitionsList(reader: Reader, version: number, length: number): ConsumerGroupHeartbeatRequestTopicPartitions[] {
  const list: ConsumerGroupHeartbeatRequestTopicPartitions[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerGroupHeartbeatRequestTopicPartitions(reader, version));
  return list;
}

export function encodeConsumerGroupHeartbeatRequest(writer: Writer, version: number, message: ConsumerGroupHeartbeatRequest): void {
  writer.compactString(message.groupId);
  writer.compactString(message.memberId);
  writer.int32(message.memberEpoch);
  writer.compactNullableString(message.instanceId);
  writer.compactNullableString(message.rackId);
  writer.int32(message.rebalanceTimeoutMs);
  const subscribedTopicNames = message.subscribedTopicNames;
  writer.compactListLength(subscribedTopicNames === null ? -1 : subscribedTopicNames.length);
  if (subscribedTopicNames !== null) for (const item of subscribedTopicNames) writer.compactString(item);
  if (version === 1) {
    writer.compactNullableString(message.subscribedTopicRegex);
  } else if (message.subscribedTopicRegex !== null) {
    throw unsupportedField('ConsumerGroupHeartbeatRequest.subscribedTopicRegex', version);
  }
  writer.compactNullableString(message.serverAssignor);
  const topicPartitions = message.topicPartitions;
  writer.compactListLength(topicPartitions === null ? -1 : topicPartitions.length);
  if (topicPartitions !== null) for (const item of topicPartitions) encodeConsumerGroupHeartbeatRequestTopicPartitions(writer, version, item);
  writer.noTaggedFields();
}

export function decodeConsumerGroupHeartbeatRequest(reader: Reader, version: number): ConsumerGroupHeartbeatRequest {
  const groupId = reader.compactString();
  const memberId = reader.compactString();
  const memberEpoch = reader.int32();
  const instanceId = reader.compactNullableString();
  const rackId = reader.compactNullableString();
  const rebalanceTimeoutMs = reader.int32();
  const subscribedTopicNamesLength = reader.compactNullableListLength(1);
  const subscribedTopicNames: readonly string[] | null = subscribedTopicNamesLength < 0 ? null : readCompactStringList(reader, subscribedTopicNamesLength);
  const subscribedTopicRegex = version === 1 ? reader.compactNullableString() : null;
  const serverAssignor = reader.compactNullableString();
  const topicPartitionsLength = reader.compactNullableListLength(18);
  const topicPartitions: readonly ConsumerGroupHeartbeatRequestTopicPartitions[] | null = topicPartitionsLength < 0 ? null : decodeConsumerGroupHeartbeatRequestTopicPartitionsList(reader, version, topicPartitionsLength);
  reader.skipTaggedFields();
  return {
    groupId,
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    subscribedTopicNames,
    subscribedTopicRegex,
    serverAssignor,
    topicPartitions,
  };
}

export interface ConsumerGroupHeartbeatResponseTopicPartitions {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export interface ConsumerGroupHeartbeatResponseAssignment {
  readonly topicPartitions: readonly ConsumerGroupHeartbeatResponseTopicPartitions[];
}

export interface ConsumerGroupHeartbeatResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly memberId: string | null;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  readonly assignment: ConsumerGroupHeartbeatResponseAssignment | null;
}

export const ConsumerGroupHeartbeatResponseDefaults: Pick<
  ConsumerGroupHeartbeatResponse,
  | 'errorMessage'
  | 'memberId'
  | 'assignment'
> = Object.freeze({
  errorMessage: null,
  memberId: null,
  assignment: null,
});

function encodeConsumerGroupHeartbeatResponseTopicPartitions(writer: Writer, _version: number, message: ConsumerGroupHeartbeatResponseTopicPartitions): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeConsumerGroupHeartbeatResponseTopicPartitions(reader: Reader, _version: number): ConsumerGroupHeartbeatResponseTopicPartitions {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, partitions };
}

function decodeConsumerGroupHeartbeatResponseTopicPartitionsList(reader: Reader, version: number, length: number): ConsumerGroupHeartbeatResponseTopicPartitions[] {
  const list: ConsumerGroupHeartbeatResponseTopicPartitions[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerGroupHeartbeatResponseTopicPartitions(reader, version));
  return list;
}

function encodeConsumerGroupHeartbeatResponseAssignment(writer: Writer, version: number, message: ConsumerGroupHeartbeatResponseAssignment): void {
  const topicPartitions = message.topicPartitions;
  writer.compactListLength(topicPartitions.length);
  for (const item of topicPartitions) encodeConsumerGroupHeartbeatResponseTopicPartitions(writer, version, item);
  writer.noTaggedFields();
}

function decodeConsumerGroupHeartbeatResponseAssignment(reader: Reader, version: number): ConsumerGroupHeartbeatResponseAssignment {
  const topicPartitionsLength = reader.compactListLength(18);
  const topicPartitions: readonly ConsumerGroupHeartbeatResponseTopicPartitions[] = decodeConsumerGroupHeartbeatResponseTopicPartitionsList(reader, version, topicPartitionsLength);
  reader.skipTaggedFields();
  return { topicPartitions };
}

export function encodeConsumerGroupHeartbeatResponse(writer: Writer, version: number, message: ConsumerGroupHeartbeatResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.compactNullableString(message.memberId);
  writer.int32(message.memberEpoch);
  writer.int32(message.heartbeatIntervalMs);
  if (message.assignment === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    encodeConsumerGroupHeartbeatResponseAssignment(writer, version, message.assignment);
  }
  writer.noTaggedFields();
}

export function decodeConsumerGroupHeartbeatResponse(reader: Reader, version: number): ConsumerGroupHeartbeatResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const memberId = reader.compactNullableString();
  const memberEpoch = reader.int32();
  const heartbeatIntervalMs = reader.int32();
  const assignment = reader.int8() < 0 ? null : decodeConsumerGroupHeartbeatResponseAssignment(reader, version);
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, memberId, memberEpoch, heartbeatIntervalMs, assignment };
}
