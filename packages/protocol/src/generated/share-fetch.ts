// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { nonNull, unsupportedField } from '../lib/unsupported.ts';
import { readInt32List, readInt8List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareFetchRequestAcknowledgementBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly acknowledgeTypes: readonly number[];
}

export interface ShareFetchRequestFetchPartition {
  readonly partitionIndex: number;
  readonly partitionMaxBytes: number;
  readonly acknowledgementBatches: readonly ShareFetchRequestAcknowledgementBatch[];
}

export const ShareFetchRequestFetchPartitionDefaults: Pick<
  ShareFetchRequestFetchPartition,
  | 'partitionMaxBytes'
> = Object.freeze({
  partitionMaxBytes: 0,
});

export interface ShareFetchRequestFetchTopic {
  readonly topicId: string;
  readonly partitions: readonly ShareFetchRequestFetchPartition[];
}

export interface ShareFetchRequestForgottenTopic {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export interface ShareFetchRequest {
  readonly groupId: string | null;
  readonly memberId: string | null;
  readonly shareSessionEpoch: number;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxRecords: number;
  readonly batchSize: number;
  readonly shareAcquireMode: number;
  readonly isRenewAck: boolean;
  readonly topics: readonly ShareFetchRequestFetchTopic[];
  readonly forgottenTopicsData: readonly ShareFetchRequestForgottenTopic[];
}

export const ShareFetchRequestDefaults: Pick<
  ShareFetchRequest,
  | 'groupId'
  | 'maxBytes'
  | 'shareAcquireMode'
  | 'isRenewAck'
> = Object.freeze({
  groupId: null,
  maxBytes: 2147483647,
  shareAcquireMode: 0,
  isRenewAck: false,
});

function encodeShareFetchRequestAcknowledgementBatch(writer: Writer, _version: number, message: ShareFetchRequestAcknowledgementBatch): void {
  writer.int64(message.firstOffset);
  writer.int64(message.lastOffset);
  const acknowledgeTypes = message.acknowledgeTypes;
  writer.compactListLength(acknowledgeTypes.length);
  for (const item of acknowledgeTypes) writer.int8(item);
  writer.noTaggedFields();
}

function decodeShareFetchRequestAcknowledgementBatch(reader: Reader, _version: number): ShareFetchRequestAcknowledgementBatch {
  const firstOffset = reader.int64();
  const lastOffset = reader.int64();
  const acknowledgeTypesLength = reader.compactListLength(1);
  const acknowledgeTypes: readonly number[] = readInt8List(reader, acknowledgeTypesLength);
  reader.skipTaggedFields();
  return { firstOffset, lastOffset, acknowledgeTypes };
}

function decodeShareFetchRequestAcknowledgementBatchList(reader: Reader, version: number, length: number): ShareFetchRequestAcknowledgementBatch[] {
  const list: ShareFetchRequestAcknowledgementBatch[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareFetchRequestAcknowledgementBatch(reader, version));
  return list;
}

function encodeShareFetchRequestFetchPartition(writer: Writer, version: number, message: ShareFetchRequestFetchPartition): void {
  writer.int32(message.partitionIndex);
  if (message.partitionMaxBytes !== 0) {
    throw unsupportedField('ShareFetchRequestFetchPartition.partitionMaxBytes', version);
  }
  const acknowledgementBatches = message.acknowledgementBatches;
  writer.compactListLength(acknowledgementBatches.length);
  for (const item of acknowledgementBatches) encodeShareFetchRequestAcknowledgementBatch(writer, version, item);
  writer.noTaggedFields();
}

function decodeShareFetchRequestFetchPartition(reader: Reader, version: number): ShareFetchRequestFetchPartition {
  const partitionIndex = reader.int32();
  const partitionMaxBytes: number = 0;
  const acknowledgementBatchesLength = reader.compactListLength(18);
  const acknowledgementBatches: readonly ShareFetchRequestAcknowledgementBatch[] = decodeShareFetchRequestAcknowledgementBatchList(reader, version, acknowledgementBatchesLength);
  reader.skipTaggedFields();
  return { partitionIndex, partitionMaxBytes, acknowledgementBatches };
}

function decodeShareFetchRequestFetchPartitionList(reader: Reader, version: number, length: number): ShareFetchRequestFetchPartition[] {
  const list: ShareFetchRequestFetchPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareFetchRequestFetchPartition(reader, version));
  return list;
}

