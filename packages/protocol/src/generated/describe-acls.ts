// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeAclsRequest {
  readonly resourceTypeFilter: number;
  readonly resourceNameFilter: string | null;
  readonly patternTypeFilter: number;
  readonly principalFilter: string | null;
  readonly hostFilter: string | null;
  readonly operation: number;
  readonly permissionType: number;
}

export const DescribeAclsRequestDefaults: Pick<
  DescribeAclsRequest,
  | 'patternTypeFilter'
> = Object.freeze({
  patternTypeFilter: 3,
});

export function encodeDescribeAclsRequest(writer: Writer, version: number, message: DescribeAclsRequest): void {
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

export function decodeDescribeAclsRequest(reader: Reader, version: number): DescribeAclsRequest {
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

export interface DescribeAclsResponseAclDescription {
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
}

export interface DescribeAclsResponseDescribeAclsResource {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
  readonly acls: readonly DescribeAclsResponseAclDescription[];
}

export const DescribeAclsResponseDescribeAclsResourceDefaults: Pick<
  DescribeAclsResponseDescribeAclsResource,
  | 'patternType'
> = Object.freeze({
  patternType: 3,
});

export interface DescribeAclsResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resources: readonly DescribeAclsResponseDescribeAclsResource[];
}

function encodeDescribeAclsResponseAclDescription(writer: Writer, version: number, message: DescribeAclsResponseAclDescription): void {
  const flexible = version >= 2;
  if (flexible) writer.compactString(message.principal);
  else writer.string(message.principal);
  if (flexible) writer.compactString(message.host);
  else writer.string(message.host);
  writer.int8(message.operation);
  writer.int8(message.permissionType);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeAclsResponseAclDescription(reader: Reader, version: number): DescribeAclsResponseAclDescription {
  const flexible = version >= 2;
  const principal = flexible ? reader.compactString() : reader.string();
  const host = flexible ? reader.compactString() : reader.string();
  const operation = reader.int8();
  const permissionType = reader.int8();
  if (flexible) reader.skipTaggedFields();
  return { principal, host, operation, permissionType };
}

function decodeDescribeAclsResponseAclDescriptionList(reader: Reader, version: number, length: number): DescribeAclsResponseAclDescription[] {
  const list: DescribeAclsResponseAclDescription[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeAclsResponseAclDescription(reader, version));
  return list;
}

function encodeDescribeAclsResponseDescribeAclsResource(writer: Writer, version: number, message: DescribeAclsResponseDescribeAclsResource): void {
  const flexible = version >= 2;
  writer.int8(message.resourceType);
  if (flexible) writer.compactString(message.resourceName);
  else writer.string(message.resourceName);
  writer.int8(message.patternType);
  const acls = message.acls;
  if (flexible) writer.compactListLength(acls.length);
  else writer.listLength(acls.length);
  for (const item of acls) encodeDescribeAclsResponseAclDescription(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeAclsResponseDescribeAclsResource(reader: Reader, version: number): DescribeAclsResponseDescribeAclsResource {
  const flexible = version >= 2;
  const resourceType = reader.int8();
  const resourceName = flexible ? reader.compactString() : reader.string();
  const patternType = reader.int8();
  const aclsLength = flexible ? reader.compactListLength(5) : reader.listLength(5);
  const acls: readonly DescribeAclsResponseAclDescription[] = decodeDescribeAclsResponseAclDescriptionList(reader, version, aclsLength);
  if (flexible) reader.skipTaggedFields();
  return { resourceType, resourceName, patternType, acls };
}

function decodeDescribeAclsResponseDescribeAclsResourceList(reader: Reader, version: number, length: number): DescribeAclsResponseDescribeAclsResource[] {
  const list: DescribeAclsResponseDescribeAclsResource[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeAclsResponseDescribeAclsResource(reader, version));
  return list;
}

export function encodeDescribeAclsResponse(writer: Writer, version: number, message: DescribeAclsResponse): void {
  const flexible = version >= 2;
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  const resources = message.resources;
  if (flexible) writer.compactListLength(resources.length);
  else writer.listLength(resources.length);
  for (const item of resources) encodeDescribeAclsResponseDescribeAclsResource(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDescribeAclsResponse(reader: Reader, version: number): DescribeAclsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  const resourcesLength = flexible ? reader.compactListLength(5) : reader.listLength(5);
  const resources: readonly DescribeAclsResponseDescribeAclsResource[] = decodeDescribeAclsResponseDescribeAclsResourceList(reader, version, resourcesLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, resources };
}
