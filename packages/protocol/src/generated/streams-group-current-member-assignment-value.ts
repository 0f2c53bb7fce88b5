// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupCurrentMemberAssignmentValueTaskIds {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
  readonly assignmentEpochs: readonly number[] | null;
}

export const StreamsGroupCurrentMemberAssignmentValueTaskIdsDefaults: Pick<
  StreamsGroupCurrentMemberAssignmentValueTaskIds,
  | 'assignmentEpochs'
> = Object.freeze({
  assignmentEpochs: Object.freeze([]),
});

export interface StreamsGroupCurrentMemberAssignmentValue {
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly state: number;
  readonly activeTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  readonly standbyTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  readonly warmupTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  readonly activeTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  readonly standbyTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[];
  readonly warmupTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[];
}

function encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer: Writer, _version: number, message: StreamsGroupCurrentMemberAssignmentValueTaskIds): void {
  writer.compactString(message.subtopologyId);
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

function decodeStreamsGroupCurrentMemberAssignmentValueTaskIds(reader: Reader, _version: number): StreamsGroupCurrentMemberAssignmentValueTaskIds {
  const subtopologyId = reader.compactString();
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
  return { subtopologyId, partitions, assignmentEpochs };
}

function decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsList(reader: Reader, version: number, length: number): StreamsGroupCurrentMemberAssignmentValueTaskIds[] {
  const list: StreamsGroupCurrentMemberAssignmentValueTaskIds[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version));
  return list;
}

export function encodeStreamsGroupCurrentMemberAssignmentValue(writer: Writer, version: number, message: StreamsGroupCurrentMemberAssignmentValue): void {
  writer.int32(message.memberEpoch);
  writer.int32(message.previousMemberEpoch);
  writer.int8(message.state);
  const activeTasks = message.activeTasks;
  writer.compactListLength(activeTasks.length);
  for (const item of activeTasks) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, item);
  const standbyTasks = message.standbyTasks;
  writer.compactListLength(standbyTasks.length);
  for (const item of standbyTasks) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, item);
  const warmupTasks = message.warmupTasks;
  writer.compactListLength(warmupTasks.length);
  for (const item of warmupTasks) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, item);
  const activeTasksPendingRevocation = message.activeTasksPendingRevocation;
  writer.compactListLength(activeTasksPendingRevocation.length);
  for (const item of activeTasksPendingRevocation) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, item);
  const standbyTasksPendingRevocation = message.standbyTasksPendingRevocation;
  writer.compactListLength(standbyTasksPendingRevocation.length);
  for (const item of standbyTasksPendingRevocation) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, item);
  const warmupTasksPendingRevocation = message.warmupTasksPendingRevocation;
  writer.compactListLength(warmupTasksPendingRevocation.length);
  for (const item of warmupTasksPendingRevocation) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, item);
  writer.noTaggedFields();
}

export function decodeStreamsGroupCurrentMemberAssignmentValue(reader: Reader, version: number): StreamsGroupCurrentMemberAssignmentValue {
  const memberEpoch = reader.int32();
  const previousMemberEpoch = reader.int32();
  const state = reader.int8();
  const activeTasksLength = reader.compactListLength(3);
  const activeTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[] = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsList(reader, version, activeTasksLength);
  const standbyTasksLength = reader.compactListLength(3);
  const standbyTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[] = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsList(reader, version, standbyTasksLength);
  const warmupTasksLength = reader.compactListLength(3);
  const warmupTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[] = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsList(reader, version, warmupTasksLength);
  const activeTasksPendingRevocationLength = reader.compactListLength(3);
  const activeTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[] = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsList(reader, version, activeTasksPendingRevocationLength);
  const standbyTasksPendingRevocationLength = reader.compactListLength(3);
  const standbyTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[] = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsList(reader, version, standbyTasksPendingRevocationLength);
  const warmupTasksPendingRevocationLength = reader.compactListLength(3);
  const warmupTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[] = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsList(reader, version, warmupTasksPendingRevocationLength);
  reader.skipTaggedFields();
  return {
    memberEpoch,
    previousMemberEpoch,
    state,
    activeTasks,
    standbyTasks,
    warmupTasks,
    activeTasksPendingRevocation,
    standbyTasksPendingRevocation,
    warmupTasksPendingRevocation,
  };
}

export const streamsGroupCurrentMemberAssignmentValueCodec: MessageCodec<StreamsGroupCurrentMemberAssignmentValue> = {
  name: 'StreamsGroupCurrentMemberAssignmentValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 22,
  encode: encodeStreamsGroupCurrentMemberAssignmentValue,
  decode: decodeStreamsGroupCurrentMemberAssignmentValue,
};
