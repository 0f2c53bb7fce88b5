// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface AddOffsetsToTxnRequest {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly groupId: string;
}

export function encodeAddOffsetsToTxnRequest(writer: Writer, version: number, message: AddOffsetsToTxnRequest): void {
  const flexible = version >= 3;
  if (flexible) writer.compactString(message.transactionalId);
  else writer.string(message.transactionalId);
  writer.int64(message.producerId);
  writer.int16(message.producerEpoch);
  if (flexible) writer.compactString(message.groupId);
  else writer.string(message.groupId);
  if (flexible) writer.noTaggedFields();
}

export function decodeAddOffsetsToTxnRequest(reader: Reader, version: number): AddOffsetsToTxnRequest {
  const flexible = version >= 3;
  const transactionalId = flexible ? reader.compactString() : reader.string();
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const groupId = flexible ? reader.compactString() : reader.string();
  if (flexible) reader.skipTaggedFields();
  return { transactionalId, producerId, producerEpoch, groupId };
}

export interface AddOffsetsToTxnResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
}

export function encodeAddOffsetsToTxnResponse(writer: Writer, version: number, message: AddOffsetsToTxnResponse): void {
  const flexible = version >= 3;
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  if (flexible) writer.noTaggedFields();
}

export function decodeAddOffsetsToTxnResponse(reader: Reader, version: number): AddOffsetsToTxnResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  if (version >= 3) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode };
}
