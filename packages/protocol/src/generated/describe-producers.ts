// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeProducersRequestTopicRequest {
  readonly name: string;
  readonly partitionIndexes: readonly number[];
}

export interface DescribeProducersRequest {
  readonly topics: readonly DescribeProducersRequestTopicRequest[];
}

function encodeDescribeProducersRequestTopicRequest(writer: Writer, _version: number, message: DescribeProducersRequestTopicRequest): void {
  writer.compactString(message.name);
  const partitionIndexes = message.partitionIndexes;
  writer.compactListLength(partitionIndexes.length);
  for (const item of partitionIndexes) writer.int32(item);
  writer.noTaggedFields();
}

function decodeDescribeProducersRequestTopicRequest(reader: Reader, _version: number): DescribeProducersRequestTopicRequest {
  const name = reader.compactString();
  const partitionIndexesLength = reader.compactListLength(4);
  const partitionIndexes: readonly number[] = readInt32List(reader, partitionIndexesLength);
  reader.skipTaggedFields();
  return { name, partitionIndexes };
}

function decodeDescribeProducersRequestTopicRequestList(reader: Reader, version: number, length: number): DescribeProducersRequestTopicRequest[] {
  const list: DescribeProducersRequestTopicRequest[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeProducersRequestTopicRequest(reader, version));
  return list;
}

export function encodeDescribeProducersRequest(writer: Writer, version: number, message: DescribeProducersRequest): void {
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeDescribeProducersRequestTopicRequest(writer, version, item);
  writer.noTaggedFields();
}

export function decodeDescribeProducersRequest(reader: Reader, version: number): DescribeProducersRequest {
  const topicsLength = reader.compactListLength(3);
  const topics: readonly DescribeProducersRequestTopicRequest[] = decodeDescribeProducersRequestTopicRequestList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { topics };
}

export interface DescribeProducersResponseProducerState {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly lastSequence: number;
  readonly lastTimestamp: number;
  readonly coordinatorEpoch: number;
  readonly currentTxnStartOffset: number;
}

export const DescribeProducersResponseProducerStateDefaults: Pick<
  DescribeProducersResponseProducerState,
  | 'lastSequence'
  | 'lastTimestamp'
  | 'currentTxnStartOffset'
> = Object.freeze({
  lastSequence: -1,
  lastTimestamp: -1,
  currentTxnStartOffset: -1,
});

export interface DescribeProducersResponsePartitionResponse {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly activeProducers: readonly DescribeProducersResponseProducerState[];
}

export const DescribeProducersResponsePartitionResponseDefaults: Pick<
  DescribeProducersResponsePartitionResponse,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: null,
});

export interface DescribeProducersResponseTopicResponse {
  readonly name: string;
  readonly partitions: readonly DescribeProducersResponsePartitionResponse[];
}

export interface DescribeProducersResponse {
  readonly throttleTimeMs: number;
  readonly topics: readonly DescribeProducersResponseTopicResponse[];
}

function encodeDescribeProducersResponseProducerState(writer: Writer, _version: number, message: DescribeProducersResponseProducerState): void {
  writer.int64(message.producerId);
  writer.int32(message.producerEpoch);
  writer.int32(message.lastSequence);
  writer.int64(message.lastTimestamp);
  writer.int32(message.coordinatorEpoch);
  writer.int64(message.currentTxnStartOffset);
  writer.noTaggedFields();
}

function decodeDescribeProducersResponseProducerState(reader: Reader, _version: number): DescribeProducersResponseProducerState {
  const producerId = reader.int64();
  const producerEpoch = reader.int32();
  const lastSequence = reader.int32();
  const lastTimestamp = reader.int64();
  const coordinatorEpoch = reader.int32();
  const currentTxnStartOffset = reader.int64();
  reader.skipTaggedFields();
  return { producerId, producerEpoch, lastSequence, lastTimestamp, coordinatorEpoch, currentTxnStartOffset };
}

function decodeDescribeProducersResponseProducerStateList(reader: Reader, version: number, length: number): DescribeProducersResponseProducerState[] {
  const list: DescribeProducersResponseProducerState[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeProducersResponseProducerState(reader, version));
  return list;
}

function encodeDescribeProducersResponsePartitionResponse(writer: Writer, version: number, message: DescribeProducersResponsePartitionResponse): void {
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  const activeProducers = message.activeProducers;
  writer.compactListLength(activeProducers.length);
  for (const item of activeProducers) encodeDescribeProducersResponseProducerState(writer, version, item);
  writer.noTaggedFields();
}

function decodeDescribeProducersResponsePartitionResponse(reader: Reader, version: number): DescribeProducersResponsePartitionResponse {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const activeProducersLength = reader.compactListLength(37);
  const activeProducers: readonly DescribeProducersResponseProducerState[] = decodeDescribeProducersResponseProducerStateList(reader, version, activeProducersLength);
  reader.skipTaggedFields();
  return { partitionIndex, errorCode, errorMessage, activeProducers };
}

function decodeDescribeProducersResponsePartitionResponseList(reader: Reader, version: number, length: number): DescribeProducersResponsePartitionResponse[] {
  const list: DescribeProducersResponsePartitionResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeProducersResponsePartitionResponse(reader, version));
  return list;
}

function encodeDescribeProducersResponseTopicResponse(writer: Writer, version: number, message: DescribeProducersResponseTopicResponse): void {
  writer.compactString(message.name);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeDescribeProducersResponsePartitionResponse(writer, version, item);
  writer.noTaggedFields();
}

function decodeDescribeProducersResponseTopicResponse(reader: Reader, version: number): DescribeProducersResponseTopicResponse {
  const name = reader.compactString();
  const partitionsLength = reader.compactListLength(9);
  const partitions: readonly DescribeProducersResponsePartitionResponse[] = decodeDescribeProducersResponsePartitionResponseList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { name, partitions };
}

function decodeDescribeProducersResponseTopicResponseList(reader: Reader, version: number, length: number): DescribeProducersResponseTopicResponse[] {
  const list: DescribeProducersResponseTopicResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeProducersResponseTopicResponse(reader, version));
  return list;
}

export function encodeDescribeProducersResponse(writer: Writer, version: number, message: DescribeProducersResponse): void {
  writer.int32(message.throttleTimeMs);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeDescribeProducersResponseTopicResponse(writer, version, item);
  writer.noTaggedFields();
}

export function decodeDescribeProducersResponse(reader: Reader, version: number): DescribeProducersResponse {
  const throttleTimeMs = reader.int32();
  const topicsLength = reader.compactListLength(3);
  const topics: readonly DescribeProducersResponseTopicResponse[] = decodeDescribeProducersResponseTopicResponseList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, topics };
}
