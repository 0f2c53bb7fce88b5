// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { readCompactStringList, readInt64List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface ListTransactionsRequest {
  readonly stateFilters: readonly string[];
  readonly producerIdFilters: readonly number[];
  readonly durationFilter: number;
  readonly transactionalIdPattern: string | null;
}

export const ListTransactionsRequestDefaults: Pick<
  ListTransactionsRequest,
  | 'durationFilter'
  | 'transactionalIdPattern'
> = Object.freeze({
  durationFilter: -1,
  transactionalIdPattern: null,
});

export function encodeListTransactionsRequest(writer: Writer, version: number, message: ListTransactionsRequest): void {
  const stateFilters = message.stateFilters;
  writer.compactListLength(stateFilters.length);
  for (const item of stateFilters) writer.compactString(item);
  const producerIdFilters = message.producerIdFilters;
  writer.compactListLength(producerIdFilters.length);
  for (const item of producerIdFilters) writer.int64(item);
  if (version >= 1) {
    writer.int64(message.durationFilter);
  } else if (message.durationFilter !== -1) {
    throw unsupportedField('ListTransactionsRequest.durationFilter', version);
  }
  if (version === 2) {
    writer.compactNullableString(message.transactionalIdPattern);
  } else if (message.transactionalIdPattern !== null) {
    throw unsupportedField('ListTransactionsRequest.transactionalIdPattern', version);
  }
  writer.noTaggedFields();
}

export function decodeListTransactionsRequest(reader: Reader, version: number): ListTransactionsRequest {
  const stateFiltersLength = reader.compactListLength(1);
  const stateFilters: readonly string[] = readCompactStringList(reader, stateFiltersLength);
  const producerIdFiltersLength = reader.compactListLength(8);
  const producerIdFilters: readonly number[] = readInt64List(reader, producerIdFiltersLength);
  const durationFilter = version >= 1 ? reader.int64() : -1;
  const transactionalIdPattern = version === 2 ? reader.compactNullableString() : null;
  reader.skipTaggedFields();
  return { stateFilters, producerIdFilters, durationFilter, transactionalIdPattern };
}

export interface ListTransactionsResponseTransactionState {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly transactionState: string;
}

export interface ListTransactionsResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly unknownStateFilters: readonly string[];
  readonly transactionStates: readonly ListTransactionsResponseTransactionState[];
}

function encodeListTransactionsResponseTransactionState(writer: Writer, _version: number, message: ListTransactionsResponseTransactionState): void {
  writer.compactString(message.transactionalId);
  writer.int64(message.producerId);
  writer.compactString(message.transactionState);
  writer.noTaggedFields();
}

function decodeListTransactionsResponseTransactionState(reader: Reader, _version: number): ListTransactionsResponseTransactionState {
  const transactionalId = reader.compactString();
  const producerId = reader.int64();
  const transactionState = reader.compactString();
  reader.skipTaggedFields();
  return { transactionalId, producerId, transactionState };
}

function decodeListTransactionsResponseTransactionStateList(reader: Reader, version: number, length: number): ListTransactionsResponseTransactionState[] {
  const list: ListTransactionsResponseTransactionState[] = [];
  for (let index = 0; index < length; index++) list.push(decodeListTransactionsResponseTransactionState(reader, version));
  return list;
}

export function encodeListTransactionsResponse(writer: Writer, version: number, message: ListTransactionsResponse): void {
  writer.int32(message.throttleTimeMs);
  writer.int16(message.errorCode);
  const unknownStateFilters = message.unknownStateFilters;
  writer.compactListLength(unknownStateFilters.length);
  for (const item of unknownStateFilters) writer.compactString(item);
  const transactionStates = message.transactionStates;
  writer.compactListLength(transactionStates.length);
  for (const item of transactionStates) encodeListTransactionsResponseTransactionState(writer, version, item);
  writer.noTaggedFields();
}

export function decodeListTransactionsResponse(reader: Reader, version: number): ListTransactionsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const unknownStateFiltersLength = reader.compactListLength(1);
  const unknownStateFilters: readonly string[] = readCompactStringList(reader, unknownStateFiltersLength);
  const transactionStatesLength = reader.compactListLength(11);
  const transactionStates: readonly ListTransactionsResponseTransactionState[] = decodeListTransactionsResponseTransactionStateList(reader, version, transactionStatesLength);
  reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, unknownStateFilters, transactionStates };
}
