// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface TransactionLogKey {
  readonly transactionalId: string;
}

export function encodeTransactionLogKey(writer: Writer, _version: number, message: TransactionLogKey): void {
  writer.string(message.transactionalId);
}

export function decodeTransactionLogKey(reader: Reader, _version: number): TransactionLogKey {
  const transactionalId = reader.string();
  return { transactionalId };
}

export const transactionLogKeyCodec: MessageCodec<TransactionLogKey> = {
  name: 'TransactionLogKey',
  minVersion: 0,
  maxVersion: 0,
  recordType: 0,
  encode: encodeTransactionLogKey,
  decode: decodeTransactionLogKey,
};
