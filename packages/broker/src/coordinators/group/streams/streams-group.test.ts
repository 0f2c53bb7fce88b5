import {
  ErrorCode,
  OffsetFetchRequestDefaults,
  type StreamsGroupDescribeResponseDescribedGroup,
  type StreamsGroupHeartbeatResponse,
  ZERO_UUID,
} from '@millrace/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestConsumerMember } from '../../../testing/consumer-member.ts';
import { countTopology, TestStreamsMember } from '../../../testing/streams-member.ts';
import { TestBroker } from '../../../testing/test-broker.ts';
import { STREAMS_STATUS } from './topic-problem.ts';

const SESSION_MS = 45_000;
const REBALANCE_MS = 60_000;

let server: TestBroker;

beforeEach(async () => {
  server = await TestBroker.start();
  await server.createTopics({ lines: 2 });
});

afterEach(() => server[Symbol.asyncDispose]());

const member = (id: string, processId = id): TestStreamsMember => new TestStreamsMember('g', id, processId);

async function described(): Promise<StreamsGroupDescribeResponseDescribedGroup> {
  const request = { groupIds: ['g'], includeAuthorizedOperations: false };
  return (await server.send('StreamsGroupDescribe', 0, request)).groups[0]!;
}

const statusesOf = ({ status }: StreamsGroupHeartbeatResponse): number[] =>
  (status ?? []).map(({ statusCode }) => statusCode);

async function setGroupConfig(name: string, value: string): Promise<void> {
  const resources = [{ resourceType: 32, resourceName: 'g', configs: [{ name, configOperation: 0, value }] }];
  const answer = await server.send('IncrementalAlterConfigs', 1, { resources, validateOnly: false });
  expect(answer.responses[0]!.errorCode).toBe(ErrorCode.NONE);
}

async function commit(memberId: string, epoch: number, topic: string, partition: number, version = 9): Promise<number> {
  const partitions = [
    { partitionIndex: partition, committedOffset: 5, committedLeaderEpoch: -1, committedMetadata: null },
  ];
  const answer = await server.send('OffsetCommit', version, {
    groupId: 'g',
    generationIdOrMemberEpoch: epoch,
    memberId,
    groupInstanceId: null,
    retentionTimeMs: -1,
    topics: [{ name: topic, topicId: ZERO_UUID, partitions }],
  });
  return answer.topics[0]!.partitions[0]!.errorCode;
}

