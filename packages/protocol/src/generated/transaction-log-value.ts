// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { unsupportedField } from '../lib/unsupported.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface TransactionLogValuePartitionsSchema {
  readonly topic: string;
  readonly partitionIds: readonly number[];
}

export interface TransactionLogValue {
  readonly producerId: number;
  readonly previousProducerId: number;
  readonly nextProducerId: number;
  readonly producerEpoch: number;
  readonly nextProducerEpoch: number;
  readonly transactionTimeoutMs: number;
  readonly transactionStatus: number;
  readonly transactionPartitions: readonly TransactionLogValuePartitionsSchema[] | null;
  readonly transactionLastUpdateTimestampMs: number;
  readonly transactionStartTimestampMs: number;
  readonly clientTransactionVersion: number;
}

export const TransactionLogValueDefaults: Pick<
  TransactionLogValue,
  | 'previousProducerId'
  | 'nextProducerId'
  | 'nextProducerEpoch'
  | 'clientTransactionVersion'
> = Object.freeze({
  previousProducerId: -1,
  nextProducerId: -1,
  nextProducerEpoch: -1,
  clientTransactionVersion: 0,
});

function encodeTransactionLogValuePartitionsSchema(writer: Writer, version: number, message: TransactionLogValuePartitionsSchema): void {
  const flexible = version === 1;
  if (flexible) writer.compactString(message.topic);
  else writer.string(message.topic);
  const partitionIds = message.partitionIds;
  if (flexible) writer.compactListLength(partitionIds.length);
  else writer.listLength(partitionIds.length);
  for (const item of partitionIds) writer.int32(item);
  if (flexible) writer.noTaggedFields();
}

function decodeTransactionLogValuePartitionsSchema(reader: Reader, version: number): TransactionLogValuePartitionsSchema {
  const flexible = version === 1;
  const topic = flexible ? reader.compactString() : reader.string();
  const partitionIdsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const partitionIds: readonly number[] = readInt32List(reader, partitionIdsLength);
  if (flexible) reader.skipTaggedFields();
  return { topic, partitionIds };
}

function decodeTransactionLogValuePartitionsSchemaList(reader: Reader, version: number, length: number): TransactionLogValuePartitionsSchema[] {
  const list: TransactionLogValuePartitionsSchema[] = [];
  for (let index = 0; index < length; index++) list.push(decodeTransactionLogValuePartitionsSchema(reader, version));
  return list;
}

export function encodeTransactionLogValue(writer: Writer, version: number, message: TransactionLogValue): void {
  const flexible = version === 1;
  writer.int64(message.producerId);
  if (version < 1 && message.previousProducerId !== -1) {
    throw unsupportedField('TransactionLogValue.previousProducerId', version);
  }
  if (version < 1 && message.nextProducerId !== -1) {
    throw unsupportedField('TransactionLogValue.nextProducerId', version);
  }
  writer.int16(message.producerEpoch);
  if (version < 1 && message.nextProducerEpoch !== -1) {
    throw unsupportedField('TransactionLogValue.nextProducerEpoch', version);
  }
  writer.int32(message.transactionTimeoutMs);
  writer.int8(message.transactionStatus);
  const transactionPartitions = message.transactionPartitions;
  if (flexible) writer.compactListLength(transactionPartitions === null ? -1 : transactionPartitions.length);
  else writer.listLength(transactionPartitions === null ? -1 : transactionPartitions.length);
  if (transactionPartitions !== null) for (const item of transactionPartitions) encodeTransactionLogValuePartitionsSchema(writer, version, item);
  writer.int64(message.transactionLastUpdateTimestampMs);
  writer.int64(message.transactionStartTimestampMs);
  if (version < 1 && message.clientTransactionVersion !== 0) {
    throw unsupportedField('TransactionLogValue.clientTransactionVersion', version);
  }
  if (flexible) {
    const hasPreviousProducerId = message.previousProducerId !== -1;
    const hasNextProducerId = message.nextProducerId !== -1;
    const hasClientTransactionVersion = message.clientTransactionVersion !== 0;
    const hasNextProducerEpoch = message.nextProducerEpoch !== -1;
    writer.uvarint((hasPreviousProducerId ? 1 : 0) + (hasNextProducerId ? 1 : 0) + (hasClientTransactionVersion ? 1 : 0) + (hasNextProducerEpoch ? 1 : 0));
    if (hasPreviousProducerId) {
      const start = writer.beginTaggedField(0);
      writer.int64(message.previousProducerId);
      writer.endTaggedField(start);
    }
    if (hasNextProducerId) {
      const start = writer.beginTaggedField(1);
      writer.int64(message.nextProducerId);
      writer.endTaggedField(start);
    }
    if (hasClientTransactionVersion) {
      const start = writer.beginTaggedField(2);
      writer.int16(message.clientTransactionVersion);
      writer.endTaggedField(start);
    }
    if (hasNextProducerEpoch) {
      const start = writer.beginTaggedField(3);
      writer.int16(message.nextProducerEpoch);
      writer.endTaggedField(start);
    }
  }
}

export function decodeTransactionLogValue(reader: Reader, version: number): TransactionLogValue {
  const flexible = version === 1;
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const transactionTimeoutMs = reader.int32();
  const transactionStatus = reader.int8();
  const transactionPartitionsLength = flexible ? reader.compactNullableListLength(3) : reader.nullableListLength(3);
  const transactionPartitions: readonly TransactionLogValuePartitionsSchema[] | null = transactionPartitionsLength < 0 ? null : decodeTransactionLogValuePartitionsSchemaList(reader, version, transactionPartitionsLength);
  const transactionLastUpdateTimestampMs = reader.int64();
  const transactionStartTimestampMs = reader.int64();
  let previousProducerId: number = -1;
  let nextProducerId: number = -1;
  let nextProducerEpoch: number = -1;
  let clientTransactionVersion: number = 0;
  if (flexible) {
    for (let tags = reader.uvarint(); tags > 0; tags--) {
      const tag = reader.uvarint();
      const end = reader.taggedFieldEnd();
      switch (tag) {
        case 0: {
          previousProducerId = reader.int64();
          break;
        }
        case 1: {
          nextProducerId = reader.int64();
          break;
        }
        case 3: {
          nextProducerEpoch = reader.int16();
          break;
        }
        case 2: {
          clientTransactionVersion = reader.int16();
          break;
        }
        default:
          reader.skipTo(end);
      }
      reader.expectPosition(end);
    }
  }
  return {
    producerId,
    previousProducerId,
    nextProducerId,
    producerEpoch,
    nextProducerEpoch,
    transactionTimeoutMs,
    transactionStatus,
    transactionPartitions,
    transactionLastUpdateTimestampMs,
    transactionStartTimestampMs,
    clientTransactionVersion,
  };
}

export const transactionLogValueCodec: MessageCodec<TransactionLogValue> = {
  name: 'TransactionLogValue',
  minVersion: 0,
  maxVersion: 1,
  recordType: 0,
  encode: encodeTransactionLogValue,
  decode: decodeTransactionLogValue,
};
