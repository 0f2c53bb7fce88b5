import { type JoinGroupResponse, ZERO_UUID } from '@millrace/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestConsumerMember } from '../../testing/consumer-member.ts';
import { TestBroker } from '../../testing/test-broker.ts';

const RETENTION_MS = 10 * 60_000;
const CHECK_MS = 60_000;

let server: TestBroker;

beforeEach(async () => {
  server = await TestBroker.start({
    'offsets.topic.num.partitions': '2',
    'offsets.retention.minutes': String(RETENTION_MS / 60_000),
    'offsets.retention.check.interval.ms': String(CHECK_MS),
    'group.consumer.session.timeout.ms': '1800000',
  });
  await server.createTopics({ t: 1, u: 1 });
});

afterEach(() => server[Symbol.asyncDispose]());

/** A check at a time. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= CHECK_MS) {
    server.clock.advance(Math.min(left, CHECK_MS));
    await server.turn();
  }
}

async function commit(topic: string, memberId = '', epoch = -1): Promise<void> {
  const partition = { partitionIndex: 0, committedOffset: 7, committedLeaderEpoch: -1, committedMetadata: null };
  const answer = await server.send('OffsetCommit', 9, {
    groupId: 'g',
    generationIdOrMemberEpoch: epoch,
    memberId,
    groupInstanceId: null,
    retentionTimeMs: -1,
    topics: [{ name: topic, topicId: ZERO_UUID, partitions: [partition] }],
  });
  expect(answer.topics[0]!.partitions[0]!.errorCode).toBe(0);
}

async function committedTopics(): Promise<string[]> {
  const groups = [{ groupId: 'g', memberId: null, memberEpoch: -1, topics: null }];
  const answer = await server.send('OffsetFetch', 8, { groupId: '', topics: [], requireStable: false, groups });
  return answer.groups[0]!.topics.map(({ name }) => name).sort();
}

async function groups(): Promise<string[]> {
  const answer = await server.send('ListGroups', 5, { statesFilter: [], typesFilter: [] });
  return answer.groups.map(({ groupId }) => groupId);
}

/** A classic member of which nobody knows what it wants. */
async function joinClassic(protocolType = 'consumer'): Promise<JoinGroupResponse> {
  const join = (memberId: string) =>
    server.send('JoinGroup', 9, {
      groupId: 'g',
      sessionTimeoutMs: 1_800_000,
      rebalanceTimeoutMs: 60_000,
      memberId,
      groupInstanceId: null,
      protocolType,
      protocols: [{ name: 'range', metadata: Buffer.alloc(0) }],
      reason: null,
    });
  const { memberId } = await join('');
  return await join(memberId);
}

test('what somebody committed who is in no group goes after its retention, and the group with it, for good', async () => {
  await commit('t');
  await pass(RETENTION_MS / 2);
  await commit('u');
  await pass(RETENTION_MS / 2 + CHECK_MS);
  expect(await committedTopics()).toEqual(['u']);
  expect(await groups()).toEqual(['g']);
  await pass(RETENTION_MS / 2);
  expect(await committedTopics()).toEqual([]);
  expect(await groups()).toEqual([]);
  await server.restart();
  expect(await committedTopics()).toEqual([]);
  expect(await groups()).toEqual([]);
});

test('while a member is in its group, only offsets of topics that nobody wants go', async () => {
  const member = new TestConsumerMember('g', 'm1', { topics: ['t'] });
  await member.heartbeat(server.broker);
  await commit('t', 'm1', member.epoch);
  await commit('u', 'm1', member.epoch);
  await pass(RETENTION_MS + CHECK_MS);
  expect(await committedTopics()).toEqual(['t']);
  await member.leave(server.broker);
  await pass(2 * CHECK_MS);
  expect(await committedTopics()).toEqual([]);
  expect(await groups()).toEqual([]);
});

test('offsets of a classic group stay for their retention after the last member left', async () => {
  const { memberId, generationId } = await joinClassic('connect');
  const sync = { groupId: 'g', memberId, generationId, groupInstanceId: null, protocolType: null, protocolName: null };
  await server.send('SyncGroup', 4, { ...sync, assignments: [] });
  await commit('t', memberId, generationId);
  await pass(2 * RETENTION_MS);
  expect(await committedTopics()).toEqual(['t']);
  const members = [{ memberId, groupInstanceId: null, reason: null }];
  await server.send('LeaveGroup', 5, { groupId: 'g', memberId: '', members });
  await pass(RETENTION_MS - CHECK_MS);
  expect(await committedTopics()).toEqual(['t']);
  await pass(2 * CHECK_MS);
  expect(await committedTopics()).toEqual([]);
  expect(await groups()).toEqual([]);
});

test('an offset that an open transaction may change stays', async () => {
  await commit('t');
  const { producerId, producerEpoch } = await server.send('InitProducerId', 5, {
    transactionalId: 'id',
    transactionTimeoutMs: 900_000,
    producerId: -1,
    producerEpoch: -1,
    enable2Pc: false,
    keepPreparedTxn: false,
  });
  const partition = { partitionIndex: 0, committedOffset: 9, committedLeaderEpoch: -1, committedMetadata: null };
  await server.send('TxnOffsetCommit', 5, {
    transactionalId: 'id',
    groupId: 'g',
    producerId,
    producerEpoch,
    generationId: -1,
    memberId: '',
    groupInstanceId: null,
    topics: [{ name: 't', partitions: [partition] }],
  });
  await pass(RETENTION_MS + CHECK_MS);
  expect(await committedTopics()).toEqual(['t']);
  await pass(2 * RETENTION_MS);
  expect(await committedTopics()).toEqual([]);
});
