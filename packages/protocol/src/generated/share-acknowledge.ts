// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { readInt8List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ShareAcknowledgeRequestAcknowledgementBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly acknowledgeTypes: readonly number[];
}

export interface ShareAcknowledgeRequestAcknowledgePartition {
  readonly partitionIndex: number;
  readonly acknowledgementBatches: readonly ShareAcknowledgeRequestAcknowledgementBatch[];
}

export interface ShareAcknowledgeRequestAcknowledgeTopic {
  readonly topicId: string;
  readonly partitions: readonly ShareAcknowledgeRequestAcknowledgePartition[];
}

export interface ShareAcknowledgeRequest {
  readonly groupId: string | null;
  readonly memberId: string | null;
  readonly shareSessionEpoch: number;
  readonly isRenewAck: boolean;
  readonly topics: readonly ShareAcknowledgeRequestAcknowledgeTopic[];
}

export const ShareAcknowledgeRequestDefaults: Pick<
  ShareAcknowledgeRequest,
  | 'groupId'
  | 'isRenewAck'
> = Object.freeze({
  groupId: null,
  isRenewAck: false,
});

function encodeShareAcknowledgeRequestAcknowledgementBatch(writer: Writer, _version: number, message: ShareAcknowledgeRequestAcknowledgementBatch): void {
  writer.int64(message.firstOffset);
  writer.int64(message.lastOffset);
  const acknowledgeTypes = message.acknowledgeTypes;
  writer.compactListLength(acknowledgeTypes.length);
  for (const item of acknowledgeTypes) writer.int8(item);
  writer.noTaggedFields();
}

function decodeShareAcknowledgeRequestAcknowledgementBatch(reader: Reader, _version: number): ShareAcknowledgeRequestAcknowledgementBatch {
  const firstOffset = reader.int64();
  const lastOffset = reader.int64();
  const acknowledgeTypesLength = reader.compactListLength(1);
  const acknowledgeTypes: readonly number[] = readInt8List(reader, acknowledgeTypesLength);
  reader.skipTaggedFields();
  return { firstOffset, lastOffset, acknowledgeTypes };
}

function decodeShareAcknowledgeRequestAcknowledgementBatchList(reader: Reader, version: number, length: number): ShareAcknowledgeRequestAcknowledgementBatch[] {
  const list: ShareAcknowledgeRequestAcknowledgementBatch[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareAcknowledgeRequestAcknowledgementBatch(reader, version));
  return list;
}

function encodeShareAcknowledgeRequestAcknowledgePartition(writer: Writer, version: number, message: ShareAcknowledgeRequestAcknowledgePartition): void {
  writer.int32(message.partitionIndex);
  const acknowledgementBatches = message.acknowledgementBatches;
  writer.compactListLength(acknowledgementBatches.length);
  for (const item of acknowledgementBatches) encodeShareAcknowledgeRequestAcknowledgementBatch(writer, version, item);
  writer.noTaggedFields();
}

function decodeShareAcknowledgeRequestAcknowledgePartition(reader: Reader, version: number): ShareAcknowledgeRequestAcknowledgePartition {
  const partitionIndex = reader.int32();
  const acknowledgementBatchesLength = reader.compactListLength(18);
  const acknowledgementBatches: readonly ShareAcknowledgeRequestAcknowledgementBatch[] = decodeShareAcknowledgeRequestAcknowledgementBatchList(reader, version, acknowledgementBatchesLength);
  reader.skipTaggedFields();
  return { partitionIndex, acknowledgementBatches };
}

function decodeShareAcknowledgeRequestAcknowledgePartitionList(reader: Reader, version: number, length: number): ShareAcknowledgeRequestAcknowledgePartition[] {
  const list: ShareAcknowledgeRequestAcknowledgePartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareAcknowledgeRequestAcknowledgePartition(reader, version));
  return list;
}

function encodeShareAcknowledgeRequestAcknowledgeTopic(writer: Writer, version: number, message: ShareAcknowledgeRequestAcknowledgeTopic): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeShareAcknowledgeRequestAcknowledgePartition(writer, version, item);
  writer.noTaggedFields();
}

