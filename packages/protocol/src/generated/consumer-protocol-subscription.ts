// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readInt32List, readStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ConsumerProtocolSubscriptionTopicPartition {
  readonly topic: string;
  readonly partitions: readonly number[];
}

export interface ConsumerProtocolSubscription {
  readonly topics: readonly string[];
  readonly userData: Uint8Array | null;
  readonly ownedPartitions: readonly ConsumerProtocolSubscriptionTopicPartition[];
  readonly generationId: number;
  readonly rackId: string | null;
}

export const ConsumerProtocolSubscriptionDefaults: Pick<
  ConsumerProtocolSubscription,
  | 'userData'
  | 'ownedPartitions'
  | 'generationId'
  | 'rackId'
> = Object.freeze({
  userData: null,
  ownedPartitions: Object.freeze([]),
  generationId: -1,
  rackId: null,
});

function encodeConsumerProtocolSubscriptionTopicPartition(writer: Writer, _version: number, message: ConsumerProtocolSubscriptionTopicPartition): void {
  writer.string(message.topic);
  const partitions = message.partitions;
  writer.listLength(partitions.length);
  for (const item of partitions) writer.int32(item);
}

function decodeConsumerProtocolSubscriptionTopicPartition(reader: Reader, _version: number): ConsumerProtocolSubscriptionTopicPartition {
  const topic = reader.string();
  const partitionsLength = reader.listLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  return { topic, partitions };
}

function decodeConsumerProtocolSubscriptionTopicPartitionList(reader: Reader, version: number, length: number): ConsumerProtocolSubscriptionTopicPartition[] {
  const list: ConsumerProtocolSubscriptionTopicPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeConsumerProtocolSubscriptionTopicPartition(reader, version));
  return list;
}

export function encodeConsumerProtocolSubscription(writer: Writer, version: number, message: ConsumerProtocolSubscription): void {
  const topics = message.topics;
  writer.listLength(topics.length);
  for (const item of topics) writer.string(item);
  writer.nullableBytes(message.userData);
  if (version >= 1) {
    const ownedPartitions = message.ownedPartitions;
    writer.listLength(ownedPartitions.length);
    for (const item of ownedPartitions) encodeConsumerProtocolSubscriptionTopicPartition(writer, version, item);
  }
  if (version >= 2) writer.int32(message.generationId);
  if (version === 3) writer.nullableString(message.rackId);
}

export function decodeConsumerProtocolSubscription(reader: Reader, version: number): ConsumerProtocolSubscription {
  const topicsLength = reader.listLength(2);
  const topics: readonly string[] = readStringList(reader, topicsLength);
  const userData = reader.nullableBytes();
  let ownedPartitions: readonly ConsumerProtocolSubscriptionTopicPartition[] = [];
  if (version >= 1) {
    const ownedPartitionsLength = reader.listLength(6);
    ownedPartitions = decodeConsumerProtocolSubscriptionTopicPartitionList(reader, version, ownedPartitionsLength);
  }
  const generationId = version >= 2 ? reader.int32() : -1;
  const rackId = version === 3 ? reader.nullableString() : null;
  return { topics, userData, ownedPartitions, generationId, rackId };
}

export const consumerProtocolSubscriptionCodec: MessageCodec<ConsumerProtocolSubscription> = {
  name: 'ConsumerProtocolSubscription',
  minVersion: 0,
  maxVersion: 3,
  recordType: null,
  encode: encodeConsumerProtocolSubscription,
  decode: decodeConsumerProtocolSubscription,
};
