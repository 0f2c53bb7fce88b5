// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  readonly topicId: string;
  readonly topicName: string;
  readonly partitions: readonly number[];
}

export interface ShareGroupStatePartitionMetadataValueTopicInfo {
  readonly topicId: string;
  readonly topicName: string;
}

export interface ShareGroupStatePartitionMetadataValue {
  readonly initializingTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[];
  readonly initializedTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[];
  readonly deletingTopics: readonly ShareGroupStatePartitionMetadataValueTopicInfo[];
}

function encodeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(writer: Writer, _version: number, message: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo): void {
  writer.uuid(message.topicId);
  writer.compactString(message.topicName);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(reader: Reader, _version: number): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  const topicId = reader.uuid();
  const topicName = reader.compactString();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, topicName, partitions };
}

function decodeShareGroupStatePartitionMetadataValueTopicPartitionsInfoList(reader: Reader, version: number, length: number): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] {
  const list: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(reader, version));
  return list;
}

function encodeShareGroupStatePartitionMetadataValueTopicInfo(writer: Writer, _version: number, message: ShareGroupStatePartitionMetadataValueTopicInfo): void {
  writer.uuid(message.topicId);
  writer.compactString(message.topicName);
  writer.noTaggedFields();
}

function decodeShareGroupStatePartitionMetadataValueTopicInfo(reader: Reader, _version: number): ShareGroupStatePartitionMetadataValueTopicInfo {
  const topicId = reader.uuid();
  const topicName = reader.compactString();
  reader.skipTaggedFields();
  return { topicId, topicName };
}

function decodeShareGroupStatePartitionMetadataValueTopicInfoList(reader: Reader, version: number, length: number): ShareGroupStatePartitionMetadataValueTopicInfo[] {
  const list: ShareGroupStatePartitionMetadataValueTopicInfo[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareGroupStatePartitionMetadataValueTopicInfo(reader, version));
  return list;
}

export function encodeShareGroupStatePartitionMetadataValue(writer: Writer, version: number, message: ShareGroupStatePartitionMetadataValue): void {
  const initializingTopics = message.initializingTopics;
  writer.compactListLength(initializingTopics.length);
  for (const item of initializingTopics) encodeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(writer, version, item);
  const initializedTopics = message.initializedTopics;
  writer.compactListLength(initializedTopics.length);
  for (const item of initializedTopics) encodeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(writer, version, item);
  const deletingTopics = message.deletingTopics;
  writer.compactListLength(deletingTopics.length);
  for (const item of deletingTopics) encodeShareGroupStatePartitionMetadataValueTopicInfo(writer, version, item);
  writer.noTaggedFields();
}

export function decodeShareGroupStatePartitionMetadataValue(reader: Reader, version: number): ShareGroupStatePartitionMetadataValue {
  const initializingTopicsLength = reader.compactListLength(19);
  const initializingTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] = decodeShareGroupStatePartitionMetadataValueTopicPartitionsInfoList(reader, version, initializingTopicsLength);
  const initializedTopicsLength = reader.compactListLength(19);
  const initializedTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] = decodeShareGroupStatePartitionMetadataValueTopicPartitionsInfoList(reader, version, initializedTopicsLength);
  const deletingTopicsLength = reader.compactListLength(18);
  const deletingTopics: readonly ShareGroupStatePartitionMetadataValueTopicInfo[] = decodeShareGroupStatePartitionMetadataValueTopicInfoList(reader, version, deletingTopicsLength);
  reader.skipTaggedFields();
  return { initializingTopics, initializedTopics, deletingTopics };
}

export const shareGroupStatePartitionMetadataValueCodec: MessageCodec<ShareGroupStatePartitionMetadataValue> = {
  name: 'ShareGroupStatePartitionMetadataValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 15,
  encode: encodeShareGroupStatePartitionMetadataValue,
  decode: decodeShareGroupStatePartitionMetadataValue,
};
