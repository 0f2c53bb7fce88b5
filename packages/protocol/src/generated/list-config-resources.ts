// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { readInt8List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ListConfigResourcesRequest {
  readonly resourceTypes: readonly number[];
}

export const ListConfigResourcesRequestDefaults: ListConfigResourcesRequest = Object.freeze({
  resourceTypes: Object.freeze([]),
});

export function encodeListConfigResourcesRequest(writer: Writer, version: number, message: ListConfigResourcesRequest): void {
  if (version === 1) {
    const resourceTypes = message.resourceTypes;
    writer.compactListLength(resourceTypes.length);
    for (const item of resourceTypes) writer.int8(item);
  } else if (message.resourceTypes.length !== 0) {
    throw unsupportedField('ListConfigResourcesRequest.resourceTypes', version);
  }
  writer.noTaggedFields();
}

export function decodeListConfigResourcesRequest(reader: Reader, version: number): ListConfigResourcesRequest {
  let resourceTypes: readonly number[] = [];
  if (version === 1) {
    const resourceTypesLength = reader.compactListLength(1);
    resourceTypes = readInt8List(reader, resourceTypesLength);
  }
  reader.skipTaggedFields();
  return { resourceTypes };
}

export interface ListConfigResourcesResponseConfigResource {
  readonly resourceName: string;
  readonly resourceType: number;
}

export const ListConfigResourcesResponseConfigResourceDefaults: Pick<
  ListConfigResourcesResponseConfigResource,
  | 'resourceType'
> = Object.freeze({
  resourceType: 16,
});

export interface ListConfigResourcesResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly configResources: readonly ListConfigResourcesResponseConfigResource[];
}

function encodeListConfigResourcesResponseConfigResource(writer: Writer, version: number, message: ListConfigResourcesResponseConfigResource): void {
  writer.compactString(message.resourceName);
  if (version === 1) writer.int8(message.resourceType);
  writer.noTaggedFields();
}

function decodeListConfigResourcesResponseConfigResource(reader: Reader, version: number): ListConfigResourcesResponseConfigResource {
  const resourceName = reader.compactString();
  const resourceType = version === 1 ? reader.int8() : 16;
  reader.skipTaggedFields();
  return { resourceName, resourceType };
}

function decodeListConfigResourcesResponseConfigResourceList(reader: Reader, version: number, length: number): ListConfigResourcesResponseConfigResource[] {
  const list: ListConfigResourcesResponseConfigResource[] = [];
  for (let index = 0; index < length; index++) list.push(decodeListConfigResourcesResponseConfigResource(reader, version));
  return list;
}

export function encodeListConfigResourcesResponse(writer: Writer, version: number, message: ListConfigResourcesResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  const configResources = message.configResources;
  writer.compactListLength(configResources.length);
  for (const item of configResources) encodeListConfigResourcesResponseConfigResource(writer, version, item);
  writer.noTaggedFields();
}

export function decodeListConfigResourcesResponse(reader: Reader, version: number): ListConfigResourcesResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const configResourcesLength = reader.compactListLength(2);
  const configResources: readonly ListConfigResourcesResponseConfigResource[] = decodeListConfigResourcesResponseConfigResourceList(reader, version, configResourcesLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, configResources };
}
