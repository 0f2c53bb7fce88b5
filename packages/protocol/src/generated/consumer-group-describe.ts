// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readCompactStringList, readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupDescribeRequest {
  readonly groupIds: readonly string[];
  readonly includeAuthorizedOperations: boolean;
}

export function encodeConsumerGroupDescribeRequest(writer: Writer, _version: number, message: ConsumerGroupDescribeRequest): void {
  const groupIds = message.groupIds;
  writer.compactListLength(groupIds.length);
  for (const item of groupIds) writer.compactString(item);
  writer.bool(message.includeAuthorizedOperations);
  writer.noTaggedFields();
}

export function decodeConsumerGroupDescribeRequest(reader: Reader, _version: number): ConsumerGroupDescribeRequest {
  const groupIdsLength = reader.compactListLength(1);
  const groupIds: readonly string[] = readCompactStringList(reader, groupIdsLength);
  const includeAuthorizedOperations = reader.bool();
  reader.skipTaggedFields();
  return { groupIds, includeAuthorizedOperations };
}

export interface ConsumerGroupDescribeResponseTopicPartitions {
  readonly topicId: string;
  readonly topicName: string;
  readonly partitions: readonly number[];
}

export interface ConsumerGroupDescribeResponseAssignment {
  readonly topicPartitions: readonly ConsumerGroupDescribeResponseTopicPartitions[];
}

export interface ConsumerGroupDescribeResponseMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly memberEpoch: number;
  readonly clientId: string;
  readonly clientHost: string;
  readonly subscribedTopicNames: readonly string[];
  readonly subscribedTopicRegex: string | null;
  readonly assignment: ConsumerGroupDescribeResponseAssignment;
  readonly targetAssignment: ConsumerGroupDescribeResponseAssignment;
  readonly memberType: number;
}

export const ConsumerGroupDescribeResponseMemberDefaults: Pick<
  ConsumerGroupDescribeResponseMember,
  | 'instanceId'
  | 'rackId'
  | 'subscribedTopicRegex'
  | 'memberType'
> = Object.freeze({
  instanceId: null,
  rackId: null,
  subscribedTopicRegex: null,
  memberType: -1,
});

export interface ConsumerGroupDescribeResponseDescribedGroup {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly groupId: string;
  readonly groupState: string;
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
  readonly assignorName: string;
  readonly members: readonly ConsumerGroupDescribeResponseMember[];
  readonly authorizedOperations: number;
}

export const ConsumerGroupDescribeResponseDescribedGroupDefaults: Pick<
  ConsumerGroupDescribeResponseDescribedGroup,
  | 'errorMessage'
  | 'authorizedOperations'
> = Object.freeze({
  errorMessage: null,
  authorizedOperations: -2147483648,
});

export interface ConsumerGroupDescribeResponse {
  readonly throttleTimeMs: number;
  readonly groups: readonly ConsumerGroupDescribeResponseDescribedGroup[];
}

function encodeConsumerGroupDescribeResponseTopicPartitions(writer: Writer, _version: number, message: ConsumerGroupDescribeResponseTopicPartitions): void {
  writer.uuid(message.topicId);
  writer.compactString(message.topicName);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeConsumerGroupDescribeResponseTopicPartitions(reader: Reader, _version: number): ConsumerGroupDescribeResponseTopicPartitions {
  const topicId = reader.uuid();
  const topicName = reader.compactString();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, topicName, partitions };
}

function decodeConsumerGroupDescribeResponseTopicPartitionsList(reader: Reader, version: number, length: number): ConsumerGroupDescribeResponseTopicPartitions[] {
  const list: ConsumerGroupDescribeResponseTopicPartitions[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerGroupDescribeResponseTopicPartitions(reader, version));
  return list;
}

function encodeConsumerGroupDescribeResponseAssignment(writer: Writer, version: number, message: ConsumerGroupDescribeResponseAssignment): void {
  const topicPartitions = message.topicPartitions;
  writer.compactListLength(topicPartitions.length);
  for (const item of topicPartitions) encodeConsumerGroupDescribeResponseTopicPartitions(writer, version, item);
  writer.noTaggedFields();
}

function decodeConsumerGroupDescribeResponseAssignment(reader: Reader, version: number): ConsumerGroupDescribeResponseAssignment {
  const topicPartitionsLength = reader.compactListLength(19);
  const topicPartitions: readonly ConsumerGroupDescribeResponseTopicPartitions[] = decodeConsumerGroupDescribeResponseTopicPartitionsList(reader, version, topicPartitionsLength);
  reader.skipTaggedFields();
  return { topicPartitions };
}

