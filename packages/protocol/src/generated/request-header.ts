// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface RequestHeader {
  readonly requestApiKey: number;
  readonly requestApiVersion: number;
  readonly correlationId: number;
  readonly clientId: string | null;
}

export function encodeRequestHeader(writer: Writer, version: number, message: RequestHeader): void {
  const flexible = version === 2;
  writer.int16(message.requestApiKey);
  writer.int16(message.requestApiVersion);
  writer.int32(message.correlationId);
  writer.nullableString(message.clientId);
  if (flexible) writer.noTaggedFields();
}

export function decodeRequestHeader(reader: Reader, version: number): RequestHeader {
  const requestApiKey = reader.int16();
  const requestApiVersion = reader.int16();
  const correlationId = reader.int32();
  const clientId = reader.nullableString();
  if (version === 2) reader.skipTaggedFields();
  return { requestApiKey, requestApiVersion, correlationId, clientId };
}

export const requestHeaderCodec: MessageCodec<RequestHeader> = {
  name: 'RequestHeader',
  minVersion: 1,
  maxVersion: 2,
  recordType: null,
  encode: encodeRequestHeader,
  decode: decodeRequestHeader,
};
