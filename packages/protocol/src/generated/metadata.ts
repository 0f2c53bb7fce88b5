// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { nonNull, unsupportedField } from '../lib/unsupported.ts';
import { ZERO_UUID } from '../lib/uuid.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface MetadataRequestTopic {
  readonly topicId: string;
  readonly name: string | null;
}

export const MetadataRequestTopicDefaults: Pick<
  MetadataRequestTopic,
  | 'topicId'
> = Object.freeze({
  topicId: ZERO_UUID,
});

export interface MetadataRequest {
  readonly topics: readonly MetadataRequestTopic[] | null;
  readonly allowAutoTopicCreation: boolean;
  readonly includeClusterAuthorizedOperations: boolean;
  readonly includeTopicAuthorizedOperations: boolean;
}

export const MetadataRequestDefaults: Pick<
  MetadataRequest,
  | 'allowAutoTopicCreation'
  | 'includeClusterAuthorizedOperations'
  | 'includeTopicAuthorizedOperations'
> = Object.freeze({
  allowAutoTopicCreation: true,
  includeClusterAuthorizedOperations: false,
  includeTopicAuthorizedOperations: false,
});

function encodeMetadataRequestTopic(writer: Writer, version: number, message: MetadataRequestTopic): void {
  const flexible = version >= 9;
  if (version >= 10) writer.uuid(message.topicId);
  if (version >= 10) {
    writer.compactNullableString(message.name);
  } else {
    if (flexible) writer.compactString(nonNull(message.name, 'MetadataRequestTopic.name', version));
    else writer.string(nonNull(message.name, 'MetadataRequestTopic.name', version));
  }
  if (flexible) writer.noTaggedFields();
}

function decodeMetadataRequestTopic(reader: Reader, version: number): MetadataRequestTopic {
  const flexible = version >= 9;
  const topicId = version >= 10 ? reader.uuid() : ZERO_UUID;
  const name = flexible ? (version >= 10 ? reader.compactNullableString() : reader.compactString()) : (version >= 10 ? reader.nullableString() : reader.string());
  if (flexible) reader.skipTaggedFields();
  return { topicId, name };
}

function decodeMetadataRequestTopicList(reader: Reader, version: number, length: number): MetadataRequestTopic[] {
  const list: MetadataRequestTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeMetadataRequestTopic(reader, version));
  return list;
}

