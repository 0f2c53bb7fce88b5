// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { ZERO_UUID } from '../lib/uuid.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface CreateTopicsRequestCreatableReplicaAssignment {
  readonly partitionIndex: number;
  readonly brokerIds: readonly number[];
}

export interface CreateTopicsRequestCreatableTopicConfig {
  readonly name: string;
  readonly value: string | null;
}

export interface CreateTopicsRequestCreatableTopic {
  readonly name: string;
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly assignments: readonly CreateTopicsRequestCreatableReplicaAssignment[];
  readonly configs: readonly CreateTopicsRequestCreatableTopicConfig[];
}

export interface CreateTopicsRequest {
  readonly topics: readonly CreateTopicsRequestCreatableTopic[];
  readonly timeoutMs: number;
  readonly validateOnly: boolean;
}

export const CreateTopicsRequestDefaults: Pick<
  CreateTopicsRequest,
  | 'timeoutMs'
  | 'validateOnly'
> = Object.freeze({
  timeoutMs: 60000,
  validateOnly: false,
});

function encodeCreateTopicsRequestCreatableReplicaAssignment(writer: Writer, version: number, message: CreateTopicsRequestCreatableReplicaAssignment): void {
  const flexible = version >= 5;
  writer.int32(message.partitionIndex);
  const brokerIds = message.brokerIds;
  if (flexible) writer.compactListLength(brokerIds.length);
  else writer.listLength(brokerIds.length);
  for (const item of brokerIds) writer.int32(item);
  if (flexible) writer.noTaggedFields();
}

function decodeCreateTopicsRequestCreatableReplicaAssignment(reader: Reader, version: number): CreateTopicsRequestCreatableReplicaAssignment {
  const flexible = version >= 5;
  const partitionIndex = reader.int32();
  const brokerIdsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const brokerIds: readonly number[] = readInt32List(reader, brokerIdsLength);
  if (flexible) reader.skipTaggedFields();
  return { partitionIndex, brokerIds };
}

function decodeCreateTopicsRequestCreatableReplicaAssignmentList(reader: Reader, version: number, length: number): CreateTopicsRequestCreatableReplicaAssignment[] {
  const list: CreateTopicsRequestCreatableReplicaAssignment[] = [];
  for (let index = 0; index < length; index++) list.push(decodeCreateTopicsRequestCreatableReplicaAssignment(reader, version));
  return list;
}

function encodeCreateTopicsRequestCreatableTopicConfig(writer: Writer, version: number, message: CreateTopicsRequestCreatableTopicConfig): void {
  const flexible = version >= 5;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  if (flexible) writer.compactNullableString(message.value);
  else writer.nullableString(message.value);
  if (flexible) writer.noTaggedFields();
}

function decodeCreateTopicsRequestCreatableTopicConfig(reader: Reader, version: number): CreateTopicsRequestCreatableTopicConfig {
  const flexible = version >= 5;
  const name = flexible ? reader.compactString() : reader.string();
  const value = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { name, value };
}

function decodeCreateTopicsRequestCreatableTopicConfigList(reader: Reader, version: number, length: number): CreateTopicsRequestCreatableTopicConfig[] {
  const list: CreateTopicsRequestCreatableTopicConfig[] = [];
  for (let index = 0; index < length; index++) list.push(decodeCreateTopicsRequestCreatableTopicConfig(reader, version));
  return list;
}

