// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerProtocolAssignmentTopicPartition {
  readonly topic: string;
  readonly partitions: readonly number[];
}

export interface ConsumerProtocolAssignment {
  readonly assignedPartitions: readonly ConsumerProtocolAssignmentTopicPartition[];
  readonly userData: Uint8Array | null;
}

export const ConsumerProtocolAssignmentDefaults: Pick<
  ConsumerProtocolAssignment,
  | 'userData'
> = Object.freeze({
  userData: null,
});

function encodeConsumerProtocolAssignmentTopicPartition(writer: Writer, _version: number, message: ConsumerProtocolAssignmentTopicPartition): void {
  writer.string(message.topic);
  const partitions = message.partitions;
  writer.listLength(partitions.length);
  for (const item of partitions) writer.int32(item);
}

function decodeConsumerProtocolAssignmentTopicPartition(reader: Reader, _version: number): ConsumerProtocolAssignmentTopicPartition {
  const topic = reader.string();
  const partitionsLength = reader.listLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  return { topic, partitions };
}

function decodeConsumerProtocolAssignmentTopicPartitionList(reader: Reader, version: number, length: number): ConsumerProtocolAssignmentTopicPartition[] {
  const list: ConsumerProtocolAssignmentTopicPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerProtocolAssignmentTopicPartition(reader, version));
  return list;
}

export function encodeConsumerProtocolAssignment(writer: Writer, version: number, message: ConsumerProtocolAssignment): void {
  const assignedPartitions = message.assignedPartitions;
  writer.listLength(assignedPartitions.length);
  for (const item of assignedPartitions) encodeConsumerProtocolAssignmentTopicPartition(writer, version, item);
  writer.nullableBytes(message.userData);
}

export function decodeConsumerProtocolAssignment(reader: Reader, version: number): ConsumerProtocolAssignment {
  const assignedPartitionsLength = reader.listLength(6);
  const assignedPartitions: readonly ConsumerProtocolAssignmentTopicPartition[] = decodeConsumerProtocolAssignmentTopicPartitionList(reader, version, assignedPartitionsLength);
  const userData = reader.nullableBytes();
  return { assignedPartitions, userData };
}

export const consumerProtocolAssignmentCodec: MessageCodec<ConsumerProtocolAssignment> = {
  name: 'ConsumerProtocolAssignment',
  minVersion: 0,
  maxVersion: 3,
  recordType: null,
  encode: encodeConsumerProtocolAssignment,
  decode: decodeConsumerProtocolAssignment,
};
