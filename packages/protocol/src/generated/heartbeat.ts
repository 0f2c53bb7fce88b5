// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface HeartbeatRequest {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

export const HeartbeatRequestDefaults: Pick<
  HeartbeatRequest,
  | 'groupInstanceId'
> = Object.freeze({
  groupInstanceId: null,
});

export function encodeHeartbeatRequest(writer: Writer, version: number, message: HeartbeatRequest): void {
  const flexible = version === 4;
  if (flexible) writer.compactString(message.groupId);
  else writer.string(message.groupId);
  writer.int32(message.generationId);
  if (flexible) writer.compactString(message.memberId);
  else writer.string(message.memberId);
  if (version >= 3) {
    if (flexible) writer.compactNullableString(message.groupInstanceId);
    else writer.nullableString(message.groupInstanceId);
  } else if (message.groupInstanceId !== null) {
    throw unsupportedField('HeartbeatRequest.groupInstanceId', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeHeartbeatRequest(reader: Reader, version: number): HeartbeatRequest {
  const flexible = version === 4;
  const groupId = flexible ? reader.compactString() : reader.string();
  const generationId = reader.int32();
  const memberId = flexible ? reader.compactString() : reader.string();
  const groupInstanceId = version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null;
  if (flexible) reader.skipTaggedFields();
  return { groupId, generationId, memberId, groupInstanceId };
}

export interface HeartbeatResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
}

export const HeartbeatResponseDefaults: Pick<
  HeartbeatResponse,
  | 'throttleTimeMs'
> = Object.freeze({
  throttleTimeMs: 0,
});

export function encodeHeartbeatResponse(writer: Writer, version: number, message: HeartbeatResponse): void {
  const flexible = version === 4;
  if (version >= 1) writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  if (flexible) writer.noTaggedFields();
}

export function decodeHeartbeatResponse(reader: Reader, version: number): HeartbeatResponse {
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const errorCode = reader.int16();
  if (version === 4) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode };
}