function decodeShareAcknowledgeRequestAcknowledgeTopic(reader: Reader, version: number): ShareAcknowledgeRequestAcknowledgeTopic {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(6);
  const partitions: readonly ShareAcknowledgeRequestAcknowledgePartition[] = decodeShareAcknowledgeRequestAcknowledgePartitionList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, partitions };
}

function decodeShareAcknowledgeRequestAcknowledgeTopicList(reader: Reader, version: number, length: number): ShareAcknowledgeRequestAcknowledgeTopic[] {
  const list: ShareAcknowledgeRequestAcknowledgeTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareAcknowledgeRequestAcknowledgeTopic(reader, version));
  return list;
}

export function encodeShareAcknowledgeRequest(writer: Writer, version: number, message: ShareAcknowledgeRequest): void {
  writer.compactNullableString(message.groupId);
  writer.compactNullableString(message.memberId);
  writer.int32(message.shareSessionEpoch);
  if (version === 2) {
    writer.bool(message.isRenewAck);
  } else if (message.isRenewAck !== false) {
    throw unsupportedField('ShareAcknowledgeRequest.isRenewAck', version);
  }
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeShareAcknowledgeRequestAcknowledgeTopic(writer, version, item);
  writer.noTaggedFields();
}

export function decodeShareAcknowledgeRequest(reader: Reader, version: number): ShareAcknowledgeRequest {
  const groupId = reader.compactNullableString();
  const memberId = reader.compactNullableString();
  const shareSessionEpoch = reader.int32();
  const isRenewAck = version === 2 ? reader.bool() : false;
  const topicsLength = reader.compactListLength(18);
  const topics: readonly ShareAcknowledgeRequestAcknowledgeTopic[] = decodeShareAcknowledgeRequestAcknowledgeTopicList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { groupId, memberId, shareSessionEpoch, isRenewAck, topics };
}

export interface ShareAcknowledgeResponseLeaderIdAndEpoch {
  readonly leaderId: number;
  readonly leaderEpoch: number;
}

export interface ShareAcknowledgeResponsePartitionData {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly currentLeader: ShareAcknowledgeResponseLeaderIdAndEpoch;
}

export const ShareAcknowledgeResponsePartitionDataDefaults: Pick<
  ShareAcknowledgeResponsePartitionData,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: null,
});

export interface ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  readonly topicId: string;
  readonly partitions: readonly ShareAcknowledgeResponsePartitionData[];
}

export interface ShareAcknowledgeResponseNodeEndpoint {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

export const ShareAcknowledgeResponseNodeEndpointDefaults: Pick<
  ShareAcknowledgeResponseNodeEndpoint,
  | 'rack'
> = Object.freeze({
  rack: null,
});

export interface ShareAcknowledgeResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly acquisitionLockTimeoutMs: number;
  readonly responses: readonly ShareAcknowledgeResponseShareAcknowledgeTopicResponse[];
  readonly nodeEndpoints: readonly ShareAcknowledgeResponseNodeEndpoint[];
}

export const ShareAcknowledgeResponseDefaults: Pick<
  ShareAcknowledgeResponse,
  | 'errorMessage'
  | 'acquisitionLockTimeoutMs'
> = Object.freeze({
  errorMessage: null,
  acquisitionLockTimeoutMs: 0,
});

function encodeShareAcknowledgeResponseLeaderIdAndEpoch(writer: Writer, _version: number, message: ShareAcknowledgeResponseLeaderIdAndEpoch): void {
  writer.int32(message.leaderId);
  writer.int32(message.leaderEpoch);
  writer.noTaggedFields();
}

function decodeShareAcknowledgeResponseLeaderIdAndEpoch(reader: Reader, _version: number): ShareAcknowledgeResponseLeaderIdAndEpoch {
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  reader.skipTaggedFields();
  return { leaderId, leaderEpoch };
}

function encodeShareAcknowledgeResponsePartitionData(writer: Writer, version: number, message: ShareAcknowledgeResponsePartitionData): void {
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  encodeShareAcknowledgeResponseLeaderIdAndEpoch(writer, version, message.currentLeader);
  writer.noTaggedFields();
}

