// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { nonNull, unsupportedField } from '../lib/unsupported.ts';
import { ZERO_UUID } from '../lib/uuid.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface OffsetFetchRequestTopic {
  readonly name: string;
  readonly partitionIndexes: readonly number[];
}

export interface OffsetFetchRequestTopics {
  readonly name: string;
  readonly topicId: string;
  readonly partitionIndexes: readonly number[];
}

export const OffsetFetchRequestTopicsDefaults: Pick<
  OffsetFetchRequestTopics,
  | 'name'
  | 'topicId'
> = Object.freeze({
  name: '',
  topicId: ZERO_UUID,
});

export interface OffsetFetchRequestGroup {
  readonly groupId: string;
  readonly memberId: string | null;
  readonly memberEpoch: number;
  readonly topics: readonly OffsetFetchRequestTopics[] | null;
}

export const OffsetFetchRequestGroupDefaults: Pick<
  OffsetFetchRequestGroup,
  | 'memberId'
  | 'memberEpoch'
> = Object.freeze({
  memberId: null,
  memberEpoch: -1,
});

export interface OffsetFetchRequest {
  readonly groupId: string;
  readonly topics: readonly OffsetFetchRequestTopic[] | null;
  readonly groups: readonly OffsetFetchRequestGroup[];
  readonly requireStable: boolean;
}

export const OffsetFetchRequestDefaults: OffsetFetchRequest = Object.freeze({
  groupId: '',
  topics: Object.freeze([]),
  groups: Object.freeze([]),
  requireStable: false,
});

function encodeOffsetFetchRequestTopic(writer: Writer, version: number, message: OffsetFetchRequestTopic): void {
  const flexible = version >= 6;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const partitionIndexes = message.partitionIndexes;
  if (flexible) writer.compactListLength(partitionIndexes.length);
  else writer.listLength(partitionIndexes.length);
  for (const item of partitionIndexes) writer.int32(item);
  if (flexible) writer.noTaggedFields();
}

function decodeOffsetFetchRequestTopic(reader: Reader, version: number): OffsetFetchRequestTopic {
  const flexible = version >= 6;
  const name = flexible ? reader.compactString() : reader.string();
  const partitionIndexesLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const partitionIndexes: readonly number[] = readInt32List(reader, partitionIndexesLength);
  if (flexible) reader.skipTaggedFields();
  return { name, partitionIndexes };
}

function decodeOffsetFetchRequestTopicList(reader: Reader, version: number, length: number): OffsetFetchRequestTopic[] {
  const list: OffsetFetchRequestTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetFetchRequestTopic(reader, version));
  return list;
}

function encodeOffsetFetchRequestTopics(writer: Writer, version: number, message: OffsetFetchRequestTopics): void {
  if (version <= 9) writer.compactString(message.name);
  if (version === 10) writer.uuid(message.topicId);
  const partitionIndexes = message.partitionIndexes;
  writer.compactListLength(partitionIndexes.length);
  for (const item of partitionIndexes) writer.int32(item);
  writer.noTaggedFields();
}

function decodeOffsetFetchRequestTopics(reader: Reader, version: number): OffsetFetchRequestTopics {
  const name = version <= 9 ? reader.compactString() : '';
  const topicId = version === 10 ? reader.uuid() : ZERO_UUID;
  const partitionIndexesLength = reader.compactListLength(4);
  const partitionIndexes: readonly number[] = readInt32List(reader, partitionIndexesLength);
  reader.skipTaggedFields();
  return { name, topicId, partitionIndexes };
}

function decodeOffsetFetchRequestTopicsList(reader: Reader, version: number, length: number): OffsetFetchRequestTopics[] {
  const list: OffsetFetchRequestTopics[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetFetchRequestTopics(reader, version));
  return list;
}

function encodeOffsetFetchRequestGroup(writer: Writer, version: number, message: OffsetFetchRequestGroup): void {
  writer.compactString(message.groupId);
  if (version >= 9) writer.compactNullableString(message.memberId);
  if (version >= 9) writer.int32(message.memberEpoch);
  const topics = message.topics;
  writer.compactListLength(topics === null ? -1 : topics.length);
  if (topics !== null) for (const item of topics) encodeOffsetFetchRequestTopics(writer, version, item);
  writer.noTaggedFields();
}

