// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { ZERO_UUID } from '../lib/uuid.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeQuorumRequestPartitionData {
  readonly partitionIndex: number;
}

export interface DescribeQuorumRequestTopicData {
  readonly topicName: string;
  readonly partitions: readonly DescribeQuorumRequestPartitionData[];
}

export interface DescribeQuorumRequest {
  readonly topics: readonly DescribeQuorumRequestTopicData[];
}

function encodeDescribeQuorumRequestPartitionData(writer: Writer, _version: number, message: DescribeQuorumRequestPartitionData): void {
  writer.int32(message.partitionIndex);
  writer.noTaggedFields();
}

function decodeDescribeQuorumRequestPartitionData(reader: Reader, _version: number): DescribeQuorumRequestPartitionData {
  const partitionIndex = reader.int32();
  reader.skipTaggedFields();
  return { partitionIndex };
}

function decodeDescribeQuorumRequestPartitionDataList(reader: Reader, version: number, length: number): DescribeQuorumRequestPartitionData[] {
  const list: DescribeQuorumRequestPartitionData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeQuorumRequestPartitionData(reader, version));
  return list;
}

function encodeDescribeQuorumRequestTopicData(writer: Writer, version: number, message: DescribeQuorumRequestTopicData): void {
  writer.compactString(message.topicName);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeDescribeQuorumRequestPartitionData(writer, version, item);
  writer.noTaggedFields();
}

function decodeDescribeQuorumRequestTopicData(reader: Reader, version: number): DescribeQuorumRequestTopicData {
  const topicName = reader.compactString();
  const partitionsLength = reader.compactListLength(5);
  const partitions: readonly DescribeQuorumRequestPartitionData[] = decodeDescribeQuorumRequestPartitionDataList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { topicName, partitions };
}

function decodeDescribeQuorumRequestTopicDataList(reader: Reader, version: number, length: number): DescribeQuorumRequestTopicData[] {
  const list: DescribeQuorumRequestTopicData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeQuorumRequestTopicData(reader, version));
  return list;
}

export function encodeDescribeQuorumRequest(writer: Writer, version: number, message: DescribeQuorumRequest): void {
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeDescribeQuorumRequestTopicData(writer, version, item);
  writer.noTaggedFields();
}

export function decodeDescribeQuorumRequest(reader: Reader, version: number): DescribeQuorumRequest {
  const topicsLength = reader.compactListLength(3);
  const topics: readonly DescribeQuorumRequestTopicData[] = decodeDescribeQuorumRequestTopicDataList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { topics };
}

export interface DescribeQuorumResponseReplicaState {
  readonly replicaId: number;
  readonly replicaDirectoryId: string;
  readonly logEndOffset: number;
  readonly lastFetchTimestamp: number;
  readonly lastCaughtUpTimestamp: number;
}

export const DescribeQuorumResponseReplicaStateDefaults: Pick<
  DescribeQuorumResponseReplicaState,
  | 'replicaDirectoryId'
  | 'lastFetchTimestamp'
  | 'lastCaughtUpTimestamp'
> = Object.freeze({
  replicaDirectoryId: ZERO_UUID,
  lastFetchTimestamp: -1,
  lastCaughtUpTimestamp: -1,
});

export interface DescribeQuorumResponsePartitionData {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly highWatermark: number;
  readonly currentVoters: readonly DescribeQuorumResponseReplicaState[];
  readonly observers: readonly DescribeQuorumResponseReplicaState[];
}

export const DescribeQuorumResponsePartitionDataDefaults: Pick<
  DescribeQuorumResponsePartitionData,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: '',
});

export interface DescribeQuorumResponseTopicData {
  readonly topicName: string;
  readonly partitions: readonly DescribeQuorumResponsePartitionData[];
}

