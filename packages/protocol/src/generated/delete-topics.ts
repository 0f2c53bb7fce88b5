// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { nonNull, unsupportedField } from '../lib/unsupported.ts';
import { ZERO_UUID } from '../lib/uuid.ts';
import { readCompactStringList, readStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DeleteTopicsRequestDeleteTopicState {
  readonly name: string | null;
  readonly topicId: string;
}

export const DeleteTopicsRequestDeleteTopicStateDefaults: Pick<
  DeleteTopicsRequestDeleteTopicState,
  | 'name'
> = Object.freeze({
  name: null,
});

export interface DeleteTopicsRequest {
  readonly topics: readonly DeleteTopicsRequestDeleteTopicState[];
  readonly topicNames: readonly string[];
  readonly timeoutMs: number;
}

export const DeleteTopicsRequestDefaults: Pick<
  DeleteTopicsRequest,
  | 'topics'
  | 'topicNames'
> = Object.freeze({
  topics: Object.freeze([]),
  topicNames: Object.freeze([]),
});

function encodeDeleteTopicsRequestDeleteTopicState(writer: Writer, _version: number, message: DeleteTopicsRequestDeleteTopicState): void {
  writer.compactNullableString(message.name);
  writer.uuid(message.topicId);
  writer.noTaggedFields();
}

function decodeDeleteTopicsRequestDeleteTopicState(reader: Reader, _version: number): DeleteTopicsRequestDeleteTopicState {
  const name = reader.compactNullableString();
  const topicId = reader.uuid();
  reader.skipTaggedFields();
  return { name, topicId };
}

function decodeDeleteTopicsRequestDeleteTopicStateList(reader: Reader, version: number, length: number): DeleteTopicsRequestDeleteTopicState[] {
  const list: DeleteTopicsRequestDeleteTopicState[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteTopicsRequestDeleteTopicState(reader, version));
  return list;
}

export function encodeDeleteTopicsRequest(writer: Writer, version: number, message: DeleteTopicsRequest): void {
  const flexible = version >= 4;
  if (version === 6) {
    const topics = message.topics;
    writer.compactListLength(topics.length);
    for (const item of topics) encodeDeleteTopicsRequestDeleteTopicState(writer, version, item);
  } else if (message.topics.length !== 0) {
    throw unsupportedField('DeleteTopicsRequest.topics', version);
  }
  if (version <= 5) {
    const topicNames = message.topicNames;
    if (flexible) writer.compactListLength(topicNames.length);
    else writer.listLength(topicNames.length);
    for (const item of topicNames) { if (flexible) writer.compactString(item); else writer.string(item); }
  }
  writer.int32(message.timeoutMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeDeleteTopicsRequest(reader: Reader, version: number): DeleteTopicsRequest {
  const flexible = version >= 4;
  let topics: readonly DeleteTopicsRequestDeleteTopicState[] = [];
  if (version === 6) {
    const topicsLength = reader.compactListLength(18);
    topics = decodeDeleteTopicsRequestDeleteTopicStateList(reader, version, topicsLength);
  }
  let topicNames: readonly string[] = [];
  if (version <= 5) {
    const topicNamesLength = flexible ? reader.compactListLength(1) : reader.listLength(2);
    topicNames = flexible ? readCompactStringList(reader, topicNamesLength) : readStringList(reader, topicNamesLength);
  }
  const timeoutMs = reader.int32();
  if (flexible) reader.skipTaggedFields();
  return { topics, topicNames, timeoutMs };
}

export interface DeleteTopicsResponseDeletableTopicResult {
  readonly name: string | null;
  readonly topicId: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export const DeleteTopicsResponseDeletableTopicResultDefaults: Pick<
  DeleteTopicsResponseDeletableTopicResult,
  | 'topicId'
  | 'errorMessage'
> = Object.freeze({
  topicId: ZERO_UUID,
  errorMessage: null,
});

export interface DeleteTopicsResponse {
  readonly throttleTimeMs: number;
  readonly responses: readonly DeleteTopicsResponseDeletableTopicResult[];
}

export const DeleteTopicsResponseDefaults: Pick<
  DeleteTopicsResponse,
  | 'throttleTimeMs'
> = Object.freeze({
  throttleTimeMs: 0,
});

function encodeDeleteTopicsResponseDeletableTopicResult(writer: Writer, version: number, message: DeleteTopicsResponseDeletableTopicResult): void {
  const flexible = version >= 4;
  if (version === 6) {
    writer.compactNullableString(message.name);
  } else {
    if (flexible) writer.compactString(nonNull(message.name, 'DeleteTopicsResponseDeletableTopicResult.name', version));
    else writer.string(nonNull(message.name, 'DeleteTopicsResponseDeletableTopicResult.name', version));
  }
  if (version === 6) writer.uuid(message.topicId);
  writer.int16(message.errorCode);
  if (version >= 5) writer.compactNullableString(message.errorMessage);
  if (flexible) writer.noTaggedFields();
}

function decodeDeleteTopicsResponseDeletableTopicResult(reader: Reader, version: number): DeleteTopicsResponseDeletableTopicResult {
  const flexible = version >= 4;
  const name = flexible ? (version === 6 ? reader.compactNullableString() : reader.compactString()) : (version === 6 ? reader.nullableString() : reader.string());
  const topicId = version === 6 ? reader.uuid() : ZERO_UUID;
  const errorCode = reader.int16();
  const errorMessage = version >= 5 ? reader.compactNullableString() : null;
  if (flexible) reader.skipTaggedFields();
  return { name, topicId, errorCode, errorMessage };
}

function decodeDeleteTopicsResponseDeletableTopicResultList(reader: Reader, version: number, length: number): DeleteTopicsResponseDeletableTopicResult[] {
  const list: DeleteTopicsResponseDeletableTopicResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteTopicsResponseDeletableTopicResult(reader, version));
  return list;
}

export function encodeDeleteTopicsResponse(writer: Writer, version: number, message: DeleteTopicsResponse): void {
  const flexible = version >= 4;
  writer.int32(message.throttleTimeMs);
  const responses = message.responses;
  if (flexible) writer.compactListLength(responses.length);
  else writer.listLength(responses.length);
  for (const item of responses) encodeDeleteTopicsResponseDeletableTopicResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDeleteTopicsResponse(reader: Reader, version: number): DeleteTopicsResponse {
  const flexible = version >= 4;
  const throttleTimeMs = reader.int32();
  const responsesLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const responses: readonly DeleteTopicsResponseDeletableTopicResult[] = decodeDeleteTopicsResponseDeletableTopicResultList(reader, version, responsesLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, responses };
}
