// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { nonNull, unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface JoinGroupRequestProtocol {
  readonly name: string;
  readonly metadata: Uint8Array;
}

export interface JoinGroupRequest {
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly protocolType: string;
  readonly protocols: readonly JoinGroupRequestProtocol[];
  readonly reason: string | null;
}

export const JoinGroupRequestDefaults: Pick<
  JoinGroupRequest,
  | 'rebalanceTimeoutMs'
  | 'groupInstanceId'
  | 'reason'
> = Object.freeze({
  rebalanceTimeoutMs: -1,
  groupInstanceId: null,
  reason: null,
});

function encodeJoinGroupRequestProtocol(writer: Writer, version: number, message: JoinGroupRequestProtocol): void {
  const flexible = version >= 6;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  if (flexible) writer.compactBytes(message.metadata);
  else writer.bytes(message.metadata);
  if (flexible) writer.noTaggedFields();
}

function decodeJoinGroupRequestProtocol(reader: Reader, version: number): JoinGroupRequestProtocol {
  const flexible = version >= 6;
  const name = flexible ? reader.compactString() : reader.string();
  const metadata = flexible ? reader.compactBytes() : reader.bytes();
  if (flexible) reader.skipTaggedFields();
  return { name, metadata };
}

function decodeJoinGroupRequestProtocolList(reader: Reader, version: number, length: number): JoinGroupRequestProtocol[] {
  const list: JoinGroupRequestProtocol[] = [];
  for (let index = 0; index < length; index++) list.push(decodeJoinGroupRequestProtocol(reader, version));
  return list;
}

export function encodeJoinGroupRequest(writer: Writer, version: number, message: JoinGroupRequest): void {
  const flexible = version >= 6;
  if (flexible) writer.compactString(message.groupId);
  else writer.string(message.groupId);
  writer.int32(message.sessionTimeoutMs);
  if (version >= 1) writer.int32(message.rebalanceTimeoutMs);
  if (flexible) writer.compactString(message.memberId);
  else writer.string(message.memberId);
  if (version >= 5) {
    if (flexible) writer.compactNullableString(message.groupInstanceId);
    else writer.nullableString(message.groupInstanceId);
  } else if (message.groupInstanceId !== null) {
    throw unsupportedField('JoinGroupRequest.groupInstanceId', version);
  }
  if (flexible) writer.compactString(message.protocolType);
  else writer.string(message.protocolType);
  const protocols = message.protocols;
  if (flexible) writer.compactListLength(protocols.length);
  else writer.listLength(protocols.length);
  for (const item of protocols) encodeJoinGroupRequestProtocol(writer, version, item);
  if (version >= 8) writer.compactNullableString(message.reason);
  if (flexible) writer.noTaggedFields();
}

export function decodeJoinGroupRequest(reader: Reader, version: number): JoinGroupRequest {
  const flexible = version >= 6;
  const groupId = flexible ? reader.compactString() : reader.string();
  const sessionTimeoutMs = reader.int32();
  const rebalanceTimeoutMs = version >= 1 ? reader.int32() : -1;
  const memberId = flexible ? reader.compactString() : reader.string();
  const groupInstanceId = version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null;
  const protocolType = flexible ? reader.compactString() : reader.string();
  const protocolsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const protocols: readonly JoinGroupRequestProtocol[] = decodeJoinGroupRequestProtocolList(reader, version, protocolsLength);
  const reason = version >= 8 ? reader.compactNullableString() : null;
  if (flexible) reader.skipTaggedFields();
  return { groupId, sessionTimeoutMs, rebalanceTimeoutMs, memberId, groupInstanceId, protocolType, protocols, reason };
}

export interface JoinGroupResponseMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly metadata: Uint8Array;
}

export const JoinGroupResponseMemberDefaults: Pick<
  JoinGroupResponseMember,
  | 'groupInstanceId'
