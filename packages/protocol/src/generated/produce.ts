// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { ZERO_UUID } from '../lib/uuid.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ProduceRequestPartitionProduceData {
  readonly index: number;
  readonly records: Uint8Array | null;
}

export interface ProduceRequestTopicProduceData {
  readonly name: string;
  readonly topicId: string;
  readonly partitionData: readonly ProduceRequestPartitionProduceData[];
}

export const ProduceRequestTopicProduceDataDefaults: Pick<
  ProduceRequestTopicProduceData,
  | 'name'
  | 'topicId'
> = Object.freeze({
  name: '',
  topicId: ZERO_UUID,
});

export interface ProduceRequest {
  readonly transactionalId: string | null;
  readonly acks: number;
  readonly timeoutMs: number;
  readonly topicData: readonly ProduceRequestTopicProduceData[];
}

export const ProduceRequestDefaults: Pick<
  ProduceRequest,
  | 'transactionalId'
> = Object.freeze({
  transactionalId: null,
});

function encodeProduceRequestPartitionProduceData(writer: Writer, version: number, message: ProduceRequestPartitionProduceData): void {
  const flexible = version >= 9;
  writer.int32(message.index);
  if (flexible) writer.compactNullableBytes(message.records);
  else writer.nullableBytes(message.records);
  if (flexible) writer.noTaggedFields();
}

function decodeProduceRequestPartitionProduceData(reader: Reader, version: number): ProduceRequestPartitionProduceData {
  const flexible = version >= 9;
  const index = reader.int32();
  const records = flexible ? reader.compactNullableBytes() : reader.nullableBytes();
  if (flexible) reader.skipTaggedFields();
  return { index, records };
}

function decodeProduceRequestPartitionProduceDataList(reader: Reader, version: number, length: number): ProduceRequestPartitionProduceData[] {
  const list: ProduceRequestPartitionProduceData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeProduceRequestPartitionProduceData(reader, version));
  return list;
}

