// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readCompactStringList, readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupDescribeRequest {
  readonly groupIds: readonly string[];
  readonly includeAuthorizedOperations: boolean;
}

export function encodeStreamsGroupDescribeRequest(writer: Writer, _version: number, message: StreamsGroupDescribeRequest): void {
  const groupIds = message.groupIds;
  writer.compactListLength(groupIds.length);
  for (const item of groupIds) writer.compactString(item);
  writer.bool(message.includeAuthorizedOperations);
  writer.noTaggedFields();
}

export function decodeStreamsGroupDescribeRequest(reader: Reader, _version: number): StreamsGroupDescribeRequest {
  const groupIdsLength = reader.compactListLength(1);
  const groupIds: readonly string[] = readCompactStringList(reader, groupIdsLength);
  const includeAuthorizedOperations = reader.bool();
  reader.skipTaggedFields();
  return { groupIds, includeAuthorizedOperations };
}

export interface StreamsGroupDescribeResponseKeyValue {
  readonly key: string;
  readonly value: string;
}

export interface StreamsGroupDescribeResponseTopicInfo {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly topicConfigs: readonly StreamsGroupDescribeResponseKeyValue[];
}

export interface StreamsGroupDescribeResponseSubtopology {
  readonly subtopologyId: string;
  readonly sourceTopics: readonly string[];
  readonly repartitionSinkTopics: readonly string[];
  readonly stateChangelogTopics: readonly StreamsGroupDescribeResponseTopicInfo[];
  readonly repartitionSourceTopics: readonly StreamsGroupDescribeResponseTopicInfo[];
}

export interface StreamsGroupDescribeResponseTopology {
  readonly epoch: number;
  readonly subtopologies: readonly StreamsGroupDescribeResponseSubtopology[] | null;
}

export const StreamsGroupDescribeResponseTopologyDefaults: Pick<
  StreamsGroupDescribeResponseTopology,
  | 'subtopologies'
> = Object.freeze({
  subtopologies: null,
});

export interface StreamsGroupDescribeResponseEndpoint {
  readonly host: string;
  readonly port: number;
}

export interface StreamsGroupDescribeResponseTaskOffset {
  readonly subtopologyId: string;
  readonly partition: number;
  readonly offset: number;
}

export interface StreamsGroupDescribeResponseTaskIds {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
}

export interface StreamsGroupDescribeResponseAssignment {
  readonly activeTasks: readonly StreamsGroupDescribeResponseTaskIds[];
  readonly standbyTasks: readonly StreamsGroupDescribeResponseTaskIds[];
  readonly warmupTasks: readonly StreamsGroupDescribeResponseTaskIds[];
}

export interface StreamsGroupDescribeResponseMember {
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly topologyEpoch: number;
  readonly processId: string;
  readonly userEndpoint: StreamsGroupDescribeResponseEndpoint | null;
  readonly clientTags: readonly StreamsGroupDescribeResponseKeyValue[];
  readonly taskOffsets: readonly StreamsGroupDescribeResponseTaskOffset[];
  readonly taskEndOffsets: readonly StreamsGroupDescribeResponseTaskOffset[];
  readonly assignment: StreamsGroupDescribeResponseAssignment;
  readonly targetAssignment: StreamsGroupDescribeResponseAssignment;
  readonly isClassic: boolean;
}

export const StreamsGroupDescribeResponseMemberDefaults: Pick<
  StreamsGroupDescribeResponseMember,
  | 'instanceId'
  | 'rackId'
  | 'userEndpoint'
> = Object.freeze({
  instanceId: null,
  rackId: null,
  userEndpoint: null,
});

export interface StreamsGroupDescribeResponseDescribedGroup {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly groupId: string;
  readonly groupState: string;
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
  readonly topology: StreamsGroupDescribeResponseTopology | null;
  readonly members: readonly StreamsGroupDescribeResponseMember[];
  readonly authorizedOperations: number;
}

export const StreamsGroupDescribeResponseDescribedGroupDefaults: Pick<
  StreamsGroupDescribeResponseDescribedGroup,
  | 'errorMessage'
  | 'topology'
  | 'authorizedOperations'
