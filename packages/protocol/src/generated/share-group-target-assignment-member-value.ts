// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupTargetAssignmentMemberValueTopicPartition {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export interface ShareGroupTargetAssignmentMemberValue {
  readonly topicPartitions: readonly ShareGroupTargetAssignmentMemberValueTopicPartition[];
}

function encodeShareGroupTargetAssignmentMemberValueTopicPartition(writer: Writer, _version: number, message: ShareGroupTargetAssignmentMemberValueTopicPartition): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeShareGroupTargetAssignmentMemberValueTopicPartition(reader: Reader, _version: number): ShareGroupTargetAssignmentMemberValueTopicPartition {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, partitions };
}

function decodeShareGroupTargetAssignmentMemberValueTopicPartitionList(reader: Reader, version: number, length: number): ShareGroupTargetAssignmentMemberValueTopicPartition[] {
  const list: ShareGroupTargetAssignmentMemberValueTopicPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareGroupTargetAssignmentMemberValueTopicPartition(reader, version));
  return list;
}

export function encodeShareGroupTargetAssignmentMemberValue(writer: Writer, version: number, message: ShareGroupTargetAssignmentMemberValue): void {
  const topicPartitions = message.topicPartitions;
  writer.compactListLength(topicPartitions.length);
  for (const item of topicPartitions) encodeShareGroupTargetAssignmentMemberValueTopicPartition(writer, version, item);
  writer.noTaggedFields();
}

export function decodeShareGroupTargetAssignmentMemberValue(reader: Reader, version: number): ShareGroupTargetAssignmentMemberValue {
  const topicPartitionsLength = reader.compactListLength(18);
  const topicPartitions: readonly ShareGroupTargetAssignmentMemberValueTopicPartition[] = decodeShareGroupTargetAssignmentMemberValueTopicPartitionList(reader, version, topicPartitionsLength);
  reader.skipTaggedFields();
  return { topicPartitions };
}

export const shareGroupTargetAssignmentMemberValueCodec: MessageCodec<ShareGroupTargetAssignmentMemberValue> = {
  name: 'ShareGroupTargetAssignmentMemberValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 13,
  encode: encodeShareGroupTargetAssignmentMemberValue,
  decode: decodeShareGroupTargetAssignmentMemberValue,
};
