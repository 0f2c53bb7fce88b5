import { ErrorCode, type ShareGroupHeartbeatResponse, ZERO_UUID } from '@millrace/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestClassicMember } from '../../../testing/classic-member.ts';
import { TestConsumerMember } from '../../../testing/consumer-member.ts';
import { TestBroker } from '../../../testing/test-broker.ts';

const SESSION_MS = 45_000;

let server: TestBroker;

beforeEach(async () => {
  server = await TestBroker.start();
  await server.createTopics({ t: 2, u: 1 });
});

afterEach(() => server[Symbol.asyncDispose]());

async function heartbeat(
  memberId: string,
  memberEpoch: number,
  subscribedTopicNames: readonly string[] | null = null,
  groupId: string = 'g',
): Promise<ShareGroupHeartbeatResponse> {
  const member = { groupId, memberId, memberEpoch, rackId: null, subscribedTopicNames };
  return await server.send('ShareGroupHeartbeat', 1, member);
}

async function described(groupId: string = 'g') {
  const answer = await server.send('ShareGroupDescribe', 1, {
    groupIds: [groupId],
    includeAuthorizedOperations: false,
  });
  return answer.groups[0]!;
}

const given = ({ assignment }: ShareGroupHeartbeatResponse): number =>
  (assignment?.topicPartitions ?? []).reduce((sum, { partitions }) => sum + partitions.length, 0);