function encodeShareFetchRequestFetchTopic(writer: Writer, version: number, message: ShareFetchRequestFetchTopic): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeShareFetchRequestFetchPartition(writer, version, item);
  writer.noTaggedFields();
}

function decodeShareFetchRequestFetchTopic(reader: Reader, version: number): ShareFetchRequestFetchTopic {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(6);
  const partitions: readonly ShareFetchRequestFetchPartition[] = decodeShareFetchRequestFetchPartitionList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, partitions };
}

function decodeShareFetchRequestFetchTopicList(reader: Reader, version: number, length: number): ShareFetchRequestFetchTopic[] {
  const list: ShareFetchRequestFetchTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareFetchRequestFetchTopic(reader, version));
  return list;
}

function encodeShareFetchRequestForgottenTopic(writer: Writer, _version: number, message: ShareFetchRequestForgottenTopic): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  writer.noTaggedFields();
}

function decodeShareFetchRequestForgottenTopic(reader: Reader, _version: number): ShareFetchRequestForgottenTopic {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, partitions };
}

function decodeShareFetchRequestForgottenTopicList(reader: Reader, version: number, length: number): ShareFetchRequestForgottenTopic[] {
  const list: ShareFetchRequestForgottenTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareFetchRequestForgottenTopic(reader, version));
  return list;
}

export function encodeShareFetchRequest(writer: Writer, version: number, message: ShareFetchRequest): void {
  writer.compactNullableString(message.groupId);
  writer.compactNullableString(message.memberId);
  writer.int32(message.shareSessionEpoch);
  writer.int32(message.maxWaitMs);
  writer.int32(message.minBytes);
  writer.int32(message.maxBytes);
  writer.int32(message.maxRecords);
  writer.int32(message.batchSize);
  if (version === 2) writer.int8(message.shareAcquireMode);
  if (version === 2) {
    writer.bool(message.isRenewAck);
  } else if (message.isRenewAck !== false) {
    throw unsupportedField('ShareFetchRequest.isRenewAck', version);
  }
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeShareFetchRequestFetchTopic(writer, version, item);
  const forgottenTopicsData = message.forgottenTopicsData;
  writer.compactListLength(forgottenTopicsData.length);
  for (const item of forgottenTopicsData) encodeShareFetchRequestForgottenTopic(writer, version, item);
  writer.noTaggedFields();
}

export function decodeShareFetchRequest(reader: Reader, version: number): ShareFetchRequest {
  const groupId = reader.compactNullableString();
  const memberId = reader.compactNullableString();
  const shareSessionEpoch = reader.int32();
  const maxWaitMs = reader.int32();
  const minBytes = reader.int32();
  const maxBytes = reader.int32();
  const maxRecords = reader.int32();
  const batchSize = reader.int32();
  const shareAcquireMode = version === 2 ? reader.int8() : 0;
  const isRenewAck = version === 2 ? reader.bool() : false;
  const topicsLength = reader.compactListLength(18);
  const topics: readonly ShareFetchRequestFetchTopic[] = decodeShareFetchRequestFetchTopicList(reader, version, topicsLength);
  const forgottenTopicsDataLength = reader.compactListLength(18);
  const forgottenTopicsData: readonly ShareFetchRequestForgottenTopic[] = decodeShareFetchRequestForgottenTopicList(reader, version, forgottenTopicsDataLength);
  reader.skipTaggedFields();
  return {
    groupId,
    memberId,
    shareSessionEpoch,
    maxWaitMs,
    minBytes,
    maxBytes,
    maxRecords,
    batchSize,
    shareAcquireMode,
    isRenewAck,
    topics,
    forgottenTopicsData,
  };
}

