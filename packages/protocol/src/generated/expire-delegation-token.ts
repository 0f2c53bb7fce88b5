// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ExpireDelegationTokenRequest {
  readonly hmac: Uint8Array;
  readonly expiryTimePeriodMs: number;
}

export function encodeExpireDelegationTokenRequest(writer: Writer, version: number, message: ExpireDelegationTokenRequest): void {
  const flexible = version === 2;
  if (flexible) writer.compactBytes(message.hmac);
  else writer.bytes(message.hmac);
  writer.int64(message.expiryTimePeriodMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeExpireDelegationTokenRequest(reader: Reader, version: number): ExpireDelegationTokenRequest {
  const flexible = version === 2;
  const hmac = flexible ? reader.compactBytes() : reader.bytes();
  const expiryTimePeriodMs = reader.int64();
  if (flexible) reader.skipTaggedFields();
  return { hmac, expiryTimePeriodMs };
}

export interface ExpireDelegationTokenResponse {
  readonly errorCode: number;
  readonly expiryTimestampMs: number;
  readonly throttleTimeMs: number;
}

export function encodeExpireDelegationTokenResponse(writer: Writer, version: number, message: ExpireDelegationTokenResponse): void {
  const flexible = version === 2;
  writer.int16(message.errorCode);
  writer.int64(message.expiryTimestampMs);
  writer.int32(message.throttleTimeMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeExpireDelegationTokenResponse(reader: Reader, version: number): ExpireDelegationTokenResponse {
  const errorCode = reader.int16();
  const expiryTimestampMs = reader.int64();
  const throttleTimeMs = reader.int32();
  if (version === 2) reader.skipTaggedFields();
  return { errorCode, expiryTimestampMs, throttleTimeMs };
}
