/**
 * DescribeQuorum (55): tells the state of the metadata quorum (KIP-595).
 *
 * - v1: times of the last fetch (KIP-836)
 * - v2: directory ids, addresses, error messages (KIP-853)
 */
import {
  type ApiDeclaration,
  api,
  int16,
  int32,
  int64,
  list,
  type StructType,
  string,
  struct,
  uint16,
  uuid,
} from '../schema.ts';

const replicaState: StructType = struct('ReplicaState', {
  replicaId: int32('0+'),
  replicaDirectoryId: uuid('2+'),
  logEndOffset: int64('0+'),
  lastFetchTimestamp: int64('1+', { default: -1, ignorable: true }),
  lastCaughtUpTimestamp: int64('1+', { default: -1, ignorable: true }),
});

export const describeQuorum: ApiDeclaration = api({
  name: 'DescribeQuorum',
  key: 55,
  versions: '0-2',
  flexible: '0+',
  request: {
    topics: list('0+', 'TopicData', {
      topicName: string('0+'),
      partitions: list('0+', 'PartitionData', {
        partitionIndex: int32('0+'),
      }),
    }),
  },
  response: {
    errorCode: int16('0+'),
    errorMessage: string('2+', { nullable: '2+', ignorable: true }),
    topics: list('0+', 'TopicData', {
      topicName: string('0+'),
      partitions: list('0+', 'PartitionData', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        errorMessage: string('2+', { nullable: '2+', ignorable: true }),
        leaderId: int32('0+'),
        leaderEpoch: int32('0+'),
        highWatermark: int64('0+'),
        currentVoters: list('0+', replicaState),
        observers: list('0+', replicaState),
      }),
    }),
    nodes: list('2+', 'Node', {
      nodeId: int32('2+'),
      listeners: list('2+', 'Listener', {
        name: string('2+'),
        host: string('2+'),
        port: uint16('2+'),
      }),
    }),
  },
});
