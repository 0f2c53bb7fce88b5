import { type ApiDeclaration, api, int16, int32, list, string, struct, uuid } from '../schema.ts';

export const deleteTopics: ApiDeclaration = api({
  name: 'DeleteTopics',
  key: 20,
  versions: '1-6',
  flexible: '4+',
  request: {
    topics: list(
      '6+',
      struct('DeleteTopicState', {
        name: string('6+', { nullable: '6+', default: null }),
        topicId: uuid('6+'),
      }),
    ),
    topicNames: list('0-5', { ignorable: true }, 'string'),
    timeoutMs: int32('0+'),
  },
  response: {
    throttleTimeMs: int32('1+', { ignorable: true }),
    responses: list(
      '0+',
      struct('DeletableTopicResult', {
        name: string('0+', { nullable: '6+' }),
        topicId: uuid('6+', { ignorable: true }),
        errorCode: int16('0+'),
        errorMessage: string('5+', { nullable: '5+', default: null, ignorable: true }),
      }),
    ),
  },
});
