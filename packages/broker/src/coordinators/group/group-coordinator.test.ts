import { FakeClock } from '@millrace/base/testing';
import {
  type ApiName,
  type ApiTypes,
  ConsumerProtocolSubscriptionDefaults,
  consumerProtocolSubscriptionCodec,
  ErrorCode,
  encodeVersioned,
  type JoinGroupRequest,
  type JoinGroupResponse,
  ZERO_UUID,
} from '@millrace/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Broker } from '../../broker.ts';
import { FaultyFiles } from '../../storage/faulty-files.ts';
import { MemoryFiles } from '../../storage/memory-files.ts';
import { TEST_START_MS } from '../../testing/test-log.ts';

const VERSIONS = { JoinGroup: 9, SyncGroup: 5, Heartbeat: 4, LeaveGroup: 5, OffsetCommit: 9, OffsetFetch: 8 } as const;

let clock: FakeClock;
let files: MemoryFiles;
let broker: Broker;

beforeEach(async () => {
  clock = new FakeClock(TEST_START_MS);
  files = new MemoryFiles();
  broker = await startBroker();
});

afterEach(() => broker.close());

function startBroker(config: Record<string, string> = {}): Promise<Broker> {
  const local = { freeze: true, codecCheck: true };
  return Broker.start({ port: -1, files, clock, local, config: { 'offsets.topic.num.partitions': '1', ...config } });
}

/** A member has a connection of its own: an answer that waits must not hold back the others'. */
async function send<A extends ApiName>(
  name: A,
  version: number,
  request: ApiTypes[A]['request'],
): Promise<ApiTypes[A]['response']> {
  const connection = await broker.connect();
  return await connection.send(name, version, request);
}

async function turn(): Promise<void> {
  for (let count = 0; count < 5; count++) await new Promise((resolve) => setImmediate(resolve));
}

async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 1000) {
    clock.advance(Math.min(left, 1000));
    await turn();
  }
}

function join(more: Partial<JoinGroupRequest> = {}, version: number = VERSIONS.JoinGroup): Promise<JoinGroupResponse> {
  return send('JoinGroup', version, {
    groupId: 'g',
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 60_000,
    memberId: '',
    groupInstanceId: null,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.from('m') }],
    reason: null,
    ...more,
  });
}

/** Joins as a new dynamic member does: once for an id, once with it. */
async function joinWithId(more: Partial<JoinGroupRequest> = {}): Promise<JoinGroupResponse> {
  const { memberId, errorCode } = await join(more);
  expect(errorCode).toBe(ErrorCode.MEMBER_ID_REQUIRED);
  return await join({ ...more, memberId });
}

function sync(
  joined: JoinGroupResponse,
  assignments: Record<string, string> = {},
  groupInstanceId: string | null = null,
) {
  return send('SyncGroup', VERSIONS.SyncGroup, {
    groupId: 'g',
    generationId: joined.generationId,
    memberId: joined.memberId,
    groupInstanceId,
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: Object.entries(assignments).map(([memberId, assignment]) => ({
      memberId,
      assignment: Buffer.from(assignment),
    })),
  });
}

async function heartbeat(joined: JoinGroupResponse, groupInstanceId: string | null = null): Promise<number> {
  const { memberId, generationId } = joined;
  const answer = await send('Heartbeat', VERSIONS.Heartbeat, { groupId: 'g', memberId, generationId, groupInstanceId });
  return answer.errorCode;
}

async function commit(offset: number, generation = -1, memberId = '', metadata: string | null = null): Promise<number> {
  const answer = await send('OffsetCommit', VERSIONS.OffsetCommit, {
    groupId: 'g',
    generationIdOrMemberEpoch: generation,
    memberId,
    groupInstanceId: null,
    retentionTimeMs: -1,
    topics: [
      {
        name: 't',
        topicId: ZERO_UUID,
        partitions: [
          { partitionIndex: 0, committedOffset: offset, committedLeaderEpoch: -1, committedMetadata: metadata },
        ],
      },
    ],
  });
  return answer.topics[0]!.partitions[0]!.errorCode;
}

