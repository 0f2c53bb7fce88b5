import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CLASSIC_SESSION_MS, TestClassicMember } from '../testing/classic-member.ts';
import { TestConsumerMember } from '../testing/consumer-member.ts';
import { TestBroker } from '../testing/test-broker.ts';
import {
  FIRST_PROTOCOL,
  type Protocol,
  SECOND_PROTOCOL,
  type TransactionCalls,
  transactionCalls,
} from '../testing/transaction-calls.ts';

// What a coordinator promises when clients die, delay and come back, and when it does so itself.

const PARTITIONS = 4;
const TRANSACTION_TIMEOUT_MS = 20_000;
const CONFIG = { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': '1000' };

let server: TestBroker;
let calls: TransactionCalls;

beforeEach(async () => {
  server = await TestBroker.start(CONFIG);
  calls = transactionCalls((name, version, request) => server.send(name, version, request));
  await server.createTopics({ t: PARTITIONS, u: 1 });
});

afterEach(() => server[Symbol.asyncDispose]());

async function commitOffset(memberId: string, generation: number, offset: number, instanceId: string | null = null) {
  const partition = { partitionIndex: 0, committedOffset: offset, committedLeaderEpoch: -1, committedMetadata: null };
  const answer = await server.send('OffsetCommit', 9, {
    groupId: 'g',
    generationIdOrMemberEpoch: generation,
    memberId,
    groupInstanceId: instanceId,
    retentionTimeMs: -1,
    topics: [{ name: 't', topicId: ZERO_UUID, partitions: [partition] }],
  });
  return answer.topics[0]!.partitions[0]!.errorCode;
}

function classicMember(instanceId: string | null = null): TestClassicMember {
  return new TestClassicMember(server, 'g', PARTITIONS, instanceId);
}

/** Lets members do what their protocol has them do, until all of them read. */
async function settle(members: readonly TestClassicMember[]): Promise<void> {
  for (let round = 0; round < 12; round++) {
    for (const member of members) await member.step();
    await server.pass(1000);
  }
}

test('a delayed end of an earlier transaction ends no later one', async () => {
  const first = await calls.init();
  await calls.produce(SECOND_PROTOCOL, first, 't', 'one');
  const second = await calls.end(SECOND_PROTOCOL, first, true);
  await calls.produce(SECOND_PROTOCOL, second, 't', 'two');
  expect((await calls.end(SECOND_PROTOCOL, first, false)).errorCode).toBe(ErrorCode.PRODUCER_FENCED);
  expect((await calls.end(SECOND_PROTOCOL, first, true)).errorCode).toBe(ErrorCode.PRODUCER_FENCED);
  expect(await calls.committed('t')).toEqual(['one', 'held back']);
  await calls.end(SECOND_PROTOCOL, second, true);
  expect(await calls.committed('t')).toEqual(['one', 'two']);
});

test.each([
  ['first', FIRST_PROTOCOL],
  ['second', SECOND_PROTOCOL],
])('a delayed batch of an earlier transaction is in no later one, %s protocol', async (_, protocol: Protocol) => {
  const first = await calls.init();
  if (protocol === FIRST_PROTOCOL) await calls.addPartitions(first, 't', 'u');
  await calls.produce(protocol, first, 't', 'one');
  const second = protocol === FIRST_PROTOCOL ? first : await calls.end(protocol, first, true);
  if (protocol === FIRST_PROTOCOL) {
    await calls.end(protocol, first, true);
    await calls.addPartitions(first, 'u');
  }
  await calls.produce(protocol, second, 'u', 'two');
  expect(await calls.produce(protocol, first, 't', 'late', 1)).not.toBe(0);
  await calls.end(protocol, second, true);
  expect(await calls.committed('t')).toEqual(['one']);
  expect(await calls.committed('u')).toEqual(['two']);
});

test('a coordinator that restarts in mid-transaction goes on, and readers wait no longer than the time limit', async () => {
  const identity = await calls.init(null, TRANSACTION_TIMEOUT_MS);
  await calls.produce(SECOND_PROTOCOL, identity, 't', 'one');
  await server.restart();
  expect(await calls.state()).toBe('Ongoing');
  await calls.produce(SECOND_PROTOCOL, identity, 't', 'two', 1);
  const next = await calls.end(SECOND_PROTOCOL, identity, true);
  expect(await calls.committed('t')).toEqual(['one', 'two']);
  await calls.produce(SECOND_PROTOCOL, next, 't', 'three');
  await server.restart();
  expect(await calls.committed('t')).toEqual(['one', 'two', 'held back']);
  await server.pass(TRANSACTION_TIMEOUT_MS + 2000);
  expect(await calls.committed('t')).toEqual(['one', 'two']);
  expect(await calls.state()).toBe('CompleteAbort');
});

test('the transaction of a producer that died is aborted at its time limit, and readers go on', async () => {
  const identity = await calls.init(null, TRANSACTION_TIMEOUT_MS);
  await calls.produce(SECOND_PROTOCOL, identity, 't', 'lost');
  await server.pass(TRANSACTION_TIMEOUT_MS - 2000);
  expect(await calls.committed('t')).toEqual(['held back']);
  await server.pass(4000);
  expect(await calls.committed('t')).toEqual([]);
  expect(await calls.produce(SECOND_PROTOCOL, identity, 't', 'zombie', 1)).not.toBe(0);
});

test('in a rebalance storm no partition has two owners, and it settles when the last change is over', async () => {
  const event = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('step' as const), member: fc.nat(4) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('leave', 'die'), member: fc.nat(4) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 4000 }) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 10, maxLength: 60 }), async (events) => {
      await using storm = await TestBroker.start();
      await storm.createTopics({ t: PARTITIONS });
      const members: (TestClassicMember | null)[] = [null, null, null, null, null];
      for (const one of events) {
        if (one.kind === 'pass') await storm.pass((one as { ms: number }).ms);
        else {
          const { member, kind } = one as { member: number; kind: string };
          if (kind === 'leave') await members[member]?.leave();
          if (kind === 'step') members[member] ??= new TestClassicMember(storm, 'g', PARTITIONS);
          else members[member] = null;
          await members[member]?.step();
          await storm.turn();
        }
        await expectOneOwner(members);
      }
      const living = members.filter((member) => member !== null);
      for (let ms = 0; ms < 4 * CLASSIC_SESSION_MS; ms += 1000) {
        for (const member of living) await member.step();
        await storm.pass(1000);
      }
      const read = living.flatMap(({ reading }) => reading).sort();
      expect(read).toEqual(living.length === 0 ? [] : [0, 1, 2, 3]);
    }),
    { numRuns: 25 },
  );
});