describe('members', () => {
  test('who joins hears at once what it may read, and later only of changes', async () => {
    const joined = await heartbeat('m', 0, ['t']);
    expect(joined).toMatchObject({ errorCode: 0, memberId: 'm', memberEpoch: 2, heartbeatIntervalMs: 5000 });
    expect(given(joined)).toBe(2);
    expect(await heartbeat('m', 2)).toMatchObject({ memberEpoch: 2, assignment: null });
    expect(given(await heartbeat('n', 0, ['t']))).toBe(1);
    const moved = await heartbeat('m', 2);
    expect(moved.memberEpoch).toBe(3);
    expect(given(moved)).toBe(1);
  });

  test('a member whose answer was lost comes with the epoch before, and is told again', async () => {
    await heartbeat('m', 0, ['t']);
    await heartbeat('n', 0, ['t']);
    await heartbeat('m', 2);
    expect(given(await heartbeat('m', 2))).toBe(1);
  });

  test.each([
    ['a greater epoch', 'm', 9, ErrorCode.FENCED_MEMBER_EPOCH],
    ['an epoch that is long over', 'm', 1, ErrorCode.FENCED_MEMBER_EPOCH],
    ['an unknown member', 'x', 2, ErrorCode.UNKNOWN_MEMBER_ID],
    ['an epoch that none can be', 'm', -2, ErrorCode.INVALID_REQUEST],
    ['no subscription', 'y', 0, ErrorCode.INVALID_REQUEST],
    ['no member id', '', 0, ErrorCode.INVALID_REQUEST],
  ])('%s is refused', async (_what, memberId, epoch, code) => {
    await heartbeat('m', 0, ['t']);
    expect((await heartbeat(memberId, epoch)).errorCode).toBe(code);
  });

  test('a group that is not there is only made by joining', async () => {
    expect((await heartbeat('m', 3)).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
    expect((await heartbeat('m', -1)).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  });

  test('who leaves, or is silent for a session, is out, and the others read what it had', async () => {
    await heartbeat('m', 0, ['t']);
    await heartbeat('n', 0, ['t']);
    await heartbeat('o', 0, ['t']);
    expect(await heartbeat('o', -1)).toMatchObject({ errorCode: 0, memberEpoch: -1 });
    let { memberEpoch } = await heartbeat('m', 2);
    for (let second = 0; second < SESSION_MS / 1000 + 1; second += 20) {
      await server.pass(20_000);
      ({ memberEpoch } = await heartbeat('m', memberEpoch));
    }
    expect((await described()).members.map(({ memberId }) => memberId)).toEqual(['m']);
    expect((await described()).members[0]!.assignment.topicPartitions[0]!.partitions).toEqual([0, 1]);
  });

  test('a new topic of the subscription is read by the next heartbeat', async () => {
    const { memberEpoch } = await heartbeat('m', 0, ['new', 'u']);
    await server.createTopics({ new: 3 });
    expect(given(await heartbeat('m', memberEpoch))).toBe(4);
  });

  test('there are only so many members', async () => {
    await server.restart({ 'group.share.max.size': '1' });
    await heartbeat('m', 0, ['t']);
    expect((await heartbeat('n', 0, ['t'])).errorCode).toBe(ErrorCode.GROUP_MAX_SIZE_REACHED);
    expect((await heartbeat('m', 0, ['t'])).errorCode).toBe(0);
  });

  test('epochs and assignments survive a kill −9, and members get a whole session to be heard of again', async () => {
    await heartbeat('m', 0, ['t']);
    await heartbeat('n', 0, ['u']);
    await server.pass(SESSION_MS - 2000);
    const before = await described();
    await server.restart();
    expect(await described()).toEqual(before);
    await server.pass(SESSION_MS - 2000);
    expect(await heartbeat('n', 3)).toMatchObject({ errorCode: 0, memberEpoch: 3, assignment: null });
  });

  test('a group outlives its members and their offsets do not expire', async () => {
    await heartbeat('m', 0, ['t']);
    await heartbeat('m', -1);
    await server.restart({ 'offsets.retention.minutes': '1', 'offsets.retention.check.interval.ms': '1000' });
    await server.pass(120_000);
    expect(await described()).toMatchObject({ groupState: 'Empty', errorCode: 0 });
  });
});

describe('other types of groups', () => {
  test('a share group is found by its type and state', async () => {
    await heartbeat('m', 0, ['t']);
    await new TestConsumerMember('c', 'mc').heartbeat(server.broker);
    const list = async (typesFilter: readonly string[], statesFilter: readonly string[]) =>
      (await server.send('ListGroups', 5, { typesFilter, statesFilter })).groups;
    const entry = { groupId: 'g', protocolType: 'share', groupState: 'Stable', groupType: 'share' };
    expect(await list(['Share'], [])).toEqual([entry]);
    expect(await list([], ['stable'])).toHaveLength(2);
    expect(await list(['share'], ['empty'])).toEqual([]);
  });

  test('members of other protocols have no place in a share group, not even an empty one', async () => {
    await heartbeat('m', 0, ['t']);
    await heartbeat('m', -1);
    const consumer = await new TestConsumerMember('g', 'mc').heartbeat(server.broker);
    expect(consumer).toMatchObject({
      errorCode: ErrorCode.GROUP_ID_NOT_FOUND,
      errorMessage: 'Group g is not a consumer group.',
    });
    const classic = await server.send('JoinGroup', 5, {
      groupId: 'g',
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 10_000,
      memberId: '',
      groupInstanceId: null,
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: new Uint8Array(0) }],
      reason: null,
    });
    expect(classic.errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    const partition = { partitionIndex: 0, committedOffset: 1, committedLeaderEpoch: -1, committedMetadata: null };
    const commit = await server.send('OffsetCommit', 9, {
      groupId: 'g',
      generationIdOrMemberEpoch: -1,
      memberId: '',
      groupInstanceId: null,
      retentionTimeMs: -1,
      topics: [{ name: 't', topicId: ZERO_UUID, partitions: [partition] }],
    });
    expect(commit.topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
    const deleted = await server.send('OffsetDelete', 0, { groupId: 'g', topics: [] });
    expect(deleted.errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
    expect((await described()).groupState).toBe('Empty');
  });

  test('a group of another type is no share group', async () => {
    await new TestConsumerMember('c', 'mc').heartbeat(server.broker);
    expect(await heartbeat('m', 0, ['t'], 'c')).toMatchObject({
      errorCode: ErrorCode.GROUP_ID_NOT_FOUND,
      errorMessage: 'Group c is not a share group.',
    });
    const classic = new TestClassicMember(server, 'k', 1);
    await classic.step();
    expect((await described('k')).errorMessage).toBe('Group k is not a share group.');
    expect((await heartbeat('m', 0, ['t'], 'k')).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
    const altered = await server.send('AlterShareGroupOffsets', 0, { groupId: 'c', topics: [] });
    expect(altered.errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  });

  test('a group with members is not deleted, an empty one is, for good', async () => {
    await heartbeat('m', 0, ['t']);
    const remove = async () => (await server.send('DeleteGroups', 2, { groupsNames: ['g'] })).results[0]!.errorCode;
    expect(await remove()).toBe(ErrorCode.NON_EMPTY_GROUP);
    await heartbeat('m', -1);
    expect(await remove()).toBe(0);
    await server.restart();
    expect((await described()).errorCode).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
    // Its name is free for another type.
    expect((await new TestConsumerMember('g', 'mc').heartbeat(server.broker)).errorCode).toBe(0);
  });
});

test('groups that share are a feature of their own, and their coordinator is looked for by partition', async () => {
  const versions = await server.send('ApiVersions', 3, { clientSoftwareName: 'x', clientSoftwareVersion: '1' });
  const feature = versions.finalizedFeatures.find(({ name }) => name === 'share.version');
  expect(feature).toEqual({ name: 'share.version', minVersionLevel: 1, maxVersionLevel: 1 });
  const find = async (key: string) => {
    const answer = await server.send('FindCoordinator', 6, { key: '', keyType: 2, coordinatorKeys: [key] });
    return answer.coordinators[0]!.errorCode;
  };
  expect(await find(`g:with:colons:${'A'.repeat(22)}:0`)).toBe(0);
  for (const key of ['g', 'g:x:0', `:${'A'.repeat(22)}:0`]) expect(await find(key)).toBe(ErrorCode.INVALID_REQUEST);
});
