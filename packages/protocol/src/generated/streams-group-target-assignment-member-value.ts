// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupTargetAssignmentMemberValueTaskIds {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
}

export interface StreamsGroupTargetAssignmentMemberValue {
  readonly activeTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIds[];
  readonly standbyTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIds[];
  readonly warmupTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIds[];
}

function encodeStreamsGroupTargetAssignmentMemberValueTaskIds(writer: Writer, _version: number, message: StreamsGroupTargetAssignmentMemberValueTaskIds): void {
  writer.compactString(message.subtopologyId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeStreamsGroupTargetAssignmentMemberValueTaskIds(reader: Reader, _version: number): StreamsGroupTargetAssignmentMemberValueTaskIds {
  const subtopologyId = reader.compactString();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { subtopologyId, partitions };
}

function decodeStreamsGroupTargetAssignmentMemberValueTaskIdsList(reader: Reader, version: number, length: number): StreamsGroupTargetAssignmentMemberValueTaskIds[] {
  const list: StreamsGroupTargetAssignmentMemberValueTaskIds[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupTargetAssignmentMemberValueTaskIds(reader, version));
  return list;
}

export function encodeStreamsGroupTargetAssignmentMemberValue(writer: Writer, version: number, message: StreamsGroupTargetAssignmentMemberValue): void {
  const activeTasks = message.activeTasks;
  writer.compactListLength(activeTasks.length);
  for (const item of activeTasks) encodeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, version, item);
  const standbyTasks = message.standbyTasks;
  writer.compactListLength(standbyTasks.length);
  for (const item of standbyTasks) encodeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, version, item);
  const warmupTasks = message.warmupTasks;
  writer.compactListLength(warmupTasks.length);
  for (const item of warmupTasks) encodeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, version, item);
  writer.noTaggedFields();
}

export function decodeStreamsGroupTargetAssignmentMemberValue(reader: Reader, version: number): StreamsGroupTargetAssignmentMemberValue {
  const activeTasksLength = reader.compactListLength(3);
  const activeTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIds[] = decodeStreamsGroupTargetAssignmentMemberValueTaskIdsList(reader, version, activeTasksLength);
  const standbyTasksLength = reader.compactListLength(3);
  const standbyTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIds[] = decodeStreamsGroupTargetAssignmentMemberValueTaskIdsList(reader, version, standbyTasksLength);
  const warmupTasksLength = reader.compactListLength(3);
  const warmupTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIds[] = decodeStreamsGroupTargetAssignmentMemberValueTaskIdsList(reader, version, warmupTasksLength);
  reader.skipTaggedFields();
  return { activeTasks, standbyTasks, warmupTasks };
}

export const streamsGroupTargetAssignmentMemberValueCodec: MessageCodec<StreamsGroupTargetAssignmentMemberValue> = {
  name: 'StreamsGroupTargetAssignmentMemberValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 21,
  encode: encodeStreamsGroupTargetAssignmentMemberValue,
  decode: decodeStreamsGroupTargetAssignmentMemberValue,
};
