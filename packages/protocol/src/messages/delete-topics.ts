/**
 * DeleteTopics (20): deletes topics.
 *
 * - v1: throttle time
 * - v3: TOPIC_DELETION_DISABLED
 * - v4: flexible
 * - v5: error messages (KIP-599)
 * - v6: topics by name or id (KIP-516)
 *
 * Left out: version 0, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, int16, int32, list, string, uuid } from '../schema.ts';

export const deleteTopics: ApiDeclaration = api({
  name: 'DeleteTopics',
  key: 20,
  versions: '1-6',
  flexible: '4+',
  request: {
    topics: list('6+', 'DeleteTopicState', {
      name: string('6+', { nullable: '6+', default: null }),
      topicId: uuid('6+'),
    }),
    topicNames: list('0-5', { ignorable: true }, 'string'),
    timeoutMs: int32('0+'),
  },
  response: {
    throttleTimeMs: int32('1+', { ignorable: true }),
    responses: list('0+', 'DeletableTopicResult', {
      name: string('0+', { nullable: '6+' }),
      topicId: uuid('6+', { ignorable: true }),
      errorCode: int16('0+'),
      errorMessage: string('5+', { nullable: '5+', default: null, ignorable: true }),
    }),
  },
});
