import { type ApiDeclaration, api, int16, int32, int64, list, one, records, string, struct, uuid } from '../schema.ts';

export const produce: ApiDeclaration = api({
  name: 'Produce',
  key: 0,
  versions: '3-13',
  flexible: '9+',
  request: {
    transactionalId: string('3+', { nullable: '3+', default: null }),
    acks: int16('0+'),
    timeoutMs: int32('0+'),
    topicData: list(
      '0+',
      struct('TopicProduceData', {
        name: string('0-12', { ignorable: true }),
        topicId: uuid('13+', { ignorable: true }),
        partitionData: list(
          '0+',
          struct('PartitionProduceData', {
            index: int32('0+'),
            records: records('0+', { nullable: '0+' }),
          }),
        ),
      }),
    ),
  },
  response: {
    responses: list(
      '0+',
      struct('TopicProduceResponse', {
        name: string('0-12', { ignorable: true }),
        topicId: uuid('13+', { ignorable: true }),
        partitionResponses: list(
          '0+',
          struct('PartitionProduceResponse', {
            index: int32('0+'),
            errorCode: int16('0+'),
            baseOffset: int64('0+'),
            logAppendTimeMs: int64('2+', { default: -1, ignorable: true }),
            logStartOffset: int64('5+', { default: -1, ignorable: true }),
            recordErrors: list(
              '8+',
              { ignorable: true },
              struct('BatchIndexAndErrorMessage', {
                batchIndex: int32('8+'),
                batchIndexErrorMessage: string('8+', { nullable: '8+', default: null }),
              }),
            ),
            errorMessage: string('8+', { nullable: '8+', default: null, ignorable: true }),
            currentLeader: one(
              '10+',
              { tag: 0 },
              struct('LeaderIdAndEpoch', {
                leaderId: int32('10+', { default: -1 }),
                leaderEpoch: int32('10+', { default: -1 }),
              }),
            ),
          }),
        ),
      }),
    ),
    throttleTimeMs: int32('1+', { default: 0, ignorable: true }),
    nodeEndpoints: list(
      '10+',
      { tag: 0 },
      struct('NodeEndpoint', {
        nodeId: int32('10+'),
        host: string('10+'),
        port: int32('10+'),
        rack: string('10+', { nullable: '10+', default: null }),
      }),
    ),
  },
});
