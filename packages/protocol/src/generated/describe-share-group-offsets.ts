// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeShareGroupOffsetsRequestTopic {
  readonly topicName: string;
  readonly partitions: readonly number[];
}

export interface DescribeShareGroupOffsetsRequestGroup {
  readonly groupId: string;
  readonly topics: readonly DescribeShareGroupOffsetsRequestTopic[] | null;
}

export interface DescribeShareGroupOffsetsRequest {
  readonly groups: readonly DescribeShareGroupOffsetsRequestGroup[];
}

function encodeDescribeShareGroupOffsetsRequestTopic(writer: Writer, _version: number, message: DescribeShareGroupOffsetsRequestTopic): void {
  writer.compactString(message.topicName);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeDescribeShareGroupOffsetsRequestTopic(reader: Reader, _version: number): DescribeShareGroupOffsetsRequestTopic {
  const topicName = reader.compactString();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topicName, partitions };
}

function decodeDescribeShareGroupOffsetsRequestTopicList(reader: Reader, version: number, length: number): DescribeShareGroupOffsetsRequestTopic[] {
  const list: DescribeShareGroupOffsetsRequestTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeShareGroupOffsetsRequestTopic(reader, version));
  return list;
}

function encodeDescribeShareGroupOffsetsRequestGroup(writer: Writer, version: number, message: DescribeShareGroupOffsetsRequestGroup): void {
  writer.compactString(message.groupId);
  const topics = message.topics;
  writer.compactListLength(topics === null ? -1 : topics.length);
  if (topics !== null) for (const item of topics) encodeDescribeShareGroupOffsetsRequestTopic(writer, version, item);
  writer.noTaggedFields();
}

function decodeDescribeShareGroupOffsetsRequestGroup(reader: Reader, version: number): DescribeShareGroupOffsetsRequestGroup {
  const groupId = reader.compactString();
  const topicsLength = reader.compactNullableListLength(3);
  const topics: readonly DescribeShareGroupOffsetsRequestTopic[] | null = topicsLength < 0 ? null : decodeDescribeShareGroupOffsetsRequestTopicList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { groupId, topics };
}

function decodeDescribeShareGroupOffsetsRequestGroupList(reader: Reader, version: number, length: number): DescribeShareGroupOffsetsRequestGroup[] {
  const list: DescribeShareGroupOffsetsRequestGroup[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeShareGroupOffsetsRequestGroup(reader, version));
  return list;
}

export function encodeDescribeShareGroupOffsetsRequest(writer: Writer, version: number, message: DescribeShareGroupOffsetsRequest): void {
  const groups = message.groups;
  writer.compactListLength(groups.length);
  for (const item of groups) encodeDescribeShareGroupOffsetsRequestGroup(writer, version, item);
  writer.noTaggedFields();
}

export function decodeDescribeShareGroupOffsetsRequest(reader: Reader, version: number): DescribeShareGroupOffsetsRequest {
  const groupsLength = reader.compactListLength(3);
  const groups: readonly DescribeShareGroupOffsetsRequestGroup[] = decodeDescribeShareGroupOffsetsRequestGroupList(reader, version, groupsLength);
  reader.skipTaggedFields();
  return { groups };
}

export interface DescribeShareGroupOffsetsResponsePartition {
  readonly partitionIndex: number;
  readonly startOffset: number;
  readonly leaderEpoch: number;
  readonly lag: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export const DescribeShareGroupOffsetsResponsePartitionDefaults: Pick<
  DescribeShareGroupOffsetsResponsePartition,
  | 'lag'
  | 'errorMessage'
> = Object.freeze({
  lag: -1,
  errorMessage: null,
});

export interface DescribeShareGroupOffsetsResponseTopic {
  readonly topicName: string;
  readonly topicId: string;
  readonly partitions: readonly DescribeShareGroupOffsetsResponsePartition[];
}

export interface DescribeShareGroupOffsetsResponseGroup {
  readonly groupId: string;
  readonly topics: readonly DescribeShareGroupOffsetsResponseTopic[];
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export const DescribeShareGroupOffsetsResponseGroupDefaults: Pick<
  DescribeShareGroupOffsetsResponseGroup,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: null,
});

