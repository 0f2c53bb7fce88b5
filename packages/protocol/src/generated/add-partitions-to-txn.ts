// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { unsupportedField } from '../lib/unsupported.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  readonly name: string;
  readonly partitions: readonly number[];
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly verifyOnly: boolean;
  readonly topics: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTopic[];
}

export const AddPartitionsToTxnRequestAddPartitionsToTxnTransactionDefaults: Pick<
  AddPartitionsToTxnRequestAddPartitionsToTxnTransaction,
  | 'verifyOnly'
> = Object.freeze({
  verifyOnly: false,
});

export interface AddPartitionsToTxnRequest {
  readonly transactions: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[];
  readonly v3AndBelowTransactionalId: string;
  readonly v3AndBelowProducerId: number;
  readonly v3AndBelowProducerEpoch: number;
  readonly v3AndBelowTopics: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTopic[];
}

export const AddPartitionsToTxnRequestDefaults: AddPartitionsToTxnRequest = Object.freeze({
  transactions: Object.freeze([]),
  v3AndBelowTransactionalId: '',
  v3AndBelowProducerId: 0,
  v3AndBelowProducerEpoch: 0,
  v3AndBelowTopics: Object.freeze([]),
});

function encodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(writer: Writer, version: number, message: AddPartitionsToTxnRequestAddPartitionsToTxnTopic): void {
  const flexible = version >= 3;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  if (flexible) writer.noTaggedFields();
}

function decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(reader: Reader, version: number): AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  const flexible = version >= 3;
  const name = flexible ? reader.compactString() : reader.string();
  const partitionsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { name, partitions };
}

function decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopicList(reader: Reader, version: number, length: number): AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] {
  const list: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(reader, version));
  return list;
}

function encodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(writer: Writer, version: number, message: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction): void {
  writer.compactString(message.transactionalId);
  writer.int64(message.producerId);
  writer.int16(message.producerEpoch);
  writer.bool(message.verifyOnly);
  const topics = message.topics;
  writer.compactListLength(topics.length);
  for (const item of topics) encodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(writer, version, item);
  writer.noTaggedFields();
}

function decodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(reader: Reader, version: number): AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  const transactionalId = reader.compactString();
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const verifyOnly = reader.bool();
  const topicsLength = reader.compactListLength(3);
  const topics: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopicList(reader, version, topicsLength);
  reader.skipTaggedFields();
  return { transactionalId, producerId, producerEpoch, verifyOnly, topics };
}

function decodeAddPartitionsToTxnRequestAddPartitionsToTxnTransactionList(reader: Reader, version: number, length: number): AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] {
  const list: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(reader, version));
  return list;
}

