// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { readCompactStringList, readStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeGroupsRequest {
  readonly groups: readonly string[];
  readonly includeAuthorizedOperations: boolean;
}

export const DescribeGroupsRequestDefaults: Pick<
  DescribeGroupsRequest,
  | 'includeAuthorizedOperations'
> = Object.freeze({
  includeAuthorizedOperations: false,
});

export function encodeDescribeGroupsRequest(writer: Writer, version: number, message: DescribeGroupsRequest): void {
  const flexible = version >= 5;
  const groups = message.groups;
  if (flexible) writer.compactListLength(groups.length);
  else writer.listLength(groups.length);
  for (const item of groups) { if (flexible) writer.compactString(item); else writer.string(item); }
  if (version >= 3) {
    writer.bool(message.includeAuthorizedOperations);
  } else if (message.includeAuthorizedOperations !== false) {
    throw unsupportedField('DescribeGroupsRequest.includeAuthorizedOperations', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeDescribeGroupsRequest(reader: Reader, version: number): DescribeGroupsRequest {
  const flexible = version >= 5;
  const groupsLength = flexible ? reader.compactListLength(1) : reader.listLength(2);
  const groups: readonly string[] = flexible ? readCompactStringList(reader, groupsLength) : readStringList(reader, groupsLength);
  const includeAuthorizedOperations = version >= 3 ? reader.bool() : false;
  if (flexible) reader.skipTaggedFields();
  return { groups, includeAuthorizedOperations };
}

export interface DescribeGroupsResponseDescribedGroupMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly memberMetadata: Uint8Array;
  readonly memberAssignment: Uint8Array;
}

export const DescribeGroupsResponseDescribedGroupMemberDefaults: Pick<
  DescribeGroupsResponseDescribedGroupMember,
  | 'groupInstanceId'
> = Object.freeze({
  groupInstanceId: null,
});

export interface DescribeGroupsResponseDescribedGroup {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly groupId: string;
  readonly groupState: string;
  readonly protocolType: string;
  readonly protocolData: string;
  readonly members: readonly DescribeGroupsResponseDescribedGroupMember[];
  readonly authorizedOperations: number;
}

export const DescribeGroupsResponseDescribedGroupDefaults: Pick<
  DescribeGroupsResponseDescribedGroup,
  | 'errorMessage'
  | 'authorizedOperations'
> = Object.freeze({
  errorMessage: null,
  authorizedOperations: -2147483648,
});

export interface DescribeGroupsResponse {
  readonly throttleTimeMs: number;
  readonly groups: readonly DescribeGroupsResponseDescribedGroup[];
}

export const DescribeGroupsResponseDefaults: Pick<
  DescribeGroupsResponse,
  | 'throttleTimeMs'
> = Object.freeze({
  throttleTimeMs: 0,
});

function encodeDescribeGroupsResponseDescribedGroupMember(writer: Writer, version: number, message: DescribeGroupsResponseDescribedGroupMember): void {
  const flexible = version >= 5;
  if (flexible) writer.compactString(message.memberId);
  else writer.string(message.memberId);
  if (version >= 4) {
    if (flexible) writer.compactNullableString(message.groupInstanceId);
    else writer.nullableString(message.groupInstanceId);
  }
  if (flexible) writer.compactString(message.clientId);
  else writer.string(message.clientId);
  if (flexible) writer.compactString(message.clientHost);
  else writer.string(message.clientHost);
  if (flexible) writer.compactBytes(message.memberMetadata);
  else writer.bytes(message.memberMetadata);
  if (flexible) writer.compactBytes(message.memberAssignment);
  else writer.bytes(message.memberAssignment);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeGroupsResponseDescribedGroupMember(reader: Reader, version: number): DescribeGroupsResponseDescribedGroupMember {
  const flexible = version >= 5;
  const memberId = flexible ? reader.compactString() : reader.string();
  const groupInstanceId = version >= 4 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null;
  const clientId = flexible ? reader.compactString() : reader.string();
  const clientHost = flexible ? reader.compactString() : reader.string();
  const memberMetadata = flexible ? reader.compactBytes() : reader.bytes();
  const memberAssignment = flexible ? reader.compactBytes() : reader.bytes();
  if (flexible) reader.skipTaggedFields();
  return { memberId, groupInstanceId, clientId, clientHost, memberMetadata, memberAssignment };
}

function decodeDescribeGroupsResponseDescribedGroupMemberList(reader: Reader, version: number, length: number): DescribeGroupsResponseDescribedGroupMember[] {
  const list: DescribeGroupsResponseDescribedGroupMember[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeGroupsResponseDescribedGroupMember(reader, version));
  return list;
}

function encodeDescribeGroupsResponseDescribedGroup(writer: Writer, version: number, message: DescribeGroupsResponseDescribedGroup): void {
  const flexible = version >= 5;
  writer.int16(message.errorCode);
  if (version === 6) {
    writer.compactNullableString(message.errorMessage);
  } else if (message.errorMessage !== null) {
    throw unsupportedField('DescribeGroupsResponseDescribedGroup.errorMessage', version);
  }
  if (flexible) writer.compactString(message.groupId);
  else writer.string(message.groupId);
  if (flexible) writer.compactString(message.groupState);
  else writer.string(message.groupState);
  if (flexible) writer.compactString(message.protocolType);
  else writer.string(message.protocolType);
  if (flexible) writer.compactString(message.protocolData);
  else writer.string(message.protocolData);
  const members = message.members;
  if (flexible) writer.compactListLength(members.length);
  else writer.listLength(members.length);
  for (const item of members) encodeDescribeGroupsResponseDescribedGroupMember(writer, version, item);
  if (version >= 3) {
    writer.int32(message.authorizedOperations);
  } else if (message.authorizedOperations !== -2147483648) {
    throw unsupportedField('DescribeGroupsResponseDescribedGroup.authorizedOperations', version);
  }
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeGroupsResponseDescribedGroup(reader: Reader, version: number): DescribeGroupsResponseDescribedGroup {
  const flexible = version >= 5;
  const errorCode = reader.int16();
  const errorMessage = version === 6 ? reader.compactNullableString() : null;
  const groupId = flexible ? reader.compactString() : reader.string();
  const groupState = flexible ? reader.compactString() : reader.string();
  const protocolType = flexible ? reader.compactString() : reader.string();
  const protocolData = flexible ? reader.compactString() : reader.string();
  const membersLength = flexible ? reader.compactListLength(7) : reader.listLength(7);
  const members: readonly DescribeGroupsResponseDescribedGroupMember[] = decodeDescribeGroupsResponseDescribedGroupMemberList(reader, version, membersLength);
  const authorizedOperations = version >= 3 ? reader.int32() : -2147483648;
  if (flexible) reader.skipTaggedFields();
  return { errorCode, errorMessage, groupId, groupState, protocolType, protocolData, members, authorizedOperations };
}

function decodeDescribeGroupsResponseDescribedGroupList(reader: Reader, version: number, length: number): DescribeGroupsResponseDescribedGroup[] {
  const list: DescribeGroupsResponseDescribedGroup[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeGroupsResponseDescribedGroup(reader, version));
  return list;
}

export function encodeDescribeGroupsResponse(writer: Writer, version: number, message: DescribeGroupsResponse): void {
  const flexible = version >= 5;
  if (version >= 1) writer.int32(message.throttleTimeMs);
  const groups = message.groups;
  if (flexible) writer.compactListLength(groups.length);
  else writer.listLength(groups.length);
  for (const item of groups) encodeDescribeGroupsResponseDescribedGroup(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDescribeGroupsResponse(reader: Reader, version: number): DescribeGroupsResponse {
  const flexible = version >= 5;
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const groupsLength = flexible ? reader.compactListLength(12) : reader.listLength(12);
  const groups: readonly DescribeGroupsResponseDescribedGroup[] = decodeDescribeGroupsResponseDescribedGroupList(reader, version, groupsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, groups };
}
