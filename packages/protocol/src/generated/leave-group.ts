// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface LeaveGroupRequestMemberIdentity {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly reason: string | null;
}

export const LeaveGroupRequestMemberIdentityDefaults: Pick<
  LeaveGroupRequestMemberIdentity,
  | 'groupInstanceId'
  | 'reason'
> = Object.freeze({
  groupInstanceId: null,
  reason: null,
});

export interface LeaveGroupRequest {
  readonly groupId: string;
  readonly memberId: string;
  readonly members: readonly LeaveGroupRequestMemberIdentity[];
}

export const LeaveGroupRequestDefaults: Pick<
  LeaveGroupRequest,
  | 'memberId'
  | 'members'
> = Object.freeze({
  memberId: '',
  members: Object.freeze([]),
});

function encodeLeaveGroupRequestMemberIdentity(writer: Writer, version: number, message: LeaveGroupRequestMemberIdentity): void {
  const flexible = version >= 4;
  if (flexible) writer.compactString(message.memberId);
  else writer.string(message.memberId);
  if (flexible) writer.compactNullableString(message.groupInstanceId);
  else writer.nullableString(message.groupInstanceId);
  if (version === 5) writer.compactNullableString(message.reason);
  if (flexible) writer.noTaggedFields();
}

function decodeLeaveGroupRequestMemberIdentity(reader: Reader, version: number): LeaveGroupRequestMemberIdentity {
  const flexible = version >= 4;
  const memberId = flexible ? reader.compactString() : reader.string();
  const groupInstanceId = flexible ? reader.compactNullableString() : reader.nullableString();
  const reason = version === 5 ? reader.compactNullableString() : null;
  if (flexible) reader.skipTaggedFields();
  return { memberId, groupInstanceId, reason };
}

function decodeLeaveGroupRequestMemberIdentityList(reader: Reader, version: number, length: number): LeaveGroupRequestMemberIdentity[] {
  const list: LeaveGroupRequestMemberIdentity[] = [];
  for (let index = 0; index < length; index++) list.push(decodeLeaveGroupRequestMemberIdentity(reader, version));
  return list;
}

export function encodeLeaveGroupRequest(writer: Writer, version: number, message: LeaveGroupRequest): void {
  const flexible = version >= 4;
  if (flexible) writer.compactString(message.groupId);
  else writer.string(message.groupId);
  if (version <= 2) {
    writer.string(message.memberId);
  } else if (message.memberId !== '') {
    throw unsupportedField('LeaveGroupRequest.memberId', version);
  }
  if (version >= 3) {
    const members = message.members;
    if (flexible) writer.compactListLength(members.length);
    else writer.listLength(members.length);
    for (const item of members) encodeLeaveGroupRequestMemberIdentity(writer, version, item);
  } else if (message.members.length !== 0) {
    throw unsupportedField('LeaveGroupRequest.members', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeLeaveGroupRequest(reader: Reader, version: number): LeaveGroupRequest {
  const flexible = version >= 4;
  const groupId = flexible ? reader.compactString() : reader.string();
  const memberId = version <= 2 ? reader.string() : '';
  let members: readonly LeaveGroupRequestMemberIdentity[] = [];
  if (version >= 3) {
    const membersLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
    members = decodeLeaveGroupRequestMemberIdentityList(reader, version, membersLength);
  }
  if (flexible) reader.skipTaggedFields();
  return { groupId, memberId, members };
}

export interface LeaveGroupResponseMemberResponse {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly errorCode: number;
}

export interface LeaveGroupResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly members: readonly LeaveGroupResponseMemberResponse[];
}

export const LeaveGroupResponseDefaults: Pick<
  LeaveGroupResponse,
  | 'throttleTimeMs'
  | 'members'
> = Object.freeze({
  throttleTimeMs: 0,
  members: Object.freeze([]),
});

function encodeLeaveGroupResponseMemberResponse(writer: Writer, version: number, message: LeaveGroupResponseMemberResponse): void {
  const flexible = version >= 4;
  if (flexible) writer.compactString(message.memberId);
  else writer.string(message.memberId);
  if (flexible) writer.compactNullableString(message.groupInstanceId);
  else writer.nullableString(message.groupInstanceId);
  writer.int16(message.errorCode);
  if (flexible) writer.noTaggedFields();
}

function decodeLeaveGroupResponseMemberResponse(reader: Reader, version: number): LeaveGroupResponseMemberResponse {
  const flexible = version >= 4;
  const memberId = flexible ? reader.compactString() : reader.string();
  const groupInstanceId = flexible ? reader.compactNullableString() : reader.nullableString();
  const errorCode = reader.int16();
  if (flexible) reader.skipTaggedFields();
  return { memberId, groupInstanceId, errorCode };
}

function decodeLeaveGroupResponseMemberResponseList(reader: Reader, version: number, length: number): LeaveGroupResponseMemberResponse[] {
  const list: LeaveGroupResponseMemberResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeLeaveGroupResponseMemberResponse(reader, version));
  return list;
}

export function encodeLeaveGroupResponse(writer: Writer, version: number, message: LeaveGroupResponse): void {
  const flexible = version >= 4;
  if (version >= 1) writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  if (version >= 3) {
    const members = message.members;
    if (flexible) writer.compactListLength(members.length);
    else writer.listLength(members.length);
    for (const item of members) encodeLeaveGroupResponseMemberResponse(writer, version, item);
  } else if (message.members.length !== 0) {
    throw unsupportedField('LeaveGroupResponse.members', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeLeaveGroupResponse(reader: Reader, version: number): LeaveGroupResponse {
  const flexible = version >= 4;
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const errorCode = reader.int16();
  let members: readonly LeaveGroupResponseMemberResponse[] = [];
  if (version >= 3) {
    const membersLength = flexible ? reader.compactListLength(5) : reader.listLength(5);
    members = decodeLeaveGroupResponseMemberResponseList(reader, version, membersLength);
  }
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, members };
}