export interface DescribeShareGroupOffsetsResponse {
  readonly throttleTimeMs: number;
  readonly groups: readonly DescribeShareGroupOffsetsResponseGroup[];
}

function encodeDescribeShareGroupOffsetsResponsePartition(writer: Writer, version: number, message: DescribeShareGroupOffsetsResponsePartition): void {
  writer.int32(message.partitionIndex);
  writer.int64(message.startOffset);
  writer.int32(message.leaderEpoch);
  if (version === 1) writer.int64(message.lag);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.noTaggedFields();
}

function decodeDescribeShareGroupOffsetsResponsePartition(reader: Reader, version: number): DescribeShareGroupOffsetsResponsePartition {
  const partitionIndex = reader.int32();
  const startOffset = reader.int64();
  const leaderEpoch = reader.int32();
  const lag = version === 1 ? reader.int64() : -1;
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTaggedFields();
  return { partitionIndex, startOffset, leaderEpoch, lag, errorCode, errorMessage };
}

function decodeDescribeShareGroupOffsetsResponsePartitionList(reader: Reader, version: number, length: number): DescribeShareGroupOffsetsResponsePartition[] {
  const list: DescribeShareGroupOffsetsResponsePartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeShareGroupOffsetsResponsePartition(reader, version));
  return list;
}

function encodeDescribeShareGroupOffsetsResponseTopic(writer: Writer, version: number, message: DescribeShareGroupOffsetsResponseTopic): void {
  writer.compactString(message.topicName);
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeDescribeShareGroupOffsetsResponsePartition(writer, version, item);
  writer.noTaggedFields();
}

function decodeDescribeShareGroupOffsetsResponseTopic(reader: Reader, version: number): DescribeShareGroupOffsetsResponseTopic {
  const topicName = reader.compactString();
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(20);
  const partitions: readonly DescribeShareGroupOffsetsResponsePartition[] = decodeDescribeShareGroupOffsetsResponsePartitionList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { topicName, topicId, partitions };
}

function decodeDescribeShareGroupOffsetsResponseTopicList(reader: Reader, version: number, length: number): DescribeShareGroupOffsetsResponseTopic[] {
  const list: DescribeShareGroupOffsetsResponseTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeShareGroupOffsetsResponseTopic(reader, version));
  return list;
}

function encodeDescribeShareGroupOffsetsResponseGroup(writer: Writer, version: number, message: DescribeShareGroupOffsetsResponseGroup): void {
  writer.compactString(message.groupId);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeDescribeShareGroupOffsetsResponseTopic(writer, version, item);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.noTaggedFields();
}

function decodeDescribeShareGroupOffsetsResponseGroup(reader: Reader, version: number): DescribeShareGroupOffsetsResponseGroup {
  const groupId = reader.compactString();
  const topicsLength = reader.compactListLength(19);
  const topics: readonly DescribeShareGroupOffsetsResponseTopic[] = decodeDescribeShareGroupOffsetsResponseTopicList(reader, version, topicsLength);
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTaggedFields();
  return { groupId, topics, errorCode, errorMessage };
}

function decodeDescribeShareGroupOffsetsResponseGroupList(reader: Reader, version: number, length: number): DescribeShareGroupOffsetsResponseGroup[] {
  const list: DescribeShareGroupOffsetsResponseGroup[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeShareGroupOffsetsResponseGroup(reader, version));
  return list;
}

export function encodeDescribeShareGroupOffsetsResponse(writer: Writer, version: number, message: DescribeShareGroupOffsetsResponse): void {
  writer.int32(message.throttleTimeMs);
  const groups = message.groups;
  writer.compactListLength(groups.length);
  for (const item of groups) encodeDescribeShareGroupOffsetsResponseGroup(writer, version, item);
  writer.noTaggedFields();
}

export function decodeDescribeShareGroupOffsetsResponse(reader: Reader, version: number): DescribeShareGroupOffsetsResponse {
  const throttleTimeMs = reader.int32();
  const groupsLength = reader.compactListLength(6);
  const groups: readonly DescribeShareGroupOffsetsResponseGroup[] = decodeDescribeShareGroupOffsetsResponseGroupList(reader, version, groupsLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, groups };
}
