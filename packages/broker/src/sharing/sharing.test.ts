import {
  ErrorCode,
  ProduceRequestDefaults,
  ProduceRequestTopicProduceDataDefaults,
  ZERO_UUID,
} from '@millrace/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestShareMember } from '../testing/share-member.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { testBatch } from '../testing/test-log.ts';
import { SECOND_PROTOCOL, transactionCalls } from '../testing/transaction-calls.ts';

// What members of a share group may count on (KIP-932).

const ACCEPT = 1;
const RELEASE = 2;
const REJECT = 3;
const RENEW = 4;
const LOCK_MS = 15_000;

let server: TestBroker;
let topicId: string;

beforeEach(async () => {
  server = await TestBroker.start();
  topicId = await makeTopic('t', 1);
  await configure({ 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': String(LOCK_MS) });
});

afterEach(() => server[Symbol.asyncDispose]());

async function configure(configs: Readonly<Record<string, string>>): Promise<void> {
  const entries = Object.entries(configs).map(([name, value]) => ({ name, value, configOperation: 0 }));
  const resource = { resourceType: 32, resourceName: 'g', configs: entries };
  const answer = await server.send('IncrementalAlterConfigs', 1, { resources: [resource], validateOnly: false });
  expect(answer.responses[0]!.errorMessage).toBe(null);
}

async function makeTopic(name: string, partitions: number): Promise<string> {
  await server.createTopics({ [name]: partitions });
  const metadata = await server.send('Metadata', 12, {
    topics: [{ name, topicId: ZERO_UUID }],
    allowAutoTopicCreation: false,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
  });
  return metadata.topics[0]!.topicId;
}

/** One batch of records for each list. */
async function produce(...batches: (readonly string[])[]): Promise<void> {
  await produceTo('t', 0, ...batches);
}

async function produceTo(name: string, index: number, ...batches: (readonly string[])[]): Promise<void> {
  for (const values of batches) {
    const records = testBatch(values.map((value) => ({ value, timestamp: server.clock.wallMs() })));
    const topicData = [{ ...ProduceRequestTopicProduceDataDefaults, name, partitionData: [{ index, records }] }];
    await server.send('Produce', 9, { ...ProduceRequestDefaults, acks: -1, timeoutMs: 1000, topicData });
  }
}

async function member(id: string): Promise<TestShareMember> {
  const made = await TestShareMember.connect(server.broker, { groupId: 'g', id, topicId });
  expect((await made.heartbeat(0, ['t'])).errorCode).toBe(0);
  return made;
}

async function startOffset(): Promise<{ startOffset: number; lag: number }> {
  const asked = { groupId: 'g', topics: [{ topicName: 't', partitions: [0] }] };
  const answer = await server.send('DescribeShareGroupOffsets', 1, { groups: [asked] });
  const { startOffset, lag } = answer.groups[0]!.topics[0]!.partitions[0]!;
  return { startOffset, lag };
}

const offsets = (records: readonly { readonly offset: number }[]): number[] => records.map(({ offset }) => offset);
const counts = (records: readonly { readonly offset: number; readonly deliveryCount: number }[]) =>
  records.map(({ offset, deliveryCount }) => [offset, deliveryCount]);

test('each record is with one member at a time', async () => {
  await produce(['a', 'b'], ['c', 'd']);
  const [m, n] = [await member('m'), await member('n')];
  expect(offsets(await m.take({ maxRecords: 1 }))).toEqual([0, 1]);
  expect(offsets(await n.take())).toEqual([2, 3]);
  expect(await m.take()).toEqual([]);
});

test('what is accepted or rejected is done with, what is released comes back and counts', async () => {
  await produce(['a', 'b', 'c', 'd']);
  const m = await member('m');
  await m.take();
  const answer = await m.acknowledge([[0, 3, ACCEPT, RELEASE, REJECT, RELEASE]]);
  expect(answer.responses[0]!.partitions[0]!.errorCode).toBe(0);
  expect(await startOffset()).toEqual({ startOffset: 1, lag: 2 });
  expect(counts(await m.take())).toEqual([
    [1, 2],
    [3, 2],
  ]);
  await m.acknowledge([
    [1, 1, ACCEPT],
    [3, 3, ACCEPT],
  ]);
  expect(await startOffset()).toEqual({ startOffset: 4, lag: 0 });
});

test('acknowledgements come with a fetch, which finds the records as they are then', async () => {
  await produce(['a', 'b']);
  const m = await member('m');
  await m.take();
  const answer = await m.fetch(
    {},
    [0],
    [
      [0, 0, ACCEPT],
      [1, 1, RELEASE],
    ],
  );
  const [partition] = answer.responses[0]!.partitions;
  expect(partition).toMatchObject({ acknowledgeErrorCode: 0, errorCode: 0 });
  expect(partition!.acquiredRecords).toEqual([{ firstOffset: 1, lastOffset: 1, deliveryCount: 2 }]);
});

test('a record that nobody speaks of comes back when its lock is over', async () => {
  await produce(['a']);
  const [m, n] = [await member('m'), await member('n')];
  await m.take();
  await server.pass(LOCK_MS - 1000);
  expect(await n.take()).toEqual([]);
  await server.pass(2000);
  expect(counts(await n.take())).toEqual([[0, 2]]);
  const late = await m.acknowledge([[0, 0, ACCEPT]]);
  expect(late.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.INVALID_RECORD_STATE);
});

test('a lock that is renewed lasts as long again, and only who says so may renew', async () => {
  await produce(['a']);
  const [m, n] = [await member('m'), await member('n')];
  await m.take();
  const wrong = await m.acknowledge([[0, 0, RENEW]]);
  expect(wrong.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.INVALID_REQUEST);
  await server.pass(LOCK_MS - 2000);
  await m.acknowledge([[0, 0, RENEW]], { isRenewAck: true });
  await server.pass(LOCK_MS - 2000);
  expect(await n.take()).toEqual([]);
  await server.pass(3000);
  expect(counts(await n.take())).toEqual([[0, 2]]);
});

test('a group that may not renew does not', async () => {
  await configure({ 'share.renew.acknowledge.enable': 'false' });
  await produce(['a']);
  const m = await member('m');
  await m.take();
  const answer = await m.acknowledge([[0, 0, RENEW]], { isRenewAck: true });
  expect(answer.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.INVALID_REQUEST);
});

test('a record is delivered as often as it may be, the last time alone, and is then done with', async () => {
  await configure({ 'share.delivery.count.limit': '3' });
  await produce(['a', 'b', 'c', 'd']);
  const m = await member('m');
  const seen = new Map<number, number>();
  for (let round = 0; round < 20; round++) {
    const given = await m.take();
    if (given.some(({ deliveryCount }) => deliveryCount === 3)) expect(given).toHaveLength(1);
    for (const { offset, deliveryCount } of given) seen.set(offset, deliveryCount);
    if (given.length === 0) break;
    await m.acknowledge(given.map(({ offset }) => [offset, offset, RELEASE] as const));
  }
  expect([...seen].sort()).toEqual([0, 1, 2, 3].map((offset) => [offset, 3]));
  expect(await startOffset()).toEqual({ startOffset: 4, lag: 0 });
});

test('no more records are handed out than may be in work', async () => {
  await configure({ 'share.partition.max.record.locks': '100' });
  for (let batch = 0; batch < 15; batch++) await produce(Array.from({ length: 10 }, (_, index) => `${batch}-${index}`));
  const m = await member('m');
  expect(await m.take()).toHaveLength(100);
  expect(await m.take()).toHaveLength(0);
  await m.acknowledge([[10, 99, ACCEPT]]);
  expect(await m.take(), 'the first ten hold all others back').toHaveLength(0);
  await m.acknowledge([[0, 9, ACCEPT]]);
  expect(await m.take()).toHaveLength(50);
});

test('nor are those of a batch further on, where some of the one before are kept for a delivery alone', async () => {
  await configure({ 'share.partition.max.record.locks': '100', 'share.delivery.count.limit': '3' });
  for (let batch = 0; batch < 4; batch++) await produce(Array.from({ length: 40 }, (_, index) => `${batch}-${index}`));
  const [m, n] = [await member('m'), await member('n')];
  expect(await m.take({ maxRecords: 80 })).toHaveLength(80);
  for (let delivery = 0; delivery < 2; delivery++) {
    expect(await n.take({ maxRecords: 15, shareAcquireMode: 1 })).toHaveLength(15);
    await n.acknowledge([[80, 94, RELEASE]]);
  }
  await m.acknowledge([[0, 79, RELEASE]]);
  expect(Math.max(...offsets(await m.take({ maxRecords: 500 })))).toBe(79);
});

test('a strict member never gets more than it wants, others whole batches', async () => {
  await produce(['a', 'b', 'c'], ['d', 'e', 'f']);
  const [m, n] = [await member('m'), await member('n')];
  expect(offsets(await m.take({ maxRecords: 2, shareAcquireMode: 1 }))).toEqual([0, 1]);
  expect(offsets(await n.take({ maxRecords: 2 }))).toEqual([2, 3, 4, 5]);
});

test('who wants no bytes gets no records', async () => {
  await produce(['a']);
  const m = await member('m');
  expect(await m.take({ maxBytes: 0 })).toEqual([]);
  expect(offsets(await m.take())).toEqual([0]);
});

test('a group begins with one partition at a time, so that the next member finds another', async () => {
  const id = await makeTopic('u', 2);
  for (const partition of [0, 1]) await produceTo('u', partition, ['a'], ['b']);
  const join = async (name: string): Promise<TestShareMember> => {
    const made = await TestShareMember.connect(server.broker, { groupId: 'g', id: name, topicId: id });
    expect((await made.heartbeat(0, ['u'])).errorCode).toBe(0);
    return made;
  };
  const [m, n] = [await join('m'), await join('n')];
  const given = [await m.take({}, [0, 1]), await n.take({}, [0, 1])];
  const from = given.map((records) => records.map(({ partition }) => partition).join());
  expect(from.sort()).toEqual(['0,0', '1,1']);
  for (const partition of [0, 1]) await produceTo('u', partition, ['c']);
  expect((await m.take()).map(({ partition }) => partition).sort()).toEqual([0, 1]);
});

test('ranges are about as large as wanted, and never part a batch of the log', async () => {
  await produce(['a', 'b'], ['c', 'd'], ['e', 'f']);
  const answer = await (await member('m')).fetch({ batchSize: 4 });
  const ranges = answer.responses[0]!.partitions[0]!.acquiredRecords;
  expect(ranges.map(({ firstOffset, lastOffset }) => [firstOffset, lastOffset])).toEqual([
    [0, 3],
    [4, 5],
  ]);
});

test('who ends its session gives back what it has, and so does who is gone', async () => {
  await produce(['a']);
  const [m, n] = [await member('m'), await member('n')];
  await m.take();
  await m.fetch({ shareSessionEpoch: -1 });
  expect(counts(await n.take())).toEqual([[0, 2]]);
  await n.disconnect();
  await server.turn();
  expect(counts(await m.take())).toEqual([[0, 3]]);
});

test.each([
  ['of a session that is not there', 7, ErrorCode.SHARE_SESSION_NOT_FOUND],
  ['that ends one that is not there', -1, ErrorCode.SHARE_SESSION_NOT_FOUND],
])('a fetch %s is refused', async (_what, epoch, code) => {
  expect((await (await member('m')).fetch({ shareSessionEpoch: epoch })).errorCode).toBe(code);
});

test('a session goes on by its epochs, and a request of another one changes nothing', async () => {
  await produce(['a']);
  const m = await member('m');
  await m.fetch({ maxRecords: 0 });
  expect((await m.fetch({ shareSessionEpoch: 5 })).errorCode).toBe(ErrorCode.INVALID_SHARE_SESSION_EPOCH);
  expect((await m.acknowledge([[0, 0, ACCEPT]], { epoch: 0 })).errorCode).toBe(ErrorCode.INVALID_SHARE_SESSION_EPOCH);
  expect(offsets(await m.take())).toEqual([0]);
});

test.each([
  ['nobody can mean', [[0, 0, 9]]],
  [
    'of the same offset twice',
    [
      [0, 1, ACCEPT],
      [1, 1, RELEASE],
    ],
  ],
  ['of more types than offsets', [[0, 1, ACCEPT, ACCEPT, ACCEPT]]],
  ['of records that nobody has', [[0, 2, ACCEPT]]],
] as const)('acknowledgements %s are refused as a whole', async (_what, said) => {
  await produce(['a', 'b']);
  const m = await member('m');
  await m.take();
  const answer = await m.acknowledge(said as never);
  expect(answer.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.INVALID_REQUEST);
  const right = await m.acknowledge([[0, 1, ACCEPT]]);
  expect(right.responses[0]!.partitions[0]!.errorCode).toBe(0);
});

test('a member acknowledges only what it has, all or nothing', async () => {
  await produce(['a'], ['b']);
  const [m, n] = [await member('m'), await member('n')];
  await m.take({ maxRecords: 1 });
  await n.take({ maxRecords: 1 });
  const answer = await m.acknowledge([[0, 1, ACCEPT]]);
  expect(answer.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.INVALID_RECORD_STATE);
  expect(await startOffset()).toMatchObject({ startOffset: 0 });
});

test('a fetch waits for records, and for such as come back', async () => {
  const [m, n] = [await member('m'), await member('n')];
  const waiting = m.take({ maxWaitMs: 5000 });
  await server.turn();
  await produce(['a']);
  expect(offsets(await waiting)).toEqual([0]);
  const next = n.take({ maxWaitMs: 5000 });
  await server.turn();
  await m.acknowledge([[0, 0, RELEASE]]);
  expect(counts(await next)).toEqual([[0, 2]]);
  const none = m.take({ maxWaitMs: 5000 });
  await server.pass(6000);
  expect(await none).toEqual([]);
});

test('a fetch that wants many bytes takes nothing before they are there, or its time is over', async () => {
  await produce(['a']);
  const [m, n] = [await member('m'), await member('n')];
  const waiting = m.take({ maxWaitMs: 5000, minBytes: 100_000 });
  await server.pass(1000);
  expect(offsets(await n.take({ maxRecords: 1 }))).toEqual([0]);
  await n.acknowledge([[0, 0, RELEASE]]);
  await server.pass(6000);
  expect(counts(await waiting)).toEqual([[0, 2]]);
});

test('what was acknowledged stays so after a kill −9, and nothing else is lost', async () => {
  await produce(['a', 'b', 'c', 'd', 'e']);
  const m = await member('m');
  await m.take();
  await m.acknowledge([
    [0, 0, ACCEPT],
    [2, 2, REJECT],
    [3, 3, RELEASE],
  ]);
  await server.restart();
  const n = await member('n');
  expect(counts(await n.take())).toEqual([
    [1, 1],
    [3, 2],
    [4, 1],
  ]);
});

test('who begins with the latest records begins at the same place after a kill −9', async () => {
  await configure({ 'share.auto.offset.reset': 'latest' });
  await produce(['old']);
  const m = await member('m');
  expect(await m.take()).toEqual([]);
  await produce(['new']);
  await server.restart();
  expect((await (await member('n')).take()).map(({ value }) => value)).toEqual(['new']);
});

test('who begins by a duration begins with the first record that is not older', async () => {
  await configure({ 'share.auto.offset.reset': 'by_duration:PT10S' });
  await produce(['old']);
  await server.pass(15_000);
  await produce(['new']);
  expect((await (await member('m')).take()).map(({ value }) => value)).toEqual(['new']);
});

test('updates become a snapshot after so many, and what is before it is given up', async () => {
  await server.restart({ 'share.coordinator.snapshot.update.records.per.snapshot': '2' });
  const m = await member('m');
  for (let round = 0; round < 10; round++) {
    await produce(['a']);
    await m.take();
    await m.acknowledge([[round, round, ACCEPT]]);
  }
  await produce(['last']);
  await server.pass(301_000);
  const asked = { timestamp: -2, partitionIndex: 0, currentLeaderEpoch: -1, maxNumOffsets: 1 };
  const topics = [{ name: '__share_group_state', partitions: [asked] }];
  const answer = await server.send('ListOffsets', 7, { replicaId: -1, isolationLevel: 0, topics, timeoutMs: 0 });
  expect(answer.topics[0]!.partitions[0]!.offset).toBeGreaterThan(5);
  await server.restart();
  expect(offsets(await (await member('n')).take())).toEqual([10]);
});

test('records that left the log are done with', async () => {
  await produce(['a', 'b'], ['c']);
  const m = await member('m');
  await m.take({ maxRecords: 1 });
  const topics = [{ name: 't', partitions: [{ partitionIndex: 0, offset: 2 }] }];
  await server.send('DeleteRecords', 2, { topics, timeoutMs: 0 });
  const late = await m.acknowledge([[0, 1, ACCEPT]]);
  expect(late.responses[0]!.partitions[0]!.errorCode).toBe(0);
  expect(offsets(await m.take())).toEqual([2]);
});

test('a group that reads only what is committed gets nothing of an aborted transaction, and waits for an open one', async () => {
  await configure({ 'share.isolation.level': 'read_committed' });
  const calls = transactionCalls(server.send);
  const m = await member('m');
  const first = await calls.init();
  await calls.produce(SECOND_PROTOCOL, first, 't', 'aborted');
  expect(await m.take()).toEqual([]);
  const second = await calls.end(SECOND_PROTOCOL, first, false);
  await calls.produce(SECOND_PROTOCOL, second, 't', 'committed');
  expect(await m.take()).toEqual([]);
  await calls.end(SECOND_PROTOCOL, second, true);
  const given = await m.take();
  expect(given.map(({ value }) => value)).toEqual(['committed']);
  await m.acknowledge([[given[0]!.offset, given[0]!.offset, ACCEPT]]);
  await m.take();
  expect((await startOffset()).lag).toBe(0);
});

test('a topic that is gone fails by itself, and the one of its name is another', async () => {
  await produce(['a']);
  const m = await member('m');
  await m.take();
  await server.send('DeleteTopics', 5, { topicNames: ['t'], topics: [], timeoutMs: 0 });
  const answer = await m.fetch();
  expect(answer.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_ID);
  await server.createTopics({ t: 1 });
  expect(await startOffset()).toEqual({ startOffset: -1, lag: -1 });
});

test('a group that nobody is in begins elsewhere when it is told to, also who has it in memory', async () => {
  await produce(['a', 'b', 'c']);
  const m = await member('m');
  await m.take();
  const topics = [{ topicName: 't', partitions: [{ partitionIndex: 0, startOffset: 1 }] }];
  expect((await server.send('AlterShareGroupOffsets', 0, { groupId: 'g', topics })).errorCode).toBe(
    ErrorCode.NON_EMPTY_GROUP,
  );
  await m.heartbeat(-1);
  const altered = await server.send('AlterShareGroupOffsets', 0, { groupId: 'g', topics });
  expect(altered.responses[0]!.partitions[0]!.errorCode).toBe(0);
  expect(counts(await m.take())).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

test('a group whose offsets, or which itself, was deleted begins anew', async () => {
  await produce(['a']);
  const m = await member('m');
  await m.take();
  await m.acknowledge([[0, 0, ACCEPT]]);
  await m.heartbeat(-1);
  const deleted = await server.send('DeleteShareGroupOffsets', 0, { groupId: 'g', topics: [{ topicName: 't' }] });
  expect(deleted.responses[0]!.errorCode).toBe(0);
  const n = await member('n');
  expect(counts(await n.take())).toEqual([[0, 1]]);
  await n.acknowledge([[0, 0, ACCEPT]]);
  await n.heartbeat(-1);
  expect((await server.send('DeleteGroups', 2, { groupsNames: ['g'] })).results[0]!.errorCode).toBe(0);
  await server.restart();
  expect(counts(await (await member('o')).take())).toEqual([[0, 1]]);
});

test('who is in no group of that partition reads nothing', async () => {
  await produce(['a']);
  const stranger = await TestShareMember.connect(server.broker, { groupId: 'other', id: 'x', topicId });
  const answer = await stranger.fetch();
  expect(answer.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
});
