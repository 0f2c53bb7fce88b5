// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface AlterClientQuotasRequestEntityData {
  readonly entityType: string;
  readonly entityName: string | null;
}

export interface AlterClientQuotasRequestOpData {
  readonly key: string;
  readonly value: number;
  readonly remove: boolean;
}

export interface AlterClientQuotasRequestEntryData {
  readonly entity: readonly AlterClientQuotasRequestEntityData[];
  readonly ops: readonly AlterClientQuotasRequestOpData[];
}

export interface AlterClientQuotasRequest {
  readonly entries: readonly AlterClientQuotasRequestEntryData[];
  readonly validateOnly: boolean;
}

function encodeAlterClientQuotasRequestEntityData(writer: Writer, version: number, message: AlterClientQuotasRequestEntityData): void {
  const flexible = version === 1;
  if (flexible) writer.compactString(message.entityType);
  else writer.string(message.entityType);
  if (flexible) writer.compactNullableString(message.entityName);
  else writer.nullableString(message.entityName);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterClientQuotasRequestEntityData(reader: Reader, version: number): AlterClientQuotasRequestEntityData {
  const flexible = version === 1;
  const entityType = flexible ? reader.compactString() : reader.string();
  const entityName = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { entityType, entityName };
}

function decodeAlterClientQuotasRequestEntityDataList(reader: Reader, version: number, length: number): AlterClientQuotasRequestEntityData[] {
  const list: AlterClientQuotasRequestEntityData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterClientQuotasRequestEntityData(reader, version));
  return list;
}

function encodeAlterClientQuotasRequestOpData(writer: Writer, version: number, message: AlterClientQuotasRequestOpData): void {
  const flexible = version === 1;
  if (flexible) writer.compactString(message.key);
  else writer.string(message.key);
  writer.float64(message.value);
  writer.bool(message.remove);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterClientQuotasRequestOpData(reader: Reader, version: number): AlterClientQuotasRequestOpData {
  const flexible = version === 1;
  const key = flexible ? reader.compactString() : reader.string();
  const value = reader.float64();
  const remove = reader.bool();
  if (flexible) reader.skipTaggedFields();
  return { key, value, remove };
}

function decodeAlterClientQuotasRequestOpDataList(reader: Reader, version: number, length: number): AlterClientQuotasRequestOpData[] {
  const list: AlterClientQuotasRequestOpData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterClientQuotasRequestOpData(reader, version));
  return list;
}