export function encodeMetadataRequest(writer: Writer, version: number, message: MetadataRequest): void {
  const flexible = version >= 9;
  if (version >= 1) {
    const topics = message.topics;
    if (flexible) writer.compactListLength(topics === null ? -1 : topics.length);
    else writer.listLength(topics === null ? -1 : topics.length);
    if (topics !== null) for (const item of topics) encodeMetadataRequestTopic(writer, version, item);
  } else {
    const topics = nonNull(message.topics, 'MetadataRequest.topics', version);
    writer.listLength(topics.length);
    for (const item of topics) encodeMetadataRequestTopic(writer, version, item);
  }
  if (version >= 4) {
    writer.bool(message.allowAutoTopicCreation);
  } else if (message.allowAutoTopicCreation !== true) {
    throw unsupportedField('MetadataRequest.allowAutoTopicCreation', version);
  }
  if (version >= 8 && version <= 10) {
    writer.bool(message.includeClusterAuthorizedOperations);
  } else if (message.includeClusterAuthorizedOperations !== false) {
    throw unsupportedField('MetadataRequest.includeClusterAuthorizedOperations', version);
  }
  if (version >= 8) {
    writer.bool(message.includeTopicAuthorizedOperations);
  } else if (message.includeTopicAuthorizedOperations !== false) {
    throw unsupportedField('MetadataRequest.includeTopicAuthorizedOperations', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeMetadataRequest(reader: Reader, version: number): MetadataRequest {
  const flexible = version >= 9;
  const topicsLength = flexible ? (version >= 1 ? reader.compactNullableListLength(2) : reader.compactListLength(2)) : (version >= 1 ? reader.nullableListLength(2) : reader.listLength(2));
  const topics: readonly MetadataRequestTopic[] | null = topicsLength < 0 ? null : decodeMetadataRequestTopicList(reader, version, topicsLength);
  const allowAutoTopicCreation = version >= 4 ? reader.bool() : true;
  const includeClusterAuthorizedOperations = version >= 8 && version <= 10 ? reader.bool() : false;
  const includeTopicAuthorizedOperations = version >= 8 ? reader.bool() : false;
  if (flexible) reader.skipTaggedFields();
  return { topics, allowAutoTopicCreation, includeClusterAuthorizedOperations, includeTopicAuthorizedOperations };
}

export interface MetadataResponseBroker {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

export const MetadataResponseBrokerDefaults: Pick<
  MetadataResponseBroker,
  | 'rack'
> = Object.freeze({
  rack: null,
});

export interface MetadataResponsePartition {
  readonly errorCode: number;
  readonly partitionIndex: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly replicaNodes: readonly number[];
  readonly isrNodes: readonly number[];
  readonly offlineReplicas: readonly number[];
}

export const MetadataResponsePartitionDefaults: Pick<
  MetadataResponsePartition,
  | 'leaderEpoch'
  | 'offlineReplicas'
> = Object.freeze({
  leaderEpoch: -1,
  offlineReplicas: Object.freeze([]),
});

export interface MetadataResponseTopic {
  readonly errorCode: number;
  readonly name: string | null;
  readonly topicId: string;
  readonly isInternal: boolean;
  readonly partitions: readonly MetadataResponsePartition[];
  readonly topicAuthorizedOperations: number;
}

export const MetadataResponseTopicDefaults: Pick<
  MetadataResponseTopic,
  | 'topicId'
  | 'isInternal'
  | 'topicAuthorizedOperations'
> = Object.freeze({
  topicId: ZERO_UUID,
  isInternal: false,
  topicAuthorizedOperations: -2147483648,
});

export interface MetadataResponse {
  readonly throttleTimeMs: number;
  readonly brokers: readonly MetadataResponseBroker[];
  readonly clusterId: string | null;
  readonly controllerId: number;
  readonly topics: readonly MetadataResponseTopic[];
  readonly clusterAuthorizedOperations: number;
  readonly errorCode: number;
}

export const MetadataResponseDefaults: Pick<
  MetadataResponse,
  | 'throttleTimeMs'
  | 'clusterId'
  | 'controllerId'
  | 'clusterAuthorizedOperations'
  | 'errorCode'
> = Object.freeze({
  throttleTimeMs: 0,
  clusterId: null,
  controllerId: -1,
  clusterAuthorizedOperations: -2147483648,
  errorCode: 0,
});

function encodeMetadataResponseBroker(writer: Writer, version: number, message: MetadataResponseBroker): void {
  const flexible = version >= 9;
  writer.int32(message.nodeId);
  if (flexible) writer.compactString(message.host);
  else writer.string(message.host);
  writer.int32(message.port);
  if (version >= 1) {
    if (flexible) writer.compactNullableString(message.rack);
    else writer.nullableString(message.rack);
  }
  if (flexible) writer.noTaggedFields();
}

function decodeMetadataResponseBroker(reader: Reader, version: number): MetadataResponseBroker {
  const flexible = version >= 9;
  const nodeId = reader.int32();
  const host = flexible ? reader.compactString() : reader.string();
  const port = reader.int32();
  const rack = version >= 1 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null;
  if (flexible) reader.skipTaggedFields();
  return { nodeId, host, port, rack };
}

function decodeMetadataResponseBrokerList(reader: Reader, version: number, length: number): MetadataResponseBroker[] {
  const list: MetadataResponseBroker[] = [];
  for (let index = 0; index < length; index++) list.push(decodeMetadataResponseBroker(reader, version));
  return list;
}

function encodeMetadataResponsePartition(writer: Writer, version: number, message: MetadataResponsePartition): void {
  const flexible = version >= 9;
  writer.int16(message.errorCode);
  writer.int32(message.partitionIndex);
  writer.int32(message.leaderId);
  if (version >= 7) writer.int32(message.leaderEpoch);
  const replicaNodes = message.replicaNodes;
  if (flexible) writer.compactListLength(replicaNodes.length);
  else writer.listLength(replicaNodes.length);
  for (const item of replicaNodes) writer.int32(item);
  const isrNodes = message.isrNodes;
  if (flexible) writer.compactListLength(isrNodes.length);
  else writer.listLength(isrNodes.length);
  for (const item of isrNodes) writer.int32(item);
  if (version >= 5) {
    const offlineReplicas = message.offlineReplicas;
    if (flexible) writer.compactListLength(offlineReplicas.length);
    else writer.listLength(offlineReplicas.length);
    for (const item of offlineReplicas) writer.int32(item);
  }
  if (flexible) writer.noTaggedFields();
}

function decodeMetadataResponsePartition(reader: Reader, version: number): MetadataResponsePartition {
  const flexible = version >= 9;
  const errorCode = reader.int16();
  const partitionIndex = reader.int32();
  const leaderId = reader.int32();
  const leaderEpoch = version >= 7 ? reader.int32() : -1;
  const replicaNodesLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const replicaNodes: readonly number[] = readInt32List(reader, replicaNodesLength);
  const isrNodesLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const isrNodes: readonly number[] = readInt32List(reader, isrNodesLength);
  let offlineReplicas: readonly number[] = [];
  if (version >= 5) {
    const offlineReplicasLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
    offlineReplicas = readInt32List(reader, offlineReplicasLength);
  }
  if (flexible) reader.skipTaggedFields();
  return { errorCode, partitionIndex, leaderId, leaderEpoch, replicaNodes, isrNodes, offlineReplicas };
}

function decodeMetadataResponsePartitionList(reader: Reader, version: number, length: number): MetadataResponsePartition[] {
  const list: MetadataResponsePartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeMetadataResponsePartition(reader, version));
  return list;
}

function encodeMetadataResponseTopic(writer: Writer, version: number, message: MetadataResponseTopic): void {
  const flexible = version >= 9;
  writer.int16(message.errorCode);
  if (version >= 12) {
    writer.compactNullableString(message.name);
  } else {
    if (flexible) writer.compactString(nonNull(message.name, 'MetadataResponseTopic.name', version));
    else writer.string(nonNull(message.name, 'MetadataResponseTopic.name', version));
  }
  if (version >= 10) writer.uuid(message.topicId);
  if (version >= 1) writer.bool(message.isInternal);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeMetadataResponsePartition(writer, version, item);
  if (version >= 8) {
    writer.int32(message.topicAuthorizedOperations);
  } else if (message.topicAuthorizedOperations !== -2147483648) {
    throw unsupportedField('MetadataResponseTopic.topicAuthorizedOperations', version);
  }
  if (flexible) writer.noTaggedFields();
}

function decodeMetadataResponseTopic(reader: Reader, version: number): MetadataResponseTopic {
  const flexible = version >= 9;
  const errorCode = reader.int16();
  const name = flexible ? (version >= 12 ? reader.compactNullableString() : reader.compactString()) : (version >= 12 ? reader.nullableString() : reader.string());
  const topicId = version >= 10 ? reader.uuid() : ZERO_UUID;
  const isInternal = version >= 1 ? reader.bool() : false;
  const partitionsLength = flexible ? reader.compactListLength(18) : reader.listLength(18);
  const partitions: readonly MetadataResponsePartition[] = decodeMetadataResponsePartitionList(reader, version, partitionsLength);
  const topicAuthorizedOperations = version >= 8 ? reader.int32() : -2147483648;
  if (flexible) reader.skipTaggedFields();
  return { errorCode, name, topicId, isInternal, partitions, topicAuthorizedOperations };
}

function decodeMetadataResponseTopicList(reader: Reader, version: number, length: number): MetadataResponseTopic[] {
  const list: MetadataResponseTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeMetadataResponseTopic(reader, version));
  return list;
}

export function encodeMetadataResponse(writer: Writer, version: number, message: MetadataResponse): void {
  const flexible = version >= 9;
  if (version >= 3) writer.int32(message.throttleTimeMs);
  const brokers = message.brokers;
  if (flexible) writer.compactListLength(brokers.length);
  else writer.listLength(brokers.length);
  for (const item of brokers) encodeMetadataResponseBroker(writer, version, item);
  if (version >= 2) {
    if (flexible) writer.compactNullableString(message.clusterId);
    else writer.nullableString(message.clusterId);
  }
  if (version >= 1) writer.int32(message.controllerId);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeMetadataResponseTopic(writer, version, item);
  if (version >= 8 && version <= 10) {
    writer.int32(message.clusterAuthorizedOperations);
  } else if (message.clusterAuthorizedOperations !== -2147483648) {
    throw unsupportedField('MetadataResponse.clusterAuthorizedOperations', version);
  }
  if (version === 13) writer.int16(message.errorCode);
  if (flexible) writer.noTaggedFields();
}

export function decodeMetadataResponse(reader: Reader, version: number): MetadataResponse {
  const flexible = version >= 9;
  const throttleTimeMs = version >= 3 ? reader.int32() : 0;
  const brokersLength = flexible ? reader.compactListLength(10) : reader.listLength(10);
  const brokers: readonly MetadataResponseBroker[] = decodeMetadataResponseBrokerList(reader, version, brokersLength);
  const clusterId = version >= 2 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null;
  const controllerId = version >= 1 ? reader.int32() : -1;
  const topicsLength = flexible ? reader.compactListLength(8) : reader.listLength(8);
  const topics: readonly MetadataResponseTopic[] = decodeMetadataResponseTopicList(reader, version, topicsLength);
  const clusterAuthorizedOperations = version >= 8 && version <= 10 ? reader.int32() : -2147483648;
  const errorCode = version === 13 ? reader.int16() : 0;
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, brokers, clusterId, controllerId, topics, clusterAuthorizedOperations, errorCode };
}
