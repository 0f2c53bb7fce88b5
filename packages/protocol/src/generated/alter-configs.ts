// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface AlterConfigsRequestAlterableConfig {
  readonly name: string;
  readonly value: string | null;
}

export interface AlterConfigsRequestAlterConfigsResource {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configs: readonly AlterConfigsRequestAlterableConfig[];
}

export interface AlterConfigsRequest {
  readonly resources: readonly AlterConfigsRequestAlterConfigsResource[];
  readonly validateOnly: boolean;
}

function encodeAlterConfigsRequestAlterableConfig(writer: Writer, version: number, message: AlterConfigsRequestAlterableConfig): void {
  const flexible = version === 2;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  if (flexible) writer.compactNullableString(message.value);
  else writer.nullableString(message.value);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterConfigsRequestAlterableConfig(reader: Reader, version: number): AlterConfigsRequestAlterableConfig {
  const flexible = version === 2;
  const name = flexible ? reader.compactString() : reader.string();
  const value = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { name, value };
}

function decodeAlterConfigsRequestAlterableConfigList(reader: Reader, version: number, length: number): AlterConfigsRequestAlterableConfig[] {
  const list: AlterConfigsRequestAlterableConfig[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterConfigsRequestAlterableConfig(reader, version));
  return list;
}

function encodeAlterConfigsRequestAlterConfigsResource(writer: Writer, version: number, message: AlterConfigsRequestAlterConfigsResource): void {
  const flexible = version === 2;
  writer.int8(message.resourceType);
  if (flexible) writer.compactString(message.resourceName);
  else writer.string(message.resourceName);
  const configs = message.configs;
  if (flexible) writer.compactListLength(configs.length);
  else writer.listLength(configs.length);
  for (const item of configs) encodeAlterConfigsRequestAlterableConfig(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterConfigsRequestAlterConfigsResource(reader: Reader, version: number): AlterConfigsRequestAlterConfigsResource {
  const flexible = version === 2;
  const resourceType = reader.int8();
  const resourceName = flexible ? reader.compactString() : reader.string();
  const configsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const configs: readonly AlterConfigsRequestAlterableConfig[] = decodeAlterConfigsRequestAlterableConfigList(reader, version, configsLength);
  if (flexible) reader.skipTaggedFields();
  return { resourceType, resourceName, configs };
}

function decodeAlterConfigsRequestAlterConfigsResourceList(reader: Reader, version: number, length: number): AlterConfigsRequestAlterConfigsResource[] {
  const list: AlterConfigsRequestAlterConfigsResource[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterConfigsRequestAlterConfigsResource(reader, version));
  return list;
}

export function encodeAlterConfigsRequest(writer: Writer, version: number, message: AlterConfigsRequest): void {
  const flexible = version === 2;
  const resources = message.resources;
  if (flexible) writer.compactListLength(resources.length);
  else writer.listLength(resources.length);
  for (const item of resources) encodeAlterConfigsRequestAlterConfigsResource(writer, version, item);
  writer.bool(message.validateOnly);
  if (flexible) writer.noTaggedFields();
}

export function decodeAlterConfigsRequest(reader: Reader, version: number): AlterConfigsRequest {
  const flexible = version === 2;
  const resourcesLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const resources: readonly AlterConfigsRequestAlterConfigsResource[] = decodeAlterConfigsRequestAlterConfigsResourceList(reader, version, resourcesLength);
  const validateOnly = reader.bool();
  if (flexible) reader.skipTaggedFields();
  return { resources, validateOnly };
}

export interface AlterConfigsResponseAlterConfigsResourceResponse {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resourceType: number;
  readonly resourceName: string;
}

export interface AlterConfigsResponse {
  readonly throttleTimeMs: number;
  readonly responses: readonly AlterConfigsResponseAlterConfigsResourceResponse[];
}

function encodeAlterConfigsResponseAlterConfigsResourceResponse(writer: Writer, version: number, message: AlterConfigsResponseAlterConfigsResourceResponse): void {
  const flexible = version === 2;
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  writer.int8(message.resourceType);
  if (flexible) writer.compactString(message.resourceName);
  else writer.string(message.resourceName);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterConfigsResponseAlterConfigsResourceResponse(reader: Reader, version: number): AlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version === 2;
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  const resourceType = reader.int8();
  const resourceName = flexible ? reader.compactString() : reader.string();
  if (flexible) reader.skipTaggedFields();
  return { errorCode, errorMessage, resourceType, resourceName };
}

function decodeAlterConfigsResponseAlterConfigsResourceResponseList(reader: Reader, version: number, length: number): AlterConfigsResponseAlterConfigsResourceResponse[] {
  const list: AlterConfigsResponseAlterConfigsResourceResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterConfigsResponseAlterConfigsResourceResponse(reader, version));
  return list;
}

export function encodeAlterConfigsResponse(writer: Writer, version: number, message: AlterConfigsResponse): void {
  const flexible = version === 2;
  writer.int32(message.throttleTimeMs);
  const responses = message.responses;
  if (flexible) writer.compactListLength(responses.length);
  else writer.listLength(responses.length);
  for (const item of responses) encodeAlterConfigsResponseAlterConfigsResourceResponse(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeAlterConfigsResponse(reader: Reader, version: number): AlterConfigsResponse {
  const flexible = version === 2;
  const throttleTimeMs = reader.int32();
  const responsesLength = flexible ? reader.compactListLength(6) : reader.listLength(6);
  const responses: readonly AlterConfigsResponseAlterConfigsResourceResponse[] = decodeAlterConfigsResponseAlterConfigsResourceResponseList(reader, version, responsesLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, responses };
}