describe('members', () => {
  test('who joins gets all tasks at once: the topics that they need are made', async () => {
    const one = member('m');
    const answer = await one.heartbeat(server);
    expect(answer).toMatchObject({
      errorCode: 0,
      memberId: 'm',
      memberEpoch: 2,
      heartbeatIntervalMs: 5000,
      status: [],
    });
    expect([...one.tasks.active].sort()).toEqual(['0_0', '0_1', '1_0', '1_1']);
    const topics = await server.send('DescribeTopicPartitions', 0, {
      topics: [{ name: 'app-words-repartition' }, { name: 'app-counts-changelog' }],
      responsePartitionLimit: 100,
      cursor: null,
    });
    expect(topics.topics.map(({ partitions }) => partitions.length)).toEqual([2, 2]);
    expect(await one.heartbeat(server)).toMatchObject({ memberEpoch: 2, activeTasks: null });
  });

  test('the second gets half of them, once the first has given them away', async () => {
    const [one, two] = [member('m'), member('n')];
    await one.heartbeat(server);
    await two.heartbeat(server);
    expect(two.tasks.active.size).toBe(0);
    expect(await described()).toMatchObject({ groupState: 'Reconciling', groupEpoch: 3, assignmentEpoch: 3 });
    await one.heartbeat(server);
    await one.heartbeat(server);
    await two.heartbeat(server);
    expect([...one.tasks.active, ...two.tasks.active].sort()).toEqual(['0_0', '0_1', '1_0', '1_1']);
    // Each has its share of the work with a store, too.
    expect([one.tasks.active, two.tasks.active].map((tasks) => [...tasks].map(([id]) => id).sort())).toEqual([
      ['0', '1'],
      ['0', '1'],
    ]);
    expect(await described()).toMatchObject({ groupState: 'Stable', groupEpoch: 3, assignmentEpoch: 3 });
  });

  test('who leaves leaves its tasks to others, and who is silent for its session does', async () => {
    const [one, two, three] = [member('m'), member('n'), member('o')];
    for (const each of [one, two, three, one, two, three, one, two, three]) await each.heartbeat(server);
    expect((await two.leave(server)).memberEpoch).toBe(-1);
    await server.pass(SESSION_MS - 1000);
    await one.heartbeat(server);
    await server.pass(2000);
    for (let round = 0; round < 3; round++) await one.heartbeat(server);
    expect(one.tasks.active.size).toBe(4);
    expect((await described()).members.map(({ memberId }) => memberId)).toEqual(['m']);
  });

  test('who does not give tasks away in time is out', async () => {
    const [one, two] = [member('m'), member('n')];
    await one.heartbeat(server);
    await two.heartbeat(server);
    one.isSlow = true;
    for (let passed = 0; passed < REBALANCE_MS + 10_000; passed += 10_000) {
      await one.heartbeat(server);
      await two.heartbeat(server);
      await server.pass(10_000);
    }
    expect((await described()).members.map(({ memberId }) => memberId)).toEqual(['n']);
    await two.heartbeat(server);
    expect(two.tasks.active.size).toBe(4);
  });

  test('a member whose answer was lost comes with the epoch before, and is told again', async () => {
    const [one, two] = [member('m'), member('n')];
    await one.heartbeat(server);
    await two.heartbeat(server);
    await one.loseAnswer(server);
    expect((await one.heartbeat(server)).errorCode).toBe(ErrorCode.NONE);
    expect(one.tasks.active.size).toBe(2);
  });

  test.each([
    ['a greater epoch', 'm', 9, ErrorCode.FENCED_MEMBER_EPOCH],
    ['an epoch that is over', 'm', 1, ErrorCode.FENCED_MEMBER_EPOCH],
    ['no such member', 'x', 2, ErrorCode.UNKNOWN_MEMBER_ID],
  ])('%s is refused', async (_what, memberId, memberEpoch, errorCode) => {
    await member('m').heartbeat(server);
    expect(await member(memberId).send(server, { memberEpoch })).toMatchObject({ errorCode });
  });

  test.each([
    ['a first heartbeat without a topology', { memberEpoch: 0, rebalanceTimeoutMs: 1 }, 'Topology must be non-null'],
    ['a static member', { memberEpoch: 0, instanceId: 'i' }, 'Static membership is not yet supported.'],
    [
      'a topology of somebody who is in',
      { memberEpoch: 2, topology: countTopology() },
      'Topology can only be provided',
    ],
    ['one list of tasks alone', { memberEpoch: 2, activeTasks: [] }, 'If one task-type is non-null'],
  ])('%s is an invalid request', async (_what, more, text) => {
    const answer = await member('m').send(server, more);
    expect(answer.errorCode).toBe(ErrorCode.INVALID_REQUEST);
    expect(answer.errorMessage).toContain(text);
  });

  test('tasks that there are not are refused', async () => {
    const one = member('m');
    await one.heartbeat(server);
    const activeTasks = [{ subtopologyId: '0', partitions: [7] }];
    expect(await one.heartbeat(server, { activeTasks })).toMatchObject({ errorCode: ErrorCode.INVALID_REQUEST });
  });
});

