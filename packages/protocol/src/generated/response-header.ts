// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ResponseHeader {
  readonly correlationId: number;
}

export function encodeResponseHeader(writer: Writer, version: number, message: ResponseHeader): void {
  const flexible = version === 1;
  writer.int32(message.correlationId);
  if (flexible) writer.noTaggedFields();
}

export function decodeResponseHeader(reader: Reader, version: number): ResponseHeader {
  const correlationId = reader.int32();
  if (version === 1) reader.skipTaggedFields();
  return { correlationId };
}

export const responseHeaderCodec: MessageCodec<ResponseHeader> = {
  name: 'ResponseHeader',
  minVersion: 0,
  maxVersion: 1,
  recordType: null,
  encode: encodeResponseHeader,
  decode: decodeResponseHeader,
};