export function encodeAddPartitionsToTxnRequest(writer: Writer, version: number, message: AddPartitionsToTxnRequest): void {
  const flexible = version >= 3;
  if (version >= 4) {
    const transactions = message.transactions;
    writer.compactListLength(transactions.length);
    for (const item of transactions) encodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(writer, version, item);
  } else if (message.transactions.length !== 0) {
    throw unsupportedField('AddPartitionsToTxnRequest.transactions', version);
  }
  if (version <= 3) {
    if (flexible) writer.compactString(message.v3AndBelowTransactionalId);
    else writer.string(message.v3AndBelowTransactionalId);
  } else if (message.v3AndBelowTransactionalId !== '') {
    throw unsupportedField('AddPartitionsToTxnRequest.v3AndBelowTransactionalId', version);
  }
  if (version <= 3) {
    writer.int64(message.v3AndBelowProducerId);
  } else if (message.v3AndBelowProducerId !== 0) {
    throw unsupportedField('AddPartitionsToTxnRequest.v3AndBelowProducerId', version);
  }
  if (version <= 3) {
    writer.int16(message.v3AndBelowProducerEpoch);
  } else if (message.v3AndBelowProducerEpoch !== 0) {
    throw unsupportedField('AddPartitionsToTxnRequest.v3AndBelowProducerEpoch', version);
  }
  if (version <= 3) {
    const v3AndBelowTopics = message.v3AndBelowTopics;
    if (flexible) writer.compactListLength(v3AndBelowTopics.length);
    else writer.listLength(v3AndBelowTopics.length);
    for (const item of v3AndBelowTopics) encodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(writer, version, item);
  } else if (message.v3AndBelowTopics.length !== 0) {
    throw unsupportedField('AddPartitionsToTxnRequest.v3AndBelowTopics', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeAddPartitionsToTxnRequest(reader: Reader, version: number): AddPartitionsToTxnRequest {
  const flexible = version >= 3;
  let transactions: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] = [];
  if (version >= 4) {
    const transactionsLength = reader.compactListLength(14);
    transactions = decodeAddPartitionsToTxnRequestAddPartitionsToTxnTransactionList(reader, version, transactionsLength);
  }
  const v3AndBelowTransactionalId = version <= 3 ? (flexible ? reader.compactString() : reader.string()) : '';
  const v3AndBelowProducerId = version <= 3 ? reader.int64() : 0;
  const v3AndBelowProducerEpoch = version <= 3 ? reader.int16() : 0;
  let v3AndBelowTopics: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = [];
  if (version <= 3) {
    const v3AndBelowTopicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
    v3AndBelowTopics = decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopicList(reader, version, v3AndBelowTopicsLength);
  }
  if (flexible) reader.skipTaggedFields();
  return { transactions, v3AndBelowTransactionalId, v3AndBelowProducerId, v3AndBelowProducerEpoch, v3AndBelowTopics };
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  readonly partitionIndex: number;
  readonly partitionErrorCode: number;
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  readonly name: string;
  readonly resultsByPartition: readonly AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[];
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  readonly transactionalId: string;
  readonly topicResults: readonly AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[];
}

export interface AddPartitionsToTxnResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly resultsByTransaction: readonly AddPartitionsToTxnResponseAddPartitionsToTxnResult[];
  readonly resultsByTopicV3AndBelow: readonly AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[];
}

export const AddPartitionsToTxnResponseDefaults: Pick<
  AddPartitionsToTxnResponse,
  | 'errorCode'
  | 'resultsByTransaction'
  | 'resultsByTopicV3AndBelow'
> = Object.freeze({
  errorCode: 0,
  resultsByTransaction: Object.freeze([]),
  resultsByTopicV3AndBelow: Object.freeze([]),
});

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(writer: Writer, version: number, message: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult): void {
  const flexible = version >= 3;
  writer.int32(message.partitionIndex);
  writer.int16(message.partitionErrorCode);
  if (flexible) writer.noTaggedFields();
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(reader: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  const partitionIndex = reader.int32();
  const partitionErrorCode = reader.int16();
  if (version >= 3) reader.skipTaggedFields();
  return { partitionIndex, partitionErrorCode };
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultList(reader: Reader, version: number, length: number): AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[] {
  const list: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(reader, version));
  return list;
}

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(writer: Writer, version: number, message: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult): void {
  const flexible = version >= 3;
  if (flexible) writer.compactString(message.name);
  else writer.string(message.name);
  const resultsByPartition = message.resultsByPartition;
  if (flexible) writer.compactListLength(resultsByPartition.length);
  else writer.listLength(resultsByPartition.length);
  for (const item of resultsByPartition) encodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(reader: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  const flexible = version >= 3;
  const name = flexible ? reader.compactString() : reader.string();
  const resultsByPartitionLength = flexible ? reader.compactListLength(6) : reader.listLength(6);
  const resultsByPartition: readonly AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[] = decodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultList(reader, version, resultsByPartitionLength);
  if (flexible) reader.skipTaggedFields();
  return { name, resultsByPartition };
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResultList(reader: Reader, version: number, length: number): AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] {
  const list: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(reader, version));
  return list;
}

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(writer: Writer, version: number, message: AddPartitionsToTxnResponseAddPartitionsToTxnResult): void {
  writer.compactString(message.transactionalId);
  const topicResults = message.topicResults;
  writer.compactListLength(topicResults.length);
  for (const item of topicResults) encodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(writer, version, item);
  writer.noTaggedFields();
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(reader: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  const transactionalId = reader.compactString();
  const topicResultsLength = reader.compactListLength(3);
  const topicResults: readonly AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResultList(reader, version, topicResultsLength);
  reader.skipTaggedFields();
  return { transactionalId, topicResults };
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnResultList(reader: Reader, version: number, length: number): AddPartitionsToTxnResponseAddPartitionsToTxnResult[] {
  const list: AddPartitionsToTxnResponseAddPartitionsToTxnResult[] = [];
  for (let index = 0; index < length; index++) list.push(decodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(reader, version));
  return list;
}

export function encodeAddPartitionsToTxnResponse(writer: Writer, version: number, message: AddPartitionsToTxnResponse): void {
  const flexible = version >= 3;
  writer.int32(message.throttleTimeMs);
  if (version >= 4) writer.int16(message.errorCode);
  if (version >= 4) {
    const resultsByTransaction = message.resultsByTransaction;
    writer.compactListLength(resultsByTransaction.length);
    for (const item of resultsByTransaction) encodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(writer, version, item);
  } else if (message.resultsByTransaction.length !== 0) {
    throw unsupportedField('AddPartitionsToTxnResponse.resultsByTransaction', version);
  }
  if (version <= 3) {
    const resultsByTopicV3AndBelow = message.resultsByTopicV3AndBelow;
    if (flexible) writer.compactListLength(resultsByTopicV3AndBelow.length);
    else writer.listLength(resultsByTopicV3AndBelow.length);
    for (const item of resultsByTopicV3AndBelow) encodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(writer, version, item);
  } else if (message.resultsByTopicV3AndBelow.length !== 0) {
    throw unsupportedField('AddPartitionsToTxnResponse.resultsByTopicV3AndBelow', version);
  }
  if (flexible) writer.noTaggedFields();
}

export function decodeAddPartitionsToTxnResponse(reader: Reader, version: number): AddPartitionsToTxnResponse {
  const flexible = version >= 3;
  const throttleTimeMs = reader.int32();
  const errorCode = version >= 4 ? reader.int16() : 0;
  let resultsByTransaction: readonly AddPartitionsToTxnResponseAddPartitionsToTxnResult[] = [];
  if (version >= 4) {
    const resultsByTransactionLength = reader.compactListLength(3);
    resultsByTransaction = decodeAddPartitionsToTxnResponseAddPartitionsToTxnResultList(reader, version, resultsByTransactionLength);
  }
  let resultsByTopicV3AndBelow: readonly AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = [];
  if (version <= 3) {
    const resultsByTopicV3AndBelowLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
    resultsByTopicV3AndBelow = decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResultList(reader, version, resultsByTopicV3AndBelowLength);
  }
  if (flexible) reader.skipTaggedFields();
  return { throttleTimeMs, errorCode, resultsByTransaction, resultsByTopicV3AndBelow };
}