describe('topics and topology', () => {
  test('without its sources a group is not ready, and it works as soon as they are there', async () => {
    const topology = {
      ...countTopology(),
      subtopologies: countTopology().subtopologies.map((one) => ({
        ...one,
        sourceTopics: one.sourceTopics.map(() => 'later'),
      })),
    };
    const one = new TestStreamsMember('g', 'm', 'm', topology);
    const answer = await one.heartbeat(server);
    expect(statusesOf(answer)).toEqual([STREAMS_STATUS.MISSING_SOURCE_TOPICS]);
    expect(await described()).toMatchObject({ groupState: 'NotReady' });
    await server.createTopics({ later: 1 });
    expect(statusesOf(await one.heartbeat(server))).toEqual([]);
    expect([...one.tasks.active].sort()).toEqual(['0_0', '1_0']);
  });

  test('an internal topic with another number of partitions stops the group', async () => {
    await server.createTopics({ 'app-counts-changelog': 7 });
    const answer = await member('m').heartbeat(server);
    expect(statusesOf(answer)).toEqual([STREAMS_STATUS.INCORRECTLY_PARTITIONED_TOPICS]);
  });

  test('who comes with an older topology is told, and gets tasks of the one of the group', async () => {
    const one = new TestStreamsMember('g', 'm', 'm', countTopology(2));
    const two = new TestStreamsMember('g', 'n', 'n', countTopology(1));
    await one.heartbeat(server);
    expect(statusesOf(await two.heartbeat(server))).toEqual([STREAMS_STATUS.STALE_TOPOLOGY]);
    expect((await described()).topology!.epoch).toBe(2);
  });

  test('another topology is refused while somebody is in the group, and taken afterwards', async () => {
    const one = member('m');
    await one.heartbeat(server);
    const other = new TestStreamsMember('g', 'n', 'n', countTopology(0, 'other'));
    expect(await other.heartbeat(server)).toMatchObject({ errorCode: ErrorCode.INVALID_REQUEST });
    await one.leave(server);
    expect(await other.heartbeat(server)).toMatchObject({ errorCode: ErrorCode.NONE });
    expect(other.tasks.active.size).toBe(4);
  });

  test('topics of the broker are no topics of an application', async () => {
    const topology = countTopology();
    const [first] = topology.subtopologies;
    const bad = { ...topology, subtopologies: [{ ...first!, sourceTopics: ['__consumer_offsets'] }] };
    const answer = await new TestStreamsMember('g', 'm', 'm', bad).heartbeat(server);
    expect(answer.errorCode).toBe(ErrorCode.STREAMS_INVALID_TOPOLOGY);
  });
});

describe('standbys, delays, shutdown', () => {
  test('a group may ask for standbys, which are in other processes', async () => {
    await setGroupConfig('streams.num.standby.replicas', '1');
    const [one, two] = [member('m'), member('n')];
    for (let round = 0; round < 4; round++) for (const each of [one, two]) await each.heartbeat(server);
    expect([one.tasks.standby.size, two.tasks.standby.size]).toEqual([1, 1]);
    for (const task of one.tasks.standby) expect(two.tasks.active.has(task)).toBe(true);
  });

  test('a fresh group waits for more members where it is told to', async () => {
    await setGroupConfig('streams.initial.rebalance.delay.ms', '3000');
    const [one, two] = [member('m'), member('n')];
    expect(statusesOf(await one.heartbeat(server))).toEqual([STREAMS_STATUS.ASSIGNMENT_DELAYED]);
    expect(statusesOf(await two.heartbeat(server))).toEqual([STREAMS_STATUS.ASSIGNMENT_DELAYED]);
    await server.pass(3000);
    for (const each of [one, two]) await each.heartbeat(server);
    expect([one.tasks.active.size, two.tasks.active.size]).toEqual([2, 2]);
  });

  test('one member may stop them all', async () => {
    const [one, two] = [member('m'), member('n')];
    await one.heartbeat(server);
    await two.heartbeat(server);
    await one.send(server, { memberEpoch: -1, shutdownApplication: true });
    const answer = await two.heartbeat(server);
    expect(statusesOf(answer)).toEqual([STREAMS_STATUS.SHUTDOWN_APPLICATION]);
    expect(answer.status![0]!.statusDetail).toContain('Streams group member m encountered a fatal error');
  });
});

describe('interactive queries', () => {
  test('members hear which partitions are behind which endpoint, when that has changed', async () => {
    const [one, two] = [member('m'), member('n')];
    await one.heartbeat(server, { userEndpoint: { host: 'a', port: 1 } });
    const first = await one.heartbeat(server);
    expect(first.endpointInformationEpoch).toBe(1);
    expect(first.partitionsByUserEndpoint).toEqual([
      {
        userEndpoint: { host: 'a', port: 1 },
        activePartitions: expect.arrayContaining([
          { topic: 'lines', partitions: [0, 1] },
          { topic: 'app-words-repartition', partitions: [0, 1] },
        ]),
        standbyPartitions: [],
      },
    ]);
    expect(await one.heartbeat(server, { endpointInformationEpoch: 1 })).toMatchObject({
      partitionsByUserEndpoint: null,
    });
    await two.heartbeat(server, { userEndpoint: { host: 'b', port: 2 } });
    const told = await one.heartbeat(server, { endpointInformationEpoch: 1 });
    expect(told.partitionsByUserEndpoint!.map(({ userEndpoint }) => userEndpoint.host).sort()).toEqual(['a', 'b']);
  });
});

