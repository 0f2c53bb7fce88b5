import {
  ConsumerProtocolSubscriptionDefaults,
  consumerProtocolAssignmentCodec,
  consumerProtocolSubscriptionCodec,
  decodeVersioned,
  ErrorCode,
  encodeVersioned,
  type JoinGroupResponse,
  ZERO_UUID,
} from '@millrace/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MemberWishes, TestConsumerMember } from '../../../testing/consumer-member.ts';
import { TestBroker } from '../../../testing/test-broker.ts';

const SESSION_MS = 45_000;

let server: TestBroker;

beforeEach(async () => {
  server = await TestBroker.start();
  await server.createTopics({ t: 4 });
});

afterEach(() => server[Symbol.asyncDispose]());

async function joined(id: string, wishes: MemberWishes = {}): Promise<TestConsumerMember> {
  const member = new TestConsumerMember('g', id, wishes);
  expect(await member.heartbeat(server.broker)).toMatchObject({ errorCode: 0, memberId: id });
  return member;
}

/** Heartbeats of all until nobody has anything to do. */
async function settle(...members: readonly TestConsumerMember[]): Promise<void> {
  for (let round = 0; round < 4; round++) {
    for (const member of members) expect((await member.heartbeat(server.broker)).errorCode).toBe(0);
  }
}

async function describeGroup(groupId = 'g') {
  const request = { groupIds: [groupId], includeAuthorizedOperations: false };
  return (await server.send('ConsumerGroupDescribe', 1, request)).groups[0]!;
}

async function commit(memberId: string, epoch: number, partition: number, version = 9): Promise<number> {
  const answer = await server.send('OffsetCommit', version, {
    groupId: 'g',
    generationIdOrMemberEpoch: epoch,
    memberId,
    groupInstanceId: null,
    retentionTimeMs: -1,
    topics: [
      {
        name: 't',
        topicId: ZERO_UUID,
        partitions: [
          { partitionIndex: partition, committedOffset: 7, committedLeaderEpoch: -1, committedMetadata: null },
        ],
      },
    ],
  });
  return answer.topics[0]!.partitions[0]!.errorCode;
}

async function fetchCode(memberId: string | null, memberEpoch: number): Promise<number> {
  const topics = [{ name: 't', topicId: ZERO_UUID, partitionIndexes: [0] }];
  const groups = [{ groupId: 'g', memberId, memberEpoch, topics }];
  return (await server.send('OffsetFetch', 9, { groupId: '', topics: [], requireStable: false, groups })).groups[0]!
    .errorCode;
}

/** A consumer of the classic protocol that brings its protocols' bytes as Java's does. */
async function classicJoin(
  memberId: string,
  owned: readonly number[] = [],
  groupInstanceId: string | null = null,
): Promise<JoinGroupResponse> {
  const metadata = encodeVersioned(consumerProtocolSubscriptionCodec, 3, {
    ...ConsumerProtocolSubscriptionDefaults,
    topics: ['t'],
    userData: null,
    ownedPartitions: [{ topic: 't', partitions: [...owned] }],
  });
  return await server.send('JoinGroup', 9, {
    groupId: 'g',
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 60_000,
    memberId,
    groupInstanceId,
    protocolType: 'consumer',
    protocols: [{ name: 'cooperative-sticky', metadata }],
    reason: null,
  });
}

async function classicSync(
  { memberId, generationId }: JoinGroupResponse,
  assign: readonly number[] | null = null,
  groupInstanceId: string | null = null,
) {
  const given = { assignedPartitions: [{ topic: 't', partitions: [...(assign ?? [])] }], userData: null };
  const answer = await server.send('SyncGroup', 5, {
    groupId: 'g',
    generationId,
    memberId,
    groupInstanceId,
    protocolType: 'consumer',
    protocolName: 'cooperative-sticky',
    assignments:
      assign === null ? [] : [{ memberId, assignment: encodeVersioned(consumerProtocolAssignmentCodec, 3, given) }],
  });
  if (answer.errorCode !== 0) return answer.errorCode;
  const { assignedPartitions } = decodeVersioned(consumerProtocolAssignmentCodec, answer.assignment);
  return assignedPartitions.flatMap(({ partitions }) => partitions);
}

async function classicHeartbeat({ memberId, generationId }: JoinGroupResponse): Promise<number> {
  return (await server.send('Heartbeat', 4, { groupId: 'g', memberId, generationId, groupInstanceId: null })).errorCode;
}

