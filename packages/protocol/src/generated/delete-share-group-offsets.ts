// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DeleteShareGroupOffsetsRequestTopic {
  readonly topicName: string;
}

export interface DeleteShareGroupOffsetsRequest {
  readonly groupId: string;
  readonly topics: readonly DeleteShareGroupOffsetsRequestTopic[];
}

function encodeDeleteShareGroupOffsetsRequestTopic(writer: Writer, _version: number, message: DeleteShareGroupOffsetsRequestTopic): void {
  writer.compactString(message.topicName);
  writer.noTaggedFields();
}

function decodeDeleteShareGroupOffsetsRequestTopic(reader: Reader, _version: number): DeleteShareGroupOffsetsRequestTopic {
  const topicName = reader.compactString();
  reader.skipTaggedFields();
  return { topicName };
}

function decodeDeleteShareGroupOffsetsRequestTopicList(reader: Reader, version: number, length: number): DeleteShareGroupOffsetsRequestTopic[] {
  const list: DeleteShareGroupOffsetsRequestTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteShareGroupOffsetsRequestTopic(reader, version));
  return list;
}

export function encodeDeleteShareGroupOffsetsRequest(writer: Writer, version: number, message: DeleteShareGroupOffsetsRequest): void {
  writer.compactString(message.groupId);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeDeleteShareGroupOffsetsRequestTopic(writer, version, item);
  writer.noTaggedFields();
}

export function decodeDeleteShareGroupOffsetsRequest(reader: Reader, version: number): DeleteShareGroupOffsetsRequest {
  const groupId = reader.compactString();
  const topicsLength = reader.compactListLength(2);
  const topics: readonly DeleteShareGroupOffsetsRequestTopic[] = decodeDeleteShareGroupOffsetsRequestTopicList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { groupId, topics };
}

export interface DeleteShareGroupOffsetsResponseTopic {
  readonly topicName: string;
  readonly topicId: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export const DeleteShareGroupOffsetsResponseTopicDefaults: Pick<
  DeleteShareGroupOffsetsResponseTopic,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: null,
});

export interface DeleteShareGroupOffsetsResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly responses: readonly DeleteShareGroupOffsetsResponseTopic[];
}

export const DeleteShareGroupOffsetsResponseDefaults: Pick<
  DeleteShareGroupOffsetsResponse,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: null,
});

function encodeDeleteShareGroupOffsetsResponseTopic(writer: Writer, _version: number, message: DeleteShareGroupOffsetsResponseTopic): void {
  writer.compactString(message.topicName);
  writer.uuid(message.topicId);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.noTaggedFields();
}

function decodeDeleteShareGroupOffsetsResponseTopic(reader: Reader, _version: number): DeleteShareGroupOffsetsResponseTopic {
  const topicName = reader.compactString();
  const topicId = reader.uuid();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTaggedFields();
  return { topicName, topicId, errorCode, errorMessage };
}

function decodeDeleteShareGroupOffsetsResponseTopicList(reader: Reader, version: number, length: number): DeleteShareGroupOffsetsResponseTopic[] {
  const list: DeleteShareGroupOffsetsResponseTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteShareGroupOffsetsResponseTopic(reader, version));
  return list;
}

export function encodeDeleteShareGroupOffsetsResponse(writer: Writer, version: number, message: DeleteShareGroupOffsetsResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  const responses = message.responses;
  writer.compactListLength(responses.length);
  for (const item of responses) encodeDeleteShareGroupOffsetsResponseTopic(writer, version, item);
  writer.noTaggedFields();
}

export function decodeDeleteShareGroupOffsetsResponse(reader: Reader, version: number): DeleteShareGroupOffsetsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const responsesLength = reader.compactListLength(21);
  const responses: readonly DeleteShareGroupOffsetsResponseTopic[] = decodeDeleteShareGroupOffsetsResponseTopicList(reader, version, responsesLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, responses };
}
