// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readCompactStringList, readInt16List, readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupHeartbeatRequestKeyValue {
  readonly key: string;
  readonly value: string;
}

export interface StreamsGroupHeartbeatRequestTopicInfo {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly topicConfigs: readonly StreamsGroupHeartbeatRequestKeyValue[];
}

export interface StreamsGroupHeartbeatRequestCopartitionGroup {
  readonly sourceTopics: readonly number[];
  readonly sourceTopicRegex: readonly number[];
  readonly repartitionSourceTopics: readonly number[];
}

export interface StreamsGroupHeartbeatRequestSubtopology {
  readonly subtopologyId: string;
  readonly sourceTopics: readonly string[];
  readonly sourceTopicRegex: readonly string[];
  readonly stateChangelogTopics: readonly StreamsGroupHeartbeatRequestTopicInfo[];
  readonly repartitionSinkTopics: readonly string[];
  readonly repartitionSourceTopics: readonly StreamsGroupHeartbeatRequestTopicInfo[];
  readonly copartitionGroups: readonly StreamsGroupHeartbeatRequestCopartitionGroup[];
}

export interface StreamsGroupHeartbeatRequestTopology {
  readonly epoch: number;
  readonly subtopologies: readonly StreamsGroupHeartbeatRequestSubtopology[];
}

export interface StreamsGroupHeartbeatRequestTaskIds {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
}

export interface StreamsGroupHeartbeatRequestEndpoint {
  readonly host: string;
  readonly port: number;
}

export interface StreamsGroupHeartbeatRequestTaskOffset {
  readonly subtopologyId: string;
  readonly partition: number;
  readonly offset: number;
}

export interface StreamsGroupHeartbeatRequest {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly endpointInformationEpoch: number;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly rebalanceTimeoutMs: number;
  readonly topology: StreamsGroupHeartbeatRequestTopology | null;
  readonly activeTasks: readonly StreamsGroupHeartbeatRequestTaskIds[] | null;
  readonly standbyTasks: readonly StreamsGroupHeartbeatRequestTaskIds[] | null;
  readonly warmupTasks: readonly StreamsGroupHeartbeatRequestTaskIds[] | null;
  readonly processId: string | null;
  readonly userEndpoint: StreamsGroupHeartbeatRequestEndpoint | null;
  readonly clientTags: readonly StreamsGroupHeartbeatRequestKeyValue[] | null;
  readonly taskOffsets: readonly StreamsGroupHeartbeatRequestTaskOffset[] | null;
  readonly taskEndOffsets: readonly StreamsGroupHeartbeatRequestTaskOffset[] | null;
  readonly shutdownApplication: boolean;
}

export const StreamsGroupHeartbeatRequestDefaults: Pick<
  StreamsGroupHeartbeatRequest,
  | 'instanceId'
  | 'rackId'
  | 'rebalanceTimeoutMs'
  | 'topology'
  | 'activeTasks'
  | 'standbyTasks'
  | 'warmupTasks'
  | 'processId'
  | 'userEndpoint'
  | 'clientTags'
  | 'taskOffsets'
  | 'taskEndOffsets'
  | 'shutdownApplication'
> = Object.freeze({
  instanceId: null,
  rackId: null,
  rebalanceTimeoutMs: -1,
  topology: null,
  activeTasks: null,
  standbyTasks: null,
  warmupTasks: null,
  processId: null,
  userEndpoint: null,
  clientTags: null,
  taskOffsets: null,
  taskEndOffsets: null,
  shutdownApplication: false,
});