export interface ShareFetchResponseLeaderIdAndEpoch {
  readonly leaderId: number;
  readonly leaderEpoch: number;
}

export interface ShareFetchResponseAcquiredRecords {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryCount: number;
}

export interface ShareFetchResponsePartitionData {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly acknowledgeErrorCode: number;
  readonly acknowledgeErrorMessage: string | null;
  readonly currentLeader: ShareFetchResponseLeaderIdAndEpoch;
  readonly records: Uint8Array | null;
  readonly acquiredRecords: readonly ShareFetchResponseAcquiredRecords[];
}

export const ShareFetchResponsePartitionDataDefaults: Pick<
  ShareFetchResponsePartitionData,
  | 'errorMessage'
  | 'acknowledgeErrorMessage'
> = Object.freeze({
  errorMessage: null,
  acknowledgeErrorMessage: null,
});

export interface ShareFetchResponseShareFetchableTopicResponse {
  readonly topicId: string;
  readonly partitions: readonly ShareFetchResponsePartitionData[];
}

export interface ShareFetchResponseNodeEndpoint {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

export const ShareFetchResponseNodeEndpointDefaults: Pick<
  ShareFetchResponseNodeEndpoint,
  | 'rack'
> = Object.freeze({
  rack: null,
});

export interface ShareFetchResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly acquisitionLockTimeoutMs: number;
  readonly responses: readonly ShareFetchResponseShareFetchableTopicResponse[];
  readonly nodeEndpoints: readonly ShareFetchResponseNodeEndpoint[];
}

export const ShareFetchResponseDefaults: Pick<
  ShareFetchResponse,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: null,
});

function encodeShareFetchResponseLeaderIdAndEpoch(writer: Writer, _version: number, message: ShareFetchResponseLeaderIdAndEpoch): void {
  writer.int32(message.leaderId);
  writer.int32(message.leaderEpoch);
  writer.noTaggedFields();
}

function decodeShareFetchResponseLeaderIdAndEpoch(reader: Reader, _version: number): ShareFetchResponseLeaderIdAndEpoch {
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  reader.skipTaggedFields();
  return { leaderId, leaderEpoch };
}

function encodeShareFetchResponseAcquiredRecords(writer: Writer, _version: number, message: ShareFetchResponseAcquiredRecords): void {
  writer.int64(message.firstOffset);
  writer.int64(message.lastOffset);
  writer.int16(message.deliveryCount);
  writer.noTaggedFields();
}

function decodeShareFetchResponseAcquiredRecords(reader: Reader, _version: number): ShareFetchResponseAcquiredRecords {
  const firstOffset = reader.int64();
  const lastOffset = reader.int64();
  const deliveryCount = reader.int16();
  reader.skipTaggedFields();
  return { firstOffset, lastOffset, deliveryCount };
}

function decodeShareFetchResponseAcquiredRecordsList(reader: Reader, version: number, length: number): ShareFetchResponseAcquiredRecords[] {
  const list: ShareFetchResponseAcquiredRecords[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareFetchResponseAcquiredRecords(reader, version));
  return list;
}

function encodeShareFetchResponsePartitionData(writer: Writer, version: number, message: ShareFetchResponsePartitionData): void {
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.int16(message.acknowledgeErrorCode);
  writer.compactNullableString(message.acknowledgeErrorMessage);
  encodeShareFetchResponseLeaderIdAndEpoch(writer, version, message.currentLeader);
  writer.compactBytes(nonNull(message.records, 'ShareFetchResponsePartitionData.records', version));
  const acquiredRecords = message.acquiredRecords;
  writer.compactListLength(acquiredRecords.length);
  for (const item of acquiredRecords) encodeShareFetchResponseAcquiredRecords(writer, version, item);
  writer.noTaggedFields();
}