function decodeOffsetFetchRequestGroup(reader: Reader, version: number): OffsetFetchRequestGroup {
  const groupId = reader.compactString();
  const memberId = version >= 9 ? reader.compactNullableString() : null;
  const memberEpoch = version >= 9 ? reader.int32() : -1;
  const topicsLength = reader.compactNullableListLength(3);
  const topics: readonly OffsetFetchRequestTopics[] | null = topicsLength < 0 ? null : decodeOffsetFetchRequestTopicsList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { groupId, memberId, memberEpoch, topics };
}

function decodeOffsetFetchRequestGroupList(reader: Reader, version: number, length: number): OffsetFetchRequestGroup[] {
  const list: OffsetFetchRequestGroup[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetFetchRequestGroup(reader, version));
  return list;
}

export function encodeOffsetFetchRequest(writer: Writer, version: number, message: OffsetFetchRequest): void {
  const flexible = version >= 6;
  if (version <= 7) {
    if (flexible) writer.compactString(message.groupId);
    else writer.string(message.groupId);
  } else if (message.groupId !== '') {
    throw unsupportedField('OffsetFetchRequest.groupId', version);
  }
  if (version <= 7) {
    if (version >= 2) {
      const topics = message.topics;
      if (flexible) writer.compactListLength(topics === null ? -1 : topics.length);
      else writer.listLength(topics === null ? -1 : topics.length);
      if (topics !== null) for (const item of topics) encodeOffsetFetchRequestTopic(writer, version, item);
    } else {
      const topics = nonNull(message.topics, 'OffsetFetchRequest.topics', version);
      writer.listLength(topics.length);
      for (const item of topics) encodeOffsetFetchRequestTopic(writer, version, item);
    }
  } else if ((message.topics === null || message.topics.length !== 0)) {
    throw unsupportedField('OffsetFetchRequest.topics', version);
  }
  if (version >= 8) {
    const groups = message.groups;
    writer.compactListLength(groups.length);
    for (const item of groups) encodeOffsetFetchRequestGroup(writer, version, item);
  } else if (message.groups.length !== 0) {
    throw unsupportedField('OffsetFetchRequest.groups', version);
  }
  if (version >= 7) {
    writer.bool(message.requireStable);
  } else if (message.requireStable !== false) {
    throw unsupportedField('OffsetFetchRequest.requireStable', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeOffsetFetchRequest(reader: Reader, version: number): OffsetFetchRequest {
  const flexible = version >= 6;
  const groupId = version <= 7 ? (flexible ? reader.compactString() : reader.string()) : '';
  let topics: readonly OffsetFetchRequestTopic[] | null = [];
  if (version <= 7) {
    const topicsLength = flexible ? (version >= 2 ? reader.compactNullableListLength(3) : reader.compactListLength(3)) : (version >= 2 ? reader.nullableListLength(3) : reader.listLength(3));
    topics = topicsLength < 0 ? null : decodeOffsetFetchRequestTopicList(reader, version, topicsLength);
  }
  let groups: readonly OffsetFetchRequestGroup[] = [];
  if (version >= 8) {
    const groupsLength = reader.compactListLength(3);
    groups = decodeOffsetFetchRequestGroupList(reader, version, groupsLength);
  }
  const requireStable = version >= 7 ? reader.bool() : false;
  if (flexible) reader.skipTaggedFields();
  return { groupId, topics, groups, requireStable };
}

export interface OffsetFetchResponsePartition {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  readonly metadata: string | null;
  readonly errorCode: number;
}

export const OffsetFetchResponsePartitionDefaults: Pick<
  OffsetFetchResponsePartition,
  | 'committedLeaderEpoch'
> = Object.freeze({
  committedLeaderEpoch: -1,
});

export interface OffsetFetchResponseTopic {
  readonly name: string;
  readonly partitions: readonly OffsetFetchResponsePartition[];
}

export interface OffsetFetchResponsePartitions {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  readonly metadata: string | null;
  readonly errorCode: number;
}

export const OffsetFetchResponsePartitionsDefaults: Pick<
  OffsetFetchResponsePartitions,
  | 'committedLeaderEpoch'
> = Object.freeze({
  committedLeaderEpoch: -1,
});

export interface OffsetFetchResponseTopics {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: readonly OffsetFetchResponsePartitions[];
}

export const OffsetFetchResponseTopicsDefaults: Pick<
  OffsetFetchResponseTopics,
  | 'name'
  | 'topicId'
> = Object.freeze({
  name: '',
  topicId: ZERO_UUID,
});

export interface OffsetFetchResponseGroup {
  readonly groupId: string;
  readonly topics: readonly OffsetFetchResponseTopics[];
  readonly errorCode: number;
}

export const OffsetFetchResponseGroupDefaults: Pick<
  OffsetFetchResponseGroup,
  | 'errorCode'
> = Object.freeze({
  errorCode: 0,
});

export interface OffsetFetchResponse {
  readonly throttleTimeMs: number;
  readonly topics: readonly OffsetFetchResponseTopic[];
  readonly errorCode: number;
  readonly groups: readonly OffsetFetchResponseGroup[];
}

export const OffsetFetchResponseDefaults: OffsetFetchResponse = Object.freeze({
  throttleTimeMs: 0,
  topics: Object.freeze([]),
  errorCode: 0,
  groups: Object.freeze([]),
});

function encodeOffsetFetchResponsePartition(writer: Writer, version: number, message: OffsetFetchResponsePartition): void {
  const flexible = version >= 6;
  writer.int32(message.partitionIndex);
  writer.int64(message.committedOffset);
  if (version >= 5) writer.int32(message.committedLeaderEpoch);
  if (flexible) writer.compactNullableString(message.metadata);
  else writer.nullableString(message.metadata);
  writer.int16(message.errorCode);
  if (flexible) writer.noTaggedFields();
}

function decodeOffsetFetchResponsePartition(reader: Reader, version: number): OffsetFetchResponsePartition {
  const flexible = version >= 6;
  const partitionIndex = reader.int32();
  const committedOffset = reader.int64();
  const committedLeaderEpoch = version >= 5 ? reader.int32() : -1;
  const metadata = flexible ? reader.compactNullableString() : reader.nullableString();
  const errorCode = reader.int16();
  if (flexible) reader.skipTaggedFields();
  return { partitionIndex, committedOffset, committedLeaderEpoch, metadata, errorCode };
}

function decodeOffsetFetchResponsePartitionList(reader: Reader, version: number, length: number): OffsetFetchResponsePartition[] {
  const list: OffsetFetchResponsePartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetFetchResponsePartition(reader, version));
  return list;
}

function encodeOffsetFetchResponseTopic(writer: Writer, version: number, message: OffsetFetchResponseTopic): void {
  const flexible = version >= 6;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeOffsetFetchResponsePartition(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeOffsetFetchResponseTopic(reader: Reader, version: number): OffsetFetchResponseTopic {
  const flexible = version >= 6;
  const name = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(16) : reader.listLength(16);
  const partitions: readonly OffsetFetchResponsePartition[] = decodeOffsetFetchResponsePartitionList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, partitions };
}

function decodeOffsetFetchResponseTopicList(reader: Reader, version: number, length: number): OffsetFetchResponseTopic[] {
  const list: OffsetFetchResponseTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetFetchResponseTopic(reader, version));
  return list;
}

function encodeOffsetFetchResponsePartitions(writer: Writer, _version: number, message: OffsetFetchResponsePartitions): void {
  writer.int32(message.partitionIndex);
  writer.int64(message.committedOffset);
  writer.int32(message.committedLeaderEpoch);
  writer.compactNullableString(message.metadata);
  writer.int16(message.errorCode);
  writer.noTaggedFields();
}

function decodeOffsetFetchResponsePartitions(reader: Reader, _version: number): OffsetFetchResponsePartitions {
  const partitionIndex = reader.int32();
  const committedOffset = reader.int64();
  const committedLeaderEpoch = reader.int32();
  const metadata = reader.compactNullableString();
  const errorCode = reader.int16();
  reader.skipTaggedFields();
  return { partitionIndex, committedOffset, committedLeaderEpoch, metadata, errorCode };
}

function decodeOffsetFetchResponsePartitionsList(reader: Reader, version: number, length: number): OffsetFetchResponsePartitions[] {
  const list: OffsetFetchResponsePartitions[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetFetchResponsePartitions(reader, version));
  return list;
}

function encodeOffsetFetchResponseTopics(writer: Writer, version: number, message: OffsetFetchResponseTopics): void {
  if (version <= 9) writer.compactString(message.name);
  if (version === 10) writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeOffsetFetchResponsePartitions(writer, version, item);
  writer.noTaggedFields();
}

function decodeOffsetFetchResponseTopics(reader: Reader, version: number): OffsetFetchResponseTopics {
  const name = version <= 9 ? reader.compactString() : '';
  const topicId = version === 10 ? reader.uuid() : ZERO_UUID;
  const partitionsLength = reader.compactListLength(20);
  const partitions: readonly OffsetFetchResponsePartitions[] = decodeOffsetFetchResponsePartitionsList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { name, topicId, partitions };
}

function decodeOffsetFetchResponseTopicsList(reader: Reader, version: number, length: number): OffsetFetchResponseTopics[] {
  const list: OffsetFetchResponseTopics[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetFetchResponseTopics(reader, version));
  return list;
}

function encodeOffsetFetchResponseGroup(writer: Writer, version: number, message: OffsetFetchResponseGroup): void {
  writer.compactString(message.groupId);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeOffsetFetchResponseTopics(writer, version, item);
  writer.int16(message.errorCode);
  writer.noTaggedFields();
}

function decodeOffsetFetchResponseGroup(reader: Reader, version: number): OffsetFetchResponseGroup {
  const groupId = reader.compactString();
  const topicsLength = reader.compactListLength(3);
  const topics: readonly OffsetFetchResponseTopics[] = decodeOffsetFetchResponseTopicsList(reader, version, topicsLength);
  const errorCode = reader.int16();
  reader.skipTaggedFields();
  return { groupId, topics, errorCode };
}

function decodeOffsetFetchResponseGroupList(reader: Reader, version: number, length: number): OffsetFetchResponseGroup[] {
  const list: OffsetFetchResponseGroup[] = [];
  for (let index = 0; index < length; index++) list.push(decodeOffsetFetchResponseGroup(reader, version));
  return list;
}

export function encodeOffsetFetchResponse(writer: Writer, version: number, message: OffsetFetchResponse): void {
  const flexible = version >= 6;
  if (version >= 3) writer.int32(message.throttleTimeMs);
  if (version <= 7) {
    const topics = message.topics;
    if (flexible) writer.compactListLength(topics.length);
    else writer.listLength(topics.length);
    for (const item of topics) encodeOffsetFetchResponseTopic(writer, version, item);
  } else if (message.topics.length !== 0) {
    throw unsupportedField('OffsetFetchResponse.topics', version);
  }
  if (version >= 2 && version <= 7) writer.int16(message.errorCode);
  if (version >= 8) {
    const groups = message.groups;
    writer.compactListLength(groups.length);
    for (const item of groups) encodeOffsetFetchResponseGroup(writer, version, item);
  } else if (message.groups.length !== 0) {
    throw unsupportedField('OffsetFetchResponse.groups', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeOffsetFetchResponse(reader: Reader, version: number): OffsetFetchResponse {
  const flexible = version >= 6;
  const throttleTimeMs = version >= 3 ? reader.int32() : 0;
  let topics: readonly OffsetFetchResponseTopic[] = [];
  if (version <= 7) {
    const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
    topics = decodeOffsetFetchResponseTopicList(reader, version, topicsLength);
  }
  const errorCode = version >= 2 && version <= 7 ? reader.int16() : 0;
  let groups: readonly OffsetFetchResponseGroup[] = [];
  if (version >= 8) {
    const groupsLength = reader.compactListLength(5);
    groups = decodeOffsetFetchResponseGroupList(reader, version, groupsLength);
  }
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, topics, errorCode, groups };
}