function encodeStreamsGroupHeartbeatRequestKeyValue(writer: Writer, _version: number, message: StreamsGroupHeartbeatRequestKeyValue): void {
  writer.compactString(message.key);
  writer.compactString(message.value);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatRequestKeyValue(reader: Reader, _version: number): StreamsGroupHeartbeatRequestKeyValue {
  const key = reader.compactString();
  const value = reader.compactString();
  reader.skipTaggedFields();
  return { key, value };
}

function decodeStreamsGroupHeartbeatRequestKeyValueList(reader: Reader, version: number, length: number): StreamsGroupHeartbeatRequestKeyValue[] {
  const list: StreamsGroupHeartbeatRequestKeyValue[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupHeartbeatRequestKeyValue(reader, version));
  return list;
}

function encodeStreamsGroupHeartbeatRequestTopicInfo(writer: Writer, version: number, message: StreamsGroupHeartbeatRequestTopicInfo): void {
  writer.compactString(message.name);
  writer.int32(message.partitions);
  writer.int16(message.replicationFactor);
  const topicConfigs = message.topicConfigs;
  writer.compactListLength(topicConfigs.length);
  for (const item of topicConfigs) encodeStreamsGroupHeartbeatRequestKeyValue(writer, version, item);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatRequestTopicInfo(reader: Reader, version: number): StreamsGroupHeartbeatRequestTopicInfo {
  const name = reader.compactString();
  const partitions = reader.int32();
  const replicationFactor = reader.int16();
  const topicConfigsLength = reader.compactListLength(3);
  const topicConfigs: readonly StreamsGroupHeartbeatRequestKeyValue[] = decodeStreamsGroupHeartbeatRequestKeyValueList(reader, version, topicConfigsLength);
  reader.skipTaggedFields();
  return { name, partitions, replicationFactor, topicConfigs };
}

function decodeStreamsGroupHeartbeatRequestTopicInfoList(reader: Reader, version: number, length: number): StreamsGroupHeartbeatRequestTopicInfo[] {
  const list: StreamsGroupHeartbeatRequestTopicInfo[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupHeartbeatRequestTopicInfo(reader, version));
  return list;
}

function encodeStreamsGroupHeartbeatRequestCopartitionGroup(writer: Writer, _version: number, message: StreamsGroupHeartbeatRequestCopartitionGroup): void {
  const sourceTopics = message.sourceTopics;
  writer.compactListLength(sourceTopics.length);
  for (const item of sourceTopics) writer.int16(item);
  const sourceTopicRegex = message.sourceTopicRegex;
  writer.compactListLength(sourceTopicRegex.length);
  for (const item of sourceTopicRegex) writer.int16(item);
  const repartitionSourceTopics = message.repartitionSourceTopics;
  writer.compactListLength(repartitionSourceTopics.length);
  for (const item of repartitionSourceTopics) writer.int16(item);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatRequestCopartitionGroup(reader: Reader, _version: number): StreamsGroupHeartbeatRequestCopartitionGroup {
  const sourceTopicsLength = reader.compactListLength(2);
  const sourceTopics: readonly number[] = readInt16List(reader, sourceTopicsLength);
  const sourceTopicRegexLength = reader.compactListLength(2);
  const sourceTopicRegex: readonly number[] = readInt16List(reader, sourceTopicRegexLength);
  const repartitionSourceTopicsLength = reader.compactListLength(2);
  const repartitionSourceTopics: readonly number[] = readInt16List(reader, repartitionSourceTopicsLength);
  reader.skipTaggedFields();
  return { sourceTopics, sourceTopicRegex, repartitionSourceTopics };
}

function decodeStreamsGroupHeartbeatRequestCopartitionGroupList(reader: Reader, version: number, length: number): StreamsGroupHeartbeatRequestCopartitionGroup[] {
  const list: StreamsGroupHeartbeatRequestCopartitionGroup[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupHeartbeatRequestCopartitionGroup(reader, version));
  return list;
}

function encodeStreamsGroupHeartbeatRequestSubtopology(writer: Writer, version: number, message: StreamsGroupHeartbeatRequestSubtopology): void {
  writer.compactString(message.subtopologyId);
  const sourceTopics = message.sourceTopics;
  writer.compactListLength(sourceTopics.length);
  for (const item of sourceTopics) writer.compactString(item);
  const sourceTopicRegex = message.sourceTopicRegex;
  writer.compactListLength(sourceTopicRegex.length);
  for (const item of sourceTopicRegex) writer.compactString(item);
  const stateChangelogTopics = message.stateChangelogTopics;
  writer.compactListLength(stateChangelogTopics.length);
  for (const item of stateChangelogTopics) encodeStreamsGroupHeartbeatRequestTopicInfo(writer, version, item);
  const repartitionSinkTopics = message.repartitionSinkTopics;
  writer.compactListLength(repartitionSinkTopics.length);
  for (const item of repartitionSinkTopics) writer.compactString(item);
  const repartitionSourceTopics = message.repartitionSourceTopics;
  writer.compactListLength(repartitionSourceTopics.length);
  for (const item of repartitionSourceTopics) encodeStreamsGroupHeartbeatRequestTopicInfo(writer, version, item);
  const copartitionGroups = message.copartitionGroups;
  writer.compactListLength(copartitionGroups.length);
  for (const item of copartitionGroups) encodeStreamsGroupHeartbeatRequestCopartitionGroup(writer, version, item);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatRequestSubtopology(reader: Reader, version: number): StreamsGroupHeartbeatRequestSubtopology {
  const subtopologyId = reader.compactString();
  const sourceTopicsLength = reader.compactListLength(1);
  const sourceTopics: readonly string[] = readCompactStringList(reader, sourceTopicsLength);
  const sourceTopicRegexLength = reader.compactListLength(1);
  const sourceTopicRegex: readonly string[] = readCompactStringList(reader, sourceTopicRegexLength);
  const stateChangelogTopicsLength = reader.compactListLength(9);
  const stateChangelogTopics: readonly StreamsGroupHeartbeatRequestTopicInfo[] = decodeStreamsGroupHeartbeatRequestTopicInfoList(reader, version, stateChangelogTopicsLength);
  const repartitionSinkTopicsLength = reader.compactListLength(1);
  const repartitionSinkTopics: readonly string[] = readCompactStringList(reader, repartitionSinkTopicsLength);
  const repartitionSourceTopicsLength = reader.compactListLength(9);
  const repartitionSourceTopics: readonly StreamsGroupHeartbeatRequestTopicInfo[] = decodeStreamsGroupHeartbeatRequestTopicInfoList(reader, version, repartitionSourceTopicsLength);
  const copartitionGroupsLength = reader.compactListLength(4);
  const copartitionGroups: readonly StreamsGroupHeartbeatRequestCopartitionGroup[] = decodeStreamsGroupHeartbeatRequestCopartitionGroupList(reader, version, copartitionGroupsLength);
  reader.skipTaggedFields();
  return {
    subtopologyId,
    sourceTopics,
    sourceTopicRegex,
    stateChangelogTopics,
    repartitionSinkTopics,
    repartitionSourceTopics,
    copartitionGroups,
  };
}

function decodeStreamsGroupHeartbeatRequestSubtopologyList(reader: Reader, version: number, length: number): StreamsGroupHeartbeatRequestSubtopology[] {
  const list: StreamsGroupHeartbeatRequestSubtopology[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupHeartbeatRequestSubtopology(reader, version));
  return list;
}

function encodeStreamsGroupHeartbeatRequestTopology(writer: Writer, version: number, message: StreamsGroupHeartbeatRequestTopology): void {
  writer.int32(message.epoch);
  const subtopologies = message.subtopologies;
  writer.compactListLength(subtopologies.length);
  for (const item of subtopologies) encodeStreamsGroupHeartbeatRequestSubtopology(writer, version, item);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatRequestTopology(reader: Reader, version: number): StreamsGroupHeartbeatRequestTopology {
  const epoch = reader.int32();
  const subtopologiesLength = reader.compactListLength(8);
  const subtopologies: readonly StreamsGroupHeartbeatRequestSubtopology[] = decodeStreamsGroupHeartbeatRequestSubtopologyList(reader, version, subtopologiesLength);
  reader.skipTaggedFields();
  return { epoch, subtopologies };
}

function encodeStreamsGroupHeartbeatRequestTaskIds(writer: Writer, _version: number, message: StreamsGroupHeartbeatRequestTaskIds): void {
  writer.compactString(message.subtopologyId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatRequestTaskIds(reader: Reader, _version: number): StreamsGroupHeartbeatRequestTaskIds {
  const subtopologyId = reader.compactString();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { subtopologyId, partitions };
}

function decodeStreamsGroupHeartbeatRequestTaskIdsList(reader: Reader, version: number, length: number): StreamsGroupHeartbeatRequestTaskIds[] {
  const list: StreamsGroupHeartbeatRequestTaskIds[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupHeartbeatRequestTaskIds(reader, version));
  return list;
}

function encodeStreamsGroupHeartbeatRequestEndpoint(writer: Writer, _version: number, message: StreamsGroupHeartbeatRequestEndpoint): void {
  writer.compactString(message.host);
  writer.uint16(message.port);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatRequestEndpoint(reader: Reader, _version: number): StreamsGroupHeartbeatRequestEndpoint {
  const host = reader.compactString();
  const port = reader.uint16();
  reader.skipTaggedFields();
  return { host, port };
}

function encodeStreamsGroupHeartbeatRequestTaskOffset(writer: Writer, _version: number, message: StreamsGroupHeartbeatRequestTaskOffset): void {
  writer.compactString(message.subtopologyId);
  writer.int32(message.partition);
  writer.int64(message.offset);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatRequestTaskOffset(reader: Reader, _version: number): StreamsGroupHeartbeatRequestTaskOffset {
  const subtopologyId = reader.compactString();
  const partition = reader.int32();
  const offset = reader.int64();
  reader.skipTaggedFields();
  return { subtopologyId, partition, offset };
}

function decodeStreamsGroupHeartbeatRequestTaskOffsetList(reader: Reader, version: number, length: number): StreamsGroupHeartbeatRequestTaskOffset[] {
  const list: StreamsGroupHeartbeatRequestTaskOffset[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupHeartbeatRequestTaskOffset(reader, version));
  return list;
}

export function encodeStreamsGroupHeartbeatRequest(writer: Writer, version: number, message: StreamsGroupHeartbeatRequest): void {
  writer.compactString(message.groupId);
  writer.compactString(message.memberId);
  writer.int32(message.memberEpoch);
  writer.int32(message.endpointInformationEpoch);
  writer.compactNullableString(message.instanceId);
  writer.compactNullableString(message.rackId);
  writer.int32(message.rebalanceTimeoutMs);
  if (message.topology === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    encodeStreamsGroupHeartbeatRequestTopology(writer, version, message.topology);
  }
  const activeTasks = message.activeTasks;
  writer.compactListLength(activeTasks === null ? -1 : activeTasks.length);
  if (activeTasks !== null) for (const item of activeTasks) encodeStreamsGroupHeartbeatRequestTaskIds(writer, version, item);
  const standbyTasks = message.standbyTasks;
  writer.compactListLength(standbyTasks === null ? -1 : standbyTasks.length);
  if (standbyTasks !== null) for (const item of standbyTasks) encodeStreamsGroupHeartbeatRequestTaskIds(writer, version, item);
  const warmupTasks = message.warmupTasks;
  writer.compactListLength(warmupTasks === null ? -1 : warmupTasks.length);
  if (warmupTasks !== null) for (const item of warmupTasks) encodeStreamsGroupHeartbeatRequestTaskIds(writer, version, item);
  writer.compactNullableString(message.processId);
  if (message.userEndpoint === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    encodeStreamsGroupHeartbeatRequestEndpoint(writer, version, message.userEndpoint);
  }
  const clientTags = message.clientTags;
  writer.compactListLength(clientTags === null ? -1 : clientTags.length);
  if (clientTags !== null) for (const item of clientTags) encodeStreamsGroupHeartbeatRequestKeyValue(writer, version, item);
  const taskOffsets = message.taskOffsets;
  writer.compactListLength(taskOffsets === null ? -1 : taskOffsets.length);
  if (taskOffsets !== null) for (const item of taskOffsets) encodeStreamsGroupHeartbeatRequestTaskOffset(writer, version, item);
  const taskEndOffsets = message.taskEndOffsets;
  writer.compactListLength(taskEndOffsets === null ? -1 : taskEndOffsets.length);
  if (taskEndOffsets !== null) for (const item of taskEndOffsets) encodeStreamsGroupHeartbeatRequestTaskOffset(writer, version, item);
  writer.bool(message.shutdownApplication);
  writer.noTaggedFields();
}

export function decodeStreamsGroupHeartbeatRequest(reader: Reader, version: number): StreamsGroupHeartbeatRequest {
  const groupId = reader.compactString();
  const memberId = reader.compactString();
  const memberEpoch = reader.int32();
  const endpointInformationEpoch = reader.int32();
  const instanceId = reader.compactNullableString();
  const rackId = reader.compactNullableString();
  const rebalanceTimeoutMs = reader.int32();
  const topology = reader.int8() < 0 ? null : decodeStreamsGroupHeartbeatRequestTopology(reader, version);
  const activeTasksLength = reader.compactNullableListLength(3);
  const activeTasks: readonly StreamsGroupHeartbeatRequestTaskIds[] | null = activeTasksLength < 0 ? null : decodeStreamsGroupHeartbeatRequestTaskIdsList(reader, version, activeTasksLength);
  const standbyTasksLength = reader.compactNullableListLength(3);
  const standbyTasks: readonly StreamsGroupHeartbeatRequestTaskIds[] | null = standbyTasksLength < 0 ? null : decodeStreamsGroupHeartbeatRequestTaskIdsList(reader, version, standbyTasksLength);
  const warmupTasksLength = reader.compactNullableListLength(3);
  const warmupTasks: readonly StreamsGroupHeartbeatRequestTaskIds[] | null = warmupTasksLength < 0 ? null : decodeStreamsGroupHeartbeatRequestTaskIdsList(reader, version, warmupTasksLength);
  const processId = reader.compactNullableString();
  const userEndpoint = reader.int8() < 0 ? null : decodeStreamsGroupHeartbeatRequestEndpoint(reader, version);
  const clientTagsLength = reader.compactNullableListLength(3);
  const clientTags: readonly StreamsGroupHeartbeatRequestKeyValue[] | null = clientTagsLength < 0 ? null : decodeStreamsGroupHeartbeatRequestKeyValueList(reader, version, clientTagsLength);
  const taskOffsetsLength = reader.compactNullableListLength(14);
  const taskOffsets: readonly StreamsGroupHeartbeatRequestTaskOffset[] | null = taskOffsetsLength < 0 ? null : decodeStreamsGroupHeartbeatRequestTaskOffsetList(reader, version, taskOffsetsLength);
  const taskEndOffsetsLength = reader.compactNullableListLength(14);
  const taskEndOffsets: readonly StreamsGroupHeartbeatRequestTaskOffset[] | null = taskEndOffsetsLength < 0 ? null : decodeStreamsGroupHeartbeatRequestTaskOffsetList(reader, version, taskEndOffsetsLength);
  const shutdownApplication = reader.bool();
  reader.skipTaggedFields();
  return {
    groupId,
    memberId,
    memberEpoch,
    endpointInformationEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    topology,
    activeTasks,
    standbyTasks,
    warmupTasks,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    shutdownApplication,
  };
}

export interface StreamsGroupHeartbeatResponseStatus {
  readonly statusCode: number;
  readonly statusDetail: string;
}

export interface StreamsGroupHeartbeatResponseTaskIds {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
}

export interface StreamsGroupHeartbeatResponseEndpoint {
  readonly host: string;
  readonly port: number;
}

export interface StreamsGroupHeartbeatResponseTopicPartition {
  readonly topic: string;
  readonly partitions: readonly number[];
}

export interface StreamsGroupHeartbeatResponseEndpointToPartitions {
  readonly userEndpoint: StreamsGroupHeartbeatResponseEndpoint;
  readonly activePartitions: readonly StreamsGroupHeartbeatResponseTopicPartition[];
  readonly standbyPartitions: readonly StreamsGroupHeartbeatResponseTopicPartition[];
}

export interface StreamsGroupHeartbeatResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  readonly acceptableRecoveryLag: number;
  readonly taskOffsetIntervalMs: number;
  readonly status: readonly StreamsGroupHeartbeatResponseStatus[] | null;
  readonly activeTasks: readonly StreamsGroupHeartbeatResponseTaskIds[] | null;
  readonly standbyTasks: readonly StreamsGroupHeartbeatResponseTaskIds[] | null;
  readonly warmupTasks: readonly StreamsGroupHeartbeatResponseTaskIds[] | null;
  readonly endpointInformationEpoch: number;
  readonly partitionsByUserEndpoint: readonly StreamsGroupHeartbeatResponseEndpointToPartitions[] | null;
}

export const StreamsGroupHeartbeatResponseDefaults: Pick<
  StreamsGroupHeartbeatResponse,
  | 'errorMessage'
  | 'activeTasks'
  | 'standbyTasks'
  | 'warmupTasks'
  | 'partitionsByUserEndpoint'
> = Object.freeze({
  errorMessage: null,
  activeTasks: null,
  standbyTasks: null,
  warmupTasks: null,
  partitionsByUserEndpoint: null,
});

function encodeStreamsGroupHeartbeatResponseStatus(writer: Writer, _version: number, message: StreamsGroupHeartbeatResponseStatus): void {
  writer.int8(message.statusCode);
  writer.compactString(message.statusDetail);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatResponseStatus(reader: Reader, _version: number): StreamsGroupHeartbeatResponseStatus {
  const statusCode = reader.int8();
  const statusDetail = reader.compactString();
  reader.skipTaggedFields();
  return { statusCode, statusDetail };
}

function decodeStreamsGroupHeartbeatResponseStatusList(reader: Reader, version: number, length: number): StreamsGroupHeartbeatResponseStatus[] {
  const list: StreamsGroupHeartbeatResponseStatus[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupHeartbeatResponseStatus(reader, version));
  return list;
}

function encodeStreamsGroupHeartbeatResponseTaskIds(writer: Writer, _version: number, message: StreamsGroupHeartbeatResponseTaskIds): void {
  writer.compactString(message.subtopologyId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatResponseTaskIds(reader: Reader, _version: number): StreamsGroupHeartbeatResponseTaskIds {
  const subtopologyId = reader.compactString();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { subtopologyId, partitions };
}

function decodeStreamsGroupHeartbeatResponseTaskIdsList(reader: Reader, version: number, length: number): StreamsGroupHeartbeatResponseTaskIds[] {
  const list: StreamsGroupHeartbeatResponseTaskIds[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupHeartbeatResponseTaskIds(reader, version));
  return list;
}

function encodeStreamsGroupHeartbeatResponseEndpoint(writer: Writer, _version: number, message: StreamsGroupHeartbeatResponseEndpoint): void {
  writer.compactString(message.host);
  writer.uint16(message.port);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatResponseEndpoint(reader: Reader, _version: number): StreamsGroupHeartbeatResponseEndpoint {
  const host = reader.compactString();
  const port = reader.uint16();
  reader.skipTaggedFields();
  return { host, port };
}

function encodeStreamsGroupHeartbeatResponseTopicPartition(writer: Writer, _version: number, message: StreamsGroupHeartbeatResponseTopicPartition): void {
  writer.compactString(message.topic);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatResponseTopicPartition(reader: Reader, _version: number): StreamsGroupHeartbeatResponseTopicPartition {
  const topic = reader.compactString();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topic, partitions };
}

function decodeStreamsGroupHeartbeatResponseTopicPartitionList(reader: Reader, version: number, length: number): StreamsGroupHeartbeatResponseTopicPartition[] {
  const list: StreamsGroupHeartbeatResponseTopicPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupHeartbeatResponseTopicPartition(reader, version));
  return list;
}

function encodeStreamsGroupHeartbeatResponseEndpointToPartitions(writer: Writer, version: number, message: StreamsGroupHeartbeatResponseEndpointToPartitions): void {
  encodeStreamsGroupHeartbeatResponseEndpoint(writer, version, message.userEndpoint);
  const activePartitions = message.activePartitions;
  writer.compactListLength(activePartitions.length);
  for (const item of activePartitions) encodeStreamsGroupHeartbeatResponseTopicPartition(writer, version, item);
  const standbyPartitions = message.standbyPartitions;
  writer.compactListLength(standbyPartitions.length);
  for (const item of standbyPartitions) encodeStreamsGroupHeartbeatResponseTopicPartition(writer, version, item);
  writer.noTaggedFields();
}

function decodeStreamsGroupHeartbeatResponseEndpointToPartitions(reader: Reader, version: number): StreamsGroupHeartbeatResponseEndpointToPartitions {
  const userEndpoint = decodeStreamsGroupHeartbeatResponseEndpoint(reader, version);
  const activePartitionsLength = reader.compactListLength(3);
  const activePartitions: readonly StreamsGroupHeartbeatResponseTopicPartition[] = decodeStreamsGroupHeartbeatResponseTopicPartitionList(reader, version, activePartitionsLength);
  const standbyPartitionsLength = reader.compactListLength(3);
  const standbyPartitions: readonly StreamsGroupHeartbeatResponseTopicPartition[] = decodeStreamsGroupHeartbeatResponseTopicPartitionList(reader, version, standbyPartitionsLength);
  reader.skipTaggedFields();
  return { userEndpoint, activePartitions, standbyPartitions };
}

function decodeStreamsGroupHeartbeatResponseEndpointToPartitionsList(reader: Reader, version: number, length: number): StreamsGroupHeartbeatResponseEndpointToPartitions[] {
  const list: StreamsGroupHeartbeatResponseEndpointToPartitions[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupHeartbeatResponseEndpointToPartitions(reader, version));
  return list;
}

export function encodeStreamsGroupHeartbeatResponse(writer: Writer, version: number, message: StreamsGroupHeartbeatResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.compactString(message.memberId);
  writer.int32(message.memberEpoch);
  writer.int32(message.heartbeatIntervalMs);
  writer.int32(message.acceptableRecoveryLag);
  writer.int32(message.taskOffsetIntervalMs);
  const status = message.status;
  writer.compactListLength(status === null ? -1 : status.length);
  if (status !== null) for (const item of status) encodeStreamsGroupHeartbeatResponseStatus(writer, version, item);
  const activeTasks = message.activeTasks;
  writer.compactListLength(activeTasks === null ? -1 : activeTasks.length);
  if (activeTasks !== null) for (const item of activeTasks) encodeStreamsGroupHeartbeatResponseTaskIds(writer, version, item);
  const standbyTasks = message.standbyTasks;
  writer.compactListLength(standbyTasks === null ? -1 : standbyTasks.length);
  if (standbyTasks !== null) for (const item of standbyTasks) encodeStreamsGroupHeartbeatResponseTaskIds(writer, version, item);
  const warmupTasks = message.warmupTasks;
  writer.compactListLength(warmupTasks === null ? -1 : warmupTasks.length);
  if (warmupTasks !== null) for (const item of warmupTasks) encodeStreamsGroupHeartbeatResponseTaskIds(writer, version, item);
  writer.int32(message.endpointInformationEpoch);
  const partitionsByUserEndpoint = message.partitionsByUserEndpoint;
  writer.compactListLength(partitionsByUserEndpoint === null ? -1 : partitionsByUserEndpoint.length);
  if (partitionsByUserEndpoint !== null) for (const item of partitionsByUserEndpoint) encodeStreamsGroupHeartbeatResponseEndpointToPartitions(writer, version, item);
  writer.noTaggedFields();
}

export function decodeStreamsGroupHeartbeatResponse(reader: Reader, version: number): StreamsGroupHeartbeatResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const memberId = reader.compactString();
  const memberEpoch = reader.int32();
  const heartbeatIntervalMs = reader.int32();
  const acceptableRecoveryLag = reader.int32();
  const taskOffsetIntervalMs = reader.int32();
  const statusLength = reader.compactNullableListLength(3);
  const status: readonly StreamsGroupHeartbeatResponseStatus[] | null = statusLength < 0 ? null : decodeStreamsGroupHeartbeatResponseStatusList(reader, version, statusLength);
  const activeTasksLength = reader.compactNullableListLength(3);
  const activeTasks: readonly StreamsGroupHeartbeatResponseTaskIds[] | null = activeTasksLength < 0 ? null : decodeStreamsGroupHeartbeatResponseTaskIdsList(reader, version, activeTasksLength);
  const standbyTasksLength = reader.compactNullableListLength(3);
  const standbyTasks: readonly StreamsGroupHeartbeatResponseTaskIds[] | null = standbyTasksLength < 0 ? null : decodeStreamsGroupHeartbeatResponseTaskIdsList(reader, version, standbyTasksLength);
  const warmupTasksLength = reader.compactNullableListLength(3);
  const warmupTasks: readonly StreamsGroupHeartbeatResponseTaskIds[] | null = warmupTasksLength < 0 ? null : decodeStreamsGroupHeartbeatResponseTaskIdsList(reader, version, warmupTasksLength);
  const endpointInformationEpoch = reader.int32();
  const partitionsByUserEndpointLength = reader.compactNullableListLength(7);
  const partitionsByUserEndpoint: readonly StreamsGroupHeartbeatResponseEndpointToPartitions[] | null = partitionsByUserEndpointLength < 0 ? null : decodeStreamsGroupHeartbeatResponseEndpointToPartitionsList(reader, version, partitionsByUserEndpointLength);
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    acceptableRecoveryLag,
    taskOffsetIntervalMs,
    status,
    activeTasks,
    standbyTasks,
    warmupTasks,
    endpointInformationEpoch,
    partitionsByUserEndpoint,
  };
}
