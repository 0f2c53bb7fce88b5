// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  readonly topicId: string;
  readonly partitions: readonly number[];
  readonly assignmentEpochs: readonly number[] | null;
}

export const ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsDefaults: Pick<
  ConsumerGroupCurrentMemberAssignmentValueTopicPartitions,
  | 'assignmentEpochs'
> = Object.freeze({
  assignmentEpochs: Object.freeze([]),
});

export interface ConsumerGroupCurrentMemberAssignmentValue {
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly state: number;
  readonly assignedPartitions: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[];
  readonly partitionsPendingRevocation: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[];
}

function encodeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(writer: Writer, _version: number, message: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  const hasAssignmentEpochs = (message.assignmentEpochs === null || message.assignmentEpochs.length !== 0);
  writer.uvarint((hasAssignmentEpochs ? 1 : 0));
  if (hasAssignmentEpochs) {
    const start = writer.beginTaggedField(0);
    const assignmentEpochs = message.assignmentEpochs;
    writer.compactListLength(assignmentEpochs === null ? -1 : assignmentEpochs.length);
    if (assignmentEpochs !== null) for (const item of assignmentEpochs) writer.int32(item);
    writer.endTaggedField(start);
  }
}

function decodeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(reader: Reader, _version: number): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  let assignmentEpochs: readonly number[] | null = [];
  for (let tags = reader.uvarint(); tags > 0; tags--) {
    const tag = reader.uvarint();
    const end = reader.taggedFieldEnd();
    switch (tag) {
      case 0: {
        const assignmentEpochsLength = reader.compactNullableListLength(4);
        assignmentEpochs = assignmentEpochsLength < 0 ? null : readInt32List(reader, assignmentEpochsLength);
        break;
      }
      default:
        reader.skipTo(end);
    }
    reader.expectPosition(end);
  }
  return { topicId, partitions, assignmentEpochs };
}

function decodeConsumerGroupCurrentMemberAssignmentValueTopicPartitionsList(reader: Reader, version: number, length: number): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] {
  const list: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(reader, version));
  return list;
}

export function encodeConsumerGroupCurrentMemberAssignmentValue(writer: Writer, version: number, message: ConsumerGroupCurrentMemberAssignmentValue): void {
  writer.int32(message.memberEpoch);
  writer.int32(message.previousMemberEpoch);
  writer.int8(message.state);
  const assignedPartitions = message.assignedPartitions;
  writer.compactListLength(assignedPartitions.length);
  for (const item of assignedPartitions) encodeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(writer, version, item);
  const partitionsPendingRevocation = message.partitionsPendingRevocation;
  writer.compactListLength(partitionsPendingRevocation.length);
  for (const item of partitionsPendingRevocation) encodeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(writer, version, item);
  writer.noTaggedFields();
}

export function decodeConsumerGroupCurrentMemberAssignmentValue(reader: Reader, version: number): ConsumerGroupCurrentMemberAssignmentValue {
  const memberEpoch = reader.int32();
  const previousMemberEpoch = reader.int32();
  const state = reader.int8();
  const assignedPartitionsLength = reader.compactListLength(18);
  const assignedPartitions: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] = decodeConsumerGroupCurrentMemberAssignmentValueTopicPartitionsList(reader, version, assignedPartitionsLength);
  const partitionsPendingRevocationLength = reader.compactListLength(18);
  const partitionsPendingRevocation: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] = decodeConsumerGroupCurrentMemberAssignmentValueTopicPartitionsList(reader, version, partitionsPendingRevocationLength);
  reader.skipTaggedFields();
  return { memberEpoch, previousMemberEpoch, state, assignedPartitions, partitionsPendingRevocation };
}

export const consumerGroupCurrentMemberAssignmentValueCodec: MessageCodec<ConsumerGroupCurrentMemberAssignmentValue> = {
  name: 'ConsumerGroupCurrentMemberAssignmentValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 8,
  encode: encodeConsumerGroupCurrentMemberAssignmentValue,
  decode: decodeConsumerGroupCurrentMemberAssignmentValue,
};