function decodeShareFetchResponsePartitionData(reader: Reader, version: number): ShareFetchResponsePartitionData {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const acknowledgeErrorCode = reader.int16();
  const acknowledgeErrorMessage = reader.compactNullableString();
  const currentLeader = decodeShareFetchResponseLeaderIdAndEpoch(reader, version);
  const records = reader.compactBytes();
  const acquiredRecordsLength = reader.compactListLength(19);
  const acquiredRecords: readonly ShareFetchResponseAcquiredRecords[] = decodeShareFetchResponseAcquiredRecordsList(reader, version, acquiredRecordsLength);
  reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    acknowledgeErrorCode,
    acknowledgeErrorMessage,
    currentLeader,
    records,
    acquiredRecords,
  };
}

function decodeShareFetchResponsePartitionDataList(reader: Reader, version: number, length: number): ShareFetchResponsePartitionData[] {
  const list: ShareFetchResponsePartitionData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareFetchResponsePartitionData(reader, version));
  return list;
}

function encodeShareFetchResponseShareFetchableTopicResponse(writer: Writer, version: number, message: ShareFetchResponseShareFetchableTopicResponse): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeShareFetchResponsePartitionData(writer, version, item);
  writer.noTaggedFields();
}

function decodeShareFetchResponseShareFetchableTopicResponse(reader: Reader, version: number): ShareFetchResponseShareFetchableTopicResponse {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(22);
  const partitions: readonly ShareFetchResponsePartitionData[] = decodeShareFetchResponsePartitionDataList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, partitions };
}

function decodeShareFetchResponseShareFetchableTopicResponseList(reader: Reader, version: number, length: number): ShareFetchResponseShareFetchableTopicResponse[] {
  const list: ShareFetchResponseShareFetchableTopicResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareFetchResponseShareFetchableTopicResponse(reader, version));
  return list;
}

function encodeShareFetchResponseNodeEndpoint(writer: Writer, _version: number, message: ShareFetchResponseNodeEndpoint): void {
  writer.int32(message.nodeId);
  writer.compactString(message.host);
  writer.int32(message.port);
  writer.compactNullableString(message.rack);
  writer.noTaggedFields();
}

function decodeShareFetchResponseNodeEndpoint(reader: Reader, _version: number): ShareFetchResponseNodeEndpoint {
  const nodeId = reader.int32();
  const host = reader.compactString();
  const port = reader.int32();
  const rack = reader.compactNullableString();
  reader.skipTaggedFields();
  return { nodeId, host, port, rack };
}

function decodeShareFetchResponseNodeEndpointList(reader: Reader, version: number, length: number): ShareFetchResponseNodeEndpoint[] {
  const list: ShareFetchResponseNodeEndpoint[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareFetchResponseNodeEndpoint(reader, version));
  return list;
}

export function encodeShareFetchResponse(writer: Writer, version: number, message: ShareFetchResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.int32(message.acquisitionLockTimeoutMs);
  const responses = message.responses;
  writer.compactListLength(responses.length);
  for (const item of responses) encodeShareFetchResponseShareFetchableTopicResponse(writer, version, item);
  const nodeEndpoints = message.nodeEndpoints;
  writer.compactListLength(nodeEndpoints.length);
  for (const item of nodeEndpoints) encodeShareFetchResponseNodeEndpoint(writer, version, item);
  writer.noTaggedFields();
}

export function decodeShareFetchResponse(reader: Reader, version: number): ShareFetchResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const acquisitionLockTimeoutMs = reader.int32();
  const responsesLength = reader.compactListLength(18);
  const responses: readonly ShareFetchResponseShareFetchableTopicResponse[] = decodeShareFetchResponseShareFetchableTopicResponseList(reader, version, responsesLength);
  const nodeEndpointsLength = reader.compactListLength(11);
  const nodeEndpoints: readonly ShareFetchResponseNodeEndpoint[] = decodeShareFetchResponseNodeEndpointList(reader, version, nodeEndpointsLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, acquisitionLockTimeoutMs, responses, nodeEndpoints };
}
