// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { readCompactStringList, readStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DeleteGroupsRequest {
  readonly groupsNames: readonly string[];
}

export function encodeDeleteGroupsRequest(writer: Writer, version: number, message: DeleteGroupsRequest): void {
  const flexible = version === 2;
  const groupsNames = message.groupsNames;
  if (flexible) writer.compactListLength(groupsNames.length);
  else writer.listLength(groupsNames.length);
  for (const item of groupsNames) { if (flexible) writer.compactString(item); else writer.string(item); }
  if (flexible) writer.noTaggedFields();
}

export function decodeDeleteGroupsRequest(reader: Reader, version: number): DeleteGroupsRequest {
  const flexible = version === 2;
  const groupsNamesLength = flexible ? reader.compactListLength(1) : reader.listLength(2);
  const groupsNames: readonly string[] = flexible ? readCompactStringList(reader, groupsNamesLength) : readStringList(reader, groupsNamesLength);
  if (flexible) reader.skipTaggedFields();
  return { groupsNames };
}

export interface DeleteGroupsResponseDeletableGroupResult {
  readonly groupId: string;
  readonly errorCode: number;
}

export interface DeleteGroupsResponse {
  readonly throttleTimeMs: number;
  readonly results: readonly DeleteGroupsResponseDeletableGroupResult[];
}

function encodeDeleteGroupsResponseDeletableGroupResult(writer: Writer, version: number, message: DeleteGroupsResponseDeletableGroupResult): void {
  const flexible = version === 2;
  if (flexible) writer.compactString(message.groupId);
  else writer.string(message.groupId);
  writer.int16(message.errorCode);
  if (flexible) writer.noTaggedFields();
}

function decodeDeleteGroupsResponseDeletableGroupResult(reader: Reader, version: number): DeleteGroupsResponseDeletableGroupResult {
  const flexible = version === 2;
  const groupId = flexible ? reader.compactString() : reader.string();
  const errorCode = reader.int16();
  if (flexible) reader.skipTaggedFields();
  return { groupId, errorCode };
}

function decodeDeleteGroupsResponseDeletableGroupResultList(reader: Reader, version: number, length: number): DeleteGroupsResponseDeletableGroupResult[] {
  const list: DeleteGroupsResponseDeletableGroupResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteGroupsResponseDeletableGroupResult(reader, version));
  return list;
}

export function encodeDeleteGroupsResponse(writer: Writer, version: number, message: DeleteGroupsResponse): void {
  const flexible = version === 2;
  writer.int32(message.throttleTimeMs);
  const results = message.results;
  if (flexible) writer.compactListLength(results.length);
  else writer.listLength(results.length);
  for (const item of results) encodeDeleteGroupsResponseDeletableGroupResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDeleteGroupsResponse(reader: Reader, version: number): DeleteGroupsResponse {
  const flexible = version === 2;
  const throttleTimeMs = reader.int32();
  const resultsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const results: readonly DeleteGroupsResponseDeletableGroupResult[] = decodeDeleteGroupsResponseDeletableGroupResultList(reader, version, resultsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, results };
}
