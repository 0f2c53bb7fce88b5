// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface InitProducerIdRequest {
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly enable2Pc: boolean;
  readonly keepPreparedTxn: boolean;
}

export const InitProducerIdRequestDefaults: Pick<
  InitProducerIdRequest,
  | 'producerId'
  | 'producerEpoch'
  | 'enable2Pc'
  | 'keepPreparedTxn'
> = Object.freeze({
  producerId: -1,
  producerEpoch: -1,
  enable2Pc: false,
  keepPreparedTxn: false,
});

export function encodeInitProducerIdRequest(writer: Writer, version: number, message: InitProducerIdRequest): void {
  const flexible = version >= 2;
  if (flexible) writer.compactNullableString(message.transactionalId);
  else writer.nullableString(message.transactionalId);
  writer.int32(message.transactionTimeoutMs);
  if (version >= 3) {
    writer.int64(message.producerId);
  } else if (message.producerId !== -1) {
    throw unsupportedField('InitProducerIdRequest.producerId', version);
  }
  if (version >= 3) {
    writer.int16(message.producerEpoch);
  } else if (message.producerEpoch !== -1) {
    throw unsupportedField('InitProducerIdRequest.producerEpoch', version);
  }
  if (version === 6) {
    writer.bool(message.enable2Pc);
  } else if (message.enable2Pc !== false) {
    throw unsupportedField('InitProducerIdRequest.enable2Pc', version);
  }
  if (version === 6) {
    writer.bool(message.keepPreparedTxn);
  } else if (message.keepPreparedTxn !== false) {
    throw unsupportedField('InitProducerIdRequest.keepPreparedTxn', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeInitProducerIdRequest(reader: Reader, version: number): InitProducerIdRequest {
  const flexible = version >= 2;
  const transactionalId = flexible ? reader.compactNullableString() : reader.nullableString();
  const transactionTimeoutMs = reader.int32();
  const producerId = version >= 3 ? reader.int64() : -1;
  const producerEpoch = version >= 3 ? reader.int16() : -1;
  const enable2Pc = version === 6 ? reader.bool() : false;
  const keepPreparedTxn = version === 6 ? reader.bool() : false;
  if (flexible) reader.skipTaggedFields();
  return { transactionalId, transactionTimeoutMs, producerId, producerEpoch, enable2Pc, keepPreparedTxn };
}

export interface InitProducerIdResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly ongoingTxnProducerId: number;
  readonly ongoingTxnProducerEpoch: number;
}

export const InitProducerIdResponseDefaults: Pick<
  InitProducerIdResponse,
  | 'throttleTimeMs'
  | 'producerId'
  | 'ongoingTxnProducerId'
  | 'ongoingTxnProducerEpoch'
> = Object.freeze({
  throttleTimeMs: 0,
  producerId: -1,
  ongoingTxnProducerId: -1,
  ongoingTxnProducerEpoch: -1,
});

export function encodeInitProducerIdResponse(writer: Writer, version: number, message: InitProducerIdResponse): void {
  const flexible = version >= 2;
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  writer.int64(message.producerId);
  writer.int16(message.producerEpoch);
  if (version === 6) {
    writer.int64(message.ongoingTxnProducerId);
  } else if (message.ongoingTxnProducerId !== -1) {
    throw unsupportedField('InitProducerIdResponse.ongoingTxnProducerId', version);
  }
  if (version === 6) {
    writer.int16(message.ongoingTxnProducerEpoch);
  } else if (message.ongoingTxnProducerEpoch !== -1) {
    throw unsupportedField('InitProducerIdResponse.ongoingTxnProducerEpoch', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeInitProducerIdResponse(reader: Reader, version: number): InitProducerIdResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const ongoingTxnProducerId = version === 6 ? reader.int64() : -1;
  const ongoingTxnProducerEpoch = version === 6 ? reader.int16() : -1;
  if (version >= 2) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, producerId, producerEpoch, ongoingTxnProducerId, ongoingTxnProducerEpoch };
}
