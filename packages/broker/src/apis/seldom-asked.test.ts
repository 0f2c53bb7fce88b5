import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

// What clients seldom ask for, answered as Apache Kafka 4.3 answers it: found by sending both the same requests.

let server: TestBroker;

beforeAll(async () => {
  server = await TestBroker.start();
  await server.createTopics({ t: 2 });
});

afterAll(() => server[Symbol.asyncDispose]());

const DUPLICATE = { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: 'Duplicate topic name.' };

describe('what is named twice is refused, once', () => {
  const made = { numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };

  test('topics to make', async () => {
    const topics = ['twice', 'once', 'twice'].map((name) => ({ name, ...made }));
    const answer = await server.send('CreateTopics', 7, { topics, timeoutMs: 0, validateOnly: true });
    expect(answer.topics).toHaveLength(2);
    expect(answer.topics.find(({ name }) => name === 'twice')).toMatchObject(DUPLICATE);
    expect(answer.topics.find(({ name }) => name === 'once')).toMatchObject({ errorCode: 0 });
  });

  test('topics to delete, which stay', async () => {
    const answer = await server.send('DeleteTopics', 5, { topics: [], topicNames: ['t', 't'], timeoutMs: 0 });
    expect(answer.responses).toMatchObject([{ name: 't', ...DUPLICATE }]);
    const topics = [{ name: 't', topicId: ZERO_UUID }];
    const again = [...topics, ...topics];
    expect(
      (await server.send('DeleteTopics', 6, { topics: again, topicNames: [], timeoutMs: 0 })).responses,
    ).toMatchObject([{ name: 't', ...DUPLICATE }]);
    const there = await server.send('DescribeTopicPartitions', 0, {
      topics: [{ name: 't' }],
      responsePartitionLimit: 10,
      cursor: null,
    });
    expect(there.topics[0]!.partitions).toHaveLength(2);
  });

  test('partitions to add', async () => {
    const topics = [3, 4].map((count) => ({ name: 't', count, assignments: null }));
    const answer = await server.send('CreatePartitions', 3, { topics, timeoutMs: 0, validateOnly: false });
    expect(answer.results).toMatchObject([{ name: 't', ...DUPLICATE }]);
  });

  test('partitions whose offsets are asked for', async () => {
    const wanted = [0, 1, 1].map((partitionIndex) => ({ partitionIndex, currentLeaderEpoch: -1, timestamp: -1 }));
    const answer = await server.send('ListOffsets', 7, {
      replicaId: -1,
      isolationLevel: 0,
      topics: [{ name: 't', partitions: wanted }],
      timeoutMs: 0,
    });
    const codes = answer.topics[0]!.partitions.map(({ partitionIndex, errorCode }) => [partitionIndex, errorCode]);
    expect(codes).toEqual([
      [0, 0],
      [1, ErrorCode.INVALID_REQUEST],
    ]);
  });

  test('groups to delete', async () => {
    const answer = await server.send('DeleteGroups', 2, { groupsNames: ['', 'absent', 'absent'] });
    expect(answer.results).toEqual([
      { groupId: '', errorCode: ErrorCode.GROUP_ID_NOT_FOUND },
      { groupId: 'absent', errorCode: ErrorCode.GROUP_ID_NOT_FOUND },
    ]);
  });
});

describe('groups', () => {
  const nameless = { errorCode: ErrorCode.INVALID_GROUP_ID, errorMessage: null };

  test('a group without a name is no group, and what is not there tells no operations', async () => {
    const request = { groupIds: ['', 'absent'], includeAuthorizedOperations: true };
    const absent = { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, authorizedOperations: -(2 ** 31) };
    const expected = [nameless, absent];
    expect((await server.send('ConsumerGroupDescribe', 1, request)).groups).toMatchObject(expected);
    expect((await server.send('ShareGroupDescribe', 1, request)).groups).toMatchObject(expected);
    expect((await server.send('StreamsGroupDescribe', 0, request)).groups).toMatchObject(expected);
    expect(await server.send('OffsetDelete', 0, { groupId: '', topics: [] })).toMatchObject({
      errorCode: ErrorCode.INVALID_GROUP_ID,
    });
  });

  test('offsets of a share group in topics that are not there make no group', async () => {
    const topics = [{ topicName: 'absent', partitions: [{ partitionIndex: 0, startOffset: 0 }] }];
    const answer = await server.send('AlterShareGroupOffsets', 0, { groupId: 'none', topics });
    expect(answer.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    const list = await server.send('ListGroups', 5, { statesFilter: [], typesFilter: ['share'] });
    expect(list.groups).toEqual([]);
  });

  test('the id of a member of a share group is no longer than a UUID', async () => {
    const member = {
      groupId: 'none',
      memberId: 'm'.repeat(37),
      memberEpoch: 0,
      rackId: null,
      subscribedTopicNames: ['t'],
    };
    expect((await server.send('ShareGroupHeartbeat', 1, member)).errorCode).toBe(ErrorCode.INVALID_REQUEST);
  });

  test('who syncs by version 5 says by which protocol', async () => {
    const answer = await server.send('SyncGroup', 5, {
      groupId: 'g',
      generationId: 1,
      memberId: 'm',
      groupInstanceId: null,
      protocolType: 'consumer',
      protocolName: null,
      assignments: [],
    });
    expect(answer.errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  });
});

describe('questions that make no sense', () => {
  test('configs of a type that there is not', async () => {
    expect(await server.send('ListConfigResources', 1, { resourceTypes: [2, 127] })).toMatchObject({
      errorCode: ErrorCode.UNSUPPORTED_VERSION,
      configResources: [],
    });
  });

  test('a page of partitions that begins before the first', async () => {
    const cursor = { topicName: 't', partitionIndex: -3 };
    const request = { topics: [{ name: 't' }], responsePartitionLimit: 5, cursor };
    const answer = await server.send('DescribeTopicPartitions', 0, request);
    expect(answer.topics).toMatchObject([{ name: 't', errorCode: ErrorCode.INVALID_REQUEST, partitions: [] }]);
  });

  test('transactions by a pattern that is none, whatever else is asked', async () => {
    const request = { stateFilters: ['Nope'], producerIdFilters: [], durationFilter: -1, transactionalIdPattern: '(' };
    expect(await server.send('ListTransactions', 2, request)).toMatchObject({
      errorCode: ErrorCode.INVALID_REGULAR_EXPRESSION,
      unknownStateFilters: [],
    });
  });

  test.each([
    [3, -1],
    [-1, 3],
  ])('half the identity of a producer (%i, %i)', async (producerId, producerEpoch) => {
    const request = { transactionalId: 'app', transactionTimeoutMs: 1000, producerId, producerEpoch };
    const more = { enable2Pc: false, keepPreparedTxn: false };
    expect(await server.send('InitProducerId', 5, { ...request, ...more })).toMatchObject({
      errorCode: ErrorCode.INVALID_REQUEST,
      producerId: -1,
    });
  });

  test('the log of a topic that is not there', async () => {
    const answer = await server.send('DescribeLogDirs', 4, { topics: [{ topic: 'absent', partitions: [0] }] });
    expect(answer.results[0]!.topics).toEqual([]);
  });

  test.each([
    [2, 'The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER'],
    [7, 'Unsupported endpoint type 7'],
  ])('the cluster of another type of endpoint (%i)', async (endpointType, errorMessage) => {
    const request = { includeClusterAuthorizedOperations: false, endpointType, includeFencedBrokers: false };
    expect(await server.send('DescribeCluster', 2, request)).toMatchObject({ errorMessage });
  });
});