function encodeConsumerGroupDescribeResponseMember(writer: Writer, version: number, message: ConsumerGroupDescribeResponseMember): void {
  writer.compactString(message.memberId);
  writer.compactNullableString(message.instanceId);
  writer.compactNullableString(message.rackId);
  writer.int32(message.memberEpoch);
  writer.compactString(message.clientId);
  writer.compactString(message.clientHost);
  const subscribedTopicNames = message.subscribedTopicNames;
  writer.compactListLength(subscribedTopicNames.length);
  for (const item of subscribedTopicNames) writer.compactString(item);
  writer.compactNullableString(message.subscribedTopicRegex);
  encodeConsumerGroupDescribeResponseAssignment(writer, version, message.assignment);
  encodeConsumerGroupDescribeResponseAssignment(writer, version, message.targetAssignment);
  if (version === 1) writer.int8(message.memberType);
  writer.noTaggedFields();
}

function decodeConsumerGroupDescribeResponseMember(reader: Reader, version: number): ConsumerGroupDescribeResponseMember {
  const memberId = reader.compactString();
  const instanceId = reader.compactNullableString();
  const rackId = reader.compactNullableString();
  const memberEpoch = reader.int32();
  const clientId = reader.compactString();
  const clientHost = reader.compactString();
  const subscribedTopicNamesLength = reader.compactListLength(1);
  const subscribedTopicNames: readonly string[] = readCompactStringList(reader, subscribedTopicNamesLength);
  const subscribedTopicRegex = reader.compactNullableString();
  const assignment = decodeConsumerGroupDescribeResponseAssignment(reader, version);
  const targetAssignment = decodeConsumerGroupDescribeResponseAssignment(reader, version);
  const memberType = version === 1 ? reader.int8() : -1;
  reader.skipTaggedFields();
  return {
    memberId,
    instanceId,
    rackId,
    memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames,
    subscribedTopicRegex,
    assignment,
    targetAssignment,
    memberType,
  };
}

function decodeConsumerGroupDescribeResponseMemberList(reader: Reader, version: number, length: number): ConsumerGroupDescribeResponseMember[] {
  const list: ConsumerGroupDescribeResponseMember[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerGroupDescribeResponseMember(reader, version));
  return list;
}

function encodeConsumerGroupDescribeResponseDescribedGroup(writer: Writer, version: number, message: ConsumerGroupDescribeResponseDescribedGroup): void {
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.compactString(message.groupId);
  writer.compactString(message.groupState);
  writer.int32(message.groupEpoch);
  writer.int32(message.assignmentEpoch);
  writer.compactString(message.assignorName);
  const members = message.members;
  writer.compactListLength(members.length);
  for (const item of members) encodeConsumerGroupDescribeResponseMember(writer, version, item);
  writer.int32(message.authorizedOperations);
  writer.noTaggedFields();
}

function decodeConsumerGroupDescribeResponseDescribedGroup(reader: Reader, version: number): ConsumerGroupDescribeResponseDescribedGroup {
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const groupId = reader.compactString();
  const groupState = reader.compactString();
  const groupEpoch = reader.int32();
  const assignmentEpoch = reader.int32();
  const assignorName = reader.compactString();
  const membersLength = reader.compactListLength(16);
  const members: readonly ConsumerGroupDescribeResponseMember[] = decodeConsumerGroupDescribeResponseMemberList(reader, version, membersLength);
  const authorizedOperations = reader.int32();
  reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    assignorName,
    members,
    authorizedOperations,
  };
}

function decodeConsumerGroupDescribeResponseDescribedGroupList(reader: Reader, version: number, length: number): ConsumerGroupDescribeResponseDescribedGroup[] {
  const list: ConsumerGroupDescribeResponseDescribedGroup[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerGroupDescribeResponseDescribedGroup(reader, version));
  return list;
}

export function encodeConsumerGroupDescribeResponse(writer: Writer, version: number, message: ConsumerGroupDescribeResponse): void {
  writer.int32(message.throttleTimeMs);
  const groups = message.groups;
  writer.compactListLength(groups.length);
  for (const item of groups) encodeConsumerGroupDescribeResponseDescribedGroup(writer, version, item);
  writer.noTaggedFields();
}

export function decodeConsumerGroupDescribeResponse(reader: Reader, version: number): ConsumerGroupDescribeResponse {
  const throttleTimeMs = reader.int32();
  const groupsLength = reader.compactListLength(20);
  const groups: readonly ConsumerGroupDescribeResponseDescribedGroup[] = decodeConsumerGroupDescribeResponseDescribedGroupList(reader, version, groupsLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, groups };
}
