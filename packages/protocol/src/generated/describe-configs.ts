// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { readCompactStringList, readStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeConfigsRequestDescribeConfigsResource {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configurationKeys: readonly string[] | null;
}

export interface DescribeConfigsRequest {
  readonly resources: readonly DescribeConfigsRequestDescribeConfigsResource[];
  readonly includeSynonyms: boolean;
  readonly includeDocumentation: boolean;
}

export const DescribeConfigsRequestDefaults: Pick<
  DescribeConfigsRequest,
  | 'includeSynonyms'
  | 'includeDocumentation'
> = Object.freeze({
  includeSynonyms: false,
  includeDocumentation: false,
});

function encodeDescribeConfigsRequestDescribeConfigsResource(writer: Writer, version: number, message: DescribeConfigsRequestDescribeConfigsResource): void {
  const flexible = version === 4;
  writer.int8(message.resourceType);
  if (flexible) writer.compactString(message.resourceName);
  else writer.string(message.resourceName);
  const configurationKeys = message.configurationKeys;
  if (flexible) writer.compactListLength(configurationKeys === null ? -1 : configurationKeys.length);
  else writer.listLength(configurationKeys === null ? -1 : configurationKeys.length);
  if (configurationKeys !== null) for (const item of configurationKeys) { if (flexible) writer.compactString(item); else writer.string(item); }
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeConfigsRequestDescribeConfigsResource(reader: Reader, version: number): DescribeConfigsRequestDescribeConfigsResource {
  const flexible = version === 4;
  const resourceType = reader.int8();
  const resourceName = flexible ? reader.compactString() : reader.string();
  const configurationKeysLength = flexible ? reader.compactNullableListLength(1) : reader.nullableListLength(2);
  const configurationKeys: readonly string[] | null = configurationKeysLength < 0 ? null : flexible ? readCompactStringList(reader, configurationKeysLength) : readStringList(reader, configurationKeysLength);
  if (flexible) reader.skipTaggedFields();
  return { resourceType, resourceName, configurationKeys };
}

function decodeDescribeConfigsRequestDescribeConfigsResourceList(reader: Reader, version: number, length: number): DescribeConfigsRequestDescribeConfigsResource[] {
  const list: DescribeConfigsRequestDescribeConfigsResource[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeConfigsRequestDescribeConfigsResource(reader, version));
  return list;
}

export function encodeDescribeConfigsRequest(writer: Writer, version: number, message: DescribeConfigsRequest): void {
  const flexible = version === 4;
  const resources = message.resources;
  if (flexible) writer.compactListLength(resources.length);
  else writer.listLength(resources.length);
  for (const item of resources) encodeDescribeConfigsRequestDescribeConfigsResource(writer, version, item);
  writer.bool(message.includeSynonyms);
  if (version >= 3) {
    writer.bool(message.includeDocumentation);
  } else if (message.includeDocumentation !== false) {
    throw unsupportedField('DescribeConfigsRequest.includeDocumentation', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeDescribeConfigsRequest(reader: Reader, version: number): DescribeConfigsRequest {
  const flexible = version === 4;
  const resourcesLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const resources: readonly DescribeConfigsRequestDescribeConfigsResource[] = decodeDescribeConfigsRequestDescribeConfigsResourceList(reader, version, resourcesLength);
  const includeSynonyms = reader.bool();
  const includeDocumentation = version >= 3 ? reader.bool() : false;
  if (flexible) reader.skipTaggedFields();
  return { resources, includeSynonyms, includeDocumentation };
}

export interface DescribeConfigsResponseDescribeConfigsSynonym {
  readonly name: string;
  readonly value: string | null;
  readonly source: number;
}

export interface DescribeConfigsResponseDescribeConfigsResourceResult {
  readonly name: string;
  readonly value: string | null;
  readonly readOnly: boolean;
  readonly configSource: number;
  readonly isSensitive: boolean;
  readonly synonyms: readonly DescribeConfigsResponseDescribeConfigsSynonym[];
  readonly configType: number;
  readonly documentation: string | null;
}

export const DescribeConfigsResponseDescribeConfigsResourceResultDefaults: Pick<
  DescribeConfigsResponseDescribeConfigsResourceResult,
  | 'configSource'
  | 'synonyms'
  | 'configType'
  | 'documentation'
> = Object.freeze({
  configSource: -1,
  synonyms: Object.freeze([]),
  configType: 0,
  documentation: '',
});

export interface DescribeConfigsResponseDescribeConfigsResult {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configs: readonly DescribeConfigsResponseDescribeConfigsResourceResult[];
}

export interface DescribeConfigsResponse {
  readonly throttleTimeMs: number;
  readonly results: readonly DescribeConfigsResponseDescribeConfigsResult[];
}

function encodeDescribeConfigsResponseDescribeConfigsSynonym(writer: Writer, version: number, message: DescribeConfigsResponseDescribeConfigsSynonym): void {
  const flexible = version === 4;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  if (flexible) writer.compactNullableString(message.value);
  else writer.nullableString(message.value);
  writer.int8(message.source);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeConfigsResponseDescribeConfigsSynonym(reader: Reader, version: number): DescribeConfigsResponseDescribeConfigsSynonym {
  const flexible = version === 4;
  const name = flexible ? reader.compactString() : reader.string();
  const value = flexible ? reader.compactNullableString() : reader.nullableString();
  const source = reader.int8();
  if (flexible) reader.skipTaggedFields();
  return { name, value, source };
}

function decodeDescribeConfigsResponseDescribeConfigsSynonymList(reader: Reader, version: number, length: number): DescribeConfigsResponseDescribeConfigsSynonym[] {
  const list: DescribeConfigsResponseDescribeConfigsSynonym[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeConfigsResponseDescribeConfigsSynonym(reader, version));
  return list;
}

function encodeDescribeConfigsResponseDescribeConfigsResourceResult(writer: Writer, version: number, message: DescribeConfigsResponseDescribeConfigsResourceResult): void {
  const flexible = version === 4;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  if (flexible) writer.compactNullableString(message.value);
  else writer.nullableString(message.value);
  writer.bool(message.readOnly);
  writer.int8(message.configSource);
  writer.bool(message.isSensitive);
  const synonyms = message.synonyms;
  if (flexible) writer.compactListLength(synonyms.length);
  else writer.listLength(synonyms.length);
  for (const item of synonyms) encodeDescribeConfigsResponseDescribeConfigsSynonym(writer, version, item);
  if (version >= 3) writer.int8(message.configType);
  if (version >= 3) {
    if (flexible) writer.compactNullableString(message.documentation);
    else writer.nullableString(message.documentation);
  }
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeConfigsResponseDescribeConfigsResourceResult(reader: Reader, version: number): DescribeConfigsResponseDescribeConfigsResourceResult {
  const flexible = version === 4;
  const name = flexible ? reader.compactString() : reader.string();
  const value = flexible ? reader.compactNullableString() : reader.nullableString();
  const readOnly = reader.bool();
  const configSource = reader.int8();
  const isSensitive = reader.bool();
  const synonymsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const synonyms: readonly DescribeConfigsResponseDescribeConfigsSynonym[] = decodeDescribeConfigsResponseDescribeConfigsSynonymList(reader, version, synonymsLength);
  const configType = version >= 3 ? reader.int8() : 0;
  const documentation = version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : '';
  if (flexible) reader.skipTaggedFields();
  return { name, value, readOnly, configSource, isSensitive, synonyms, configType, documentation };
}

function decodeDescribeConfigsResponseDescribeConfigsResourceResultList(reader: Reader, version: number, length: number): DescribeConfigsResponseDescribeConfigsResourceResult[] {
  const list: DescribeConfigsResponseDescribeConfigsResourceResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeConfigsResponseDescribeConfigsResourceResult(reader, version));
  return list;
}

function encodeDescribeConfigsResponseDescribeConfigsResult(writer: Writer, version: number, message: DescribeConfigsResponseDescribeConfigsResult): void {
  const flexible = version === 4;
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  writer.int8(message.resourceType);
  if (flexible) writer.compactString(message.resourceName);
  else writer.string(message.resourceName);
  const configs = message.configs;
  if (flexible) writer.compactListLength(configs.length);
  else writer.listLength(configs.length);
  for (const item of configs) encodeDescribeConfigsResponseDescribeConfigsResourceResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeConfigsResponseDescribeConfigsResult(reader: Reader, version: number): DescribeConfigsResponseDescribeConfigsResult {
  const flexible = version === 4;
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  const resourceType = reader.int8();
  const resourceName = flexible ? reader.compactString() : reader.string();
  const configsLength = flexible ? reader.compactListLength(9) : reader.listLength(9);
  const configs: readonly DescribeConfigsResponseDescribeConfigsResourceResult[] = decodeDescribeConfigsResponseDescribeConfigsResourceResultList(reader, version, configsLength);
  if (flexible) reader.skipTaggedFields();
  return { errorCode, errorMessage, resourceType, resourceName, configs };
}

function decodeDescribeConfigsResponseDescribeConfigsResultList(reader: Reader, version: number, length: number): DescribeConfigsResponseDescribeConfigsResult[] {
  const list: DescribeConfigsResponseDescribeConfigsResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeConfigsResponseDescribeConfigsResult(reader, version));
  return list;
}

export function encodeDescribeConfigsResponse(writer: Writer, version: number, message: DescribeConfigsResponse): void {
  const flexible = version === 4;
  writer.int32(message.throttleTimeMs);
  const results = message.results;
  if (flexible) writer.compactListLength(results.length);
  else writer.listLength(results.length);
  for (const item of results) encodeDescribeConfigsResponseDescribeConfigsResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDescribeConfigsResponse(reader: Reader, version: number): DescribeConfigsResponse {
  const flexible = version === 4;
  const throttleTimeMs = reader.int32();
  const resultsLength = flexible ? reader.compactListLength(7) : reader.listLength(7);
  const results: readonly DescribeConfigsResponseDescribeConfigsResult[] = decodeDescribeConfigsResponseDescribeConfigsResultList(reader, version, resultsLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, results };
}
