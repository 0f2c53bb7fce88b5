// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface DescribeClientQuotasRequestComponentData {
  readonly entityType: string;
  readonly matchType: number;
  readonly match: string | null;
}

export interface DescribeClientQuotasRequest {
  readonly components: readonly DescribeClientQuotasRequestComponentData[];
  readonly strict: boolean;
}

function encodeDescribeClientQuotasRequestComponentData(writer: Writer, version: number, message: DescribeClientQuotasRequestComponentData): void {
  const flexible = version === 1;
  if (flexible) writer.compactString(message.entityType);
  else writer.string(message.entityType);
  writer.int8(message.matchType);
  if (flexible) writer.compactNullableString(message.match);
  else writer.nullableString(message.match);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeClientQuotasRequestComponentData(reader: Reader, version: number): DescribeClientQuotasRequestComponentData {
  const flexible = version === 1;
  const entityType = flexible ? reader.compactString() : reader.string();
  const matchType = reader.int8();
  const match = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { entityType, matchType, match };
}

function decodeDescribeClientQuotasRequestComponentDataList(reader: Reader, version: number, length: number): DescribeClientQuotasRequestComponentData[] {
  const list: DescribeClientQuotasRequestComponentData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeClientQuotasRequestComponentData(reader, version));
  return list;
}

export function encodeDescribeClientQuotasRequest(writer: Writer, version: number, message: DescribeClientQuotasRequest): void {
  const flexible = version === 1;
  const components = message.components;
  if (flexible) writer.compactListLength(components.length);
  else writer.listLength(components.length);
  for (const item of components) encodeDescribeClientQuotasRequestComponentData(writer, version, item);
  writer.bool(message.strict);
  if (flexible) writer.noTaggedFields();
}

export function decodeDescribeClientQuotasRequest(reader: Reader, version: number): DescribeClientQuotasRequest {
  const flexible = version === 1;
  const componentsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const components: readonly DescribeClientQuotasRequestComponentData[] = decodeDescribeClientQuotasRequestComponentDataList(reader, version, componentsLength);
  const strict = reader.bool();
  if (flexible) reader.skipTaggedFields();
  return { components, strict };
}

export interface DescribeClientQuotasResponseEntityData {
  readonly entityType: string;
  readonly entityName: string | null;
}

export interface DescribeClientQuotasResponseValueData {
  readonly key: string;
  readonly value: number;
}

export interface DescribeClientQuotasResponseEntryData {
  readonly entity: readonly DescribeClientQuotasResponseEntityData[];
  readonly values: readonly DescribeClientQuotasResponseValueData[];
}

export interface DescribeClientQuotasResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly entries: readonly DescribeClientQuotasResponseEntryData[] | null;
}

function encodeDescribeClientQuotasResponseEntityData(writer: Writer, version: number, message: DescribeClientQuotasResponseEntityData): void {
  const flexible = version === 1;
  if (flexible) writer.compactString(message.entityType);
  else writer.string(message.entityType);
  if (flexible) writer.compactNullableString(message.entityName);
  else writer.nullableString(message.entityName);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeClientQuotasResponseEntityData(reader: Reader, version: number): DescribeClientQuotasResponseEntityData {
  const flexible = version === 1;
  const entityType = flexible ? reader.compactString() : reader.string();
  const entityName = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { entityType, entityName };
}

function decodeDescribeClientQuotasResponseEntityDataList(reader: Reader, version: number, length: number): DescribeClientQuotasResponseEntityData[] {
  const list: DescribeClientQuotasResponseEntityData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeClientQuotasResponseEntityData(reader, version));
  return list;
}

function encodeDescribeClientQuotasResponseValueData(writer: Writer, version: number, message: DescribeClientQuotasResponseValueData): void {
  const flexible = version === 1;
  if (flexible) writer.compactString(message.key);
  else writer.string(message.key);
  writer.float64(message.value);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeClientQuotasResponseValueData(reader: Reader, version: number): DescribeClientQuotasResponseValueData {
  const flexible = version === 1;
  const key = flexible ? reader.compactString() : reader.string();
  const value = reader.float64();
  if (flexible) reader.skipTaggedFields();
  return { key, value };
}

function decodeDescribeClientQuotasResponseValueDataList(reader: Reader, version: number, length: number): DescribeClientQuotasResponseValueData[] {
  const list: DescribeClientQuotasResponseValueData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeClientQuotasResponseValueData(reader, version));
  return list;
}

function encodeDescribeClientQuotasResponseEntryData(writer: Writer, version: number, message: DescribeClientQuotasResponseEntryData): void {
  const flexible = version === 1;
  const entity = message.entity;
  if (flexible) writer.compactListLength(entity.length);
  else writer.listLength(entity.length);
  for (const item of entity) encodeDescribeClientQuotasResponseEntityData(writer, version, item);
  const values = message.values;
  if (flexible) writer.compactListLength(values.length);
  else writer.listLength(values.length);
  for (const item of values) encodeDescribeClientQuotasResponseValueData(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeDescribeClientQuotasResponseEntryData(reader: Reader, version: number): DescribeClientQuotasResponseEntryData {
  const flexible = version === 1;
  const entityLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const entity: readonly DescribeClientQuotasResponseEntityData[] = decodeDescribeClientQuotasResponseEntityDataList(reader, version, entityLength);
  const valuesLength = flexible ? reader.compactListLength(10) : reader.listLength(10);
  const values: readonly DescribeClientQuotasResponseValueData[] = decodeDescribeClientQuotasResponseValueDataList(reader, version, valuesLength);
  if (flexible) reader.skipTaggedFields();
  return { entity, values };
}

function decodeDescribeClientQuotasResponseEntryDataList(reader: Reader, version: number, length: number): DescribeClientQuotasResponseEntryData[] {
  const list: DescribeClientQuotasResponseEntryData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeDescribeClientQuotasResponseEntryData(reader, version));
  return list;
}

export function encodeDescribeClientQuotasResponse(writer: Writer, version: number, message: DescribeClientQuotasResponse): void {
  const flexible = version === 1;
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  const entries = message.entries;
  if (flexible) writer.compactListLength(entries === null ? -1 : entries.length);
  else writer.listLength(entries === null ? -1 : entries.length);
  if (entries !== null) for (const item of entries) encodeDescribeClientQuotasResponseEntryData(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeDescribeClientQuotasResponse(reader: Reader, version: number): DescribeClientQuotasResponse {
  const flexible = version === 1;
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  const entriesLength = flexible ? reader.compactNullableListLength(3) : reader.nullableListLength(3);
  const entries: readonly DescribeClientQuotasResponseEntryData[] | null = entriesLength < 0 ? null : decodeDescribeClientQuotasResponseEntryDataList(reader, version, entriesLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, entries };
}