> = Object.freeze({
  groupInstanceId: null,
});

export interface JoinGroupResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly generationId: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly leader: string;
  readonly skipAssignment: boolean;
  readonly memberId: string;
  readonly members: readonly JoinGroupResponseMember[];
}

export const JoinGroupResponseDefaults: Pick<
  JoinGroupResponse,
  | 'throttleTimeMs'
  | 'generationId'
  | 'protocolType'
  | 'skipAssignment'
> = Object.freeze({
  throttleTimeMs: 0,
  generationId: -1,
  protocolType: null,
  skipAssignment: false,
});

function encodeJoinGroupResponseMember(writer: Writer, version: number, message: JoinGroupResponseMember): void {
  const flexible = version >= 6;
  if (flexible) writer.compactString(message.memberId);
  else writer.string(message.memberId);
  if (version >= 5) {
    if (flexible) writer.compactNullableString(message.groupInstanceId);
    else writer.nullableString(message.groupInstanceId);
  }
  if (flexible) writer.compactBytes(message.metadata);
  else writer.bytes(message.metadata);
  if (flexible) writer.noTaggedFields();
}

function decodeJoinGroupResponseMember(reader: Reader, version: number): JoinGroupResponseMember {
  const flexible = version >= 6;
  const memberId = flexible ? reader.compactString() : reader.string();
  const groupInstanceId = version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null;
  const metadata = flexible ? reader.compactBytes() : reader.bytes();
  if (flexible) reader.skipTaggedFields();
  return { memberId, groupInstanceId, metadata };
}

function decodeJoinGroupResponseMemberList(reader: Reader, version: number, length: number): JoinGroupResponseMember[] {
  const list: JoinGroupResponseMember[] = [];
  for (let index = 0; index < length; index++) list.push(decodeJoinGroupResponseMember(reader, version));
  return list;
}

export function encodeJoinGroupResponse(writer: Writer, version: number, message: JoinGroupResponse): void {
  const flexible = version >= 6;
  if (version >= 2) writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.int32(message.generationId);
  if (version >= 7) writer.compactNullableString(message.protocolType);
  if (version >= 7) {
    writer.compactNullableString(message.protocolName);
  } else {
    if (flexible) writer.compactString(nonNull(message.protocolName, 'JoinGroupResponse.protocolName', version));
    else writer.string(nonNull(message.protocolName, 'JoinGroupResponse.protocolName', version));
  }
  if (flexible) writer.compactString(message.leader);
  else writer.string(message.leader);
  if (version === 9) {
    writer.bool(message.skipAssignment);
  } else if (message.skipAssignment !== false) {
    throw unsupportedField('JoinGroupResponse.skipAssignment', version);
  }
  if (flexible) writer.compactString(message.memberId);
  else writer.string(message.memberId);
  const members = message.members;
  if (flexible) writer.compactListLength(members.length);
  else writer.listLength(members.length);
  for (const item of members) encodeJoinGroupResponseMember(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeJoinGroupResponse(reader: Reader, version: number): JoinGroupResponse {
  const flexible = version >= 6;
  const throttleTimeMs = version >= 2 ? reader.int32() : 0;
  const errorCode = reader.int16();
  const generationId = reader.int32();
  const protocolType = version >= 7 ? reader.compactNullableString() : null;
  const protocolName = flexible ? (version >= 7 ? reader.compactNullableString() : reader.compactString()) : (version >= 7 ? reader.nullableString() : reader.string());
  const leader = flexible ? reader.compactString() : reader.string();
  const skipAssignment = version === 9 ? reader.bool() : false;
  const memberId = flexible ? reader.compactString() : reader.string();
  const membersLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const members: readonly JoinGroupResponseMember[] = decodeJoinGroupResponseMemberList(reader, version, membersLength);
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    generationId,
    protocolType,
    protocolName,
    leader,
    skipAssignment,
    memberId,
    members,
  };
}
