// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DeleteAclsRequestDeleteAclsFilter {
  readonly resourceTypeFilter: number;
  readonly resourceNameFilter: string | null;
  readonly patternTypeFilter: number;
  readonly principalFilter: string | null;
  readonly hostFilter: string | null;
  readonly operation: number;
  readonly permissionType: number;
}

export const DeleteAclsRequestDeleteAclsFilterDefaults: Pick<
  DeleteAclsRequestDeleteAclsFilter,
  | 'patternTypeFilter'
> = Object.freeze({
  patternTypeFilter: 3,
});

export interface DeleteAclsRequest {
  readonly filters: readonly DeleteAclsRequestDeleteAclsFilter[];
}

function encodeDeleteAclsRequestDeleteAclsFilter(writer: Writer, version: number, message: DeleteAclsRequestDeleteAclsFilter): void {
  const flexible = version >= 2;
  writer.int8(message.resourceTypeFilter);
  if (flexible) writer.compactNullableString(message.resourceNameFilter);
  else writer.nullableString(message.resourceNameFilter);
  writer.int8(message.patternTypeFilter);
  if (flexible) writer.compactNullableString(message.principalFilter);
  else writer.nullableString(message.principalFilter);
  if (flexible) writer.compactNullableString(message.hostFilter);
  else writer.nullableString(message.hostFilter);
  writer.int8(message.operation);
  writer.int8(message.permissionType);
  if (flexible) writer.noTaggedFields();
}

function decodeDeleteAclsRequestDeleteAclsFilter(reader: Reader, version: number): DeleteAclsRequestDeleteAclsFilter {
  const flexible = version >= 2;
  const resourceTypeFilter = reader.int8();
  const resourceNameFilter = flexible ? reader.compactNullableString() : reader.nullableString();
  const patternTypeFilter = reader.int8();
  const principalFilter = flexible ? reader.compactNullableString() : reader.nullableString();
  const hostFilter = flexible ? reader.compactNullableString() : reader.nullableString();
  const operation = reader.int8();
  const permissionType = reader.int8();
  if (flexible) reader.skipTaggedFields();
  return {
    resourceTypeFilter,
    resourceNameFilter,
    patternTypeFilter,
    principalFilter,
    hostFilter,
    operation,
    permissionType,
  };
}

function decodeDeleteAclsRequestDeleteAclsFilterList(reader: Reader, version: number, length: number): DeleteAclsRequestDeleteAclsFilter[] {
  const list: DeleteAclsRequestDeleteAclsFilter[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteAclsRequestDeleteAclsFilter(reader, version));
  return list;
}

