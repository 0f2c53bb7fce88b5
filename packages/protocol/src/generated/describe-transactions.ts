// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readCompactStringList, readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeTransactionsRequest {
  readonly transactionalIds: readonly string[];
}

export function encodeDescribeTransactionsRequest(writer: Writer, _version: number, message: DescribeTransactionsRequest): void {
  const transactionalIds = message.transactionalIds;
  writer.compactListLength(transactionalIds.length);
  for (const item of transactionalIds) writer.compactString(item);
  writer.noTaggedFields();
}

export function decodeDescribeTransactionsRequest(reader: Reader, _version: number): DescribeTransactionsRequest {
  const transactionalIdsLength = reader.compactListLength(1);
  const transactionalIds: readonly string[] = readCompactStringList(reader, transactionalIdsLength);
  reader.skipTaggedFields();
  return { transactionalIds };
}

export interface DescribeTransactionsResponseTopicData {
  readonly topic: string;
  readonly partitions: readonly number[];
}

export interface DescribeTransactionsResponseTransactionState {
  readonly errorCode: number;
  readonly transactionalId: string;
  readonly transactionState: string;
  readonly transactionTimeoutMs: number;
  readonly transactionStartTimeMs: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly topics: readonly DescribeTransactionsResponseTopicData[];
}

export interface DescribeTransactionsResponse {
  readonly throttleTimeMs: number;
  readonly transactionStates: readonly DescribeTransactionsResponseTransactionState[];
}

function encodeDescribeTransactionsResponseTopicData(writer: Writer, _version: number, message: DescribeTransactionsResponseTopicData): void {
  writer.compactString(message.topic);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeDescribeTransactionsResponseTopicData(reader: Reader, _version: number): DescribeTransactionsResponseTopicData {
  const topic = reader.compactString();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topic, partitions };
}

function decodeDescribeTransactionsResponseTopicDataList(reader: Reader, version: number, length: number): DescribeTransactionsResponseTopicData[] {
  const list: DescribeTransactionsResponseTopicData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeTransactionsResponseTopicData(reader, version));
  return list;
}

function encodeDescribeTransactionsResponseTransactionState(writer: Writer, version: number, message: DescribeTransactionsResponseTransactionState): void {
  writer.int16(message.errorCode);
  writer.compactString(message.transactionalId);
  writer.compactString(message.transactionState);
  writer.int32(message.transactionTimeoutMs);
  writer.int64(message.transactionStartTimeMs);
  writer.int64(message.producerId);
  writer.int16(message.producerEpoch);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeDescribeTransactionsResponseTopicData(writer, version, item);
  writer.noTaggedFields();
}

function decodeDescribeTransactionsResponseTransactionState(reader: Reader, version: number): DescribeTransactionsResponseTransactionState {
  const errorCode = reader.int16();
  const transactionalId = reader.compactString();
  const transactionState = reader.compactString();
  const transactionTimeoutMs = reader.int32();
  const transactionStartTimeMs = reader.int64();
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const topicsLength = reader.compactListLength(3);
  const topics: readonly DescribeTransactionsResponseTopicData[] = decodeDescribeTransactionsResponseTopicDataList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return {
    errorCode,
    transactionalId,
    transactionState,
    transactionTimeoutMs,
    transactionStartTimeMs,
    producerId,
    producerEpoch,
    topics,
  };
}

function decodeDescribeTransactionsResponseTransactionStateList(reader: Reader, version: number, length: number): DescribeTransactionsResponseTransactionState[] {
  const list: DescribeTransactionsResponseTransactionState[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeTransactionsResponseTransactionState(reader, version));
  return list;
}

export function encodeDescribeTransactionsResponse(writer: Writer, version: number, message: DescribeTransactionsResponse): void {
  writer.int32(message.throttleTimeMs);
  const transactionStates = message.transactionStates;
  writer.compactListLength(transactionStates.length);
  for (const item of transactionStates) encodeDescribeTransactionsResponseTransactionState(writer, version, item);
  writer.noTaggedFields();
}

export function decodeDescribeTransactionsResponse(reader: Reader, version: number): DescribeTransactionsResponse {
  const throttleTimeMs = reader.int32();
  const transactionStatesLength = reader.compactListLength(28);
  const transactionStates: readonly DescribeTransactionsResponseTransactionState[] = decodeDescribeTransactionsResponseTransactionStateList(reader, version, transactionStatesLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, transactionStates };
}
