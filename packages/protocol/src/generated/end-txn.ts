// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface EndTxnRequest {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly committed: boolean;
}

export function encodeEndTxnRequest(writer: Writer, version: number, message: EndTxnRequest): void {
  const flexible = version >= 3;
  if (flexible) writer.compactString(message.transactionalId);
  else writer.string(message.transactionalId);
  writer.int64(message.producerId);
  writer.int16(message.producerEpoch);
  writer.bool(message.committed);
  if (flexible) writer.noTaggedFields();
}

export function decodeEndTxnRequest(reader: Reader, version: number): EndTxnRequest {
  const flexible = version >= 3;
  const transactionalId = flexible ? reader.compactString() : reader.string();
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const committed = reader.bool();
  if (flexible) reader.skipTaggedFields();
  return { transactionalId, producerId, producerEpoch, committed };
}

export interface EndTxnResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly producerId: number;
  readonly producerEpoch: number;
}

export const EndTxnResponseDefaults: Pick<
  EndTxnResponse,
  | 'producerId'
  | 'producerEpoch'
> = Object.freeze({
  producerId: -1,
  producerEpoch: -1,
});

export function encodeEndTxnResponse(writer: Writer, version: number, message: EndTxnResponse): void {
  const flexible = version >= 3;
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  if (version === 5) writer.int64(message.producerId);
  if (version === 5) writer.int16(message.producerEpoch);
  if (flexible) writer.noTaggedFields();
}

export function decodeEndTxnResponse(reader: Reader, version: number): EndTxnResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const producerId = version === 5 ? reader.int64() : -1;
  const producerEpoch = version === 5 ? reader.int16() : -1;
  if (version >= 3) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, producerId, producerEpoch };
}