export interface DescribeQuorumResponseListener {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export interface DescribeQuorumResponseNode {
  readonly nodeId: number;
  readonly listeners: readonly DescribeQuorumResponseListener[];
}

export interface DescribeQuorumResponse {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly topics: readonly DescribeQuorumResponseTopicData[];
  readonly nodes: readonly DescribeQuorumResponseNode[];
}

export const DescribeQuorumResponseDefaults: Pick<
  DescribeQuorumResponse,
  | 'errorMessage'
  | 'nodes'
> = Object.freeze({
  errorMessage: '',
  nodes: Object.freeze([]),
});

function encodeDescribeQuorumResponseReplicaState(writer: Writer, version: number, message: DescribeQuorumResponseReplicaState): void {
  writer.int32(message.replicaId);
  if (version === 2) {
    writer.uuid(message.replicaDirectoryId);
  } else if (message.replicaDirectoryId !== ZERO_UUID) {
    throw unsupportedField('DescribeQuorumResponseReplicaState.replicaDirectoryId', version);
  }
  writer.int64(message.logEndOffset);
  if (version >= 1) writer.int64(message.lastFetchTimestamp);
  if (version >= 1) writer.int64(message.lastCaughtUpTimestamp);
  writer.noTaggedFields();
}

function decodeDescribeQuorumResponseReplicaState(reader: Reader, version: number): DescribeQuorumResponseReplicaState {
  const replicaId = reader.int32();
  const replicaDirectoryId = version === 2 ? reader.uuid() : ZERO_UUID;
  const logEndOffset = reader.int64();
  const lastFetchTimestamp = version >= 1 ? reader.int64() : -1;
  const lastCaughtUpTimestamp = version >= 1 ? reader.int64() : -1;
  reader.skipTaggedFields();
  return { replicaId, replicaDirectoryId, logEndOffset, lastFetchTimestamp, lastCaughtUpTimestamp };
}

function decodeDescribeQuorumResponseReplicaStateList(reader: Reader, version: number, length: number): DescribeQuorumResponseReplicaState[] {
  const list: DescribeQuorumResponseReplicaState[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeQuorumResponseReplicaState(reader, version));
  return list;
}

function encodeDescribeQuorumResponsePartitionData(writer: Writer, version: number, message: DescribeQuorumResponsePartitionData): void {
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  if (version === 2) writer.compactNullableString(message.errorMessage);
  writer.int32(message.leaderId);
  writer.int32(message.leaderEpoch);
  writer.int64(message.highWatermark);
  const currentVoters = message.currentVoters;
  writer.compactListLength(currentVoters.length);
  for (const item of currentVoters) encodeDescribeQuorumResponseReplicaState(writer, version, item);
  const observers = message.observers;
  writer.compactListLength(observers.length);
  for (const item of observers) encodeDescribeQuorumResponseReplicaState(writer, version, item);
  writer.noTaggedFields();
}

function decodeDescribeQuorumResponsePartitionData(reader: Reader, version: number): DescribeQuorumResponsePartitionData {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = version === 2 ? reader.compactNullableString() : '';
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const highWatermark = reader.int64();
  const currentVotersLength = reader.compactListLength(13);
  const currentVoters: readonly DescribeQuorumResponseReplicaState[] = decodeDescribeQuorumResponseReplicaStateList(reader, version, currentVotersLength);
  const observersLength = reader.compactListLength(13);
  const observers: readonly DescribeQuorumResponseReplicaState[] = decodeDescribeQuorumResponseReplicaStateList(reader, version, observersLength);
  reader.skipTaggedFields();
  return { partitionIndex, errorCode, errorMessage, leaderId, leaderEpoch, highWatermark, currentVoters, observers };
}

function decodeDescribeQuorumResponsePartitionDataList(reader: Reader, version: number, length: number): DescribeQuorumResponsePartitionData[] {
  const list: DescribeQuorumResponsePartitionData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeQuorumResponsePartitionData(reader, version));
  return list;
}