function encodeCreateTopicsRequestCreatableTopic(writer: Writer, version: number, message: CreateTopicsRequestCreatableTopic): void {
  const flexible = version >= 5;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  writer.int32(message.numPartitions);
  writer.int16(message.replicationFactor);
  const assignments = message.assignments;
  if (flexible) writer.compactListLength(assignments.length);
  else writer.listLength(assignments.length);
  for (const item of assignments) encodeCreateTopicsRequestCreatableReplicaAssignment(writer, version, item);
  const configs = message.configs;
  if (flexible) writer.compactListLength(configs.length);
  else writer.listLength(configs.length);
  for (const item of configs) encodeCreateTopicsRequestCreatableTopicConfig(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeCreateTopicsRequestCreatableTopic(reader: Reader, version: number): CreateTopicsRequestCreatableTopic {
  const flexible = version >= 5;
  const name = flexible ? reader.compactString() : reader.string();
  const numPartitions = reader.int32();
  const replicationFactor = reader.int16();
  const assignmentsLength = flexible ? reader.compactListLength(6) : reader.listLength(6);
  const assignments: readonly CreateTopicsRequestCreatableReplicaAssignment[] = decodeCreateTopicsRequestCreatableReplicaAssignmentList(reader, version, assignmentsLength);
  const configsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const configs: readonly CreateTopicsRequestCreatableTopicConfig[] = decodeCreateTopicsRequestCreatableTopicConfigList(reader, version, configsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, numPartitions, replicationFactor, assignments, configs };
}

function decodeCreateTopicsRequestCreatableTopicList(reader: Reader, version: number, length: number): CreateTopicsRequestCreatableTopic[] {
  const list: CreateTopicsRequestCreatableTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeCreateTopicsRequestCreatableTopic(reader, version));
  return list;
}

export function encodeCreateTopicsRequest(writer: Writer, version: number, message: CreateTopicsRequest): void {
  const flexible = version >= 5;
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeCreateTopicsRequestCreatableTopic(writer, version, item);
  writer.int32(message.timeoutMs);
  writer.bool(message.validateOnly);
  if (flexible) writer.noTaggedFields();
}

export function decodeCreateTopicsRequest(reader: Reader, version: number): CreateTopicsRequest {
  const flexible = version >= 5;
  const topicsLength = flexible ? reader.compactListLength(10) : reader.listLength(10);
  const topics: readonly CreateTopicsRequestCreatableTopic[] = decodeCreateTopicsRequestCreatableTopicList(reader, version, topicsLength);
  const timeoutMs = reader.int32();
  const validateOnly = reader.bool();
  if (flexible) reader.skipTaggedFields();
  return { topics, timeoutMs, validateOnly };
}

export interface CreateTopicsResponseCreatableTopicConfigs {
  readonly name: string;
  readonly value: string | null;
  readonly readOnly: boolean;
  readonly configSource: number;
  readonly isSensitive: boolean;
}

export const CreateTopicsResponseCreatableTopicConfigsDefaults: Pick<
  CreateTopicsResponseCreatableTopicConfigs,
  | 'configSource'
> = Object.freeze({
  configSource: -1,
});

export interface CreateTopicsResponseCreatableTopicResult {
  readonly name: string;
  readonly topicId: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly topicConfigErrorCode: number;
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly configs: readonly CreateTopicsResponseCreatableTopicConfigs[] | null;
}

export const CreateTopicsResponseCreatableTopicResultDefaults: Pick<
  CreateTopicsResponseCreatableTopicResult,
  | 'topicId'
  | 'errorMessage'
  | 'topicConfigErrorCode'
  | 'numPartitions'
  | 'replicationFactor'
  | 'configs'
> = Object.freeze({
  topicId: ZERO_UUID,
  errorMessage: '',
  topicConfigErrorCode: 0,
  numPartitions: -1,
  replicationFactor: -1,
  configs: Object.freeze([]),
});

export interface CreateTopicsResponse {
  readonly throttleTimeMs: number;
  readonly topics: readonly CreateTopicsResponseCreatableTopicResult[];
}

export const CreateTopicsResponseDefaults: Pick<
  CreateTopicsResponse,
  | 'throttleTimeMs'
> = Object.freeze({
  throttleTimeMs: 0,
});

function encodeCreateTopicsResponseCreatableTopicConfigs(writer: Writer, _version: number, message: CreateTopicsResponseCreatableTopicConfigs): void {
  writer.compactString(message.name);
  writer.compactNullableString(message.value);
  writer.bool(message.readOnly);
  writer.int8(message.configSource);
  writer.bool(message.isSensitive);
  writer.noTaggedFields();
}

function decodeCreateTopicsResponseCreatableTopicConfigs(reader: Reader, _version: number): CreateTopicsResponseCreatableTopicConfigs {
  const name = reader.compactString();
  const value = reader.compactNullableString();
  const readOnly = reader.bool();
  const configSource = reader.int8();
  const isSensitive = reader.bool();
  reader.skipTaggedFields();
  return { name, value, readOnly, configSource, isSensitive };
}

function decodeCreateTopicsResponseCreatableTopicConfigsList(reader: Reader, version: number, length: number): CreateTopicsResponseCreatableTopicConfigs[] {
  const list: CreateTopicsResponseCreatableTopicConfigs[] = [];
  for (let index = 0; index < length; index++) list.push(decodeCreateTopicsResponseCreatableTopicConfigs(reader, version));
  return list;
}

function encodeCreateTopicsResponseCreatableTopicResult(writer: Writer, version: number, message: CreateTopicsResponseCreatableTopicResult): void {
  const flexible = version >= 5;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  if (version === 7) writer.uuid(message.topicId);
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  if (version >= 5) writer.int32(message.numPartitions);
  if (version >= 5) writer.int16(message.replicationFactor);
  if (version >= 5) {
    const configs = message.configs;
    writer.compactListLength(configs === null ? -1 : configs.length);
    if (configs !== null) for (const item of configs) encodeCreateTopicsResponseCreatableTopicConfigs(writer, version, item);
  }
  if (flexible) {
    const hasTopicConfigErrorCode = message.topicConfigErrorCode !== 0;
    writer.uvarint((hasTopicConfigErrorCode ? 1 : 0));
    if (hasTopicConfigErrorCode) {
      const start = writer.beginTaggedField(0);
      writer.int16(message.topicConfigErrorCode);
      writer.endTaggedField(start);
    }
  }
}

function decodeCreateTopicsResponseCreatableTopicResult(reader: Reader, version: number): CreateTopicsResponseCreatableTopicResult {
  const flexible = version >= 5;
  const name = flexible ? reader.compactString() : reader.string();
  const topicId = version === 7 ? reader.uuid() : ZERO_UUID;
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  const numPartitions = version >= 5 ? reader.int32() : -1;
  const replicationFactor = version >= 5 ? reader.int16() : -1;
  let configs: readonly CreateTopicsResponseCreatableTopicConfigs[] | null = [];
  if (version >= 5) {
    const configsLength = reader.compactNullableListLength(6);
    configs = configsLength < 0 ? null : decodeCreateTopicsResponseCreatableTopicConfigsList(reader, version, configsLength);
  }
  let topicConfigErrorCode: number = 0;
  if (flexible) {
    for (let tags = reader.uvarint(); tags > 0; tags--) {
      const tag = reader.uvarint();
      const end = reader.taggedFieldEnd();
      switch (tag) {
        case 0: {
          topicConfigErrorCode = reader.int16();
          break;
        }
        default:
          reader.skipTo(end);
      }
      reader.expectPosition(end);
    }
  }
  return { name, topicId, errorCode, errorMessage, topicConfigErrorCode, numPartitions, replicationFactor, configs };
}

function decodeCreateTopicsResponseCreatableTopicResultList(reader: Reader, version: number, length: number): CreateTopicsResponseCreatableTopicResult[] {
  const list: CreateTopicsResponseCreatableTopicResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeCreateTopicsResponseCreatableTopicResult(reader, version));
  return list;
}

export function encodeCreateTopicsResponse(writer: Writer, version: number, message: CreateTopicsResponse): void {
  const flexible = version >= 5;
  writer.int32(message.throttleTimeMs);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeCreateTopicsResponseCreatableTopicResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeCreateTopicsResponse(reader: Reader, version: number): CreateTopicsResponse {
  const flexible = version >= 5;
  const throttleTimeMs = reader.int32();
  const topicsLength = flexible ? reader.compactListLength(6) : reader.listLength(6);
  const topics: readonly CreateTopicsResponseCreatableTopicResult[] = decodeCreateTopicsResponseCreatableTopicResultList(reader, version, topicsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, topics };
}
