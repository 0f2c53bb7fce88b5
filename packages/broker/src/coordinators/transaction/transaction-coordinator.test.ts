import { FakeClock } from '@millrace/base/testing';
import { type ApiName, type ApiTypes, ErrorCode } from '@millrace/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Broker } from '../../broker.ts';
import { FaultyFiles } from '../../storage/faulty-files.ts';
import { MemoryFiles } from '../../storage/memory-files.ts';
import { TEST_START_MS } from '../../testing/test-log.ts';
import { FIRST_PROTOCOL, SECOND_PROTOCOL, transactionCalls } from '../../testing/transaction-calls.ts';

let clock: FakeClock;
let memory: MemoryFiles;
let files: FaultyFiles;
let broker: Broker;

beforeEach(async () => {
  clock = new FakeClock(TEST_START_MS);
  memory = new MemoryFiles();
  files = new FaultyFiles(memory);
  broker = await startBroker();
  await send('CreateTopics', 7, {
    topics: ['t', 'u'].map((name) => ({
      name,
      numPartitions: 1,
      replicationFactor: 1,
      assignments: [],
      configs: [],
    })),
    timeoutMs: 0,
    validateOnly: false,
  });
});

afterEach(() => broker.close());

function startBroker(): Promise<Broker> {
  return Broker.start({
    port: -1,
    files,
    clock,
    local: { freeze: true, codecCheck: true },
    config: {
      'offsets.topic.num.partitions': '1',
      'transaction.state.log.num.partitions': '1',
      'transaction.abort.timed.out.transaction.cleanup.interval.ms': '1000',
      'transaction.remove.expired.transaction.cleanup.interval.ms': '1000',
    },
  });
}

async function send<A extends ApiName>(name: A, version: number, request: ApiTypes[A]['request']) {
  const connection = await broker.connect();
  return await connection.send(name, version, request);
}

/** Another broker on what a kill −9 leaves of this one. */
async function restart(): Promise<void> {
  const killed = broker;
  memory = memory.clone();
  files = new FaultyFiles(memory);
  broker = await startBroker();
  await turn();
  await killed.close();
}

async function turn(): Promise<void> {
  for (let count = 0; count < 20; count++) await new Promise((resolve) => setImmediate(resolve));
}

async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    clock.advance(Math.min(left, 500));
    await turn();
  }
}

const { init, addPartitions, produce, end, state, committed, commitOffset, committedOffset } = transactionCalls(send);

test('first protocol: partitions are added, written to and committed under one epoch', async () => {
  const identity = await init();
  expect(await produce(FIRST_PROTOCOL, identity, 't', 'too early')).toBe(ErrorCode.TRANSACTION_ABORTABLE);
  expect(await addPartitions(identity, 't')).toBe(0);
  expect(await produce(FIRST_PROTOCOL, identity, 't', 'a')).toBe(0);
  expect(await committed('t')).toEqual(['held back']);
  expect(await end(FIRST_PROTOCOL, identity, true)).toMatchObject({ errorCode: 0 });
  expect(await committed('t')).toEqual(['a']);
  expect(await end(FIRST_PROTOCOL, identity, true)).toMatchObject({ errorCode: 0 });
  expect(await end(FIRST_PROTOCOL, identity, false)).toMatchObject({ errorCode: ErrorCode.INVALID_TXN_STATE });
  expect(await produce(FIRST_PROTOCOL, identity, 't', 'late', 1)).toBe(ErrorCode.TRANSACTION_ABORTABLE);
});

test('second protocol: partitions join by being written to, and a late end meets another epoch', async () => {
  const first = await init();
  expect(await produce(SECOND_PROTOCOL, first, 't', 'a')).toBe(0);
  const second = await end(SECOND_PROTOCOL, first, true);
  expect(second).toEqual({ errorCode: 0, producerId: first.producerId, producerEpoch: first.producerEpoch + 1 });
  // The answer was lost: the retry gets it again.
  expect(await end(SECOND_PROTOCOL, first, true)).toEqual(second);
  expect(await produce(SECOND_PROTOCOL, second, 't', 'b')).toBe(0);
  // A retry of the first end that comes late must not end the second transaction (KAFKA-17754).
  expect(await end(SECOND_PROTOCOL, first, true)).toMatchObject({ errorCode: ErrorCode.PRODUCER_FENCED });
  expect(await produce(SECOND_PROTOCOL, first, 't', 'late', 1)).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
  expect(await state()).toBe('Ongoing');
  expect(await end(SECOND_PROTOCOL, second, false)).toMatchObject({ errorCode: 0 });
  expect(await committed('t')).toEqual(['a']);
});

test('batches that are on the way together keep their order while their partition joins the transaction', async () => {
  const identity = await init();
  const codes = await Promise.all(
    Array.from({ length: 5 }, (_, sequence) => produce(SECOND_PROTOCOL, identity, 't', `${sequence}`, sequence)),
  );
  expect(codes).toEqual([0, 0, 0, 0, 0]);
  await end(SECOND_PROTOCOL, identity, true);
  expect(await committed('t')).toEqual(['0', '1', '2', '3', '4']);
});

