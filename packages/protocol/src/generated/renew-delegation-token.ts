// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface RenewDelegationTokenRequest {
  readonly hmac: Uint8Array;
  readonly renewPeriodMs: number;
}

export function encodeRenewDelegationTokenRequest(writer: Writer, version: number, message: RenewDelegationTokenRequest): void {
  const flexible = version === 2;
  if (flexible) writer.compactBytes(message.hmac);
  else writer.bytes(message.hmac);
  writer.int64(message.renewPeriodMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeRenewDelegationTokenRequest(reader: Reader, version: number): RenewDelegationTokenRequest {
  const flexible = version === 2;
  const hmac = flexible ? reader.compactBytes() : reader.bytes();
  const renewPeriodMs = reader.int64();
  if (flexible) reader.skipTaggedFields();
  return { hmac, renewPeriodMs };
}

export interface RenewDelegationTokenResponse {
  readonly errorCode: number;
  readonly expiryTimestampMs: number;
  readonly throttleTimeMs: number;
}

export function encodeRenewDelegationTokenResponse(writer: Writer, version: number, message: RenewDelegationTokenResponse): void {
  const flexible = version === 2;
  writer.int16(message.errorCode);
  writer.int64(message.expiryTimestampMs);
  writer.int32(message.throttleTimeMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeRenewDelegationTokenResponse(reader: Reader, version: number): RenewDelegationTokenResponse {
  const errorCode = reader.int16();
  const expiryTimestampMs = reader.int64();
  const throttleTimeMs = reader.int32();
  if (version === 2) reader.skipTaggedFields();
  return { errorCode, expiryTimestampMs, throttleTimeMs };
}