> = Object.freeze({
  errorMessage: null,
  topology: null,
  authorizedOperations: -2147483648,
});

export interface StreamsGroupDescribeResponse {
  readonly throttleTimeMs: number;
  readonly groups: readonly StreamsGroupDescribeResponseDescribedGroup[];
}

function encodeStreamsGroupDescribeResponseKeyValue(writer: Writer, _version: number, message: StreamsGroupDescribeResponseKeyValue): void {
  writer.compactString(message.key);
  writer.compactString(message.value);
  writer.noTaggedFields();
}

function decodeStreamsGroupDescribeResponseKeyValue(reader: Reader, _version: number): StreamsGroupDescribeResponseKeyValue {
  const key = reader.compactString();
  const value = reader.compactString();
  reader.skipTaggedFields();
  return { key, value };
}

function decodeStreamsGroupDescribeResponseKeyValueList(reader: Reader, version: number, length: number): StreamsGroupDescribeResponseKeyValue[] {
  const list: StreamsGroupDescribeResponseKeyValue[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupDescribeResponseKeyValue(reader, version));
  return list;
}

function encodeStreamsGroupDescribeResponseTopicInfo(writer: Writer, version: number, message: StreamsGroupDescribeResponseTopicInfo): void {
  writer.compactString(message.name);
  writer.int32(message.partitions);
  writer.int16(message.replicationFactor);
  const topicConfigs = message.topicConfigs;
  writer.compactListLength(topicConfigs.length);
  for (const item of topicConfigs) encodeStreamsGroupDescribeResponseKeyValue(writer, version, item);
  writer.noTaggedFields();
}

function decodeStreamsGroupDescribeResponseTopicInfo(reader: Reader, version: number): StreamsGroupDescribeResponseTopicInfo {
  const name = reader.compactString();
  const partitions = reader.int32();
  const replicationFactor = reader.int16();
  const topicConfigsLength = reader.compactListLength(3);
  const topicConfigs: readonly StreamsGroupDescribeResponseKeyValue[] = decodeStreamsGroupDescribeResponseKeyValueList(reader, version, topicConfigsLength);
  reader.skipTaggedFields();
  return { name, partitions, replicationFactor, topicConfigs };
}

function decodeStreamsGroupDescribeResponseTopicInfoList(reader: Reader, version: number, length: number): StreamsGroupDescribeResponseTopicInfo[] {
  const list: StreamsGroupDescribeResponseTopicInfo[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupDescribeResponseTopicInfo(reader, version));
  return list;
}

function encodeStreamsGroupDescribeResponseSubtopology(writer: Writer, version: number, message: StreamsGroupDescribeResponseSubtopology): void {
  writer.compactString(message.subtopologyId);
  const sourceTopics = message.sourceTopics;
  writer.compactListLength(sourceTopics.length);
  for (const item of sourceTopics) writer.compactString(item);
  const repartitionSinkTopics = message.repartitionSinkTopics;
  writer.compactListLength(repartitionSinkTopics.length);
  for (const item of repartitionSinkTopics) writer.compactString(item);
  const stateChangelogTopics = message.stateChangelogTopics;
  writer.compactListLength(stateChangelogTopics.length);
  for (const item of stateChangelogTopics) encodeStreamsGroupDescribeResponseTopicInfo(writer, version, item);
  const repartitionSourceTopics = message.repartitionSourceTopics;
  writer.compactListLength(repartitionSourceTopics.length);
  for (const item of repartitionSourceTopics) encodeStreamsGroupDescribeResponseTopicInfo(writer, version, item);
  writer.noTaggedFields();
}