function encodeDescribeQuorumResponseTopicData(writer: Writer, version: number, message: DescribeQuorumResponseTopicData): void {
  writer.compactString(message.topicName);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeDescribeQuorumResponsePartitionData(writer, version, item);
  writer.noTaggedFields();
}

function decodeDescribeQuorumResponseTopicData(reader: Reader, version: number): DescribeQuorumResponseTopicData {
  const topicName = reader.compactString();
  const partitionsLength = reader.compactListLength(25);
  const partitions: readonly DescribeQuorumResponsePartitionData[] = decodeDescribeQuorumResponsePartitionDataList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { topicName, partitions };
}

function decodeDescribeQuorumResponseTopicDataList(reader: Reader, version: number, length: number): DescribeQuorumResponseTopicData[] {
  const list: DescribeQuorumResponseTopicData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeQuorumResponseTopicData(reader, version));
  return list;
}

function encodeDescribeQuorumResponseListener(writer: Writer, _version: number, message: DescribeQuorumResponseListener): void {
  writer.compactString(message.name);
  writer.compactString(message.host);
  writer.uint16(message.port);
  writer.noTaggedFields();
}

function decodeDescribeQuorumResponseListener(reader: Reader, _version: number): DescribeQuorumResponseListener {
  const name = reader.compactString();
  const host = reader.compactString();
  const port = reader.uint16();
  reader.skipTaggedFields();
  return { name, host, port };
}

function decodeDescribeQuorumResponseListenerList(reader: Reader, version: number, length: number): DescribeQuorumResponseListener[] {
  const list: DescribeQuorumResponseListener[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeQuorumResponseListener(reader, version));
  return list;
}

function encodeDescribeQuorumResponseNode(writer: Writer, version: number, message: DescribeQuorumResponseNode): void {
  writer.int32(message.nodeId);
  const listeners = message.listeners;
  writer.compactListLength(listeners.length);
  for (const item of listeners) encodeDescribeQuorumResponseListener(writer, version, item);
  writer.noTaggedFields();
}

function decodeDescribeQuorumResponseNode(reader: Reader, version: number): DescribeQuorumResponseNode {
  const nodeId = reader.int32();
  const listenersLength = reader.compactListLength(5);
  const listeners: readonly DescribeQuorumResponseListener[] = decodeDescribeQuorumResponseListenerList(reader, version, listenersLength);
  reader.skipTaggedFields();
  return { nodeId, listeners };
}

function decodeDescribeQuorumResponseNodeList(reader: Reader, version: number, length: number): DescribeQuorumResponseNode[] {
  const list: DescribeQuorumResponseNode[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeQuorumResponseNode(reader, version));
  return list;
}

export function encodeDescribeQuorumResponse(writer: Writer, version: number, message: DescribeQuorumResponse): void {
  writer.int16(message.errorCode);
  if (version === 2) writer.compactNullableString(message.errorMessage);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeDescribeQuorumResponseTopicData(writer, version, item);
  if (version === 2) {
    const nodes = message.nodes;
    writer.compactListLength(nodes.length);
    for (const item of nodes) encodeDescribeQuorumResponseNode(writer, version, item);
  } else if (message.nodes.length !== 0) {
    throw unsupportedField('DescribeQuorumResponse.nodes', version);
  }
  writer.noTaggedFields();
}

export function decodeDescribeQuorumResponse(reader: Reader, version: number): DescribeQuorumResponse {
  const errorCode = reader.int16();
  const errorMessage = version === 2 ? reader.compactNullableString() : '';
  const topicsLength = reader.compactListLength(3);
  const topics: readonly DescribeQuorumResponseTopicData[] = decodeDescribeQuorumResponseTopicDataList(reader, version, topicsLength);
  let nodes: readonly DescribeQuorumResponseNode[] = [];
  if (version === 2) {
    const nodesLength = reader.compactListLength(6);
    nodes = decodeDescribeQuorumResponseNodeList(reader, version, nodesLength);
  }
  reader.skipTaggedFields();
  return { errorCode, errorMessage, topics, nodes };
}