describe('offsets', () => {
  test('members commit with their epoch, or with one in which they had the task already', async () => {
    const [one, two] = [member('m'), member('n')];
    await one.heartbeat(server);
    expect(await commit('m', 2, 'lines', 0)).toBe(ErrorCode.NONE);
    expect(await commit('m', 3, 'lines', 0)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
    expect(await commit('x', 2, 'lines', 0)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(await commit('m', 2, 'lines', 0, 8)).toBe(ErrorCode.UNSUPPORTED_VERSION);
    await two.heartbeat(server);
    for (let round = 0; round < 3; round++) for (const each of [one, two]) await each.heartbeat(server);
    const kept = [...one.tasks.active].find((task) => task.startsWith('0_'))!;
    const given = [...two.tasks.active].find((task) => task.startsWith('0_'))!;
    expect(await commit('m', 2, 'lines', Number(kept.slice(2)))).toBe(ErrorCode.NONE);
    expect(await commit('m', 2, 'lines', Number(given.slice(2)))).toBe(ErrorCode.STALE_MEMBER_EPOCH);
    await server.createTopics({ elsewhere: 1 });
    expect(await commit('m', 2, 'elsewhere', 0)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  });

  test('they stay when a group that has nothing else becomes one of streams, and when all have left it', async () => {
    expect(await commit('', -1, 'lines', 0)).toBe(ErrorCode.NONE);
    const one = member('m');
    await one.heartbeat(server);
    await one.leave(server);
    const answer = await server.send('OffsetFetch', 9, {
      ...OffsetFetchRequestDefaults,
      groups: [{ groupId: 'g', memberId: null, memberEpoch: -1, topics: null }],
    });
    expect(answer.groups[0]!.topics.map(({ name }) => name)).toEqual(['lines']);
  });
});

describe('groups', () => {
  test('a restart changes nothing', async () => {
    const [one, two] = [member('m'), member('n')];
    await setGroupConfig('streams.num.standby.replicas', '1');
    for (let round = 0; round < 4; round++) for (const each of [one, two]) await each.heartbeat(server);
    const before = await described();
    expect(before.groupState).toBe('Stable');
    await server.restart();
    expect(await described()).toEqual(before);
    expect(await one.heartbeat(server)).toMatchObject({ memberEpoch: one.epoch, activeTasks: null });
  });

  test('they are listed, described by their own API alone, and deleted when nobody is in them', async () => {
    const one = member('m');
    await one.heartbeat(server);
    const list = await server.send('ListGroups', 5, { statesFilter: [], typesFilter: ['streams'] });
    expect(list.groups).toEqual([
      { groupId: 'g', protocolType: 'streams', groupState: 'Stable', groupType: 'streams' },
    ]);
    const request = { groupIds: ['g', 'none'], includeAuthorizedOperations: false };
    const consumer = await server.send('ConsumerGroupDescribe', 1, request);
    expect(consumer.groups[0]!.errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
    const streams = await server.send('StreamsGroupDescribe', 0, request);
    expect(streams.groups.map(({ errorCode }) => errorCode)).toEqual([0, ErrorCode.GROUP_ID_NOT_FOUND]);
    const remove = async (): Promise<number> =>
      (await server.send('DeleteGroups', 2, { groupsNames: ['g'] })).results[0]!.errorCode;
    expect(await remove()).toBe(ErrorCode.NON_EMPTY_GROUP);
    await one.leave(server);
    expect(await remove()).toBe(ErrorCode.NONE);
    await server.restart();
    expect((await described()).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  });

  test('members of other protocols are kept out while somebody is in', async () => {
    await member('m').heartbeat(server);
    const consumer = new TestConsumerMember('g', 'c', { topics: ['lines'] });
    expect(await consumer.heartbeat(server.broker)).toMatchObject({ errorCode: ErrorCode.GROUP_ID_NOT_FOUND });
  });

  test('a group of another type is none of streams', async () => {
    await new TestConsumerMember('g', 'c', { topics: ['lines'] }).heartbeat(server.broker);
    expect(await member('m').heartbeat(server)).toMatchObject({ errorCode: ErrorCode.GROUP_ID_NOT_FOUND });
  });
});
