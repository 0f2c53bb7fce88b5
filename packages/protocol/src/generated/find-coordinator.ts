// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { readCompactStringList } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface FindCoordinatorRequest {
  readonly key: string;
  readonly keyType: number;
  readonly coordinatorKeys: readonly string[];
}

export const FindCoordinatorRequestDefaults: FindCoordinatorRequest = Object.freeze({
  key: '',
  keyType: 0,
  coordinatorKeys: Object.freeze([]),
});

export function encodeFindCoordinatorRequest(writer: Writer, version: number, message: FindCoordinatorRequest): void {
  const flexible = version >= 3;
  if (version <= 3) {
    if (flexible) writer.compactString(message.key);
    else writer.string(message.key);
  } else if (message.key !== '') {
    throw unsupportedField('FindCoordinatorRequest.key', version);
  }
  if (version >= 1) {
    writer.int8(message.keyType);
  } else if (message.keyType !== 0) {
    throw unsupportedField('FindCoordinatorRequest.keyType', version);
  }
  if (version >= 4) {
    const coordinatorKeys = message.coordinatorKeys;
    writer.compactListLength(coordinatorKeys.length);
    for (const item of coordinatorKeys) writer.compactString(item);
  } else if (message.coordinatorKeys.length !== 0) {
    throw unsupportedField('FindCoordinatorRequest.coordinatorKeys', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeFindCoordinatorRequest(reader: Reader, version: number): FindCoordinatorRequest {
  const flexible = version >= 3;
  const key = version <= 3 ? (flexible ? reader.compactString() : reader.string()) : '';
  const keyType = version >= 1 ? reader.int8() : 0;
  let coordinatorKeys: readonly string[] = [];
  if (version >= 4) {
    const coordinatorKeysLength = reader.compactListLength(1);
    coordinatorKeys = readCompactStringList(reader, coordinatorKeysLength);
  }
  if (flexible) reader.skipTaggedFields();
  return { key, keyType, coordinatorKeys };
}

export interface FindCoordinatorResponseCoordinator {
  readonly key: string;
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export const FindCoordinatorResponseCoordinatorDefaults: Pick<
  FindCoordinatorResponseCoordinator,
  | 'errorMessage'
> = Object.freeze({
  errorMessage: '',
});

export interface FindCoordinatorResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly coordinators: readonly FindCoordinatorResponseCoordinator[];
}

export const FindCoordinatorResponseDefaults: FindCoordinatorResponse = Object.freeze({
  throttleTimeMs: 0,
  errorCode: 0,
  errorMessage: '',
  nodeId: 0,
  host: '',
  port: 0,
  coordinators: Object.freeze([]),
});

function encodeFindCoordinatorResponseCoordinator(writer: Writer, _version: number, message: FindCoordinatorResponseCoordinator): void {
  writer.compactString(message.key);
  writer.int32(message.nodeId);
  writer.compactString(message.host);
  writer.int32(message.port);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.noTaggedFields();
}

function decodeFindCoordinatorResponseCoordinator(reader: Reader, _version: number): FindCoordinatorResponseCoordinator {
  const key = reader.compactString();
  const nodeId = reader.int32();
  const host = reader.compactString();
  const port = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTaggedFields();
  return { key, nodeId, host, port, errorCode, errorMessage };
}

function decodeFindCoordinatorResponseCoordinatorList(reader: Reader, version: number, length: number): FindCoordinatorResponseCoordinator[] {
  const list: FindCoordinatorResponseCoordinator[] = [];
  for (let index = 0; index < length; index++) list.push(decodeFindCoordinatorResponseCoordinator(reader, version));
  return list;
}

export function encodeFindCoordinatorResponse(writer: Writer, version: number, message: FindCoordinatorResponse): void {
  const flexible = version >= 3;
  if (version >= 1) writer.int32(message.throttleTimeMs);
  if (version <= 3) {
    writer.int16(message.errorCode);
  } else if (message.errorCode !== 0) {
    throw unsupportedField('FindCoordinatorResponse.errorCode', version);
  }
  if (version >= 1 && version <= 3) {
    if (flexible) writer.compactNullableString(message.errorMessage);
    else writer.nullableString(message.errorMessage);
  }
  if (version <= 3) {
    writer.int32(message.nodeId);
  } else if (message.nodeId !== 0) {
    throw unsupportedField('FindCoordinatorResponse.nodeId', version);
  }
  if (version <= 3) {
    if (flexible) writer.compactString(message.host);
    else writer.string(message.host);
  } else if (message.host !== '') {
    throw unsupportedField('FindCoordinatorResponse.host', version);
  }
  if (version <= 3) {
    writer.int32(message.port);
  } else if (message.port !== 0) {
    throw unsupportedField('FindCoordinatorResponse.port', version);
  }
  if (version >= 4) {
    const coordinators = message.coordinators;
    writer.compactListLength(coordinators.length);
    for (const item of coordinators) encodeFindCoordinatorResponseCoordinator(writer, version, item);
  } else if (message.coordinators.length !== 0) {
    throw unsupportedField('FindCoordinatorResponse.coordinators', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeFindCoordinatorResponse(reader: Reader, version: number): FindCoordinatorResponse {
  const flexible = version >= 3;
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const errorCode = version <= 3 ? reader.int16() : 0;
  const errorMessage = version >= 1 && version <= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : '';
  const nodeId = version <= 3 ? reader.int32() : 0;
  const host = version <= 3 ? (flexible ? reader.compactString() : reader.string()) : '';
  const port = version <= 3 ? reader.int32() : 0;
  let coordinators: readonly FindCoordinatorResponseCoordinator[] = [];
  if (version >= 4) {
    const coordinatorsLength = reader.compactListLength(14);
    coordinators = decodeFindCoordinatorResponseCoordinatorList(reader, version, coordinatorsLength);
  }
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage, nodeId, host, port, coordinators };
}
