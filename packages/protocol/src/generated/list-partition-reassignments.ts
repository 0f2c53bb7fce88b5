// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  readonly name: string;
  readonly partitionIndexes: readonly number[];
}

export interface ListPartitionReassignmentsRequest {
  readonly timeoutMs: number;
  readonly topics: readonly ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null;
}

export const ListPartitionReassignmentsRequestDefaults: ListPartitionReassignmentsRequest = Object.freeze({
  timeoutMs: 60000,
  topics: null,
});

function encodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(writer: Writer, _version: number, message: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics): void {
  writer.compactString(message.name);
  const partitionIndexes = message.partitionIndexes;
  writer.compactListLength(partitionIndexes.length);
  for (const item of partitionIndexes) writer.int32(item);
  writer.noTaggedFields();
}

function decodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(reader: Reader, _version: number): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  const name = reader.compactString();
  const partitionIndexesLength = reader.compactListLength(4);
  const partitionIndexes: readonly number[] = readInt32List(reader, partitionIndexesLength);
  reader.skipTaggedFields();
  return { name, partitionIndexes };
}

function decodeListPartitionReassignmentsRequestListPartitionReassignmentsTopicsList(reader: Reader, version: number, length: number): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] {
  const list: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] = [];
  for (let index = 0; index < length; index++) list.push(decodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(reader, version));
  return list;
}

export function encodeListPartitionReassignmentsRequest(writer: Writer, version: number, message: ListPartitionReassignmentsRequest): void {
  writer.int32(message.timeoutMs);
  const topics = message.topics;
  writer.compactListLength(topics === null ? -1 : topics.length);
  if (topics !== null) for (const item of topics) encodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(writer, version, item);
  writer.noTaggedFields();
}

export function decodeListPartitionReassignmentsRequest(reader: Reader, version: number): ListPartitionReassignmentsRequest {
  const timeoutMs = reader.int32();
  const topicsLength = reader.compactNullableListLength(3);
  const topics: readonly ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null = topicsLength < 0 ? null : decodeListPartitionReassignmentsRequestListPartitionReassignmentsTopicsList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { timeoutMs, topics };
}

export interface ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  readonly partitionIndex: number;
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}

export interface ListPartitionReassignmentsResponseOngoingTopicReassignment {
  readonly name: string;
  readonly partitions: readonly ListPartitionReassignmentsResponseOngoingPartitionReassignment[];
}

export interface ListPartitionReassignmentsResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly topics: readonly ListPartitionReassignmentsResponseOngoingTopicReassignment[];
}

function encodeListPartitionReassignmentsResponseOngoingPartitionReassignment(writer: Writer, _version: number, message: ListPartitionReassignmentsResponseOngoingPartitionReassignment): void {
  writer.int32(message.partitionIndex);
  const replicas = message.replicas;
  writer.compactListLength(replicas.length);
  for (const item of replicas) writer.int32(item);
  const addingReplicas = message.addingReplicas;
  writer.compactListLength(addingReplicas.length);
  for (const item of addingReplicas) writer.int32(item);
  const removingReplicas = message.removingReplicas;
  writer.compactListLength(removingReplicas.length);
  for (const item of removingReplicas) writer.int32(item);
  writer.noTaggedFields();
}

function decodeListPartitionReassignmentsResponseOngoingPartitionReassignment(reader: Reader, _version: number): ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  const partitionIndex = reader.int32();
  const replicasLength = reader.compactListLength(4);
  const replicas: readonly number[] = readInt32List(reader, replicasLength);
  const addingReplicasLength = reader.compactListLength(4);
  const addingReplicas: readonly number[] = readInt32List(reader, addingReplicasLength);
  const removingReplicasLength = reader.compactListLength(4);
  const removingReplicas: readonly number[] = readInt32List(reader, removingReplicasLength);
  reader.skipTaggedFields();
  return { partitionIndex, replicas, addingReplicas, removingReplicas };
}

function decodeListPartitionReassignmentsResponseOngoingPartitionReassignmentList(reader: Reader, version: number, length: number): ListPartitionReassignmentsResponseOngoingPartitionReassignment[] {
  const list: ListPartitionReassignmentsResponseOngoingPartitionReassignment[] = [];
  for (let index = 0; index < length; index++) list.push(decodeListPartitionReassignmentsResponseOngoingPartitionReassignment(reader, version));
  return list;
}

function encodeListPartitionReassignmentsResponseOngoingTopicReassignment(writer: Writer, version: number, message: ListPartitionReassignmentsResponseOngoingTopicReassignment): void {
  writer.compactString(message.name);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeListPartitionReassignmentsResponseOngoingPartitionReassignment(writer, version, item);
  writer.noTaggedFields();
}

function decodeListPartitionReassignmentsResponseOngoingTopicReassignment(reader: Reader, version: number): ListPartitionReassignmentsResponseOngoingTopicReassignment {
  const name = reader.compactString();
  const partitionsLength = reader.compactListLength(8);
  const partitions: readonly ListPartitionReassignmentsResponseOngoingPartitionReassignment[] = decodeListPartitionReassignmentsResponseOngoingPartitionReassignmentList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { name, partitions };
}

function decodeListPartitionReassignmentsResponseOngoingTopicReassignmentList(reader: Reader, version: number, length: number): ListPartitionReassignmentsResponseOngoingTopicReassignment[] {
  const list: ListPartitionReassignmentsResponseOngoingTopicReassignment[] = [];
  for (let index = 0; index < length; index++) list.push(decodeListPartitionReassignmentsResponseOngoingTopicReassignment(reader, version));
  return list;
}

export function encodeListPartitionReassignmentsResponse(writer: Writer, version: number, message: ListPartitionReassignmentsResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeListPartitionReassignmentsResponseOngoingTopicReassignment(writer, version, item);
  writer.noTaggedFields();
}

export function decodeListPartitionReassignmentsResponse(reader: Reader, version: number): ListPartitionReassignmentsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const topicsLength = reader.compactListLength(3);
  const topics: readonly ListPartitionReassignmentsResponseOngoingTopicReassignment[] = decodeListPartitionReassignmentsResponseOngoingTopicReassignmentList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, topics };
}
