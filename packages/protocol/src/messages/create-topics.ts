/**
 * CreateTopics (19): creates topics.
 *
 * - v2: throttle time
 * - v4: partition count and replication factor may be -1 for the broker's default (KIP-464)
 * - v5: flexible, configs in the answer (KIP-525)
 * - v6: THROTTLING_QUOTA_EXCEEDED (KIP-599)
 * - v7: topic ids in the answer (KIP-516)
 *
 * Left out: versions 0 and 1, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, bool, int8, int16, int32, list, string, uuid } from '../schema.ts';

export const createTopics: ApiDeclaration = api({
  name: 'CreateTopics',
  key: 19,
  versions: '2-7',
  flexible: '5+',
  request: {
    topics: list('0+', 'CreatableTopic', {
      name: string('0+'),
      numPartitions: int32('0+'),
      replicationFactor: int16('0+'),
      assignments: list('0+', 'CreatableReplicaAssignment', {
        partitionIndex: int32('0+'),
        brokerIds: list('0+', 'int32'),
      }),
      configs: list('0+', 'CreatableTopicConfig', {
        name: string('0+'),
        value: string('0+', { nullable: '0+' }),
      }),
    }),
    timeoutMs: int32('0+', { default: 60000 }),
    validateOnly: bool('1+', { default: false }),
  },
  response: {
    throttleTimeMs: int32('2+', { ignorable: true }),
    topics: list('0+', 'CreatableTopicResult', {
      name: string('0+'),
      topicId: uuid('7+', { ignorable: true }),
      errorCode: int16('0+'),
      errorMessage: string('1+', { nullable: '0+', ignorable: true }),
      topicConfigErrorCode: int16('5+', { tag: 0, ignorable: true }),
      numPartitions: int32('5+', { default: -1, ignorable: true }),
      replicationFactor: int16('5+', { default: -1, ignorable: true }),
      configs: list('5+', { nullable: '5+', ignorable: true }, 'CreatableTopicConfigs', {
        name: string('5+'),
        value: string('5+', { nullable: '5+' }),
        readOnly: bool('5+'),
        configSource: int8('5+', { default: -1, ignorable: true }),
        isSensitive: bool('5+'),
      }),
    }),
  },
});
