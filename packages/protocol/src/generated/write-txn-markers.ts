// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface WriteTxnMarkersRequestWritableTxnMarkerTopic {
  readonly name: string;
  readonly partitionIndexes: readonly number[];
}

export interface WriteTxnMarkersRequestWritableTxnMarker {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly transactionResult: boolean;
  readonly topics: readonly WriteTxnMarkersRequestWritableTxnMarkerTopic[];
  readonly coordinatorEpoch: number;
  readonly transactionVersion: number;
}

export const WriteTxnMarkersRequestWritableTxnMarkerDefaults: Pick<
  WriteTxnMarkersRequestWritableTxnMarker,
  | 'transactionVersion'
> = Object.freeze({
  transactionVersion: 0,
});

export interface WriteTxnMarkersRequest {
  readonly markers: readonly WriteTxnMarkersRequestWritableTxnMarker[];
}

function encodeWriteTxnMarkersRequestWritableTxnMarkerTopic(writer: Writer, _version: number, message: WriteTxnMarkersRequestWritableTxnMarkerTopic): void {
  writer.compactString(message.name);
  const partitionIndexes = message.partitionIndexes;
  writer.compactListLength(partitionIndexes.length);
  for (const item of partitionIndexes) writer.int32(item);
  writer.noTaggedFields();
}

function decodeWriteTxnMarkersRequestWritableTxnMarkerTopic(reader: Reader, _version: number): WriteTxnMarkersRequestWritableTxnMarkerTopic {
  const name = reader.compactString();
  const partitionIndexesLength = reader.compactListLength(4);
  const partitionIndexes: readonly number[] = readInt32List(reader, partitionIndexesLength);
  reader.skipTaggedFields();
  return { name, partitionIndexes };
}

function decodeWriteTxnMarkersRequestWritableTxnMarkerTopicList(reader: Reader, version: number, length: number): WriteTxnMarkersRequestWritableTxnMarkerTopic[] {
  const list: WriteTxnMarkersRequestWritableTxnMarkerTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeWriteTxnMarkersRequestWritableTxnMarkerTopic(reader, version));
  return list;
}

function encodeWriteTxnMarkersRequestWritableTxnMarker(writer: Writer, version: number, message: WriteTxnMarkersRequestWritableTxnMarker): void {
  writer.int64(message.producerId);
  writer.int16(message.producerEpoch);
  writer.bool(message.transactionResult);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeWriteTxnMarkersRequestWritableTxnMarkerTopic(writer, version, item);
  writer.int32(message.coordinatorEpoch);
  if (version === 2) writer.int8(message.transactionVersion);
  writer.noTaggedFields();
}

function decodeWriteTxnMarkersRequestWritableTxnMarker(reader: Reader, version: number): WriteTxnMarkersRequestWritableTxnMarker {
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const transactionResult = reader.bool();
  const topicsLength = reader.compactListLength(3);
  const topics: readonly WriteTxnMarkersRequestWritableTxnMarkerTopic[] = decodeWriteTxnMarkersRequestWritableTxnMarkerTopicList(reader, version, topicsLength);
  const coordinatorEpoch = reader.int32();
  const transactionVersion = version === 2 ? reader.int8() : 0;
  reader.skipTaggedFields();
  return { producerId, producerEpoch, transactionResult, topics, coordinatorEpoch, transactionVersion };
}

function decodeWriteTxnMarkersRequestWritableTxnMarkerList(reader: Reader, version: number, length: number): WriteTxnMarkersRequestWritableTxnMarker[] {
  const list: WriteTxnMarkersRequestWritableTxnMarker[] = [];
  for (let index = 0; index < length; index++) list.push(decodeWriteTxnMarkersRequestWritableTxnMarker(reader, version));
  return list;
}

export function encodeWriteTxnMarkersRequest(writer: Writer, version: number, message: WriteTxnMarkersRequest): void {
  const markers = message.markers;
  writer.compactListLength(markers.length);
  for (const item of markers) encodeWriteTxnMarkersRequestWritableTxnMarker(writer, version, item);
  writer.noTaggedFields();
}

export function decodeWriteTxnMarkersRequest(reader: Reader, version: number): WriteTxnMarkersRequest {
  const markersLength = reader.compactListLength(17);
  const markers: readonly WriteTxnMarkersRequestWritableTxnMarker[] = decodeWriteTxnMarkersRequestWritableTxnMarkerList(reader, version, markersLength);
  reader.skipTaggedFields();
  return { markers };
}

export interface WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  readonly partitionIndex: number;
  readonly errorCode: number;
}

export interface WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  readonly name: string;
  readonly partitions: readonly WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[];
}

export interface WriteTxnMarkersResponseWritableTxnMarkerResult {
  readonly producerId: number;
  readonly topics: readonly WriteTxnMarkersResponseWritableTxnMarkerTopicResult[];
}

export interface WriteTxnMarkersResponse {
  readonly markers: readonly WriteTxnMarkersResponseWritableTxnMarkerResult[];
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(writer: Writer, _version: number, message: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult): void {
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  writer.noTaggedFields();
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(reader: Reader, _version: number): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  reader.skipTaggedFields();
  return { partitionIndex, errorCode };
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResultList(reader: Reader, version: number, length: number): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] {
  const list: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(reader, version));
  return list;
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(writer: Writer, version: number, message: WriteTxnMarkersResponseWritableTxnMarkerTopicResult): void {
  writer.compactString(message.name);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(writer, version, item);
  writer.noTaggedFields();
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(reader: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  const name = reader.compactString();
  const partitionsLength = reader.compactListLength(7);
  const partitions: readonly WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] = decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResultList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { name, partitions };
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResultList(reader: Reader, version: number, length: number): WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] {
  const list: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(reader, version));
  return list;
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerResult(writer: Writer, version: number, message: WriteTxnMarkersResponseWritableTxnMarkerResult): void {
  writer.int64(message.producerId);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(writer, version, item);
  writer.noTaggedFields();
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerResult(reader: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerResult {
  const producerId = reader.int64();
  const topicsLength = reader.compactListLength(3);
  const topics: readonly WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] = decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResultList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { producerId, topics };
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerResultList(reader: Reader, version: number, length: number): WriteTxnMarkersResponseWritableTxnMarkerResult[] {
  const list: WriteTxnMarkersResponseWritableTxnMarkerResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeWriteTxnMarkersResponseWritableTxnMarkerResult(reader, version));
  return list;
}

export function encodeWriteTxnMarkersResponse(writer: Writer, version: number, message: WriteTxnMarkersResponse): void {
  const markers = message.markers;
  writer.compactListLength(markers.length);
  for (const item of markers) encodeWriteTxnMarkersResponseWritableTxnMarkerResult(writer, version, item);
  writer.noTaggedFields();
}

export function decodeWriteTxnMarkersResponse(reader: Reader, version: number): WriteTxnMarkersResponse {
  const markersLength = reader.compactListLength(10);
  const markers: readonly WriteTxnMarkersResponseWritableTxnMarkerResult[] = decodeWriteTxnMarkersResponseWritableTxnMarkerResultList(reader, version, markersLength);
  reader.skipTaggedFields();
  return { markers };
}