export function encodeDeleteAclsRequest(writer: Writer, version: number, message: DeleteAclsRequest): void {
  const flexible = version >= 2;
  const filters = message.filters;
  if (flexible) writer.compactListLength(filters.length);
  else writer.listLength(filters.length);
  for (const item of filters) encodeDeleteAclsRequestDeleteAclsFilter(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDeleteAclsRequest(reader: Reader, version: number): DeleteAclsRequest {
  const flexible = version >= 2;
  const filtersLength = flexible ? reader.compactListLength(8) : reader.listLength(8);
  const filters: readonly DeleteAclsRequestDeleteAclsFilter[] = decodeDeleteAclsRequestDeleteAclsFilterList(reader, version, filtersLength);
  if (flexible) reader.skipTaggedFields();
  return { filters };
}

export interface DeleteAclsResponseDeleteAclsMatchingAcl {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
}

export const DeleteAclsResponseDeleteAclsMatchingAclDefaults: Pick<
  DeleteAclsResponseDeleteAclsMatchingAcl,
  | 'patternType'
> = Object.freeze({
  patternType: 3,
});

export interface DeleteAclsResponseDeleteAclsFilterResult {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly matchingAcls: readonly DeleteAclsResponseDeleteAclsMatchingAcl[];
}

export interface DeleteAclsResponse {
  readonly throttleTimeMs: number;
  readonly filterResults: readonly DeleteAclsResponseDeleteAclsFilterResult[];
}

function encodeDeleteAclsResponseDeleteAclsMatchingAcl(writer: Writer, version: number, message: DeleteAclsResponseDeleteAclsMatchingAcl): void {
  const flexible = version >= 2;
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  writer.int8(message.resourceType);
  if (flexible) writer.compactString(message.resourceName);
  else writer.string(message.resourceName);
  writer.int8(message.patternType);
  if (flexible) writer.compactString(message.principal);
  else writer.string(message.principal);
  if (flexible) writer.compactString(message.host);
  else writer.string(message.host);
  writer.int8(message.operation);
  writer.int8(message.permissionType);
  if (flexible) writer.noTaggedFields();
}

function decodeDeleteAclsResponseDeleteAclsMatchingAcl(reader: Reader, version: number): DeleteAclsResponseDeleteAclsMatchingAcl {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  const resourceType = reader.int8();
  const resourceName = flexible ? reader.compactString() : reader.string();
  const patternType = reader.int8();
  const principal = flexible ? reader.compactString() : reader.string();
  const host = flexible ? reader.compactString() : reader.string();
  const operation = reader.int8();
  const permissionType = reader.int8();
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
    patternType,
    principal,
    host,
    operation,
    permissionType,
  };
}

function decodeDeleteAclsResponseDeleteAclsMatchingAclList(reader: Reader, version: number, length: number): DeleteAclsResponseDeleteAclsMatchingAcl[] {
  const list: DeleteAclsResponseDeleteAclsMatchingAcl[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteAclsResponseDeleteAclsMatchingAcl(reader, version));
  return list;
}

function encodeDeleteAclsResponseDeleteAclsFilterResult(writer: Writer, version: number, message: DeleteAclsResponseDeleteAclsFilterResult): void {
  const flexible = version >= 2;
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  const matchingAcls = message.matchingAcls;
  if (flexible) writer.compactListLength(matchingAcls.length);
  else writer.listLength(matchingAcls.length);
  for (const item of matchingAcls) encodeDeleteAclsResponseDeleteAclsMatchingAcl(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeDeleteAclsResponseDeleteAclsFilterResult(reader: Reader, version: number): DeleteAclsResponseDeleteAclsFilterResult {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  const matchingAclsLength = flexible ? reader.compactListLength(11) : reader.listLength(11);
  const matchingAcls: readonly DeleteAclsResponseDeleteAclsMatchingAcl[] = decodeDeleteAclsResponseDeleteAclsMatchingAclList(reader, version, matchingAclsLength);
  if (flexible) reader.skipTaggedFields();
  return { errorCode, errorMessage, matchingAcls };
}

function decodeDeleteAclsResponseDeleteAclsFilterResultList(reader: Reader, version: number, length: number): DeleteAclsResponseDeleteAclsFilterResult[] {
  const list: DeleteAclsResponseDeleteAclsFilterResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDeleteAclsResponseDeleteAclsFilterResult(reader, version));
  return list;
}

export function encodeDeleteAclsResponse(writer: Writer, version: number, message: DeleteAclsResponse): void {
  const flexible = version >= 2;
  writer.int32(message.throttleTimeMs);
  const filterResults = message.filterResults;
  if (flexible) writer.compactListLength(filterResults.length);
  else writer.listLength(filterResults.length);
  for (const item of filterResults) encodeDeleteAclsResponseDeleteAclsFilterResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDeleteAclsResponse(reader: Reader, version: number): DeleteAclsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const filterResultsLength = flexible ? reader.compactListLength(5) : reader.listLength(5);
  const filterResults: readonly DeleteAclsResponseDeleteAclsFilterResult[] = decodeDeleteAclsResponseDeleteAclsFilterResultList(reader, version, filterResultsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, filterResults };
}
