// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface SyncGroupRequestAssignment {
  readonly memberId: string;
  readonly assignment: Uint8Array;
}

export interface SyncGroupRequest {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly assignments: readonly SyncGroupRequestAssignment[];
}

export const SyncGroupRequestDefaults: Pick<
  SyncGroupRequest,
  | 'groupInstanceId'
  | 'protocolType'
  | 'protocolName'
> = Object.freeze({
  groupInstanceId: null,
  protocolType: null,
  protocolName: null,
});

function encodeSyncGroupRequestAssignment(writer: Writer, version: number, message: SyncGroupRequestAssignment): void {
  const flexible = version >= 4;
  if (flexible) writer.compactString(message.memberId);
  else writer.string(message.memberId);
  if (flexible) writer.compactBytes(message.assignment);
  else writer.bytes(message.assignment);
  if (flexible) writer.noTaggedFields();
}

function decodeSyncGroupRequestAssignment(reader: Reader, version: number): SyncGroupRequestAssignment {
  const flexible = version >= 4;
  const memberId = flexible ? reader.compactString() : reader.string();
  const assignment = flexible ? reader.compactBytes() : reader.bytes();
  if (flexible) reader.skipTaggedFields();
  return { memberId, assignment };
}

function decodeSyncGroupRequestAssignmentList(reader: Reader, version: number, length: number): SyncGroupRequestAssignment[] {
  const list: SyncGroupRequestAssignment[] = [];
  for (let index = 0; index < length; index++) list.push(decodeSyncGroupRequestAssignment(reader, version));
  return list;
}

export function encodeSyncGroupRequest(writer: Writer, version: number, message: SyncGroupRequest): void {
  const flexible = version >= 4;
  if (flexible) writer.compactString(message.groupId);
  else writer.string(message.groupId);
  writer.int32(message.generationId);
  if (flexible) writer.compactString(message.memberId);
  else writer.string(message.memberId);
  if (version >= 3) {
    if (flexible) writer.compactNullableString(message.groupInstanceId);
    else writer.nullableString(message.groupInstanceId);
  } else if (message.groupInstanceId !== null) {
    throw unsupportedField('SyncGroupRequest.groupInstanceId', version);
  }
  if (version === 5) writer.compactNullableString(message.protocolType);
  if (version === 5) writer.compactNullableString(message.protocolName);
  const assignments = message.assignments;
  if (flexible) writer.compactListLength(assignments.length);
  else writer.listLength(assignments.length);
  for (const item of assignments) encodeSyncGroupRequestAssignment(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeSyncGroupRequest(reader: Reader, version: number): SyncGroupRequest {
  const flexible = version >= 4;
  const groupId = flexible ? reader.compactString() : reader.string();
  const generationId = reader.int32();
  const memberId = flexible ? reader.compactString() : reader.string();
  const groupInstanceId = version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null;
  const protocolType = version === 5 ? reader.compactNullableString() : null;
  const protocolName = version === 5 ? reader.compactNullableString() : null;
  const assignmentsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const assignments: readonly SyncGroupRequestAssignment[] = decodeSyncGroupRequestAssignmentList(reader, version, assignmentsLength);
  if (flexible) reader.skipTaggedFields();
  return { groupId, generationId, memberId, groupInstanceId, protocolType, protocolName, assignments };
}

export interface SyncGroupResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly assignment: Uint8Array;
}

export const SyncGroupResponseDefaults: Pick<
  SyncGroupResponse,
  | 'throttleTimeMs'
  | 'protocolType'
  | 'protocolName'
> = Object.freeze({
  throttleTimeMs: 0,
  protocolType: null,
  protocolName: null,
});

export function encodeSyncGroupResponse(writer: Writer, version: number, message: SyncGroupResponse): void {
  const flexible = version >= 4;
  if (version >= 1) writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  if (version === 5) writer.compactNullableString(message.protocolType);
  if (version === 5) writer.compactNullableString(message.protocolName);
  if (flexible) writer.compactBytes(message.assignment);
  else writer.bytes(message.assignment);
  if (flexible) writer.noTaggedFields();
}

export function decodeSyncGroupResponse(reader: Reader, version: number): SyncGroupResponse {
  const flexible = version >= 4;
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const errorCode = reader.int16();
  const protocolType = version === 5 ? reader.compactNullableString() : null;
  const protocolName = version === 5 ? reader.compactNullableString() : null;
  const assignment = flexible ? reader.compactBytes() : reader.bytes();
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, protocolType, protocolName, assignment };
}