/** Only who is heard as a member of the last generation owns what it was given. */
async function expectOneOwner(members: readonly (TestClassicMember | null)[]): Promise<void> {
  const reading = members.filter((member) => member !== null && member.generation >= 0);
  const newest = Math.max(-1, ...reading.map((member) => member!.generation));
  const owned = reading.filter((member) => member!.generation === newest).flatMap((member) => member!.reading);
  expect(new Set(owned).size).toBe(owned.length);
}

test('a coordinator that restarts with live groups finds members, static places and offsets as they were', async () => {
  const classic = [classicMember(), classicMember('i1')];
  await settle(classic);
  const [dynamic, fixed] = classic as [TestClassicMember, TestClassicMember];
  expect(await commitOffset(dynamic.memberId, dynamic.generation, 41)).toBe(0);
  const modern = new TestConsumerMember('new', 'm1', { instanceId: 'i1' });
  await modern.heartbeat(server.broker);
  const { epoch } = modern;
  await server.restart();
  expect(await dynamic.heartbeat()).toBe(0);
  expect(await fixed.heartbeat()).toBe(0);
  expect((await modern.heartbeat(server.broker)).memberEpoch).toBe(epoch);
  const again = classicMember('i1');
  await again.join();
  expect([again.generation, again.reading]).toEqual([fixed.generation, fixed.reading]);
  expect(await dynamic.heartbeat()).toBe(0);
  expect(await calls.committedOffset(false)).toBe(41);
});

test('a commit by a member that was replaced is refused, and the offset of the new owner stands', async () => {
  const [first, second] = [classicMember(), classicMember()];
  await settle([first]);
  const old = { memberId: first.memberId, generation: first.generation };
  await settle([first, second]);
  expect(await commitOffset(second.memberId, second.generation, 50)).toBe(0);
  expect(await commitOffset(old.memberId, old.generation, 7)).toBe(ErrorCode.ILLEGAL_GENERATION);
  await first.leave();
  expect(await commitOffset(old.memberId, old.generation + 1, 8)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  expect(await calls.committedOffset(false)).toBe(50);
});

test('a commit by a static member whose place was taken is refused', async () => {
  const first = classicMember('i1');
  await settle([first]);
  const second = classicMember('i1');
  await second.join();
  expect(await commitOffset(second.memberId, second.generation, 50, 'i1')).toBe(0);
  expect(await commitOffset(first.memberId, first.generation, 7, 'i1')).toBe(ErrorCode.FENCED_INSTANCE_ID);
  expect(await calls.committedOffset(false)).toBe(50);
});