function encodeAlterClientQuotasRequestEntryData(writer: Writer, version: number, message: AlterClientQuotasRequestEntryData): void {
  const flexible = version === 1;
  const entity = message.entity;
  if (flexible) writer.compactListLength(entity.length);
  else writer.listLength(entity.length);
  for (const item of entity) encodeAlterClientQuotasRequestEntityData(writer, version, item);
  const ops = message.ops;
  if (flexible) writer.compactListLength(ops.length);
  else writer.listLength(ops.length);
  for (const item of ops) encodeAlterClientQuotasRequestOpData(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterClientQuotasRequestEntryData(reader: Reader, version: number): AlterClientQuotasRequestEntryData {
  const flexible = version === 1;
  const entityLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const entity: readonly AlterClientQuotasRequestEntityData[] = decodeAlterClientQuotasRequestEntityDataList(reader, version, entityLength);
  const opsLength = flexible ? reader.compactListLength(11) : reader.listLength(11);
  const ops: readonly AlterClientQuotasRequestOpData[] = decodeAlterClientQuotasRequestOpDataList(reader, version, opsLength);
  if (flexible) reader.skipTaggedFields();
  return { entity, ops };
}

function decodeAlterClientQuotasRequestEntryDataList(reader: Reader, version: number, length: number): AlterClientQuotasRequestEntryData[] {
  const list: AlterClientQuotasRequestEntryData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterClientQuotasRequestEntryData(reader, version));
  return list;
}

export function encodeAlterClientQuotasRequest(writer: Writer, version: number, message: AlterClientQuotasRequest): void {
  const flexible = version === 1;
  const entries = message.entries;
  if (flexible) writer.compactListLength(entries.length);
  else writer.listLength(entries.length);
  for (const item of entries) encodeAlterClientQuotasRequestEntryData(writer, version, item);
  writer.bool(message.validateOnly);
  if (flexible) writer.noTaggedFields();
}

export function decodeAlterClientQuotasRequest(reader: Reader, version: number): AlterClientQuotasRequest {
  const flexible = version === 1;
  const entriesLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const entries: readonly AlterClientQuotasRequestEntryData[] = decodeAlterClientQuotasRequestEntryDataList(reader, version, entriesLength);
  const validateOnly = reader.bool();
  if (flexible) reader.skipTaggedFields();
  return { entries, validateOnly };
}

export interface AlterClientQuotasResponseEntityData {
  readonly entityType: string;
  readonly entityName: string | null;
}

export interface AlterClientQuotasResponseEntryData {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly entity: readonly AlterClientQuotasResponseEntityData[];
}

export interface AlterClientQuotasResponse {
  readonly throttleTimeMs: number;
  readonly entries: readonly AlterClientQuotasResponseEntryData[];
}

function encodeAlterClientQuotasResponseEntityData(writer: Writer, version: number, message: AlterClientQuotasResponseEntityData): void {
  const flexible = version === 1;
  if (flexible) writer.compactString(message.entityType);
  else writer.string(message.entityType);
  if (flexible) writer.compactNullableString(message.entityName);
  else writer.nullableString(message.entityName);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterClientQuotasResponseEntityData(reader: Reader, version: number): AlterClientQuotasResponseEntityData {
  const flexible = version === 1;
  const entityType = flexible ? reader.compactString() : reader.string();
  const entityName = flexible ? reader.compactNullableString() : reader.nullableString();
  if (flexible) reader.skipTaggedFields();
  return { entityType, entityName };
}

function decodeAlterClientQuotasResponseEntityDataList(reader: Reader, version: number, length: number): AlterClientQuotasResponseEntityData[] {
  const list: AlterClientQuotasResponseEntityData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterClientQuotasResponseEntityData(reader, version));
  return list;
}

function encodeAlterClientQuotasResponseEntryData(writer: Writer, version: number, message: AlterClientQuotasResponseEntryData): void {
  const flexible = version === 1;
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  const entity = message.entity;
  if (flexible) writer.compactListLength(entity.length);
  else writer.listLength(entity.length);
  for (const item of entity) encodeAlterClientQuotasResponseEntityData(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeAlterClientQuotasResponseEntryData(reader: Reader, version: number): AlterClientQuotasResponseEntryData {
  const flexible = version === 1;
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  const entityLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const entity: readonly AlterClientQuotasResponseEntityData[] = decodeAlterClientQuotasResponseEntityDataList(reader, version, entityLength);
  if (flexible) reader.skipTaggedFields();
  return { errorCode, errorMessage, entity };
}

function decodeAlterClientQuotasResponseEntryDataList(reader: Reader, version: number, length: number): AlterClientQuotasResponseEntryData[] {
  const list: AlterClientQuotasResponseEntryData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAlterClientQuotasResponseEntryData(reader, version));
  return list;
}

export function encodeAlterClientQuotasResponse(writer: Writer, version: number, message: AlterClientQuotasResponse): void {
  const flexible = version === 1;
  writer.int32(message.throttleTimeMs);
  const entries = message.entries;
  if (flexible) writer.compactListLength(entries.length);
  else writer.listLength(entries.length);
  for (const item of entries) encodeAlterClientQuotasResponseEntryData(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

export function decodeAlterClientQuotasResponse(reader: Reader, version: number): AlterClientQuotasResponse {
  const flexible = version === 1;
  const throttleTimeMs = reader.int32();
  const entriesLength = flexible ? reader.compactListLength(5) : reader.listLength(5);
  const entries: readonly AlterClientQuotasResponseEntryData[] = decodeAlterClientQuotasResponseEntryDataList(reader, version, entriesLength);
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, entries };
}
