// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export interface ShareGroupCurrentMemberAssignmentValue {
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly state: number;
  readonly assignedPartitions: readonly ShareGroupCurrentMemberAssignmentValueTopicPartitions[];
}

function encodeShareGroupCurrentMemberAssignmentValueTopicPartitions(writer: Writer, _version: number, message: ShareGroupCurrentMemberAssignmentValueTopicPartitions): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeShareGroupCurrentMemberAssignmentValueTopicPartitions(reader: Reader, _version: number): ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, partitions };
}

function decodeShareGroupCurrentMemberAssignmentValueTopicPartitionsList(reader: Reader, version: number, length: number): ShareGroupCurrentMemberAssignmentValueTopicPartitions[] {
  const list: ShareGroupCurrentMemberAssignmentValueTopicPartitions[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareGroupCurrentMemberAssignmentValueTopicPartitions(reader, version));
  return list;
}

export function encodeShareGroupCurrentMemberAssignmentValue(writer: Writer, version: number, message: ShareGroupCurrentMemberAssignmentValue): void {
  writer.int32(message.memberEpoch);
  writer.int32(message.previousMemberEpoch);
  writer.int8(message.state);
  const assignedPartitions = message.assignedPartitions;
  writer.compactListLength(assignedPartitions.length);
  for (const item of assignedPartitions) encodeShareGroupCurrentMemberAssignmentValueTopicPartitions(writer, version, item);
  writer.noTaggedFields();
}

export function decodeShareGroupCurrentMemberAssignmentValue(reader: Reader, version: number): ShareGroupCurrentMemberAssignmentValue {
  const memberEpoch = reader.int32();
  const previousMemberEpoch = reader.int32();
  const state = reader.int8();
  const assignedPartitionsLength = reader.compactListLength(18);
  const assignedPartitions: readonly ShareGroupCurrentMemberAssignmentValueTopicPartitions[] = decodeShareGroupCurrentMemberAssignmentValueTopicPartitionsList(reader, version, assignedPartitionsLength);
  reader.skipTaggedFields();
  return { memberEpoch, previousMemberEpoch, state, assignedPartitions };
}

export const shareGroupCurrentMemberAssignmentValueCodec: MessageCodec<ShareGroupCurrentMemberAssignmentValue> = {
  name: 'ShareGroupCurrentMemberAssignmentValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 14,
  encode: encodeShareGroupCurrentMemberAssignmentValue,
  decode: decodeShareGroupCurrentMemberAssignmentValue,
};
