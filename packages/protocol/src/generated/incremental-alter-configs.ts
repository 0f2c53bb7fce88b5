// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface IncrementalAlterConfigsRequestAlterableConfig {
  readonly name: string;
  readonly configOperation: number;
  readonly value: string | null;
}

export interface IncrementalAlterConfigsRequestAlterConfigsResource {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configs: readonly IncrementalAlterConfigsRequestAlterableConfig[];
}

export interface IncrementalAlterConfigsRequest {
  readonly resources: readonly IncrementalAlterConfigsRequestAlterConfigsResource[];
  readonly validateOnly: boolean;
}

function encodeIncrementalAlterConfigsRequestAlterableConfig(writer: Writer, version: number, message: IncrementalAlterConfigsRequestAlterableConfig): void {
  const flexible = version === 1;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  writer.int8(message.configOperation);
  if (flexible) writer.compactNullableString(message.value);
  else writer.nullableString(message.value);
  if (flexible) writer.noTaggedFields();
}

function decodeIncrementalAlterConfigsRequestAlterableConfig(reader: Reader, version: number): IncrementalAlterConfigsRequestAlterableConfig {
  const flexible = version === 1;
  const name = flexible ? reader.compactString() : reader.string();
  const configOperation = reader.int8();
  const value = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { name, configOperation, value };
}

function decodeIncrementalAlterConfigsRequestAlterableConfigList(reader: Reader, version: number, length: number): IncrementalAlterConfigsRequestAlterableConfig[] {
  const list: IncrementalAlterConfigsRequestAlterableConfig[] = [];
  for (let index = 0; index < length; index++) list.push(decodeIncrementalAlterConfigsRequestAlterableConfig(reader, version));
  return list;
}

function encodeIncrementalAlterConfigsRequestAlterConfigsResource(writer: Writer, version: number, message: IncrementalAlterConfigsRequestAlterConfigsResource): void {
  const flexible = version === 1;
  writer.int8(message.resourceType);
  if (flexible) writer.compactString(message.resourceName);
  else writer.string(message.resourceName);
  const configs = message.configs;
  if (flexible) writer.compactListLength(configs.length);
  else writer.listLength(configs.length);
  for (const item of configs) encodeIncrementalAlterConfigsRequestAlterableConfig(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeIncrementalAlterConfigsRequestAlterConfigsResource(reader: Reader, version: number): IncrementalAlterConfigsRequestAlterConfigsResource {
  const flexible = version === 1;
  const resourceType = reader.int8();
  const resourceName = flexible ? reader.compactString() : reader.string();
  const configsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const configs: readonly IncrementalAlterConfigsRequestAlterableConfig[] = decodeIncrementalAlterConfigsRequestAlterableConfigList(reader, version, configsLength);
  if (flexible) reader.skipTaggedFields();
  return { resourceType, resourceName, configs };
}

function decodeIncrementalAlterConfigsRequestAlterConfigsResourceList(reader: Reader, version: number, length: number): IncrementalAlterConfigsRequestAlterConfigsResource[] {
  const list: IncrementalAlterConfigsRequestAlterConfigsResource[] = [];
  for (let index = 0; index < length; index++) list.push(decodeIncrementalAlterConfigsRequestAlterConfigsResource(reader, version));
  return list;
}

export function encodeIncrementalAlterConfigsRequest(writer: Writer, version: number, message: IncrementalAlterConfigsRequest): void {
  const flexible = version === 1;
  const resources = message.resources;
  if (flexible) writer.compactListLength(resources.length);
  else writer.listLength(resources.length);
  for (const item of resources) encodeIncrementalAlterConfigsRequestAlterConfigsResource(writer, version, item);
  writer.bool(message.validateOnly);
  if (flexible) writer.noTaggedFields();
}

export function decodeIncrementalAlterConfigsRequest(reader: Reader, version: number): IncrementalAlterConfigsRequest {
  const flexible = version === 1;
  const resourcesLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const resources: readonly IncrementalAlterConfigsRequestAlterConfigsResource[] = decodeIncrementalAlterConfigsRequestAlterConfigsResourceList(reader, version, resourcesLength);
  const validateOnly = reader.bool();
  if (flexible) reader.skipTaggedFields();
  return { resources, validateOnly };
}

export interface IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resourceType: number;
  readonly resourceName: string;
}

export interface IncrementalAlterConfigsResponse {
  readonly throttleTimeMs: number;
  readonly responses: readonly IncrementalAlterConfigsResponseAlterConfigsResourceResponse[];
}

function encodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(writer: Writer, version: number, message: IncrementalAlterConfigsResponseAlterConfigsResourceResponse): void {
  const flexible = version === 1;
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  writer.int8(message.resourceType);
  if (flexible) writer.compactString(message.resourceName);
  else writer.string(message.resourceName);
  if (flexible) writer.noTaggedFields();
}

function decodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(reader: Reader, version: number): IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version === 1;
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  const resourceType = reader.int8();
  const resourceName = flexible ? reader.compactString() : reader.string();
  if (flexible) reader.skipTaggedFields();
  return { errorCode, errorMessage, resourceType, resourceName };
}

function decodeIncrementalAlterConfigsResponseAlterConfigsResourceResponseList(reader: Reader, version: number, length: number): IncrementalAlterConfigsResponseAlterConfigsResourceResponse[] {
  const list: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(reader, version));
  return list;
}

export function encodeIncrementalAlterConfigsResponse(writer: Writer, version: number, message: IncrementalAlterConfigsResponse): void {
  const flexible = version === 1;
  writer.int32(message.throttleTimeMs);
  const responses = message.responses;
  if (flexible) writer.compactListLength(responses.length);
  else writer.listLength(responses.length);
  for (const item of responses) encodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeIncrementalAlterConfigsResponse(reader: Reader, version: number): IncrementalAlterConfigsResponse {
  const flexible = version === 1;
  const throttleTimeMs = reader.int32();
  const responsesLength = flexible ? reader.compactListLength(6) : reader.listLength(6);
  const responses: readonly IncrementalAlterConfigsResponseAlterConfigsResourceResponse[] = decodeIncrementalAlterConfigsResponseAlterConfigsResourceResponseList(reader, version, responsesLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, responses };
}