function decodeShareAcknowledgeResponsePartitionData(reader: Reader, version: number): ShareAcknowledgeResponsePartitionData {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const currentLeader = decodeShareAcknowledgeResponseLeaderIdAndEpoch(reader, version);
  reader.skipTaggedFields();
  return { partitionIndex, errorCode, errorMessage, currentLeader };
}

function decodeShareAcknowledgeResponsePartitionDataList(reader: Reader, version: number, length: number): ShareAcknowledgeResponsePartitionData[] {
  const list: ShareAcknowledgeResponsePartitionData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareAcknowledgeResponsePartitionData(reader, version));
  return list;
}

function encodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(writer: Writer, version: number, message: ShareAcknowledgeResponseShareAcknowledgeTopicResponse): void {
  writer.uuid(message.topicId);
  const partitions = message.partitions;
  writer.compactListLength(partitions.length);
  for (const item of partitions) encodeShareAcknowledgeResponsePartitionData(writer, version, item);
  writer.noTaggedFields();
}

function decodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(reader: Reader, version: number): ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  const topicId = reader.uuid();
  const partitionsLength = reader.compactListLength(17);
  const partitions: readonly ShareAcknowledgeResponsePartitionData[] = decodeShareAcknowledgeResponsePartitionDataList(reader, version, partitionsLength);
  reader.skipTaggedFields();
  return { topicId, partitions };
}

function decodeShareAcknowledgeResponseShareAcknowledgeTopicResponseList(reader: Reader, version: number, length: number): ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] {
  const list: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(reader, version));
  return list;
}

function encodeShareAcknowledgeResponseNodeEndpoint(writer: Writer, _version: number, message: ShareAcknowledgeResponseNodeEndpoint): void {
  writer.int32(message.nodeId);
  writer.compactString(message.host);
  writer.int32(message.port);
  writer.compactNullableString(message.rack);
  writer.noTaggedFields();
}

function decodeShareAcknowledgeResponseNodeEndpoint(reader: Reader, _version: number): ShareAcknowledgeResponseNodeEndpoint {
  const nodeId = reader.int32();
  const host = reader.compactString();
  const port = reader.int32();
  const rack = reader.compactNullableString();
  reader.skipTaggedFields();
  return { nodeId, host, port, rack };
}

function decodeShareAcknowledgeResponseNodeEndpointList(reader: Reader, version: number, length: number): ShareAcknowledgeResponseNodeEndpoint[] {
  const list: ShareAcknowledgeResponseNodeEndpoint[] = [];
  for (let index = 0; index < length; index++) list.push(decodeShareAcknowledgeResponseNodeEndpoint(reader, version));
  return list;
}

export function encodeShareAcknowledgeResponse(writer: Writer, version: number, message: ShareAcknowledgeResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  if (version === 2) writer.int32(message.acquisitionLockTimeoutMs);
  const responses = message.responses;
  writer.compactListLength(responses.length);
  for (const item of responses) encodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(writer, version, item);
  const nodeEndpoints = message.nodeEndpoints;
  writer.compactListLength(nodeEndpoints.length);
  for (const item of nodeEndpoints) encodeShareAcknowledgeResponseNodeEndpoint(writer, version, item);
  writer.noTaggedFields();
}

export function decodeShareAcknowledgeResponse(reader: Reader, version: number): ShareAcknowledgeResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const acquisitionLockTimeoutMs = version === 2 ? reader.int32() : 0;
  const responsesLength = reader.compactListLength(18);
  const responses: readonly ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] = decodeShareAcknowledgeResponseShareAcknowledgeTopicResponseList(reader, version, responsesLength);
  const nodeEndpointsLength = reader.compactListLength(11);
  const nodeEndpoints: readonly ShareAcknowledgeResponseNodeEndpoint[] = decodeShareAcknowledgeResponseNodeEndpointList(reader, version, nodeEndpointsLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, acquisitionLockTimeoutMs, responses, nodeEndpoints };
}
