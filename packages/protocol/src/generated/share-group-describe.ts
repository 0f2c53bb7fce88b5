// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readCompactStringList, readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupDescribeRequest {
  readonly groupIds: readonly string[];
  readonly includeAuthorizedOperations: boolean;
}

export function encodeShareGroupDescribeRequest(writer: Writer, _version: number, message: ShareGroupDescribeRequest): void {
  const groupIds = message.groupIds;
  writer.compactListLength(groupIds.length);
  for (const item of groupIds) writer.compactString(item);
  writer.bool(message.includeAuthorizedOperations);
  writer.noTaggedFields();
}

export function decodeShareGroupDescribeRequest(reader: Reader, _version: number): ShareGroupDescribeRequest {
  const groupIdsLength = reader.compactListLength(1);
  const groupIds: readonly string[] = readCompactStringList(reader, groupIdsLength);
  const includeAuthorizedOperations = reader.bool();
  reader.skipTaggedFields();
  return { groupIds, includeAuthorizedOperations };
}

export interface ShareGroupDescribeResponseTopicPartitions {
  readonly topicId: string;
  readonly topicName: string;
  readonly partitions: readonly number[];
}

export interface ShareGroupDescribeResponseAssignment {
  readonly topicPartitions: readonly ShareGroupDescribeResponseTopicPartitions[];
}

export interface ShareGroupDescribeResponseMember {
  readonly memberId: string;
  readonly rackId: string | null;
  readonly memberEpoch: number;
  readonly clientId: string;
  readonly clientHost: string;
  readonly subscribedTopicNames: readonly string[];
  readonly assignment: ShareGroupDescribeResponseAssignment;
}

export const ShareGroupDescribeResponseMemberDefaults: Pick<
  ShareGroupDescribeResponseMember,
  | 'rackId'
> = Object.freeze({
  rackId: null,
});

export interface ShareGroupDescribeResponseDescribedGroup {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly groupId: string;
  readonly groupState: string;
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
  readonly assignorName: string;
  readonly members: readonly ShareGroupDescribeResponseMember[];
  readonly authorizedOperations: number;
}

export const ShareGroupDescribeResponseDescribedGroupDefaults: Pick<
  ShareGroupDescribeResponseDescribedGroup,
  | 'errorMessage'
  | 'authorizedOperations'
> = Object.freeze({
  errorMessage: null,
  authorizedOperations: -2147483648,
});

export interface ShareGroupDescribeResponse {
  readonly throttleTimeMs: number;
  readonly groups: readonly ShareGroupDescribeResponseDescribedGroup[];
}

function encodeShareGroupDescribeResponseTopicPartitions(writer: Writer, _version: number, message: ShareGroupDescribeResponseTopicPartitions): void {
  writer.uuid(message.topicId);
  writer.compactString(message.topicName);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeShareGroupDescribeResponseTopicPartitions(reader: Reader, _version: number): ShareGroupDescribeResponseTopicPartitions {
  const topicId = reader.uuid();
  const topicName = reader.compactString();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, topicName, partitions };
}

function decodeShareGroupDescribeResponseTopicPartitionsList(reader: Reader, version: number, length: number): ShareGroupDescribeResponseTopicPartitions[] {
  const list: ShareGroupDescribeResponseTopicPartitions[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareGroupDescribeResponseTopicPartitions(reader, version));
  return list;
}

function encodeShareGroupDescribeResponseAssignment(writer: Writer, version: number, message: ShareGroupDescribeResponseAssignment): void {
  const topicPartitions = message.topicPartitions;
  writer.compactListLength(topicPartitions.length);
  for (const item of topicPartitions) encodeShareGroupDescribeResponseTopicPartitions(writer, version, item);
  writer.noTaggedFields();
}

function decodeShareGroupDescribeResponseAssignment(reader: Reader, version: number): ShareGroupDescribeResponseAssignment {
  const topicPartitionsLength = reader.compactListLength(19);
  const topicPartitions: readonly ShareGroupDescribeResponseTopicPartitions[] = decodeShareGroupDescribeResponseTopicPartitionsList(reader, version, topicPartitionsLength);
  reader.skipTaggedFields();
  return { topicPartitions };
}