function decodeStreamsGroupDescribeResponseSubtopology(reader: Reader, version: number): StreamsGroupDescribeResponseSubtopology {
  const subtopologyId = reader.compactString();
  const sourceTopicsLength = reader.compactListLength(1);
  const sourceTopics: readonly string[] = readCompactStringList(reader, sourceTopicsLength);
  const repartitionSinkTopicsLength = reader.compactListLength(1);
  const repartitionSinkTopics: readonly string[] = readCompactStringList(reader, repartitionSinkTopicsLength);
  const stateChangelogTopicsLength = reader.compactListLength(9);
  const stateChangelogTopics: readonly StreamsGroupDescribeResponseTopicInfo[] = decodeStreamsGroupDescribeResponseTopicInfoList(reader, version, stateChangelogTopicsLength);
  const repartitionSourceTopicsLength = reader.compactListLength(9);
  const repartitionSourceTopics: readonly StreamsGroupDescribeResponseTopicInfo[] = decodeStreamsGroupDescribeResponseTopicInfoList(reader, version, repartitionSourceTopicsLength);
  reader.skipTaggedFields();
  return { subtopologyId, sourceTopics, repartitionSinkTopics, stateChangelogTopics, repartitionSourceTopics };
}

function decodeStreamsGroupDescribeResponseSubtopologyList(reader: Reader, version: number, length: number): StreamsGroupDescribeResponseSubtopology[] {
  const list: StreamsGroupDescribeResponseSubtopology[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupDescribeResponseSubtopology(reader, version));
  return list;
}

function encodeStreamsGroupDescribeResponseTopology(writer: Writer, version: number, message: StreamsGroupDescribeResponseTopology): void {
  writer.int32(message.epoch);
  const subtopologies = message.subtopologies;
  writer.compactListLength(subtopologies === null ? -1 : subtopologies.length);
  if (subtopologies !== null) for (const item of subtopologies) encodeStreamsGroupDescribeResponseSubtopology(writer, version, item);
  writer.noTaggedFields();
}

function decodeStreamsGroupDescribeResponseTopology(reader: Reader, version: number): StreamsGroupDescribeResponseTopology {
  const epoch = reader.int32();
  const subtopologiesLength = reader.compactNullableListLength(6);
  const subtopologies: readonly StreamsGroupDescribeResponseSubtopology[] | null = subtopologiesLength < 0 ? null : decodeStreamsGroupDescribeResponseSubtopologyList(reader, version, subtopologiesLength);
  reader.skipTaggedFields();
  return { epoch, subtopologies };
}

function encodeStreamsGroupDescribeResponseEndpoint(writer: Writer, _version: number, message: StreamsGroupDescribeResponseEndpoint): void {
  writer.compactString(message.host);
  writer.uint16(message.port);
  writer.noTaggedFields();
}

function decodeStreamsGroupDescribeResponseEndpoint(reader: Reader, _version: number): StreamsGroupDescribeResponseEndpoint {
  const host = reader.compactString();
  const port = reader.uint16();
  reader.skipTaggedFields();
  return { host, port };
}

function encodeStreamsGroupDescribeResponseTaskOffset(writer: Writer, _version: number, message: StreamsGroupDescribeResponseTaskOffset): void {
  writer.compactString(message.subtopologyId);
  writer.int32(message.partition);
  writer.int64(message.offset);
  writer.noTaggedFields();
}

function decodeStreamsGroupDescribeResponseTaskOffset(reader: Reader, _version: number): StreamsGroupDescribeResponseTaskOffset {
  const subtopologyId = reader.compactString();
  const partition = reader.int32();
  const offset = reader.int64();
  reader.skipTaggedFields();
  return { subtopologyId, partition, offset };
}

function decodeStreamsGroupDescribeResponseTaskOffsetList(reader: Reader, version: number, length: number): StreamsGroupDescribeResponseTaskOffset[] {
  const list: StreamsGroupDescribeResponseTaskOffset[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupDescribeResponseTaskOffset(reader, version));
  return list;
}

