// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readCompactStringList, readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupHeartbeatRequest {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly rackId: string | null;
  readonly subscribedTopicNames: readonly string[] | null;
}

export const ShareGroupHeartbeatRequestDefaults: Pick<
  ShareGroupHeartbeatRequest,
  | 'rackId'
  | 'subscribedTopicNames'
> = Object.freeze({
  rackId: null,
  subscribedTopicNames: null,
});

export function encodeShareGroupHeartbeatRequest(writer: Writer, _version: number, message: ShareGroupHeartbeatRequest): void {
  writer.compactString(message.groupId);
  writer.compactString(message.memberId);
  writer.int32(message.memberEpoch);
  writer.compactNullableString(message.rackId);
  const subscribedTopicNames = message.subscribedTopicNames;
  writer.compactListLength(subscribedTopicNames === null ? -1 : subscribedTopicNames.length);
  if (subscribedTopicNames !== null) for (const item of subscribedTopicNames) writer.compactString(item);
  writer.noTaggedFields();
}

export function decodeShareGroupHeartbeatRequest(reader: Reader, _version: number): ShareGroupHeartbeatRequest {
  const groupId = reader.compactString();
  const memberId = reader.compactString();
  const memberEpoch = reader.int32();
  const rackId = reader.compactNullableString();
  const subscribedTopicNamesLength = reader.compactNullableListLength(1);
  const subscribedTopicNames: readonly string[] | null = subscribedTopicNamesLength < 0 ? null : readCompactStringList(reader, subscribedTopicNamesLength);
  reader.skipTaggedFields();
  return { groupId, memberId, memberEpoch, rackId, subscribedTopicNames };
}

export interface ShareGroupHeartbeatResponseTopicPartitions {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export interface ShareGroupHeartbeatResponseAssignment {
  readonly topicPartitions: readonly ShareGroupHeartbeatResponseTopicPartitions[];
}

export interface ShareGroupHeartbeatResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly memberId: string | null;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  readonly assignment: ShareGroupHeartbeatResponseAssignment | null;
}

export const ShareGroupHeartbeatResponseDefaults: Pick<
  ShareGroupHeartbeatResponse,
  | 'errorMessage'
  | 'memberId'
  | 'assignment'
> = Object.freeze({
  errorMessage: null,
  memberId: null,
  assignment: null,
});

function encodeShareGroupHeartbeatResponseTopicPartitions(writer: Writer, _version: number, message: ShareGroupHeartbeatResponseTopicPartitions): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeShareGroupHeartbeatResponseTopicPartitions(reader: Reader, _version: number): ShareGroupHeartbeatResponseTopicPartitions {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, partitions };
}

function decodeShareGroupHeartbeatResponseTopicPartitionsList(reader: Reader, version: number, length: number): ShareGroupHeartbeatResponseTopicPartitions[] {
  const list: ShareGroupHeartbeatResponseTopicPartitions[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareGroupHeartbeatResponseTopicPartitions(reader, version));
  return list;
}

function encodeShareGroupHeartbeatResponseAssignment(writer: Writer, version: number, message: ShareGroupHeartbeatResponseAssignment): void {
  const topicPartitions = message.topicPartitions;
  writer.compactListLength(topicPartitions.length);
  for (const item of topicPartitions) encodeShareGroupHeartbeatResponseTopicPartitions(writer, version, item);
  writer.noTaggedFields();
}

function decodeShareGroupHeartbeatResponseAssignment(reader: Reader, version: number): ShareGroupHeartbeatResponseAssignment {
  const topicPartitionsLength = reader.compactListLength(18);
  const topicPartitions: readonly ShareGroupHeartbeatResponseTopicPartitions[] = decodeShareGroupHeartbeatResponseTopicPartitionsList(reader, version, topicPartitionsLength);
  reader.skipTaggedFields();
  return { topicPartitions };
}

export function encodeShareGroupHeartbeatResponse(writer: Writer, version: number, message: ShareGroupHeartbeatResponse): void {
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
    encodeShareGroupHeartbeatResponseAssignment(writer, version, message.assignment);
  }
  writer.noTaggedFields();
}

export function decodeShareGroupHeartbeatResponse(reader: Reader, version: number): ShareGroupHeartbeatResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const memberId = reader.compactNullableString();
  const memberEpoch = reader.int32();
  const heartbeatIntervalMs = reader.int32();
  const assignment = reader.int8() < 0 ? null : decodeShareGroupHeartbeatResponseAssignment(reader, version);
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, memberId, memberEpoch, heartbeatIntervalMs, assignment };
}
