// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readCompactStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerGroupPartitionMetadataValuePartitionMetadata {
  readonly partition: number;
  readonly racks: readonly string[];
}

export interface ConsumerGroupPartitionMetadataValueTopicMetadata {
  readonly topicId: string;
  readonly topicName: string;
  readonly numPartitions: number;
  readonly partitionMetadata: readonly ConsumerGroupPartitionMetadataValuePartitionMetadata[];
}

export interface ConsumerGroupPartitionMetadataValue {
  readonly topics: readonly ConsumerGroupPartitionMetadataValueTopicMetadata[];
}

function encodeConsumerGroupPartitionMetadataValuePartitionMetadata(writer: Writer, _version: number, message: ConsumerGroupPartitionMetadataValuePartitionMetadata): void {
  writer.int32(message.partition);
  const racks = message.racks;
  writer.compactListLength(racks.length);
  for (const item of racks) writer.compactString(item);
  writer.noTaggedFields();
}

function decodeConsumerGroupPartitionMetadataValuePartitionMetadata(reader: Reader, _version: number): ConsumerGroupPartitionMetadataValuePartitionMetadata {
  const partition = reader.int32();
  const racksLength = reader.compactListLength(1);
  const racks: readonly string[] = readCompactStringList(reader, racksLength);
  reader.skipTaggedFields();
  return { partition, racks };
}

function decodeConsumerGroupPartitionMetadataValuePartitionMetadataList(reader: Reader, version: number, length: number): ConsumerGroupPartitionMetadataValuePartitionMetadata[] {
  const list: ConsumerGroupPartitionMetadataValuePartitionMetadata[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerGroupPartitionMetadataValuePartitionMetadata(reader, version));
  return list;
}

function encodeConsumerGroupPartitionMetadataValueTopicMetadata(writer: Writer, version: number, message: ConsumerGroupPartitionMetadataValueTopicMetadata): void {
  writer.uuid(message.topicId);
  writer.compactString(message.topicName);
  writer.int32(message.numPartitions);
  const partitionMetadata = message.partitionMetadata;
  writer.compactListLength(partitionMetadata.length);
  for (const item of partitionMetadata) encodeConsumerGroupPartitionMetadataValuePartitionMetadata(writer, version, item);
  writer.noTaggedFields();
}

function decodeConsumerGroupPartitionMetadataValueTopicMetadata(reader: Reader, version: number): ConsumerGroupPartitionMetadataValueTopicMetadata {
  const topicId = reader.uuid();
  const topicName = reader.compactString();
  const numPartitions = reader.int32();
  const partitionMetadataLength = reader.compactListLength(6);
  const partitionMetadata: readonly ConsumerGroupPartitionMetadataValuePartitionMetadata[] = decodeConsumerGroupPartitionMetadataValuePartitionMetadataList(reader, version, partitionMetadataLength);
  reader.skipTaggedFields();
  return { topicId, topicName, numPartitions, partitionMetadata };
}

function decodeConsumerGroupPartitionMetadataValueTopicMetadataList(reader: Reader, version: number, length: number): ConsumerGroupPartitionMetadataValueTopicMetadata[] {
  const list: ConsumerGroupPartitionMetadataValueTopicMetadata[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerGroupPartitionMetadataValueTopicMetadata(reader, version));
  return list;
}

export function encodeConsumerGroupPartitionMetadataValue(writer: Writer, version: number, message: ConsumerGroupPartitionMetadataValue): void {
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeConsumerGroupPartitionMetadataValueTopicMetadata(writer, version, item);
  writer.noTaggedFields();
}

export function decodeConsumerGroupPartitionMetadataValue(reader: Reader, version: number): ConsumerGroupPartitionMetadataValue {
  const topicsLength = reader.compactListLength(23);
  const topics: readonly ConsumerGroupPartitionMetadataValueTopicMetadata[] = decodeConsumerGroupPartitionMetadataValueTopicMetadataList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { topics };
}

export const consumerGroupPartitionMetadataValueCodec: MessageCodec<ConsumerGroupPartitionMetadataValue> = {
  name: 'ConsumerGroupPartitionMetadataValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 4,
  encode: encodeConsumerGroupPartitionMetadataValue,
  decode: decodeConsumerGroupPartitionMetadataValue,
};
