// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface SaslAuthenticateRequest {
  readonly authBytes: Uint8Array;
}

export function encodeSaslAuthenticateRequest(writer: Writer, version: number, message: SaslAuthenticateRequest): void {
  const flexible = version === 2;
  if (flexible) writer.compactBytes(message.authBytes);
  else writer.bytes(message.authBytes);
  if (flexible) writer.noTaggedFields();
}

export function decodeSaslAuthenticateRequest(reader: Reader, version: number): SaslAuthenticateRequest {
  const flexible = version === 2;
  const authBytes = flexible ? reader.compactBytes() : reader.bytes();
  if (flexible) reader.skipTaggedFields();
  return { authBytes };
}

export interface SaslAuthenticateResponse {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly authBytes: Uint8Array;
  readonly sessionLifetimeMs: number;
}

export const SaslAuthenticateResponseDefaults: Pick<
  SaslAuthenticateResponse,
  | 'sessionLifetimeMs'
> = Object.freeze({
  sessionLifetimeMs: 0,
});

export function encodeSaslAuthenticateResponse(writer: Writer, version: number, message: SaslAuthenticateResponse): void {
  const flexible = version === 2;
  writer.int16(message.errorCode);
  if (flexible) writer.compactNullableString(message.errorMessage);
  else writer.nullableString(message.errorMessage);
  if (flexible) writer.compactBytes(message.authBytes);
  else writer.bytes(message.authBytes);
  if (version >= 1) writer.int64(message.sessionLifetimeMs);
  if (flexible) writer.noTaggedFields();
}

export function decodeSaslAuthenticateResponse(reader: Reader, version: number): SaslAuthenticateResponse {
  const flexible = version === 2;
  const errorCode = reader.int16();
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString();
  const authBytes = flexible ? reader.compactBytes() : reader.bytes();
  const sessionLifetimeMs = version >= 1 ? reader.int64() : 0;
  if (flexible) reader.skipTaggedFields();
  return { errorCode, errorMessage, authBytes, sessionLifetimeMs };
}
