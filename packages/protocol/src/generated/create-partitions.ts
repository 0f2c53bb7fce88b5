// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface CreatePartitionsRequestCreatePartitionsAssignment {
  readonly brokerIds: readonly number[];
}

export interface CreatePartitionsRequestCreatePartitionsTopic {
  readonly name: string;
  readonly count: number;
  readonly assignments: readonly CreatePartitionsRequestCreatePartitionsAssignment[] | null;
}

export interface CreatePartitionsRequest {
  readonly topics: readonly CreatePartitionsRequestCreatePartitionsTopic[];
  readonly timeoutMs: number;
  readonly validateOnly: boolean;
}

function encodeCreatePartitionsRequestCreatePartitionsAssignment(writer: Writer, version: number, message: CreatePartitionsRequestCreatePartitionsAssignment): void {
  const flexible = version >= 2;
  const brokerIds = message.brokerIds;
  if (flexible) writer.compactListLength(brokerIds.length);
  else writer.listLength(brokerIds.length);
  for (const item of brokerIds) writer.int32(item);
  if (flexible) writer.noTaggedFields();
}

function decodeCreatePartitionsRequestCreatePartitionsAssignment(reader: Reader, version: number): CreatePartitionsRequestCreatePartitionsAssignment {
  const flexible = version >= 2;
  const brokerIdsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const brokerIds: readonly number[] = readInt32List(reader, brokerIdsLength);
  if (flexible) reader.skipTaggedFields();
  return { brokerIds };
}

function decodeCreatePartitionsRequestCreatePartitionsAssignmentList(reader: Reader, version: number, length: number): CreatePartitionsRequestCreatePartitionsAssignment[] {
  const list: CreatePartitionsRequestCreatePartitionsAssignment[] = [];
  for (let index = 0; index < length; index++) list.push(decodeCreatePartitionsRequestCreatePartitionsAssignment(reader, version));
  return list;
}

function encodeCreatePartitionsRequestCreatePartitionsTopic(writer: Writer, version: number, message: CreatePartitionsRequestCreatePartitionsTopic): void {
  const flexible = version >= 2;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  writer.int32(message.count);
  const assignments = message.assignments;
  if (flexible) writer.compactListLength(assignments === null ? -1 : assignments.length);
  else writer.listLength(assignments === null ? -1 : assignments.length);
  if (assignments !== null) for (const item of assignments) encodeCreatePartitionsRequestCreatePartitionsAssignment(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeCreatePartitionsRequestCreatePartitionsTopic(reader: Reader, version: number): CreatePartitionsRequestCreatePartitionsTopic {
  const flexible = version >= 2;
  const name = flexible ? reader.compactString() : reader.string();
  const count = reader.int32();
  const assignmentsLength = flexible ? reader.compactNullableListLength(2) : reader.nullableListLength(2);
  const assignments: readonly CreatePartitionsRequestCreatePartitionsAssignment[] | null = assignmentsLength < 0 ? null : decodeCreatePartitionsRequestCreatePartitionsAssignmentList(reader, version, assignmentsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, count, assignments };
}

function decodeCreatePartitionsRequestCreatePartitionsTopicList(reader: Reader, version: number, length: number): CreatePartitionsRequestCreatePartitionsTopic[] {
  const list: CreatePartitionsRequestCreatePartitionsTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeCreatePartitionsRequestCreatePartitionsTopic(reader, version));
  return list;
}

export function encodeCreatePartitionsRequest(writer: Writer, version: number, message: CreatePartitionsRequest): void {
  const flexible = version >= 2;
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeCreatePartitionsRequestCreatePartitionsTopic(writer, version, item);
  writer.int32(message.timeoutMs);
  writer.bool(message.validateOnly);
  if (flexible) writer.noTaggedFields();
}

export function decodeCreatePartitionsRequest(reader: Reader, version: number): CreatePartitionsRequest {
  const flexible = version >= 2;
  const topicsLength = flexible ? reader.compactListLength(7) : reader.listLength(7);
  const topics: readonly CreatePartitionsRequestCreatePartitionsTopic[] = decodeCreatePartitionsRequestCreatePartitionsTopicList(reader, version, topicsLength);
  const timeoutMs = reader.int32();
  const validateOnly = reader.bool();
  if (flexible) reader.skipTaggedFields();
  return { topics, timeoutMs, validateOnly };
}

export interface CreatePartitionsResponseCreatePartitionsTopicResult {
  readonly name: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export const CreatePartitionsResponseCreatePartitionsTopicResultDefaults: Pick<
  CreatePartitionsResponseCreatePartitionsTopicResult,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: null,
});

export interface CreatePartitionsResponse {
  readonly throttleTimeMs: number;
  readonly results: readonly CreatePartitionsResponseCreatePartitionsTopicResult[];
}

function encodeCreatePartitionsResponseCreatePartitionsTopicResult(writer: Writer, version: number, message: CreatePartitionsResponseCreatePartitionsTopicResult): void {
  const flexible = version >= 2;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  if (flexible) writer.noTaggedFields();
}

function decodeCreatePartitionsResponseCreatePartitionsTopicResult(reader: Reader, version: number): CreatePartitionsResponseCreatePartitionsTopicResult {
  const flexible = version >= 2;
  const name = flexible ? reader.compactString() : reader.string();
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { name, errorCode, errorMessage };
}

function decodeCreatePartitionsResponseCreatePartitionsTopicResultList(reader: Reader, version: number, length: number): CreatePartitionsResponseCreatePartitionsTopicResult[] {
  const list: CreatePartitionsResponseCreatePartitionsTopicResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeCreatePartitionsResponseCreatePartitionsTopicResult(reader, version));
  return list;
}

export function encodeCreatePartitionsResponse(writer: Writer, version: number, message: CreatePartitionsResponse): void {
  const flexible = version >= 2;
  writer.int32(message.throttleTimeMs);
  const results = message.results;
  if (flexible) writer.compactListLength(results.length);
  else writer.listLength(results.length);
  for (const item of results) encodeCreatePartitionsResponseCreatePartitionsTopicResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeCreatePartitionsResponse(reader: Reader, version: number): CreatePartitionsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const resultsLength = flexible ? reader.compactListLength(5) : reader.listLength(5);
  const results: readonly CreatePartitionsResponseCreatePartitionsTopicResult[] = decodeCreatePartitionsResponseCreatePartitionsTopicResultList(reader, version, resultsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, results };
}
