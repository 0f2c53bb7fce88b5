// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { readCompactStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ListGroupsRequest {
  readonly statesFilter: readonly string[];
  readonly typesFilter: readonly string[];
}

export const ListGroupsRequestDefaults: ListGroupsRequest = Object.freeze({
  statesFilter: Object.freeze([]),
  typesFilter: Object.freeze([]),
});

export function encodeListGroupsRequest(writer: Writer, version: number, message: ListGroupsRequest): void {
  const flexible = version >= 3;
  if (version >= 4) {
    const statesFilter = message.statesFilter;
    writer.compactListLength(statesFilter.length);
    for (const item of statesFilter) writer.compactString(item);
  } else if (message.statesFilter.length !== 0) {
    throw unsupportedField('ListGroupsRequest.statesFilter', version);
  }
  if (version === 5) {
    const typesFilter = message.typesFilter;
    writer.compactListLength(typesFilter.length);
    for (const item of typesFilter) writer.compactString(item);
  } else if (message.typesFilter.length !== 0) {
    throw unsupportedField('ListGroupsRequest.typesFilter', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeListGroupsRequest(reader: Reader, version: number): ListGroupsRequest {
  let statesFilter: readonly string[] = [];
  if (version >= 4) {
    const statesFilterLength = reader.compactListLength(1);
    statesFilter = readCompactStringList(reader, statesFilterLength);
  }
  let typesFilter: readonly string[] = [];
  if (version === 5) {
    const typesFilterLength = reader.compactListLength(1);
    typesFilter = readCompactStringList(reader, typesFilterLength);
  }
  if (version >= 3) reader.skipTaggedFields();
  return { statesFilter, typesFilter };
}

export interface ListGroupsResponseListedGroup {
  readonly groupId: string;
  readonly protocolType: string;
  readonly groupState: string;
  readonly groupType: string;
}

export const ListGroupsResponseListedGroupDefaults: Pick<
  ListGroupsResponseListedGroup,
  | 'groupState'
  | 'groupType'
> = Object.freeze({
  groupState: '',
  groupType: '',
});

export interface ListGroupsResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly groups: readonly ListGroupsResponseListedGroup[];
}

export const ListGroupsResponseDefaults: Pick<
  ListGroupsResponse,
  | 'throttleTimeMs'
> = Object.freeze({
  throttleTimeMs: 0,
});

function encodeListGroupsResponseListedGroup(writer: Writer, version: number, message: ListGroupsResponseListedGroup): void {
  const flexible = version >= 3;
  if (flexible) writer.compactString(message.groupId);
  else writer.string(message.groupId);
  if (flexible) writer.compactString(message.protocolType);
  else writer.string(message.protocolType);
  if (version >= 4) writer.compactString(message.groupState);
  if (version === 5) writer.compactString(message.groupType);
  if (flexible) writer.noTaggedFields();
}

function decodeListGroupsResponseListedGroup(reader: Reader, version: number): ListGroupsResponseListedGroup {
  const flexible = version >= 3;
  const groupId = flexible ? reader.compactString() : reader.string();
  const protocolType = flexible ? reader.compactString() : reader.string();
  const groupState = version >= 4 ? reader.compactString() : '';
  const groupType = version === 5 ? reader.compactString() : '';
  if (flexible) reader.skipTaggedFields();
  return { groupId, protocolType, groupState, groupType };
}

function decodeListGroupsResponseListedGroupList(reader: Reader, version: number, length: number): ListGroupsResponseListedGroup[] {
  const list: ListGroupsResponseListedGroup[] = [];
  for (let index = 0; index < length; index++) list.push(decodeListGroupsResponseListedGroup(reader, version));
  return list;
}

export function encodeListGroupsResponse(writer: Writer, version: number, message: ListGroupsResponse): void {
  const flexible = version >= 3;
  if (version >= 1) writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  const groups = message.groups;
  if (flexible) writer.compactListLength(groups.length);
  else writer.listLength(groups.length);
  for (const item of groups) encodeListGroupsResponseListedGroup(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeListGroupsResponse(reader: Reader, version: number): ListGroupsResponse {
  const flexible = version >= 3;
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const errorCode = reader.int16();
  const groupsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const groups: readonly ListGroupsResponseListedGroup[] = decodeListGroupsResponseListedGroupList(reader, version, groupsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, groups };
}
