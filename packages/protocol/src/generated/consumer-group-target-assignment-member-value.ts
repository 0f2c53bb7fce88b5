// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export interface ConsumerGroupTargetAssignmentMemberValue {
  readonly topicPartitions: readonly ConsumerGroupTargetAssignmentMemberValueTopicPartition[];
}

function encodeConsumerGroupTargetAssignmentMemberValueTopicPartition(writer: Writer, _version: number, message: ConsumerGroupTargetAssignmentMemberValueTopicPartition): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeConsumerGroupTargetAssignmentMemberValueTopicPartition(reader: Reader, _version: number): ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, partitions };
}

function decodeConsumerGroupTargetAssignmentMemberValueTopicPartitionList(reader: Reader, version: number, length: number): ConsumerGroupTargetAssignmentMemberValueTopicPartition[] {
  const list: ConsumerGroupTargetAssignmentMemberValueTopicPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerGroupTargetAssignmentMemberValueTopicPartition(reader, version));
  return list;
}

export function encodeConsumerGroupTargetAssignmentMemberValue(writer: Writer, version: number, message: ConsumerGroupTargetAssignmentMemberValue): void {
  const topicPartitions = message.topicPartitions;
  writer.compactListLength(topicPartitions.length);
  for (const item of topicPartitions) encodeConsumerGroupTargetAssignmentMemberValueTopicPartition(writer, version, item);
  writer.noTaggedFields();
}

export function decodeConsumerGroupTargetAssignmentMemberValue(reader: Reader, version: number): ConsumerGroupTargetAssignmentMemberValue {
  const topicPartitionsLength = reader.compactListLength(18);
  const topicPartitions: readonly ConsumerGroupTargetAssignmentMemberValueTopicPartition[] = decodeConsumerGroupTargetAssignmentMemberValueTopicPartitionList(reader, version, topicPartitionsLength);
  reader.skipTaggedFields();
  return { topicPartitions };
}

export const consumerGroupTargetAssignmentMemberValueCodec: MessageCodec<ConsumerGroupTargetAssignmentMemberValue> = {
  name: 'ConsumerGroupTargetAssignmentMemberValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 7,
  encode: encodeConsumerGroupTargetAssignmentMemberValue,
  decode: decodeConsumerGroupTargetAssignmentMemberValue,
};