function encodeProduceRequestTopicProduceData(writer: Writer, version: number, message: ProduceRequestTopicProduceData): void {
  const flexible = version >= 9;
  if (version <= 12) {
    if (flexible) writer.compactString(message.name);
    else writer.string(message.name);
  }
  if (version === 13) writer.uuid(message.topicId);
  const partitionData = message.partitionData;
  if (flexible) writer.compactListLength(partitionData.length);
  else writer.listLength(partitionData.length);
  for (const item of partitionData) encodeProduceRequestPartitionProduceData(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeProduceRequestTopicProduceData(reader: Reader, version: number): ProduceRequestTopicProduceData {
  const flexible = version >= 9;
  const name = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : '';
  const topicId = version === 13 ? reader.uuid() : ZERO_UUID;
  const partitionDataLength = flexible ? reader.compactListLength(6) : reader.listLength(6);
  const partitionData: readonly ProduceRequestPartitionProduceData[] = decodeProduceRequestPartitionProduceDataList(reader, version, partitionDataLength);
  if (flexible) reader.skipTaggedFields();
  return { name, topicId, partitionData };
}

function decodeProduceRequestTopicProduceDataList(reader: Reader, version: number, length: number): ProduceRequestTopicProduceData[] {
  const list: ProduceRequestTopicProduceData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeProduceRequestTopicProduceData(reader, version));
  return list;
}

export function encodeProduceRequest(writer: Writer, version: number, message: ProduceRequest): void {
  const flexible = version >= 9;
  if (flexible) writer.compactNullableString(message.transactionalId);
  else writer.nullableString(message.transactionalId);
  writer.int16(message.acks);
  writer.int32(message.timeoutMs);
  const topicData = message.topicData;
  if (flexible) writer.compactListLength(topicData.length);
  else writer.listLength(topicData.length);
  for (const item of topicData) encodeProduceRequestTopicProduceData(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeProduceRequest(reader: Reader, version: number): ProduceRequest {
  const flexible = version >= 9;
  const transactionalId = flexible ? reader.compactNullableString() : reader.nullableString();
  const acks = reader.int16();
  const timeoutMs = reader.int32();
  const topicDataLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topicData: readonly ProduceRequestTopicProduceData[] = decodeProduceRequestTopicProduceDataList(reader, version, topicDataLength);
  if (flexible) reader.skipTaggedFields();
  return { transactionalId, acks, timeoutMs, topicData };
}

export interface ProduceResponseBatchIndexAndErrorMessage {
  readonly batchIndex: number;
  readonly batchIndexErrorMessage: string | null;
}

export const ProduceResponseBatchIndexAndErrorMessageDefaults: Pick<
  ProduceResponseBatchIndexAndErrorMessage,
  | 'batchIndexErrorMessage'
> = Object.freeze({
  batchIndexErrorMessage: null,
});

export interface ProduceResponseLeaderIdAndEpoch {
  readonly leaderId: number;
  readonly leaderEpoch: number;
}

export const ProduceResponseLeaderIdAndEpochDefaults: ProduceResponseLeaderIdAndEpoch = Object.freeze({
  leaderId: -1,
  leaderEpoch: -1,
});

export interface ProduceResponsePartitionProduceResponse {
  readonly index: number;
  readonly errorCode: number;
  readonly baseOffset: number;
  readonly logAppendTimeMs: number;
  readonly logStartOffset: number;
  readonly recordErrors: readonly ProduceResponseBatchIndexAndErrorMessage[];
  readonly errorMessage: string | null;
  readonly currentLeader: ProduceResponseLeaderIdAndEpoch;
}

export const ProduceResponsePartitionProduceResponseDefaults: Pick<
  ProduceResponsePartitionProduceResponse,
  | 'logAppendTimeMs'
  | 'logStartOffset'
  | 'recordErrors'
  | 'errorMessage'
  | 'currentLeader'
> = Object.freeze({
  logAppendTimeMs: -1,
  logStartOffset: -1,
  recordErrors: Object.freeze([]),
  errorMessage: null,
  currentLeader: ProduceResponseLeaderIdAndEpochDefaults,
});

export interface ProduceResponseTopicProduceResponse {
  readonly name: string;
  readonly topicId: string;
  readonly partitionResponses: readonly ProduceResponsePartitionProduceResponse[];
}

export const ProduceResponseTopicProduceResponseDefaults: Pick<
  ProduceResponseTopicProduceResponse,
  | 'name'
  | 'topicId'
> = Object.freeze({
  name: '',
  topicId: ZERO_UUID,
});

export interface ProduceResponseNodeEndpoint {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

export const ProduceResponseNodeEndpointDefaults: Pick<
  ProduceResponseNodeEndpoint,
  | 'rack'
> = Object.freeze({
  rack: null,
});

export interface ProduceResponse {
  readonly responses: readonly ProduceResponseTopicProduceResponse[];
  readonly throttleTimeMs: number;
  readonly nodeEndpoints: readonly ProduceResponseNodeEndpoint[];
}

export const ProduceResponseDefaults: Pick<
  ProduceResponse,
  | 'throttleTimeMs'
  | 'nodeEndpoints'
> = Object.freeze({
  throttleTimeMs: 0,
  nodeEndpoints: Object.freeze([]),
});

function encodeProduceResponseBatchIndexAndErrorMessage(writer: Writer, version: number, message: ProduceResponseBatchIndexAndErrorMessage): void {
  const flexible = version >= 9;
  writer.int32(message.batchIndex);
  if (flexible) writer.compactNullableString(message.batchIndexErrorMessage);
  else writer.nullableString(message.batchIndexErrorMessage);
  if (flexible) writer.noTaggedFields();
}

function decodeProduceResponseBatchIndexAndErrorMessage(reader: Reader, version: number): ProduceResponseBatchIndexAndErrorMessage {
  const flexible = version >= 9;
  const batchIndex = reader.int32();
  const batchIndexErrorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { batchIndex, batchIndexErrorMessage };
}

function decodeProduceResponseBatchIndexAndErrorMessageList(reader: Reader, version: number, length: number): ProduceResponseBatchIndexAndErrorMessage[] {
  const list: ProduceResponseBatchIndexAndErrorMessage[] = [];
  for (let index = 0; index < length; index++) list.push(decodeProduceResponseBatchIndexAndErrorMessage(reader, version));
  return list;
}

function encodeProduceResponseLeaderIdAndEpoch(writer: Writer, _version: number, message: ProduceResponseLeaderIdAndEpoch): void {
  writer.int32(message.leaderId);
  writer.int32(message.leaderEpoch);
  writer.noTaggedFields();
}

function isDefaultProduceResponseLeaderIdAndEpoch(message: ProduceResponseLeaderIdAndEpoch): boolean {
  if (message === ProduceResponseLeaderIdAndEpochDefaults) return true;
  return message.leaderId === -1 && message.leaderEpoch === -1;
}

function decodeProduceResponseLeaderIdAndEpoch(reader: Reader, _version: number): ProduceResponseLeaderIdAndEpoch {
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  reader.skipTaggedFields();
  return { leaderId, leaderEpoch };
}

function encodeProduceResponsePartitionProduceResponse(writer: Writer, version: number, message: ProduceResponsePartitionProduceResponse): void {
  const flexible = version >= 9;
  writer.int32(message.index);
  writer.int16(message.errorCode);
  writer.int64(message.baseOffset);
  writer.int64(message.logAppendTimeMs);
  if (version >= 5) writer.int64(message.logStartOffset);
  if (version >= 8) {
    const recordErrors = message.recordErrors;
    if (flexible) writer.compactListLength(recordErrors.length);
    else writer.listLength(recordErrors.length);
    for (const item of recordErrors) encodeProduceResponseBatchIndexAndErrorMessage(writer, version, item);
  }
  if (version >= 8) {
    if (flexible) writer.compactNullableString(message.errorMessage);
    else writer.nullableString(message.errorMessage);
  }
  if (version < 10 && !isDefaultProduceResponseLeaderIdAndEpoch(message.currentLeader)) {
    throw unsupportedField('ProduceResponsePartitionProduceResponse.currentLeader', version);
  }
  if (flexible) {
    const hasCurrentLeader = version >= 10 && !isDefaultProduceResponseLeaderIdAndEpoch(message.currentLeader);
    writer.uvarint((hasCurrentLeader ? 1 : 0));
    if (hasCurrentLeader) {
      const start = writer.beginTaggedField(0);
      encodeProduceResponseLeaderIdAndEpoch(writer, version, message.currentLeader);
      writer.endTaggedField(start);
    }
  }
}

function decodeProduceResponsePartitionProduceResponse(reader: Reader, version: number): ProduceResponsePartitionProduceResponse {
  const flexible = version >= 9;
  const index = reader.int32();
  const errorCode = reader.int16();
  const baseOffset = reader.int64();
  const logAppendTimeMs = reader.int64();
  const logStartOffset = version >= 5 ? reader.int64() : -1;
  let recordErrors: readonly ProduceResponseBatchIndexAndErrorMessage[] = [];
  if (version >= 8) {
    const recordErrorsLength = flexible ? reader.compactListLength(6) : reader.listLength(6);
    recordErrors = decodeProduceResponseBatchIndexAndErrorMessageList(reader, version, recordErrorsLength);
  }
  const errorMessage = version >= 8 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null;
  let currentLeader: ProduceResponseLeaderIdAndEpoch = ProduceResponseLeaderIdAndEpochDefaults;
  if (flexible) {
    for (let tags = reader.uvarint(); tags > 0; tags--) {
      const tag = reader.uvarint();
      const end = reader.taggedFieldEnd();
      switch (tag) {
        case 0: {
          if (version >= 10) {
            currentLeader = decodeProduceResponseLeaderIdAndEpoch(reader, version);
          } else {
            reader.skipTo(end);
          }
          break;
        }
        default:
          reader.skipTo(end);
      }
      reader.expectPosition(end);
    }
  }
  return { index, errorCode, baseOffset, logAppendTimeMs, logStartOffset, recordErrors, errorMessage, currentLeader };
}

function decodeProduceResponsePartitionProduceResponseList(reader: Reader, version: number, length: number): ProduceResponsePartitionProduceResponse[] {
  const list: ProduceResponsePartitionProduceResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeProduceResponsePartitionProduceResponse(reader, version));
  return list;
}

function encodeProduceResponseTopicProduceResponse(writer: Writer, version: number, message: ProduceResponseTopicProduceResponse): void {
  const flexible = version >= 9;
  if (version <= 12) {
    if (flexible) writer.compactString(message.name);
    else writer.string(message.name);
  }
  if (version === 13) writer.uuid(message.topicId);
  const partitionResponses = message.partitionResponses;
  if (flexible) writer.compactListLength(partitionResponses.length);
  else writer.listLength(partitionResponses.length);
  for (const item of partitionResponses) encodeProduceResponsePartitionProduceResponse(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeProduceResponseTopicProduceResponse(reader: Reader, version: number): ProduceResponseTopicProduceResponse {
  const flexible = version >= 9;
  const name = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : '';
  const topicId = version === 13 ? reader.uuid() : ZERO_UUID;
  const partitionResponsesLength = flexible ? reader.compactListLength(22) : reader.listLength(22);
  const partitionResponses: readonly ProduceResponsePartitionProduceResponse[] = decodeProduceResponsePartitionProduceResponseList(reader, version, partitionResponsesLength);
  if (flexible) reader.skipTaggedFields();
  return { name, topicId, partitionResponses };
}

function decodeProduceResponseTopicProduceResponseList(reader: Reader, version: number, length: number): ProduceResponseTopicProduceResponse[] {
  const list: ProduceResponseTopicProduceResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeProduceResponseTopicProduceResponse(reader, version));
  return list;
}

function encodeProduceResponseNodeEndpoint(writer: Writer, _version: number, message: ProduceResponseNodeEndpoint): void {
  writer.int32(message.nodeId);
  writer.compactString(message.host);
  writer.int32(message.port);
  writer.compactNullableString(message.rack);
  writer.noTaggedFields();
}

function decodeProduceResponseNodeEndpoint(reader: Reader, _version: number): ProduceResponseNodeEndpoint {
  const nodeId = reader.int32();
  const host = reader.compactString();
  const port = reader.int32();
  const rack = reader.compactNullableString();
  reader.skipTaggedFields();
  return { nodeId, host, port, rack };
}

function decodeProduceResponseNodeEndpointList(reader: Reader, version: number, length: number): ProduceResponseNodeEndpoint[] {
  const list: ProduceResponseNodeEndpoint[] = [];
  for (let index = 0; index < length; index++) list.push(decodeProduceResponseNodeEndpoint(reader, version));
  return list;
}

export function encodeProduceResponse(writer: Writer, version: number, message: ProduceResponse): void {
  const flexible = version >= 9;
  const responses = message.responses;
  if (flexible) writer.compactListLength(responses.length);
  else writer.listLength(responses.length);
  for (const item of responses) encodeProduceResponseTopicProduceResponse(writer, version, item);
  writer.int32(message.throttleTimeMs);
  if (version < 10 && message.nodeEndpoints.length !== 0) {
    throw unsupportedField('ProduceResponse.nodeEndpoints', version);
  }
  if (flexible) {
    const hasNodeEndpoints = version >= 10 && message.nodeEndpoints.length !== 0;
    writer.uvarint((hasNodeEndpoints ? 1 : 0));
    if (hasNodeEndpoints) {
      const start = writer.beginTaggedField(0);
      const nodeEndpoints = message.nodeEndpoints;
      writer.compactListLength(nodeEndpoints.length);
      for (const item of nodeEndpoints) encodeProduceResponseNodeEndpoint(writer, version, item);
      writer.endTaggedField(start);
    }
  }
}

export function decodeProduceResponse(reader: Reader, version: number): ProduceResponse {
  const flexible = version >= 9;
  const responsesLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const responses: readonly ProduceResponseTopicProduceResponse[] = decodeProduceResponseTopicProduceResponseList(reader, version, responsesLength);
  const throttleTimeMs = reader.int32();
  let nodeEndpoints: readonly ProduceResponseNodeEndpoint[] = [];
  if (flexible) {
    for (let tags = reader.uvarint(); tags > 0; tags--) {
      const tag = reader.uvarint();
      const end = reader.taggedFieldEnd();
      switch (tag) {
        case 0: {
          if (version >= 10) {
            const nodeEndpointsLength = reader.compactListLength(11);
            nodeEndpoints = decodeProduceResponseNodeEndpointList(reader, version, nodeEndpointsLength);
          } else {
            reader.skipTo(end);
          }
          break;
        }
        default:
          reader.skipTo(end);
      }
      reader.expectPosition(end);
    }
  }
  return { responses, throttleTimeMs, nodeEndpoints };
}
