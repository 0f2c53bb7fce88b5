// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import { LONG_MAX } from '../lib/int64.ts';
import { unsupportedField } from '../lib/unsupported.ts';
import { ZERO_UUID } from '../lib/uuid.ts';
import { readInt32List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface FetchRequestReplicaState {
  readonly replicaId: number;
  readonly replicaEpoch: number;
}

export const FetchRequestReplicaStateDefaults: FetchRequestReplicaState = Object.freeze({
  replicaId: -1,
  replicaEpoch: -1,
});

export interface FetchRequestFetchPartition {
  readonly partition: number;
  readonly currentLeaderEpoch: number;
  readonly fetchOffset: number;
  readonly lastFetchedEpoch: number;
  readonly logStartOffset: number;
  readonly partitionMaxBytes: number;
  readonly replicaDirectoryId: string;
  readonly highWatermark: number;
}

export const FetchRequestFetchPartitionDefaults: Pick<
  FetchRequestFetchPartition,
  | 'currentLeaderEpoch'
  | 'lastFetchedEpoch'
  | 'logStartOffset'
  | 'replicaDirectoryId'
  | 'highWatermark'
> = Object.freeze({
  currentLeaderEpoch: -1,
  lastFetchedEpoch: -1,
  logStartOffset: -1,
  replicaDirectoryId: ZERO_UUID,
  highWatermark: LONG_MAX,
});

export interface FetchRequestFetchTopic {
  readonly topic: string;
  readonly topicId: string;
  readonly partitions: readonly FetchRequestFetchPartition[];
}

export const FetchRequestFetchTopicDefaults: Pick<
  FetchRequestFetchTopic,
  | 'topic'
  | 'topicId'
> = Object.freeze({
  topic: '',
  topicId: ZERO_UUID,
});

export interface FetchRequestForgottenTopic {
  readonly topic: string;
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export const FetchRequestForgottenTopicDefaults: Pick<
  FetchRequestForgottenTopic,
  | 'topic'
  | 'topicId'
> = Object.freeze({
  topic: '',
  topicId: ZERO_UUID,
});

export interface FetchRequest {
  readonly clusterId: string | null;
  readonly replicaId: number;
  readonly replicaState: FetchRequestReplicaState;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly isolationLevel: number;
  readonly sessionId: number;
  readonly sessionEpoch: number;
  readonly topics: readonly FetchRequestFetchTopic[];
  readonly forgottenTopicsData: readonly FetchRequestForgottenTopic[];
  readonly rackId: string;
}

export const FetchRequestDefaults: Pick<
  FetchRequest,
  | 'clusterId'
  | 'replicaId'
  | 'replicaState'
  | 'maxBytes'
  | 'isolationLevel'
  | 'sessionId'
  | 'sessionEpoch'
  | 'forgottenTopicsData'
  | 'rackId'
> = Object.freeze({
  clusterId: null,
  replicaId: -1,
  replicaState: FetchRequestReplicaStateDefaults,
  maxBytes: 2147483647,
  isolationLevel: 0,
  sessionId: 0,
  sessionEpoch: -1,
  forgottenTopicsData: Object.freeze([]),
  rackId: '',
});

function encodeFetchRequestReplicaState(writer: Writer, _version: number, message: FetchRequestReplicaState): void {
  writer.int32(message.replicaId);
  writer.int64(message.replicaEpoch);
  writer.noTaggedFields();
}

function isDefaultFetchRequestReplicaState(message: FetchRequestReplicaState): boolean {
  if (message === FetchRequestReplicaStateDefaults) return true;
  return message.replicaId === -1 && message.replicaEpoch === -1;
}

function decodeFetchRequestReplicaState(reader: Reader, _version: number): FetchRequestReplicaState {
  const replicaId = reader.int32();
  const replicaEpoch = reader.int64();
  reader.skipTaggedFields();
  return { replicaId, replicaEpoch };
}

function encodeFetchRequestFetchPartition(writer: Writer, version: number, message: FetchRequestFetchPartition): void {
  const flexible = version >= 12;
  writer.int32(message.partition);
  if (version >= 9) writer.int32(message.currentLeaderEpoch);
  writer.int64(message.fetchOffset);
  if (version >= 12) {
    writer.int32(message.lastFetchedEpoch);
  } else if (message.lastFetchedEpoch !== -1) {
    throw unsupportedField('FetchRequestFetchPartition.lastFetchedEpoch', version);
  }
  if (version >= 5) writer.int64(message.logStartOffset);
  writer.int32(message.partitionMaxBytes);
  if (flexible) {
    const hasReplicaDirectoryId = version >= 17 && message.replicaDirectoryId !== ZERO_UUID;
    const hasHighWatermark = version === 18 && message.highWatermark !== LONG_MAX;
    writer.uvarint((hasReplicaDirectoryId ? 1 : 0) + (hasHighWatermark ? 1 : 0));
    if (hasReplicaDirectoryId) {
      const start = writer.beginTaggedField(0);
      writer.uuid(message.replicaDirectoryId);
      writer.endTaggedField(start);
    }
    if (hasHighWatermark) {
      const start = writer.beginTaggedField(1);
      writer.int64(message.highWatermark);
      writer.endTaggedField(start);
    }
  }
}

function decodeFetchRequestFetchPartition(reader: Reader, version: number): FetchRequestFetchPartition {
  const partition = reader.int32();
  const currentLeaderEpoch = version >= 9 ? reader.int32() : -1;
  const fetchOffset = reader.int64();
  const lastFetchedEpoch = version >= 12 ? reader.int32() : -1;
  const logStartOffset = version >= 5 ? reader.int64() : -1;
  const partitionMaxBytes = reader.int32();
  let replicaDirectoryId: string = ZERO_UUID;
  let highWatermark: number = LONG_MAX;
  if (version >= 12) {
    for (let tags = reader.uvarint(); tags > 0; tags--) {
      const tag = reader.uvarint();
      const end = reader.taggedFieldEnd();
      switch (tag) {
        case 0: {
          if (version >= 17) {
            replicaDirectoryId = reader.uuid();
          } else {
            reader.skipTo(end);
          }
          break;
        }
        case 1: {
          if (version === 18) {
            highWatermark = reader.int64();
          } else {
            reader.skipTo(end);
          }
          break;
        }
        default:
          reader.skipTo(end);
      }
      reader.expectPosition(end);
    }
  }
  return {
    partition,
    currentLeaderEpoch,
    fetchOffset,
    lastFetchedEpoch,
    logStartOffset,
    partitionMaxBytes,
    replicaDirectoryId,
    highWatermark,
  };
}

function decodeFetchRequestFetchPartitionList(reader: Reader, version: number, length: number): FetchRequestFetchPartition[] {
  const list: FetchRequestFetchPartition[] = [];
  for (let index = 0; index < length; index++) list.push(decodeFetchRequestFetchPartition(reader, version));
  return list;
}

function encodeFetchRequestFetchTopic(writer: Writer, version: number, message: FetchRequestFetchTopic): void {
  const flexible = version >= 12;
  if (version <= 12) {
    if (flexible) writer.compactString(message.topic);
    else writer.string(message.topic);
  }
  if (version >= 13) writer.uuid(message.topicId);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeFetchRequestFetchPartition(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeFetchRequestFetchTopic(reader: Reader, version: number): FetchRequestFetchTopic {
  const flexible = version >= 12;
  const topic = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : '';
  const topicId = version >= 13 ? reader.uuid() : ZERO_UUID;
  const partitionsLength = flexible ? reader.compactListLength(16) : reader.listLength(16);
  const partitions: readonly FetchRequestFetchPartition[] = decodeFetchRequestFetchPartitionList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { topic, topicId, partitions };
}

function decodeFetchRequestFetchTopicList(reader: Reader, version: number, length: number): FetchRequestFetchTopic[] {
  const list: FetchRequestFetchTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeFetchRequestFetchTopic(reader, version));
  return list;
}

function encodeFetchRequestForgottenTopic(writer: Writer, version: number, message: FetchRequestForgottenTopic): void {
  const flexible = version >= 12;
  if (version <= 12) {
    if (flexible) writer.compactString(message.topic);
    else writer.string(message.topic);
  }
  if (version >= 13) writer.uuid(message.topicId);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) writer.int32(item);
  if (flexible) writer.noTaggedFields();
}

function decodeFetchRequestForgottenTopic(reader: Reader, version: number): FetchRequestForgottenTopic {
  const flexible = version >= 12;
  const topic = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : '';
  const topicId = version >= 13 ? reader.uuid() : ZERO_UUID;
  const partitionsLength = flexible ? reader.compactListLength(4) : reader.listLength(4);
  const partitions: readonly number[] = readInt32List(reader, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { topic, topicId, partitions };
}

function decodeFetchRequestForgottenTopicList(reader: Reader, version: number, length: number): FetchRequestForgottenTopic[] {
  const list: FetchRequestForgottenTopic[] = [];
  for (let index = 0; index < length; index++) list.push(decodeFetchRequestForgottenTopic(reader, version));
  return list;
}

export function encodeFetchRequest(writer: Writer, version: number, message: FetchRequest): void {
  const flexible = version >= 12;
  if (version <= 14) {
    writer.int32(message.replicaId);
  } else if (message.replicaId !== -1) {
    throw unsupportedField('FetchRequest.replicaId', version);
  }
  if (version < 15 && !isDefaultFetchRequestReplicaState(message.replicaState)) {
    throw unsupportedField('FetchRequest.replicaState', version);
  }
  writer.int32(message.maxWaitMs);
  writer.int32(message.minBytes);
  writer.int32(message.maxBytes);
  writer.int8(message.isolationLevel);
  if (version >= 7) writer.int32(message.sessionId);
  if (version >= 7) writer.int32(message.sessionEpoch);
  const topics = message.topics;
  if (flexible) writer.compactListLength(topics.length);
  else writer.listLength(topics.length);
  for (const item of topics) encodeFetchRequestFetchTopic(writer, version, item);
  if (version >= 7) {
    const forgottenTopicsData = message.forgottenTopicsData;
    if (flexible) writer.compactListLength(forgottenTopicsData.length);
    else writer.listLength(forgottenTopicsData.length);
    for (const item of forgottenTopicsData) encodeFetchRequestForgottenTopic(writer, version, item);
  } else if (message.forgottenTopicsData.length !== 0) {
    throw unsupportedField('FetchRequest.forgottenTopicsData', version);
  }
  if (version >= 11) {
    if (flexible) writer.compactString(message.rackId);
    else writer.string(message.rackId);
  }
  if (flexible) {
    const hasClusterId = message.clusterId !== null;
    const hasReplicaState = version >= 15 && !isDefaultFetchRequestReplicaState(message.replicaState);
    writer.uvarint((hasClusterId ? 1 : 0) + (hasReplicaState ? 1 : 0));
    if (hasClusterId) {
      const start = writer.beginTaggedField(0);
      writer.compactNullableString(message.clusterId);
      writer.endTaggedField(start);
    }
    if (hasReplicaState) {
      const start = writer.beginTaggedField(1);
      encodeFetchRequestReplicaState(writer, version, message.replicaState);
      writer.endTaggedField(start);
    }
  }
}

export function decodeFetchRequest(reader: Reader, version: number): FetchRequest {
  const flexible = version >= 12;
  const replicaId = version <= 14 ? reader.int32() : -1;
  const maxWaitMs = reader.int32();
  const minBytes = reader.int32();
  const maxBytes = reader.int32();
  const isolationLevel = reader.int8();
  const sessionId = version >= 7 ? reader.int32() : 0;
  const sessionEpoch = version >= 7 ? reader.int32() : -1;
  const topicsLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const topics: readonly FetchRequestFetchTopic[] = decodeFetchRequestFetchTopicList(reader, version, topicsLength);
  let forgottenTopicsData: readonly FetchRequestForgottenTopic[] = [];
  if (version >= 7) {
    const forgottenTopicsDataLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
    forgottenTopicsData = decodeFetchRequestForgottenTopicList(reader, version, forgottenTopicsDataLength);
  }
  const rackId = version >= 11 ? (flexible ? reader.compactString() : reader.string()) : '';
  let clusterId: string | null = null;
  let replicaState: FetchRequestReplicaState = FetchRequestReplicaStateDefaults;
  if (flexible) {
    for (let tags = reader.uvarint(); tags > 0; tags--) {
      const tag = reader.uvarint();
      const end = reader.taggedFieldEnd();
      switch (tag) {
        case 0: {
          clusterId = reader.compactNullableString();
          break;
        }
        case 1: {
          if (version >= 15) {
            replicaState = decodeFetchRequestReplicaState(reader, version);
          } else {
            reader.skipTo(end);
          }
          break;
        }
        default:
          reader.skipTo(end);
      }
      reader.expectPosition(end);
    }
  }
  return {
    clusterId,
    replicaId,
    replicaState,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel,
    sessionId,
    sessionEpoch,
    topics,
    forgottenTopicsData,
    rackId,
  };
}

export interface FetchResponseEpochEndOffset {
  readonly epoch: number;
  readonly endOffset: number;
}

export const FetchResponseEpochEndOffsetDefaults: FetchResponseEpochEndOffset = Object.freeze({
  epoch: -1,
  endOffset: -1,
});

export interface FetchResponseLeaderIdAndEpoch {
  readonly leaderId: number;
  readonly leaderEpoch: number;
}

export const FetchResponseLeaderIdAndEpochDefaults: FetchResponseLeaderIdAndEpoch = Object.freeze({
  leaderId: -1,
  leaderEpoch: -1,
});

export interface FetchResponseSnapshotId {
  readonly endOffset: number;
  readonly epoch: number;
}

export const FetchResponseSnapshotIdDefaults: FetchResponseSnapshotId = Object.freeze({
  endOffset: -1,
  epoch: -1,
});

export interface FetchResponseAbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

export interface FetchResponsePartitionData {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly divergingEpoch: FetchResponseEpochEndOffset;
  readonly currentLeader: FetchResponseLeaderIdAndEpoch;
  readonly snapshotId: FetchResponseSnapshotId;
  readonly abortedTransactions: readonly FetchResponseAbortedTransaction[] | null;
  readonly preferredReadReplica: number;
  readonly records: Uint8Array | null;
}

export const FetchResponsePartitionDataDefaults: Pick<
  FetchResponsePartitionData,
  | 'lastStableOffset'
  | 'logStartOffset'
  | 'divergingEpoch'
  | 'currentLeader'
  | 'snapshotId'
  | 'abortedTransactions'
  | 'preferredReadReplica'
> = Object.freeze({
  lastStableOffset: -1,
  logStartOffset: -1,
  divergingEpoch: FetchResponseEpochEndOffsetDefaults,
  currentLeader: FetchResponseLeaderIdAndEpochDefaults,
  snapshotId: FetchResponseSnapshotIdDefaults,
  abortedTransactions: Object.freeze([]),
  preferredReadReplica: -1,
});

export interface FetchResponseFetchableTopicResponse {
  readonly topic: string;
  readonly topicId: string;
  readonly partitions: readonly FetchResponsePartitionData[];
}

export const FetchResponseFetchableTopicResponseDefaults: Pick<
  FetchResponseFetchableTopicResponse,
  | 'topic'
  | 'topicId'
> = Object.freeze({
  topic: '',
  topicId: ZERO_UUID,
});

export interface FetchResponseNodeEndpoint {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

export const FetchResponseNodeEndpointDefaults: Pick<
  FetchResponseNodeEndpoint,
  | 'rack'
> = Object.freeze({
  rack: null,
});

export interface FetchResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly sessionId: number;
  readonly responses: readonly FetchResponseFetchableTopicResponse[];
  readonly nodeEndpoints: readonly FetchResponseNodeEndpoint[];
}

export const FetchResponseDefaults: Pick<
  FetchResponse,
  | 'throttleTimeMs'
  | 'errorCode'
  | 'sessionId'
  | 'nodeEndpoints'
> = Object.freeze({
  throttleTimeMs: 0,
  errorCode: 0,
  sessionId: 0,
  nodeEndpoints: Object.freeze([]),
});

function encodeFetchResponseEpochEndOffset(writer: Writer, _version: number, message: FetchResponseEpochEndOffset): void {
  writer.int32(message.epoch);
  writer.int64(message.endOffset);
  writer.noTaggedFields();
}

function isDefaultFetchResponseEpochEndOffset(message: FetchResponseEpochEndOffset): boolean {
  if (message === FetchResponseEpochEndOffsetDefaults) return true;
  return message.epoch === -1 && message.endOffset === -1;
}

function decodeFetchResponseEpochEndOffset(reader: Reader, _version: number): FetchResponseEpochEndOffset {
  const epoch = reader.int32();
  const endOffset = reader.int64();
  reader.skipTaggedFields();
  return { epoch, endOffset };
}

function encodeFetchResponseLeaderIdAndEpoch(writer: Writer, _version: number, message: FetchResponseLeaderIdAndEpoch): void {
  writer.int32(message.leaderId);
  writer.int32(message.leaderEpoch);
  writer.noTaggedFields();
}

function isDefaultFetchResponseLeaderIdAndEpoch(message: FetchResponseLeaderIdAndEpoch): boolean {
  if (message === FetchResponseLeaderIdAndEpochDefaults) return true;
  return message.leaderId === -1 && message.leaderEpoch === -1;
}

function decodeFetchResponseLeaderIdAndEpoch(reader: Reader, _version: number): FetchResponseLeaderIdAndEpoch {
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  reader.skipTaggedFields();
  return { leaderId, leaderEpoch };
}

function encodeFetchResponseSnapshotId(writer: Writer, _version: number, message: FetchResponseSnapshotId): void {
  writer.int64(message.endOffset);
  writer.int32(message.epoch);
  writer.noTaggedFields();
}

function isDefaultFetchResponseSnapshotId(message: FetchResponseSnapshotId): boolean {
  if (message === FetchResponseSnapshotIdDefaults) return true;
  return message.endOffset === -1 && message.epoch === -1;
}

function decodeFetchResponseSnapshotId(reader: Reader, _version: number): FetchResponseSnapshotId {
  const endOffset = reader.int64();
  const epoch = reader.int32();
  reader.skipTaggedFields();
  return { endOffset, epoch };
}

function encodeFetchResponseAbortedTransaction(writer: Writer, version: number, message: FetchResponseAbortedTransaction): void {
  const flexible = version >= 12;
  writer.int64(message.producerId);
  writer.int64(message.firstOffset);
  if (flexible) writer.noTaggedFields();
}

function decodeFetchResponseAbortedTransaction(reader: Reader, version: number): FetchResponseAbortedTransaction {
  const producerId = reader.int64();
  const firstOffset = reader.int64();
  if (version >= 12) reader.skipTaggedFields();
  return { producerId, firstOffset };
}

function decodeFetchResponseAbortedTransactionList(reader: Reader, version: number, length: number): FetchResponseAbortedTransaction[] {
  const list: FetchResponseAbortedTransaction[] = [];
  for (let index = 0; index < length; index++) list.push(decodeFetchResponseAbortedTransaction(reader, version));
  return list;
}

function encodeFetchResponsePartitionData(writer: Writer, version: number, message: FetchResponsePartitionData): void {
  const flexible = version >= 12;
  writer.int32(message.partitionIndex);
  writer.int16(message.errorCode);
  writer.int64(message.highWatermark);
  writer.int64(message.lastStableOffset);
  if (version >= 5) writer.int64(message.logStartOffset);
  if (version < 12 && !isDefaultFetchResponseEpochEndOffset(message.divergingEpoch)) {
    throw unsupportedField('FetchResponsePartitionData.divergingEpoch', version);
  }
  if (version < 12 && !isDefaultFetchResponseLeaderIdAndEpoch(message.currentLeader)) {
    throw unsupportedField('FetchResponsePartitionData.currentLeader', version);
  }
  if (version < 12 && !isDefaultFetchResponseSnapshotId(message.snapshotId)) {
    throw unsupportedField('FetchResponsePartitionData.snapshotId', version);
  }
  const abortedTransactions = message.abortedTransactions;
  if (flexible) writer.compactListLength(abortedTransactions === null ? -1 : abortedTransactions.length);
  else writer.listLength(abortedTransactions === null ? -1 : abortedTransactions.length);
  if (abortedTransactions !== null) for (const item of abortedTransactions) encodeFetchResponseAbortedTransaction(writer, version, item);
  if (version >= 11) {
    writer.int32(message.preferredReadReplica);
  } else if (message.preferredReadReplica !== -1) {
    throw unsupportedField('FetchResponsePartitionData.preferredReadReplica', version);
  }
  if (flexible) writer.compactNullableBytes(message.records);
  else writer.nullableBytes(message.records);
  if (flexible) {
    const hasDivergingEpoch = !isDefaultFetchResponseEpochEndOffset(message.divergingEpoch);
    const hasCurrentLeader = !isDefaultFetchResponseLeaderIdAndEpoch(message.currentLeader);
    const hasSnapshotId = !isDefaultFetchResponseSnapshotId(message.snapshotId);
    writer.uvarint((hasDivergingEpoch ? 1 : 0) + (hasCurrentLeader ? 1 : 0) + (hasSnapshotId ? 1 : 0));
    if (hasDivergingEpoch) {
      const start = writer.beginTaggedField(0);
      encodeFetchResponseEpochEndOffset(writer, version, message.divergingEpoch);
      writer.endTaggedField(start);
    }
    if (hasCurrentLeader) {
      const start = writer.beginTaggedField(1);
      encodeFetchResponseLeaderIdAndEpoch(writer, version, message.currentLeader);
      writer.endTaggedField(start);
    }
    if (hasSnapshotId) {
      const start = writer.beginTaggedField(2);
      encodeFetchResponseSnapshotId(writer, version, message.snapshotId);
      writer.endTaggedField(start);
    }
  }
}

function decodeFetchResponsePartitionData(reader: Reader, version: number): FetchResponsePartitionData {
  const flexible = version >= 12;
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const highWatermark = reader.int64();
  const lastStableOffset = reader.int64();
  const logStartOffset = version >= 5 ? reader.int64() : -1;
  const abortedTransactionsLength = flexible ? reader.compactNullableListLength(16) : reader.nullableListLength(16);
  const abortedTransactions: readonly FetchResponseAbortedTransaction[] | null = abortedTransactionsLength < 0 ? null : decodeFetchResponseAbortedTransactionList(reader, version, abortedTransactionsLength);
  const preferredReadReplica = version >= 11 ? reader.int32() : -1;
  const records = flexible ? reader.compactNullableBytes() : reader.nullableBytes();
  let divergingEpoch: FetchResponseEpochEndOffset = FetchResponseEpochEndOffsetDefaults;
  let currentLeader: FetchResponseLeaderIdAndEpoch = FetchResponseLeaderIdAndEpochDefaults;
  let snapshotId: FetchResponseSnapshotId = FetchResponseSnapshotIdDefaults;
  if (flexible) {
    for (let tags = reader.uvarint(); tags > 0; tags--) {
      const tag = reader.uvarint();
      const end = reader.taggedFieldEnd();
      switch (tag) {
        case 0: {
          divergingEpoch = decodeFetchResponseEpochEndOffset(reader, version);
          break;
        }
        case 1: {
          currentLeader = decodeFetchResponseLeaderIdAndEpoch(reader, version);
          break;
        }
        case 2: {
          snapshotId = decodeFetchResponseSnapshotId(reader, version);
          break;
        }
        default:
          reader.skipTo(end);
      }
      reader.expectPosition(end);
    }
  }
  return {
    partitionIndex,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    divergingEpoch,
    currentLeader,
    snapshotId,
    abortedTransactions,
    preferredReadReplica,
    records,
  };
}

function decodeFetchResponsePartitionDataList(reader: Reader, version: number, length: number): FetchResponsePartitionData[] {
  const list: FetchResponsePartitionData[] = [];
  for (let index = 0; index < length; index++) list.push(decodeFetchResponsePartitionData(reader, version));
  return list;
}

function encodeFetchResponseFetchableTopicResponse(writer: Writer, version: number, message: FetchResponseFetchableTopicResponse): void {
  const flexible = version >= 12;
  if (version <= 12) {
    if (flexible) writer.compactString(message.topic);
    else writer.string(message.topic);
  }
  if (version >= 13) writer.uuid(message.topicId);
  const partitions = message.partitions;
  if (flexible) writer.compactListLength(partitions.length);
  else writer.listLength(partitions.length);
  for (const item of partitions) encodeFetchResponsePartitionData(writer, version, item);
  if (flexible) writer.noTaggedFields();
}

function decodeFetchResponseFetchableTopicResponse(reader: Reader, version: number): FetchResponseFetchableTopicResponse {
  const flexible = version >= 12;
  const topic = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : '';
  const topicId = version >= 13 ? reader.uuid() : ZERO_UUID;
  const partitionsLength = flexible ? reader.compactListLength(30) : reader.listLength(30);
  const partitions: readonly FetchResponsePartitionData[] = decodeFetchResponsePartitionDataList(reader, version, partitionsLength);
  if (flexible) reader.skipTaggedFields();
  return { topic, topicId, partitions };
}

function decodeFetchResponseFetchableTopicResponseList(reader: Reader, version: number, length: number): FetchResponseFetchableTopicResponse[] {
  const list: FetchResponseFetchableTopicResponse[] = [];
  for (let index = 0; index < length; index++) list.push(decodeFetchResponseFetchableTopicResponse(reader, version));
  return list;
}

function encodeFetchResponseNodeEndpoint(writer: Writer, _version: number, message: FetchResponseNodeEndpoint): void {
  writer.int32(message.nodeId);
  writer.compactString(message.host);
  writer.int32(message.port);
  writer.compactNullableString(message.rack);
  writer.noTaggedFields();
}

function decodeFetchResponseNodeEndpoint(reader: Reader, _version: number): FetchResponseNodeEndpoint {
  const nodeId = reader.int32();
  const host = reader.compactString();
  const port = reader.int32();
  const rack = reader.compactNullableString();
  reader.skipTaggedFields();
  return { nodeId, host, port, rack };
}

function decodeFetchResponseNodeEndpointList(reader: Reader, version: number, length: number): FetchResponseNodeEndpoint[] {
  const list: FetchResponseNodeEndpoint[] = [];
  for (let index = 0; index < length; index++) list.push(decodeFetchResponseNodeEndpoint(reader, version));
  return list;
}

export function encodeFetchResponse(writer: Writer, version: number, message: FetchResponse): void {
  const flexible = version >= 12;
  writer.int32(message.throttleTimeMs);
  if (version >= 7) writer.int16(message.errorCode);
  if (version >= 7) {
    writer.int32(message.sessionId);
  } else if (message.sessionId !== 0) {
    throw unsupportedField('FetchResponse.sessionId', version);
  }
  const responses = message.responses;
  if (flexible) writer.compactListLength(responses.length);
  else writer.listLength(responses.length);
  for (const item of responses) encodeFetchResponseFetchableTopicResponse(writer, version, item);
  if (version < 16 && message.nodeEndpoints.length !== 0) {
    throw unsupportedField('FetchResponse.nodeEndpoints', version);
  }
  if (flexible) {
    const hasNodeEndpoints = version >= 16 && message.nodeEndpoints.length !== 0;
    writer.uvarint((hasNodeEndpoints ? 1 : 0));
    if (hasNodeEndpoints) {
      const start = writer.beginTaggedField(0);
      const nodeEndpoints = message.nodeEndpoints;
      writer.compactListLength(nodeEndpoints.length);
      for (const item of nodeEndpoints) encodeFetchResponseNodeEndpoint(writer, version, item);
      writer.endTaggedField(start);
    }
  }
}

export function decodeFetchResponse(reader: Reader, version: number): FetchResponse {
  const flexible = version >= 12;
  const throttleTimeMs = reader.int32();
  const errorCode = version >= 7 ? reader.int16() : 0;
  const sessionId = version >= 7 ? reader.int32() : 0;
  const responsesLength = flexible ? reader.compactListLength(3) : reader.listLength(3);
  const responses: readonly FetchResponseFetchableTopicResponse[] = decodeFetchResponseFetchableTopicResponseList(reader, version, responsesLength);
  let nodeEndpoints: readonly FetchResponseNodeEndpoint[] = [];
  if (flexible) {
    for (let tags = reader.uvarint(); tags > 0; tags--) {
      const tag = reader.uvarint();
      const end = reader.taggedFieldEnd();
      switch (tag) {
        case 0: {
          if (version >= 16) {
            const nodeEndpointsLength = reader.compactListLength(11);
            nodeEndpoints = decodeFetchResponseNodeEndpointList(reader, version, nodeEndpointsLength);
          } else {
            reader.skipTo(end);
          }
          break;
        }
        default:
          reader.skipTo(end);
      }
      reader.expectPosition(end);
    }
  }
  return { throttleTimeMs, errorCode, sessionId, responses, nodeEndpoints };
}