async function committed(): Promise<{ readonly offset: number; readonly metadata: string | null }> {
  const answer = await send('OffsetFetch', VERSIONS.OffsetFetch, {
    groupId: '',
    topics: [],
    requireStable: false,
    groups: [
      {
        groupId: 'g',
        memberId: null,
        memberEpoch: -1,
        topics: [{ name: 't', topicId: ZERO_UUID, partitionIndexes: [0] }],
      },
    ],
  });
  const { committedOffset, metadata } = answer.groups[0]!.topics[0]!.partitions[0]!;
  return { offset: committedOffset, metadata };
}

async function createTopic(): Promise<void> {
  await send('CreateTopics', 7, {
    topics: [{ name: 't', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }],
    timeoutMs: 0,
    validateOnly: false,
  });
}

async function groupState(): Promise<string> {
  const answer = await send('DescribeGroups', 5, { groups: ['g'], includeAuthorizedOperations: false });
  return answer.groups[0]!.groupState;
}

/** A group of two that has synced: the leader first. */
async function stablePair(): Promise<[JoinGroupResponse, JoinGroupResponse]> {
  const first = await joinWithId();
  await sync(first, { [first.memberId]: 'all' });
  const secondJoins = joinWithId();
  await turn();
  expect(await heartbeat(first)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  const [leader, follower] = await Promise.all([join({ memberId: first.memberId }), secondJoins]);
  const assignments = { [leader.memberId]: 'one half', [follower.memberId]: 'other half' };
  const [, synced] = await Promise.all([sync(leader, assignments), sync(follower)]);
  expect(Buffer.from(synced.assignment).toString()).toBe('other half');
  return [leader, follower];
}

test('the first member leads, and gets back what it assigns itself', async () => {
  const joined = await joinWithId();
  expect(joined).toMatchObject({ errorCode: 0, generationId: 1, protocolName: 'range', leader: joined.memberId });
  expect(joined.members.map(({ memberId }) => memberId)).toEqual([joined.memberId]);
  const synced = await sync(joined, { [joined.memberId]: 'mine' });
  expect(Buffer.from(synced.assignment).toString()).toBe('mine');
  expect(await heartbeat(joined)).toBe(0);
  expect(await groupState()).toBe('Stable');
});

test('a second member calls the first into a new round, and only the leader learns who is in it', async () => {
  const [leader, follower] = await stablePair();
  expect([leader.generationId, follower.generationId]).toEqual([2, 2]);
  expect(leader.members).toHaveLength(2);
  expect(follower.members).toHaveLength(0);
  expect(await heartbeat(follower)).toBe(0);
});

test('the protocol that all members have is chosen, and a member without one is refused', async () => {
  const protocols = (...names: string[]) => names.map((name) => ({ name, metadata: Buffer.from(name) }));
  const firstId = (await join({ protocols: protocols('a', 'b') })).memberId;
  const first = await join({ protocols: protocols('a', 'b'), memberId: firstId });
  expect(first.protocolName).toBe('a');
  expect((await join({ protocols: protocols('c') })).errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  expect((await join({ protocolType: 'connect' })).errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  const second = joinWithId({ protocols: protocols('b', 'c') });
  await turn();
  const again = join({ protocols: protocols('a', 'b'), memberId: firstId });
  expect((await again).protocolName).toBe('b');
  expect((await second).protocolName).toBe('b');
});

test('a member that is not heard of for its session is out, and the others are called into a round', async () => {
  const [leader, follower] = await stablePair();
  await pass(6000);
  expect(await heartbeat(leader)).toBe(0);
  await pass(6000);
  expect(await heartbeat(leader)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  expect(await heartbeat(follower)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('a member that does not join in a round in time is out', async () => {
  const [leader, follower] = await stablePair();
  await pass(5000);
  const again = join({ memberId: leader.memberId });
  await turn();
  for (let seconds = 0; seconds < 60; seconds += 5) {
    await heartbeat(follower);
    await pass(5000);
  }
  expect(await again).toMatchObject({ errorCode: 0, generationId: 3 });
  expect(await heartbeat(follower)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('a member that leaves is gone at once', async () => {
  const [leader, follower] = await stablePair();
  const left = await send('LeaveGroup', VERSIONS.LeaveGroup, {
    groupId: 'g',
    memberId: '',
    members: [{ memberId: follower.memberId, groupInstanceId: null, reason: null }],
  });
  expect(left.members[0]!.errorCode).toBe(0);
  expect(await heartbeat(leader)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  expect(await heartbeat(follower)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('requests of an older generation are refused', async () => {
  const [leader] = await stablePair();
  const old = { ...leader, generationId: leader.generationId - 1 };
  expect(await heartbeat(old)).toBe(ErrorCode.ILLEGAL_GENERATION);
  expect((await sync(old)).errorCode).toBe(ErrorCode.ILLEGAL_GENERATION);
  await createTopic();
  expect(await commit(5, old.generationId, old.memberId)).toBe(ErrorCode.ILLEGAL_GENERATION);
  expect(await commit(5, leader.generationId, leader.memberId)).toBe(0);
  expect(await commit(6)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('a static member that comes back keeps its assignment without a round, and fences its older self', async () => {
  const member = { groupInstanceId: 'instance-1' };
  const first = await join(member);
  await sync(first, { [first.memberId]: 'mine' }, 'instance-1');
  const second = await join(member);
  expect(second).toMatchObject({ errorCode: 0, generationId: first.generationId, skipAssignment: true });
  expect(second.memberId).not.toBe(first.memberId);
  expect(Buffer.from((await sync(second, {}, 'instance-1')).assignment).toString()).toBe('mine');
  expect(await heartbeat(first, 'instance-1')).toBe(ErrorCode.FENCED_INSTANCE_ID);
  expect(await heartbeat(second, 'instance-1')).toBe(0);
});

test('a static member comes back without a round whatever generation it was in, but not when it wants other topics', async () => {
  const asking = (topics: readonly string[], generationId: number) => {
    const subscription = {
      ...ConsumerProtocolSubscriptionDefaults,
      topics,
      userData: null,
      ownedPartitions: [],
      generationId,
    };
    const metadata = encodeVersioned(consumerProtocolSubscriptionCodec, 3, subscription);
    return { groupInstanceId: 'instance-1', protocols: [{ name: 'range', metadata }] };
  };
  const first = await join(asking(['t'], 7));
  await sync(first, { [first.memberId]: 'mine' }, 'instance-1');
  expect((await join(asking(['t'], -1))).generationId).toBe(first.generationId);
  expect((await join(asking(['u'], -1))).generationId).toBe(first.generationId + 1);
});

test('an admin removes a static member by its instance id alone', async () => {
  const first = await join({ groupInstanceId: 'instance-1' });
  await sync(first, {}, 'instance-1');
  const left = await send('LeaveGroup', VERSIONS.LeaveGroup, {
    groupId: 'g',
    memberId: '',
    members: [
      { memberId: '', groupInstanceId: 'instance-1', reason: null },
      { memberId: '', groupInstanceId: 'instance-2', reason: null },
    ],
  });
  expect(left.members.map(({ errorCode }) => errorCode)).toEqual([0, ErrorCode.UNKNOWN_MEMBER_ID]);
  expect(await groupState()).toBe('Empty');
});

test('a fresh group waits for more members as long as they keep coming, when it is told to', async () => {
  await broker.close();
  broker = await startBroker({ 'group.initial.rebalance.delay.ms': '3000' });
  const first = joinWithId();
  await pass(2000);
  const second = joinWithId();
  await pass(2000);
  await pass(3000);
  expect((await first).generationId).toBe(1);
  expect((await second).generationId).toBe(1);
});

test('members and offsets are there after a restart, and the group goes on without a round', async () => {
  await createTopic();
  const [leader, follower] = await stablePair();
  expect(await commit(42, leader.generationId, leader.memberId, 'note')).toBe(0);
  await broker.close();
  broker = await startBroker();
  expect(await groupState()).toBe('Stable');
  expect(await heartbeat(leader)).toBe(0);
  expect(await heartbeat(follower)).toBe(0);
  expect(await committed()).toEqual({ offset: 42, metadata: 'note' });
});

test('offsets survive a crash that nothing was saved before', async () => {
  await createTopic();
  expect(await commit(7)).toBe(0);
  expect(await commit(8)).toBe(0);
  const crashed = broker;
  files = files.clone();
  broker = await startBroker();
  expect(await committed()).toEqual({ offset: 8, metadata: '' });
  await crashed.close();
});

test('offsets of a deleted topic are forgotten', async () => {
  await createTopic();
  expect(await commit(7)).toBe(0);
  await send('DeleteTopics', 6, { topics: [{ name: 't', topicId: ZERO_UUID }], topicNames: [], timeoutMs: 0 });
  expect((await committed()).offset).toBe(-1);
});

test('commits to a topic that is not there, or with too much metadata, are refused', async () => {
  expect(await commit(7)).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  await createTopic();
  expect(await commit(7, -1, '', 'x'.repeat(5000))).toBe(ErrorCode.OFFSET_METADATA_TOO_LARGE);
});

test('only a group that nobody is in can be deleted, with its offsets, for good', async () => {
  await createTopic();
  const member = await joinWithId();
  await sync(member, {});
  await commit(7, member.generationId, member.memberId);
  const remove = async () => (await send('DeleteGroups', 2, { groupsNames: ['g'] })).results[0]!.errorCode;
  expect(await remove()).toBe(ErrorCode.NON_EMPTY_GROUP);
  const { memberId } = member;
  await send('LeaveGroup', 5, {
    groupId: 'g',
    memberId: '',
    members: [{ memberId, groupInstanceId: null, reason: null }],
  });
  expect(await remove()).toBe(0);
  expect(await remove()).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  await broker.close();
  broker = await startBroker();
  expect((await committed()).offset).toBe(-1);
  expect(await groupState()).toBe('Dead');
});

test('an assignment that could not be stored is refused to all, and what was stored before still stands', async () => {
  await broker.close();
  const faulty = new FaultyFiles(files);
  broker = await Broker.start({ port: -1, files: faulty, clock, config: { 'offsets.topic.num.partitions': '1' } });
  const member = await joinWithId();
  faulty.faults.bytesLeft = 10;
  expect((await sync(member, { [member.memberId]: 'lost' })).errorCode).not.toBe(0);
  faulty.faults.bytesLeft = Number.POSITIVE_INFINITY;
  expect(await groupState()).toBe('Dead');
  const again = await joinWithId();
  expect((await sync(again, { [again.memberId]: 'kept' })).errorCode).toBe(0);
});

test('a committed offset is told to nobody before it is durable', async () => {
  await broker.close();
  const faulty = new FaultyFiles(files);
  const config = { 'offsets.topic.num.partitions': '1' };
  broker = await Broker.start({ port: -1, files: faulty, clock, flush: 'always', config });
  await createTopic();
  expect(await commit(7)).toBe(0);
  const disk = Promise.withResolvers<void>();
  faulty.faults.slowSync = disk.promise;
  const committing = commit(8);
  await turn();
  let told: number | null = null;
  const asking = committed().then(({ offset }) => {
    told = offset;
  });
  await turn();
  expect(told).toBe(null);
  disk.resolve();
  await Promise.all([committing, asking]);
  expect(told).toBe(8);
});
