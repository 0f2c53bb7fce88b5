// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ElectLeadersRequestTopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

export interface ElectLeadersRequest {
  readonly electionType: number;
  readonly topicPartitions: readonly ElectLeadersRequestTopicPartitions[] | null;
  readonly timeoutMs: number;
}

export const ElectLeadersRequestDefaults: Pick<
  ElectLeadersRequest,
  | 'electionType'
  | 'timeoutMs'
> = Object.freeze({
  electionType: 0,
  timeoutMs: 60000,
});

function encodeElectLeadersRequestTopicPartitions(writer: Writer, version: number, message: ElectLeadersRequestTopicPartitions): void {
  const flexible = version === 2;
  if (flexible) writer.compactString(message.topic);
  else writer.string(message.topic);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  if (flexible) writer.noTaggedFields();
}

function decodeElectLeadersRequestTopicPartitions(reader: Reader, version: number): ElectLeadersRequestTopicPartitions {
  const flexible = version === 2;
  const topic = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { topic, partitions };
}

function decodeElectLeadersRequestTopicPartitionsList(reader: Reader, version: number, length: number): ElectLeadersRequestTopicPartitions[] {
  const list: ElectLeadersRequestTopicPartitions[] = [];
  for (let index = 0; index < length; index++) list.push(decodeElectLeadersRequestTopicPartitions(reader, version));
  return list;
}

export function encodeElectLeadersRequest(writer: Writer, version: number, message: ElectLeadersRequest): void {
  const flexible = version === 2;
  if (version >= 1) {
    writer.int8(message.electionType);
  } else if (message.electionType !== 0) {
    throw unsupportedField('ElectLeadersRequest.electionType', version);
  }
  const topicPartitions = message.topicPartitions;
  if (flexible) writer.compactListLength(topicPartitions === null ? -1 : topicPartitions.length);
  else writer.listLength(topicPartitions === null ? -1 : topicPartitions.length);
  if (topicPartitions !== null) for (const item of topicPartitions) encodeElectLeadersRequestTopicPartitions(writer, version, item);
  writer.int32(message.timeoutMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeElectLeadersRequest(reader: Reader, version: number): ElectLeadersRequest {
  const flexible = version === 2;
  const electionType = version >= 1 ? reader.int8() : 0;
  const topicPartitionsLength = flexible ? reader.compactNullableListLength(3) : reader.nullableListLength(3);
  const topicPartitions: readonly ElectLeadersRequestTopicPartitions[] | null = topicPartitionsLength < 0 ? null : decodeElectLeadersRequestTopicPartitionsList(reader, version, topicPartitionsLength);
  const timeoutMs = reader.int32();
  if (flexible) reader.skipTaggedFields();
  return { electionType, topicPartitions, timeoutMs };
}

export interface ElectLeadersResponsePartitionResult {
  readonly partitionId: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export interface ElectLeadersResponseReplicaElectionResult {
  readonly topic: string;
  readonly partitionResult: readonly ElectLeadersResponsePartitionResult[];
}

export interface ElectLeadersResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly replicaElectionResults: readonly ElectLeadersResponseReplicaElectionResult[];
}

export const ElectLeadersResponseDefaults: Pick<
  ElectLeadersResponse,
  | 'errorCode'
> = Object.freeze({
  errorCode: 0,
});

function encodeElectLeadersResponsePartitionResult(writer: Writer, version: number, message: ElectLeadersResponsePartitionResult): void {
  const flexible = version === 2;
  writer.int32(message.partitionId);
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  if (flexible) writer.noTaggedFields();
}

function decodeElectLeadersResponsePartitionResult(reader: Reader, version: number): ElectLeadersResponsePartitionResult {
  const flexible = version === 2;
  const partitionId = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { partitionId, errorCode, errorMessage };
}

function decodeElectLeadersResponsePartitionResultList(reader: Reader, version: number, length: number): ElectLeadersResponsePartitionResult[] {
  const list: ElectLeadersResponsePartitionResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeElectLeadersResponsePartitionResult(reader, version));
  return list;
}

function encodeElectLeadersResponseReplicaElectionResult(writer: Writer, version: number, message: ElectLeadersResponseReplicaElectionResult): void {
  const flexible = version === 2;
  if (flexible) writer.compactString(message.topic);
  else writer.string(message.topic);
  const partitionResult = message.partitionResult;
  if (flexible) writer.compactListLength(partitionResult.length);
  else writer.listLength(partitionResult.length);
  for (const item of partitionResult) encodeElectLeadersResponsePartitionResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeElectLeadersResponseReplicaElectionResult(reader: Reader, version: number): ElectLeadersResponseReplicaElectionResult {
  const flexible = version === 2;
  const topic = flexible ? reader.compactString() : reader.string();
  const partitionResultLength = flexible ? reader.compactListLength(8) : reader.listLength(8);
  const partitionResult: readonly ElectLeadersResponsePartitionResult[] = decodeElectLeadersResponsePartitionResultList(reader, version, partitionResultLength);
  if (flexible) reader.skipTaggedFields();
  return { topic, partitionResult };
}

function decodeElectLeadersResponseReplicaElectionResultList(reader: Reader, version: number, length: number): ElectLeadersResponseReplicaElectionResult[] {
  const list: ElectLeadersResponseReplicaElectionResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeElectLeadersResponseReplicaElectionResult(reader, version));
  return list;
}

export function encodeElectLeadersResponse(writer: Writer, version: number, message: ElectLeadersResponse): void {
  const flexible = version === 2;
  writer.int32(message.throttleTimeMs);
  if (version >= 1) {
    writer.int16(message.errorCode);
  } else if (message.errorCode !== 0) {
    throw unsupportedField('ElectLeadersResponse.errorCode', version);
  }
  const replicaElectionResults = message.replicaElectionResults;
  if (flexible) writer.compactListLength(replicaElectionResults.length);
  else writer.listLength(replicaElectionResults.length);
  for (const item of replicaElectionResults) encodeElectLeadersResponseReplicaElectionResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeElectLeadersResponse(reader: Reader, version: number): ElectLeadersResponse {
  const flexible = version === 2;
  const throttleTimeMs = reader.int32();
  const errorCode = version >= 1 ? reader.int16() : 0;
  const replicaElectionResultsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const replicaElectionResults: readonly ElectLeadersResponseReplicaElectionResult[] = decodeElectLeadersResponseReplicaElectionResultList(reader, version, replicaElectionResultsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, replicaElectionResults };
}