test('a new producer aborts what the one before began and fences it', async () => {
  const first = await init();
  await produce(SECOND_PROTOCOL, first, 't', 'zombie');
  const second = await init();
  expect(second.errorCode).toBe(0);
  expect(second.producerEpoch).toBeGreaterThan(first.producerEpoch);
  expect(await committed('t')).toEqual([]);
  expect(await produce(SECOND_PROTOCOL, first, 't', 'late', 1)).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
  expect(await end(SECOND_PROTOCOL, first, true)).toMatchObject({ errorCode: ErrorCode.PRODUCER_FENCED });
  expect(await init(first)).toMatchObject({ errorCode: ErrorCode.PRODUCER_FENCED });
});

test('a producer that raises its own epoch gets the same answer to a retry', async () => {
  const first = await init();
  const second = await init(first);
  expect(second.producerEpoch).toBe(first.producerEpoch + 1);
  expect(await init(first)).toEqual(second);
});

test('offsets of a transaction count when it is committed, and are unstable until it is decided', async () => {
  const first = await init();
  expect(await commitOffset(first, 4)).toBe(0);
  expect(await committedOffset(true)).toBe(ErrorCode.UNSTABLE_OFFSET_COMMIT);
  expect(await committedOffset(false)).toBe(-1);
  const second = await end(SECOND_PROTOCOL, first, false);
  expect(await committedOffset(true)).toBe(-1);
  await commitOffset(second, 7);
  await restart();
  expect(await committedOffset(true)).toBe(ErrorCode.UNSTABLE_OFFSET_COMMIT);
  await end(SECOND_PROTOCOL, second, true);
  expect(await committedOffset(true)).toBe(7);
  await restart();
  expect(await committedOffset(true)).toBe(7);
});

test('a transaction that takes too long is aborted, also over a restart, and its producer fenced', async () => {
  const identity = await init(null, 5000);
  await produce(SECOND_PROTOCOL, identity, 't', 'slow');
  await pass(3000);
  await restart();
  expect(await state()).toBe('Ongoing');
  await pass(4000);
  expect(await state()).toBe('CompleteAbort');
  expect(await committed('t')).toEqual([]);
  expect(await produce(SECOND_PROTOCOL, identity, 't', 'late', 1)).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
  expect(await end(SECOND_PROTOCOL, identity, true)).toMatchObject({ errorCode: ErrorCode.PRODUCER_FENCED });
});

test('transactions are listed by state and pattern, and a hostile pattern holds nobody up', async () => {
  const identity = await init();
  const list = async (transactionalIdPattern: string, ...stateFilters: string[]) => {
    const request = { stateFilters, producerIdFilters: [], durationFilter: -1, transactionalIdPattern };
    const { errorCode, transactionStates, unknownStateFilters } = await send('ListTransactions', 2, request);
    return [errorCode, transactionStates.map(({ transactionalId }) => transactionalId), unknownStateFilters];
  };
  expect(await list('i.')).toEqual([0, ['id'], []]);
  expect(await list('', 'Ongoing', 'Lost')).toEqual([0, [], ['Lost']]);
  await produce(SECOND_PROTOCOL, identity, 't', 'one');
  expect(await list('', 'Ongoing')).toEqual([0, ['id'], []]);
  expect(await list('(i*)*x')).toEqual([0, [], []]);
  expect(await list('(')).toEqual([ErrorCode.INVALID_REGULAR_EXPRESSION, [], []]);
});

test('a transactional id that nobody used for a week is forgotten', async () => {
  const identity = await init();
  await produce(SECOND_PROTOCOL, identity, 't', 'a');
  await end(SECOND_PROTOCOL, identity, true);
  clock.advance(7 * 24 * 3_600_000 + 2000);
  await turn();
  await pass(2000);
  expect(await state()).toBe('');
  expect((await init()).producerId).toBeGreaterThan(identity.producerId);
});

test.each([
  [FIRST_PROTOCOL, true],
  [FIRST_PROTOCOL, false],
  [SECOND_PROTOCOL, true],
  [SECOND_PROTOCOL, false],
] as const)(
  'an end that is interrupted anywhere is decided for all partitions alike: %j, commit %s',
  async (protocol, isCommit) => {
    const outcomes = new Set<string>();
    const before = memory.clone();
    for (let bytes = 0; bytes < 900; bytes += 23) {
      await broker.close();
      memory = before.clone();
      files = new FaultyFiles(memory);
      broker = await startBroker();
      const identity = await init();
      await addPartitions(identity, 't', 'u');
      await produce(protocol, identity, 't', 'a');
      await produce(protocol, identity, 'u', 'b');
      await commitOffset(identity, 5);
      files.faults.bytesLeft = bytes;
      const ending = end(protocol, identity, isCommit);
      await turn();
      files.faults.bytesLeft = Number.POSITIVE_INFINITY;
      await restart();
      await pass(1000);
      const now = await state();
      const seen = [...(await committed('t')), ...(await committed('u')), await committedOffset(false)];
      outcomes.add(now);
      const isOpen = now === 'Ongoing';
      expect({ bytes, now, seen }).toEqual({
        bytes,
        now: isOpen ? 'Ongoing' : isCommit ? 'CompleteCommit' : 'CompleteAbort',
        seen: isOpen ? ['held back', 'held back', -1] : isCommit ? ['a', 'b', 5] : [-1],
      });
      // What was answered stands.
      const answer = await Promise.race([ending, Promise.resolve(null)]);
      if (answer?.errorCode === 0) expect(isOpen).toBe(false);
    }
    expect(outcomes.size).toBe(2);
  },
);