test('the first member gets all, the second its half once the first has given it away', async () => {
  const first = await joined('m1');
  expect(first.reading.size).toBe(4);
  first.isSlow = true;
  const second = await joined('m2');
  expect(second.reading.size).toBe(0);
  await first.heartbeat(server.broker);
  expect((await describeGroup()).groupState).toBe('Reconciling');
  await second.heartbeat(server.broker);
  expect([first.reading.size, second.reading.size]).toEqual([4, 0]);
  first.isSlow = false;
  await settle(first, second);
  expect([first.reading.size, second.reading.size]).toEqual([2, 2]);
  const group = await describeGroup();
  expect(group).toMatchObject({ groupState: 'Stable', groupEpoch: 3, assignmentEpoch: 3, assignorName: 'uniform' });
  expect(group.members.map(({ memberType, memberEpoch }) => [memberType, memberEpoch])).toEqual([
    [1, 3],
    [1, 3],
  ]);
});

test('a heartbeat with a wrong epoch is fenced, one of a member that is not known is refused', async () => {
  const member = await joined('m1');
  const topicPartitions = null;
  expect((await member.send(server.broker, { memberEpoch: 9, topicPartitions })).errorCode).toBe(
    ErrorCode.FENCED_MEMBER_EPOCH,
  );
  const stranger = new TestConsumerMember('g', 'm2');
  stranger.epoch = 1;
  expect((await stranger.send(server.broker, {})).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  const nowhere = new TestConsumerMember('nowhere', 'm2');
  nowhere.epoch = 1;
  expect((await nowhere.send(server.broker, {})).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
});

test('a member that was fenced joins again under its id at once, and gets what is its own', async () => {
  const first = await joined('m1');
  const second = await joined('m2');
  await settle(first, second);
  const had = first.reading;
  first.epoch = 1;
  expect((await first.heartbeat(server.broker)).errorCode).toBe(ErrorCode.FENCED_MEMBER_EPOCH);
  expect(first.reading.size).toBe(0);
  expect((await first.heartbeat(server.broker)).errorCode).toBe(0);
  expect(first.reading).toEqual(had);
});

test('what a member may not ask for is refused by the error of its own', async () => {
  const codeOf = async (more: MemberWishes) =>
    (await new TestConsumerMember('g', 'm1', more).heartbeat(server.broker)).errorCode;
  expect(await codeOf({ serverAssignor: 'sticky' })).toBe(ErrorCode.UNSUPPORTED_ASSIGNOR);
  expect(await codeOf({ topics: null, regex: '(' })).toBe(ErrorCode.INVALID_REGULAR_EXPRESSION);
  expect(await codeOf({ topics: null })).toBe(ErrorCode.INVALID_REQUEST);
  expect((await describeGroup()).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  await server.restart({ 'group.coordinator.rebalance.protocols': 'classic' });
  expect(await codeOf({})).toBe(ErrorCode.UNSUPPORTED_VERSION);
  await server.restart({ 'group.consumer.max.size': '1' });
  await joined('m1');
  expect(await codeOf({})).toBe(0);
  expect((await new TestConsumerMember('g', 'm2').heartbeat(server.broker)).errorCode).toBe(
    ErrorCode.GROUP_MAX_SIZE_REACHED,
  );
});

test('a member that is not heard of for its session is out, and what it had goes to the others', async () => {
  const first = await joined('m1');
  const second = await joined('m2');
  await settle(first, second);
  await server.pass(SESSION_MS - 1000);
  await first.heartbeat(server.broker);
  await server.pass(2000);
  await first.heartbeat(server.broker);
  expect(first.reading.size).toBe(4);
  expect((await second.heartbeat(server.broker)).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('a member that does not give partitions away in time is out', async () => {
  const first = await joined('m1');
  first.isSlow = true;
  const second = await joined('m2');
  await first.heartbeat(server.broker);
  for (let passedMs = 0; passedMs < 61_000; passedMs += 20_000) {
    await server.pass(20_000);
    if (first.epoch > 0) await first.heartbeat(server.broker);
    await second.heartbeat(server.broker);
  }
  expect(second.reading.size).toBe(4);
});

test('a static member that leaves for a while keeps its place, and comes back to it under another id', async () => {
  const first = await joined('m1', { instanceId: 'i1' });
  const second = await joined('m2', { instanceId: 'i2' });
  await settle(first, second);
  const had = second.reading;
  const { groupEpoch } = await describeGroup();
  const early = new TestConsumerMember('g', 'm3', { instanceId: 'i2' });
  expect((await early.heartbeat(server.broker)).errorCode).toBe(ErrorCode.UNRELEASED_INSTANCE_ID);
  expect((await second.leave(server.broker, -2)).memberEpoch).toBe(-2);
  await first.heartbeat(server.broker);
  expect(first.reading.size).toBe(2);
  const again = await joined('m3', { instanceId: 'i2' });
  expect(again.reading).toEqual(had);
  expect((await describeGroup()).groupEpoch).toBe(groupEpoch);
  expect((await second.send(server.broker, { memberEpoch: groupEpoch })).errorCode).toBe(ErrorCode.FENCED_INSTANCE_ID);
});

test('what a static member has that left for a while is not free for others, whatever the next target says', async () => {
  const gone = await joined('m1', { instanceId: 'i1' });
  await gone.leave(server.broker, -2);
  const other = await joined('m2');
  await settle(other);
  expect(other.reading.size).toBe(0);
  const back = await joined('m3', { instanceId: 'i1' });
  await settle(back, other);
  expect([back.reading.size, other.reading.size]).toEqual([2, 2]);
});

test('the place of a static member that does not come back is given away after its session', async () => {
  const first = await joined('m1');
  const second = await joined('m2', { instanceId: 'i2' });
  await settle(first, second);
  await second.leave(server.broker, -2);
  await server.pass(SESSION_MS - 1000);
  await first.heartbeat(server.broker);
  await server.pass(2000);
  await first.heartbeat(server.broker);
  expect(first.reading.size).toBe(4);
});

test('new partitions, and new topics that a regular expression matches, reach the group with the next heartbeat', async () => {
  const member = await joined('m1', { topics: null, regex: 't.*' });
  expect(member.reading.size).toBe(4);
  await server.createTopics({ t2: 3 });
  await server.createTopics({ other: 3 });
  await settle(member);
  expect(member.reading.size).toBe(7);
  await server.send('CreatePartitions', 3, {
    topics: [{ name: 't', count: 6, assignments: null }],
    timeoutMs: 0,
    validateOnly: false,
  });
  await settle(member);
  expect(member.reading.size).toBe(9);
  await server.send('DeleteTopics', 6, { topics: [{ name: 't2', topicId: ZERO_UUID }], topicNames: [], timeoutMs: 0 });
  await settle(member);
  expect(member.reading.size).toBe(6);
});

test('of a topic that was deleted and made again members get the new partitions, and no old offsets', async () => {
  const member = await joined('m1');
  const old = member.reading;
  expect(await commit('m1', member.epoch, 0)).toBe(0);
  const topics = [{ name: 't', topicId: ZERO_UUID }];
  await server.send('DeleteTopics', 6, { topics, topicNames: [], timeoutMs: 0 });
  await server.createTopics({ t: 2 });
  await settle(member);
  expect(member.reading.size).toBe(2);
  expect([...member.reading].filter((name) => old.has(name))).toEqual([]);
  const wanted = [{ name: 't', topicId: ZERO_UUID, partitionIndexes: [0] }];
  const groups = [{ groupId: 'g', memberId: null, memberEpoch: -1, topics: wanted }];
  const answer = await server.send('OffsetFetch', 9, { groupId: '', topics: [], requireStable: false, groups });
  expect(answer.groups[0]!.topics[0]!.partitions[0]!.committedOffset).toBe(-1);
});

test('two consumers of the classic protocol that come at once to a group that everybody left share it', async () => {
  const modern = await joined('m1');
  await modern.leave(server.broker);
  const [one, other] = await Promise.all([classicJoin(''), classicJoin('')]);
  const joins = [classicJoin(one!.memberId), classicJoin(other!.memberId)];
  expect((await Promise.all(joins)).map(({ errorCode }) => errorCode)).toEqual([0, 0]);
});

test('a member that says it wants other topics gets those', async () => {
  await server.createTopics({ u: 2 });
  const member = await joined('m1');
  await member.heartbeat(server.broker, { subscribedTopicNames: ['u'] });
  await settle(member);
  expect(member.reading.size).toBe(2);
});

test('a new target waits for its interval, where there is one', async () => {
  await server.restart({ 'group.consumer.assignment.interval.ms': '1000' });
  const first = await joined('m1');
  const second = await joined('m2');
  await settle(first, second);
  expect([first.reading.size, second.reading.size]).toEqual([4, 0]);
  expect((await describeGroup()).groupState).toBe('Assigning');
  await server.pass(1000);
  await settle(first, second);
  expect([first.reading.size, second.reading.size]).toEqual([2, 2]);
});

test('a clock that is set back holds no group', async () => {
  await server.restart({ 'group.consumer.assignment.interval.ms': '1000' });
  const first = await joined('m1');
  await settle(first);
  server.clock.jumpWallClock(-3_600_000);
  const second = await joined('m2');
  await settle(first, second);
  expect([first.reading.size, second.reading.size]).toEqual([2, 2]);
});

test('members go on with their epochs after a crash of the broker', async () => {
  const first = await joined('m1', { topics: null, regex: 't' });
  const second = await joined('m2', { instanceId: 'i2', serverAssignor: 'range' });
  await settle(first, second);
  const before = await describeGroup();
  await server.restart();
  expect(await describeGroup()).toEqual(before);
  await settle(first, second);
  expect(await describeGroup()).toEqual(before);
  await server.pass(SESSION_MS);
  expect((await first.heartbeat(server.broker)).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('a member commits and asks by its epoch, or by one at which it had the partition already', async () => {
  const first = await joined('m1');
  expect(await commit('m1', 2, 0)).toBe(0);
  const second = await joined('m2');
  await settle(first, second);
  const kept = Number([...first.reading][0]!.split('-').at(-1));
  const lost = Number([...second.reading][0]!.split('-').at(-1));
  expect(await commit('m1', 3, kept)).toBe(0);
  expect(await commit('m1', 2, kept)).toBe(0);
  expect(await commit('m1', 2, lost)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  expect(await commit('m2', 2, lost)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  expect(await commit('m1', 4, kept)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  expect(await commit('m1', 3, kept, 8)).toBe(ErrorCode.UNSUPPORTED_VERSION);
  expect(await commit('', -1, kept)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  expect(await fetchCode('m1', 3)).toBe(0);
  expect(await fetchCode(null, -1)).toBe(0);
  expect(await fetchCode('m1', 2)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  expect(await fetchCode('m9', 2)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('consumer groups are listed with their type, are no classic groups, and are deleted when nobody is in them', async () => {
  const member = await joined('m1');
  const list = async (typesFilter: string[], statesFilter: string[] = []) =>
    (await server.send('ListGroups', 5, { statesFilter, typesFilter })).groups;
  expect(await list(['Consumer'])).toEqual([
    { groupId: 'g', protocolType: 'consumer', groupState: 'Stable', groupType: 'consumer' },
  ]);
  expect(await list(['classic'])).toEqual([]);
  expect(await list([], ['empty'])).toEqual([]);
  const described = await server.send('DescribeGroups', 6, { groups: ['g'], includeAuthorizedOperations: false });
  expect(described.groups[0]).toMatchObject({ errorCode: ErrorCode.GROUP_ID_NOT_FOUND, groupState: 'Dead' });
  const remove = async () => (await server.send('DeleteGroups', 2, { groupsNames: ['g'] })).results[0]!.errorCode;
  expect(await remove()).toBe(ErrorCode.NON_EMPTY_GROUP);
  await member.leave(server.broker);
  expect((await describeGroup()).groupState).toBe('Empty');
  expect(await remove()).toBe(0);
  expect(await remove()).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  await server.restart();
  expect((await describeGroup()).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
});

test('offsets of a topic that a member wants are not deleted', async () => {
  const member = await joined('m1');
  await commit('m1', member.epoch, 0);
  const remove = async () =>
    (
      await server.send('OffsetDelete', 0, {
        groupId: 'g',
        topics: [{ name: 't', partitions: [{ partitionIndex: 0 }] }],
      })
    ).topics[0]!.partitions[0]!.errorCode;
  expect(await remove()).toBe(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC);
  await member.leave(server.broker);
  expect(await remove()).toBe(0);
});

test('a classic group is taken over while its members go on, and is given back when the last new one leaves', async () => {
  const { memberId } = await classicJoin('');
  const classic = await classicJoin(memberId);
  expect(await classicSync(classic, [0, 1, 2, 3])).toEqual([0, 1, 2, 3]);
  const first = await joined('m1');
  expect(first.reading.size).toBe(0);
  expect(await classicHeartbeat(classic)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  // It is told to give away by what it gets, and has done so when it comes again.
  const again = await classicJoin(memberId, [0, 1, 2, 3]);
  const keeps = (await classicSync(again)) as number[];
  expect(keeps).toHaveLength(2);
  const last = await classicJoin(memberId, keeps);
  expect(await classicSync(last)).toEqual(keeps);
  await settle(first);
  expect(first.reading.size).toBe(2);
  expect(await classicHeartbeat(last)).toBe(0);
  const group = await describeGroup();
  expect(group.members.map(({ memberType }) => memberType)).toEqual([0, 1]);
  await server.restart();
  expect(await describeGroup()).toEqual(group);
  await first.leave(server.broker);
  expect((await describeGroup()).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  expect(await classicHeartbeat(last)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  const alone = await classicJoin(memberId, keeps);
  expect(alone).toMatchObject({ errorCode: 0, leader: memberId });
  expect(await classicSync(alone, [0, 1, 2, 3])).toEqual([0, 1, 2, 3]);
  await server.restart();
  expect(await classicHeartbeat(alone)).toBe(0);
});

test('a static member that comes back by the classic protocol keeps its place; as the last it takes the group', async () => {
  const modern = await joined('m1', { instanceId: 'i1' });
  expect(modern.reading.size).toBe(4);
  const classic = await classicJoin('', [], 'i1');
  expect(classic.errorCode).toBe(0);
  expect((await describeGroup()).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  expect(await classicSync(classic, null, 'i1')).toEqual([0, 1, 2, 3]);
  expect((await modern.heartbeat(server.broker)).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
});

test('an admin removes members of either protocol, static ones by instance id alone', async () => {
  await joined('m1');
  await joined('m2', { instanceId: 'i2' });
  await joined('m3');
  const members = [
    { memberId: 'm1', groupInstanceId: null, reason: null },
    { memberId: '', groupInstanceId: 'i2', reason: null },
    { memberId: '', groupInstanceId: 'i3', reason: null },
  ];
  const answer = await server.send('LeaveGroup', 5, { groupId: 'g', memberId: '', members });
  expect(answer.members.map(({ errorCode }) => errorCode)).toEqual([0, 0, ErrorCode.UNKNOWN_MEMBER_ID]);
  expect((await describeGroup()).members.map(({ memberId }) => memberId)).toEqual(['m3']);
});

test('no classic group is taken over where that is forbidden', async () => {
  await server.restart({ 'group.consumer.migration.policy': 'disabled' });
  const { memberId } = await classicJoin('');
  const classic = await classicJoin(memberId);
  await classicSync(classic, [0]);
  expect((await new TestConsumerMember('g', 'm1').heartbeat(server.broker)).errorCode).toBe(
    ErrorCode.GROUP_ID_NOT_FOUND,
  );
  expect(await classicHeartbeat(classic)).toBe(0);
});

test('offsets stay with a group that changes its protocol', async () => {
  expect(await commit('', -1, 0)).toBe(0);
  const member = await joined('m1');
  await server.restart();
  const fetched = async () => {
    const topics = [{ name: 't', topicId: ZERO_UUID, partitionIndexes: [0] }];
    const groups = [{ groupId: 'g', memberId: null, memberEpoch: -1, topics }];
    const answer = await server.send('OffsetFetch', 9, { groupId: '', topics: [], requireStable: false, groups });
    return answer.groups[0]!.topics[0]!.partitions[0]!.committedOffset;
  };
  expect(await fetched()).toBe(7);
  await member.leave(server.broker);
  const { memberId } = await classicJoin('');
  expect((await classicJoin(memberId)).errorCode).toBe(0);
  expect(await fetched()).toBe(7);
});

test('a group has configs of its own, within the bounds of the broker', async () => {
  const alter = async (value: string) => {
    const configs = [{ name: 'consumer.heartbeat.interval.ms', configOperation: 0, value }];
    const resources = [{ resourceType: 32, resourceName: 'g', configs }];
    return (await server.send('IncrementalAlterConfigs', 1, { resources, validateOnly: false })).responses[0]!;
  };
  expect((await alter('100')).errorCode).toBe(ErrorCode.INVALID_CONFIG);
  expect((await alter('7000')).errorCode).toBe(0);
  await server.restart();
  expect((await new TestConsumerMember('g', 'm1').heartbeat(server.broker)).heartbeatIntervalMs).toBe(7000);
  expect((await new TestConsumerMember('h', 'm1').heartbeat(server.broker)).heartbeatIntervalMs).toBe(5000);
  const listed = await server.send('ListConfigResources', 1, { resourceTypes: [32] });
  expect(listed.configResources).toEqual([{ resourceName: 'g', resourceType: 32 }]);
  const described = await server.send('DescribeConfigs', 4, {
    resources: [{ resourceType: 32, resourceName: 'g', configurationKeys: null }],
    includeSynonyms: false,
    includeDocumentation: false,
  });
  const ofConsumers = described.results[0]!.configs.filter(({ name }) => name.startsWith('consumer.'));
  expect(ofConsumers.map(({ name, value, configSource }) => [name, value, configSource])).toEqual([
    ['consumer.session.timeout.ms', '45000', 5],
    ['consumer.heartbeat.interval.ms', '7000', 8],
    ['consumer.assignment.interval.ms', '0', 5],
  ]);
});
