/**
 * Metadata (3): tells brokers, topics, partitions and their leaders; may create topics on the way.
 *
 * - v1: null asks for all topics, an empty list for none; racks, controller, internal topics
 * - v2: cluster id
 * - v3: throttle time
 * - v4: asks whether to create topics
 * - v5: offline replicas
 * - v7: leader epochs (KIP-320)
 * - v8: authorized operations (KIP-430)
 * - v9: flexible
 * - v10: topic ids (KIP-516), asking by id works from 12 on
 * - v11: operations of the cluster go to DescribeCluster (KIP-700)
 * - v13: a top-level error (KIP-1102)
 */
import { type ApiDeclaration, api, bool, int16, int32, list, string, uuid } from '../schema.ts';

export const metadata: ApiDeclaration = api({
  name: 'Metadata',
  key: 3,
  versions: '0-13',
  flexible: '9+',
  request: {
    topics: list('0+', { nullable: '1+' }, 'MetadataRequestTopic', {
      topicId: uuid('10+', { ignorable: true }),
      name: string('0+', { nullable: '10+' }),
    }),
    allowAutoTopicCreation: bool('4+', { default: true }),
    includeClusterAuthorizedOperations: bool('8-10'),
    includeTopicAuthorizedOperations: bool('8+'),
  },
  response: {
    throttleTimeMs: int32('3+', { ignorable: true }),
    brokers: list('0+', 'MetadataResponseBroker', {
      nodeId: int32('0+'),
      host: string('0+'),
      port: int32('0+'),
      rack: string('1+', { nullable: '1+', default: null, ignorable: true }),
    }),
    clusterId: string('2+', { nullable: '2+', default: null, ignorable: true }),
    controllerId: int32('1+', { default: -1, ignorable: true }),
    topics: list('0+', 'MetadataResponseTopic', {
      errorCode: int16('0+'),
      name: string('0+', { nullable: '12+' }),
      topicId: uuid('10+', { ignorable: true }),
      isInternal: bool('1+', { default: false, ignorable: true }),
      partitions: list('0+', 'MetadataResponsePartition', {
        errorCode: int16('0+'),
        partitionIndex: int32('0+'),
        leaderId: int32('0+'),
        leaderEpoch: int32('7+', { default: -1, ignorable: true }),
        replicaNodes: list('0+', 'int32'),
        isrNodes: list('0+', 'int32'),
        offlineReplicas: list('5+', { ignorable: true }, 'int32'),
      }),
      topicAuthorizedOperations: int32('8+', { default: -2147483648 }),
    }),
    clusterAuthorizedOperations: int32('8-10', { default: -2147483648 }),
    errorCode: int16('13+', { ignorable: true }),
  },
});
