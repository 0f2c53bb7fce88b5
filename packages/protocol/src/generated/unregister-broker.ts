// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface UnregisterBrokerRequest {
  readonly brokerId: number;
}

export function encodeUnregisterBrokerRequest(writer: Writer, _version: number, message: UnregisterBrokerRequest): void {
  writer.int32(message.brokerId);
  writer.noTaggedFields();
}

export function decodeUnregisterBrokerRequest(reader: Reader, _version: number): UnregisterBrokerRequest {
  const brokerId = reader.int32();
  reader.skipTaggedFields();
  return { brokerId };
}

export interface UnregisterBrokerResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export function encodeUnregisterBrokerResponse(writer: Writer, _version: number, message: UnregisterBrokerResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.compactNullableString(message.errorMessage);
  writer.noTaggedFields();
}

export function decodeUnregisterBrokerResponse(reader: Reader, _version: number): UnregisterBrokerResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, errorMessage };
}