function encodeStreamsGroupDescribeResponseTaskIds(writer: Writer, _version: number, message: StreamsGroupDescribeResponseTaskIds): void {
  writer.compactString(message.subtopologyId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeStreamsGroupDescribeResponseTaskIds(reader: Reader, _version: number): StreamsGroupDescribeResponseTaskIds {
  const subtopologyId = reader.compactString();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { subtopologyId, partitions };
}

function decodeStreamsGroupDescribeResponseTaskIdsList(reader: Reader, version: number, length: number): StreamsGroupDescribeResponseTaskIds[] {
  const list: StreamsGroupDescribeResponseTaskIds[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupDescribeResponseTaskIds(reader, version));
  return list;
}

function encodeStreamsGroupDescribeResponseAssignment(writer: Writer, version: number, message: StreamsGroupDescribeResponseAssignment): void {
  const activeTasks = message.activeTasks;
  writer.compactListLength(activeTasks.length);
  for (const item of activeTasks) encodeStreamsGroupDescribeResponseTaskIds(writer, version, item);
  const standbyTasks = message.standbyTasks;
  writer.compactListLength(standbyTasks.length);
  for (const item of standbyTasks) encodeStreamsGroupDescribeResponseTaskIds(writer, version, item);
  const warmupTasks = message.warmupTasks;
  writer.compactListLength(warmupTasks.length);
  for (const item of warmupTasks) encodeStreamsGroupDescribeResponseTaskIds(writer, version, item);
  writer.noTaggedFields();
}

function decodeStreamsGroupDescribeResponseAssignment(reader: Reader, version: number): StreamsGroupDescribeResponseAssignment {
  const activeTasksLength = reader.compactListLength(3);
  const activeTasks: readonly StreamsGroupDescribeResponseTaskIds[] = decodeStreamsGroupDescribeResponseTaskIdsList(reader, version, activeTasksLength);
  const standbyTasksLength = reader.compactListLength(3);
  const standbyTasks: readonly StreamsGroupDescribeResponseTaskIds[] = decodeStreamsGroupDescribeResponseTaskIdsList(reader, version, standbyTasksLength);
  const warmupTasksLength = reader.compactListLength(3);
  const warmupTasks: readonly StreamsGroupDescribeResponseTaskIds[] = decodeStreamsGroupDescribeResponseTaskIdsList(reader, version, warmupTasksLength);
  reader.skipTaggedFields();
  return { activeTasks, standbyTasks, warmupTasks };
}

function encodeStreamsGroupDescribeResponseMember(writer: Writer, version: number, message: StreamsGroupDescribeResponseMember): void {
  writer.compactString(message.memberId);
  writer.int32(message.memberEpoch);
  writer.compactNullableString(message.instanceId);
  writer.compactNullableString(message.rackId);
  writer.compactString(message.clientId);
  writer.compactString(message.clientHost);
  writer.int32(message.topologyEpoch);
  writer.compactString(message.processId);
  if (message.userEndpoint === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    encodeStreamsGroupDescribeResponseEndpoint(writer, version, message.userEndpoint);
  }
  const clientTags = message.clientTags;
  writer.compactListLength(clientTags.length);
  for (const item of clientTags) encodeStreamsGroupDescribeResponseKeyValue(writer, version, item);
  const taskOffsets = message.taskOffsets;
  writer.compactListLength(taskOffsets.length);
  for (const item of taskOffsets) encodeStreamsGroupDescribeResponseTaskOffset(writer, version, item);
  const taskEndOffsets = message.taskEndOffsets;
  writer.compactListLength(taskEndOffsets.length);
  for (const item of taskEndOffsets) encodeStreamsGroupDescribeResponseTaskOffset(writer, version, item);
  encodeStreamsGroupDescribeResponseAssignment(writer, version, message.assignment);
  encodeStreamsGroupDescribeResponseAssignment(writer, version, message.targetAssignment);
  writer.bool(message.isClassic);
  writer.noTaggedFields();
}

function decodeStreamsGroupDescribeResponseMember(reader: Reader, version: number): StreamsGroupDescribeResponseMember {
  const memberId = reader.compactString();
  const memberEpoch = reader.int32();
  const instanceId = reader.compactNullableString();
  const rackId = reader.compactNullableString();
  const clientId = reader.compactString();
  const clientHost = reader.compactString();
  const topologyEpoch = reader.int32();
  const processId = reader.compactString();
  const userEndpoint = reader.int8() < 0 ? null : decodeStreamsGroupDescribeResponseEndpoint(reader, version);
  const clientTagsLength = reader.compactListLength(3);
  const clientTags: readonly StreamsGroupDescribeResponseKeyValue[] = decodeStreamsGroupDescribeResponseKeyValueList(reader, version, clientTagsLength);
  const taskOffsetsLength = reader.compactListLength(14);
  const taskOffsets: readonly StreamsGroupDescribeResponseTaskOffset[] = decodeStreamsGroupDescribeResponseTaskOffsetList(reader, version, taskOffsetsLength);
  const taskEndOffsetsLength = reader.compactListLength(14);
  const taskEndOffsets: readonly StreamsGroupDescribeResponseTaskOffset[] = decodeStreamsGroupDescribeResponseTaskOffsetList(reader, version, taskEndOffsetsLength);
  const assignment = decodeStreamsGroupDescribeResponseAssignment(reader, version);
  const targetAssignment = decodeStreamsGroupDescribeResponseAssignment(reader, version);
  const isClassic = reader.bool();
  reader.skipTaggedFields();
  return {
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    clientId,
    clientHost,
    topologyEpoch,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    assignment,
    targetAssignment,
    isClassic,
  };
}

function decodeStreamsGroupDescribeResponseMemberList(reader: Reader, version: number, length: number): StreamsGroupDescribeResponseMember[] {
  const list: StreamsGroupDescribeResponseMember[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupDescribeResponseMember(reader, version));
  return list;
}

function encodeStreamsGroupDescribeResponseDescribedGroup(writer: Writer, version: number, message: StreamsGroupDescribeResponseDescribedGroup): void {
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.compactString(message.groupId);
  writer.compactString(message.groupState);
  writer.int32(message.groupEpoch);
  writer.int32(message.assignmentEpoch);
  if (message.topology === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    encodeStreamsGroupDescribeResponseTopology(writer, version, message.topology);
  }
  const members = message.members;
  writer.compactListLength(members.length);
  for (const item of members) encodeStreamsGroupDescribeResponseMember(writer, version, item);
  writer.int32(message.authorizedOperations);
  writer.noTaggedFields();
}

function decodeStreamsGroupDescribeResponseDescribedGroup(reader: Reader, version: number): StreamsGroupDescribeResponseDescribedGroup {
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const groupId = reader.compactString();
  const groupState = reader.compactString();
  const groupEpoch = reader.int32();
  const assignmentEpoch = reader.int32();
  const topology = reader.int8() < 0 ? null : decodeStreamsGroupDescribeResponseTopology(reader, version);
  const membersLength = reader.compactListLength(28);
  const members: readonly StreamsGroupDescribeResponseMember[] = decodeStreamsGroupDescribeResponseMemberList(reader, version, membersLength);
  const authorizedOperations = reader.int32();
  reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    topology,
    members,
    authorizedOperations,
  };
}

function decodeStreamsGroupDescribeResponseDescribedGroupList(reader: Reader, version: number, length: number): StreamsGroupDescribeResponseDescribedGroup[] {
  const list: StreamsGroupDescribeResponseDescribedGroup[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupDescribeResponseDescribedGroup(reader, version));
  return list;
}

export function encodeStreamsGroupDescribeResponse(writer: Writer, version: number, message: StreamsGroupDescribeResponse): void {
  writer.int32(message.throttleTimeMs);
  const groups = message.groups;
  writer.compactListLength(groups.length);
  for (const item of groups) encodeStreamsGroupDescribeResponseDescribedGroup(writer, version, item);
  writer.noTaggedFields();
}

export function decodeStreamsGroupDescribeResponse(reader: Reader, version: number): StreamsGroupDescribeResponse {
  const throttleTimeMs = reader.int32();
  const groupsLength = reader.compactListLength(20);
  const groups: readonly StreamsGroupDescribeResponseDescribedGroup[] = decodeStreamsGroupDescribeResponseDescribedGroupList(reader, version, groupsLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, groups };
}