function encodeShareGroupDescribeResponseMember(writer: Writer, version: number, message: ShareGroupDescribeResponseMember): void {
  writer.compactString(message.memberId);
  writer.compactNullableString(message.rackId);
  writer.int32(message.memberEpoch);
  writer.compactString(message.clientId);
  writer.compactString(message.clientHost);
  const subscribedTopicNames = message.subscribedTopicNames;
  writer.compactListLength(subscribedTopicNames.length);
  for (const item of subscribedTopicNames) writer.compactString(item);
  encodeShareGroupDescribeResponseAssignment(writer, version, message.assignment);
  writer.noTaggedFields();
}

function decodeShareGroupDescribeResponseMember(reader: Reader, version: number): ShareGroupDescribeResponseMember {
  const memberId = reader.compactString();
  const rackId = reader.compactNullableString();
  const memberEpoch = reader.int32();
  const clientId = reader.compactString();
  const clientHost = reader.compactString();
  const subscribedTopicNamesLength = reader.compactListLength(1);
  const subscribedTopicNames: readonly string[] = readCompactStringList(reader, subscribedTopicNamesLength);
  const assignment = decodeShareGroupDescribeResponseAssignment(reader, version);
  reader.skipTaggedFields();
  return { memberId, rackId, memberEpoch, clientId, clientHost, subscribedTopicNames, assignment };
}

function decodeShareGroupDescribeResponseMemberList(reader: Reader, version: number, length: number): ShareGroupDescribeResponseMember[] {
  const list: ShareGroupDescribeResponseMember[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareGroupDescribeResponseMember(reader, version));
  return list;
}

function encodeShareGroupDescribeResponseDescribedGroup(writer: Writer, version: number, message: ShareGroupDescribeResponseDescribedGroup): void {
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.compactString(message.groupId);
  writer.compactString(message.groupState);
  writer.int32(message.groupEpoch);
  writer.int32(message.assignmentEpoch);
  writer.compactString(message.assignorName);
  const members = message.members;
  writer.compactListLength(members.length);
  for (const item of members) encodeShareGroupDescribeResponseMember(writer, version, item);
  writer.int32(message.authorizedOperations);
  writer.noTaggedFields();
}

function decodeShareGroupDescribeResponseDescribedGroup(reader: Reader, version: number): ShareGroupDescribeResponseDescribedGroup {
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const groupId = reader.compactString();
  const groupState = reader.compactString();
  const groupEpoch = reader.int32();
  const assignmentEpoch = reader.int32();
  const assignorName = reader.compactString();
  const membersLength = reader.compactListLength(12);
  const members: readonly ShareGroupDescribeResponseMember[] = decodeShareGroupDescribeResponseMemberList(reader, version, membersLength);
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

function decodeShareGroupDescribeResponseDescribedGroupList(reader: Reader, version: number, length: number): ShareGroupDescribeResponseDescribedGroup[] {
  const list: ShareGroupDescribeResponseDescribedGroup[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareGroupDescribeResponseDescribedGroup(reader, version));
  return list;
}

export function encodeShareGroupDescribeResponse(writer: Writer, version: number, message: ShareGroupDescribeResponse): void {
  writer.int32(message.throttleTimeMs);
  const groups = message.groups;
  writer.compactListLength(groups.length);
  for (const item of groups) encodeShareGroupDescribeResponseDescribedGroup(writer, version, item);
  writer.noTaggedFields();
}

export function decodeShareGroupDescribeResponse(reader: Reader, version: number): ShareGroupDescribeResponse {
  const throttleTimeMs = reader.int32();
  const groupsLength = reader.compactListLength(20);
  const groups: readonly ShareGroupDescribeResponseDescribedGroup[] = decodeShareGroupDescribeResponseDescribedGroupList(reader, version, groupsLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, groups };
}
