// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface CreateAclsRequestAclCreation {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly resourcePatternType: number;
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
}

export const CreateAclsRequestAclCreationDefaults: Pick<
  CreateAclsRequestAclCreation,
  | 'resourcePatternType'
> = Object.freeze({
  resourcePatternType: 3,
});

export interface CreateAclsRequest {
  readonly creations: readonly CreateAclsRequestAclCreation[];
}

function encodeCreateAclsRequestAclCreation(writer: Writer, version: number, message: CreateAclsRequestAclCreation): void {
  const flexible = version >= 2;
  writer.int8(message.resourceType);
  if (flexible) writer.compactString(message.resourceName);
  else writer.string(message.resourceName);
  writer.int8(message.resourcePatternType);
  if (flexible) writer.compactString(message.principal);
  else writer.string(message.principal);
  if (flexible) writer.compactString(message.host);
  else writer.string(message.host);
  writer.int8(message.operation);
  writer.int8(message.permissionType);
  if (flexible) writer.noTaggedFields();
}

function decodeCreateAclsRequestAclCreation(reader: Reader, version: number): CreateAclsRequestAclCreation {
  const flexible = version >= 2;
  const resourceType = reader.int8();
  const resourceName = flexible ? reader.compactString() : reader.string();
  const resourcePatternType = reader.int8();
  const principal = flexible ? reader.compactString() : reader.string();
  const host = flexible ? reader.compactString() : reader.string();
  const operation = reader.int8();
  const permissionType = reader.int8();
  if (flexible) reader.skipTaggedFields();
  return { resourceType, resourceName, resourcePatternType, principal, host, operation, permissionType };
}

function decodeCreateAclsRequestAclCreationList(reader: Reader, version: number, length: number): CreateAclsRequestAclCreation[] {
  const list: CreateAclsRequestAclCreation[] = [];
  for (let index = 0; index < length; index++) list.push(decodeCreateAclsRequestAclCreation(reader, version));
  return list;
}

export function encodeCreateAclsRequest(writer: Writer, version: number, message: CreateAclsRequest): void {
  const flexible = version >= 2;
  const creations = message.creations;
  if (flexible) writer.compactListLength(creations.length);
  else writer.listLength(creations.length);
  for (const item of creations) encodeCreateAclsRequestAclCreation(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeCreateAclsRequest(reader: Reader, version: number): CreateAclsRequest {
  const flexible = version >= 2;
  const creationsLength = flexible ? reader.compactListLength(8) : reader.listLength(8);
  const creations: readonly CreateAclsRequestAclCreation[] = decodeCreateAclsRequestAclCreationList(reader, version, creationsLength);
  if (flexible) reader.skipTaggedFields();
  return { creations };
}

export interface CreateAclsResponseAclCreationResult {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export interface CreateAclsResponse {
  readonly throttleTimeMs: number;
  readonly results: readonly CreateAclsResponseAclCreationResult[];
}

function encodeCreateAclsResponseAclCreationResult(writer: Writer, version: number, message: CreateAclsResponseAclCreationResult): void {
  const flexible = version >= 2;
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  if (flexible) writer.noTaggedFields();
}

function decodeCreateAclsResponseAclCreationResult(reader: Reader, version: number): CreateAclsResponseAclCreationResult {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { errorCode, errorMessage };
}

function decodeCreateAclsResponseAclCreationResultList(reader: Reader, version: number, length: number): CreateAclsResponseAclCreationResult[] {
  const list: CreateAclsResponseAclCreationResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeCreateAclsResponseAclCreationResult(reader, version));
  return list;
}

export function encodeCreateAclsResponse(writer: Writer, version: number, message: CreateAclsResponse): void {
  const flexible = version >= 2;
  writer.int32(message.throttleTimeMs);
  const results = message.results;
  if (flexible) writer.compactListLength(results.length);
  else writer.listLength(results.length);
  for (const item of results) encodeCreateAclsResponseAclCreationResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeCreateAclsResponse(reader: Reader, version: number): CreateAclsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const resultsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const results: readonly CreateAclsResponseAclCreationResult[] = decodeCreateAclsResponseAclCreationResultList(reader, version, resultsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, results };
}
