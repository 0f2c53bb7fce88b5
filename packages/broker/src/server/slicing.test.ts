import { setImmediate as nextTurn } from 'node:timers/promises';
import { FakeClock } from '@millrace/base/testing';
import { type Connection, MetadataRequestDefaults, ZERO_UUID } from '@millrace/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from '../broker.ts';
import { fetchRequest } from '../testing/requests.ts';
import { testBatch } from '../testing/test-log.ts';
import { Wire } from '../testing/wire.ts';

// A client in the broker's own isolate works at full speed: others must get their turns all the same.

/** The budget of a turn and one answer above it. */
const TURN_BYTES_MAX = 8 * 1024 * 1024;
const BATCH_BYTES = 900_000;
const BATCHES = 32;
const FLOOD_BYTES = 200 * 1024 * 1024;
const CONFIG = { 'num.partitions': '1' };

let broker: Broker;
let local: Connection;

beforeAll(async () => {
  broker = await Broker.start({ config: CONFIG });
  local = await withHistory(broker);
});

afterAll(() => broker.close());

/** A local connection to a broker that has much to be read. */
async function withHistory(started: Broker): Promise<Connection> {
  const connection = await started.connect();
  const topics = ['history', 'small'].map((name) => ({ topicId: ZERO_UUID, name }));
  await connection.send('Metadata', 9, { ...MetadataRequestDefaults, topics });
  for (let index = 0; index < BATCHES; index++) {
    await connection.send('Produce', 9, produceRequest('history', BATCH_BYTES));
  }
  return connection;
}

function produceRequest(name: string, bytes: number) {
  const records = testBatch([{ value: 'x'.repeat(bytes), timestamp: Date.now() }]);
  const topicData = [{ name, topicId: ZERO_UUID, partitionData: [{ index: 0, records }] }];
  return { transactionalId: null, acks: -1, timeoutMs: 1000, topicData };
}

/** Reads at full speed over several requests at once, and answers how many bytes came between two turns of the loop. */
async function flood(
  connection: Connection = local,
  onRead: (bytes: number) => void = () => {},
): Promise<{ readonly bytesPerTurn: readonly number[] }> {
  const bytesPerTurn = [0];
  let read = 0;
  const countTurn = (): void => {
    bytesPerTurn.push(0);
    if (read < FLOOD_BYTES) setImmediate(countTurn);
  };
  setImmediate(countTurn);
  const readOn = async (): Promise<void> => {
    while (read < FLOOD_BYTES) {
      const answer = await connection.send('Fetch', 12, fetchRequest('history', 0));
      const bytes = answer.responses[0]!.partitions[0]!.records!.byteLength;
      read += bytes;
      bytesPerTurn[bytesPerTurn.length - 1]! += bytes;
      onRead(bytes);
    }
  };
  await Promise.all([readOn(), readOn(), readOn()]);
  return { bytesPerTurn };
}

test('a local client that reads at full speed leaves the loop to others after a few mebibytes', async () => {
  const { bytesPerTurn } = await flood();
  expect(Math.max(...bytesPerTurn)).toBeLessThanOrEqual(TURN_BYTES_MAX);
  expect(bytesPerTurn.length).toBeGreaterThan(FLOOD_BYTES / TURN_BYTES_MAX);
});

test('a local client that asks for nothing large leaves the loop to others, too', async () => {
  let answers = 0;
  let answersAtTurn: number | null = null;
  setImmediate(() => {
    answersAtTurn = answers;
  });
  while (answersAtTurn === null && answers < 100_000) {
    await local.send('Metadata', 9, { ...MetadataRequestDefaults, topics: [] });
    answers += 1;
  }
  // Two turns' shares: the first may have begun before.
  expect(answersAtTurn).toBeLessThanOrEqual(2048);
});

test('requests of a client of another process are answered while a local one reads at full speed', async () => {
  const wire = await Wire.connect(broker.port);
  let isFlooding = true;
  const flooded = flood().finally(() => {
    isFlooding = false;
  });
  let answered = 0;
  while (isFlooding) {
    const answer = await wire.send('Produce', 9, produceRequest('small', 100));
    expect(answer!.responses[0]!.partitionResponses[0]!.errorCode).toBe(0);
    answered += 1;
  }
  await flooded;
  expect(answered).toBeGreaterThan(10);
  wire.destroy();
});

test('members of groups with short sessions stay while a local client reads at full speed', async () => {
  // Time passes with what is read, so that the test means the same on a busy machine.
  const clock = new FakeClock(Date.now());
  const timed = await Broker.start({ config: CONFIG, clock });
  const connection = await withHistory(timed);
  const wire = await Wire.connect(timed.port);
  const joined = await joinAlone(wire);
  let isFlooding = true;
  const flooded = flood(connection, (bytes) => clock.advance((bytes / 2 ** 20) * MEBIBYTE_MS)).finally(() => {
    isFlooding = false;
  });
  let beats = 0;
  for (let dueMs = 0; isFlooding; await nextTurn()) {
    if (clock.monotonicMs() < dueMs) continue;
    const beat = await wire.send('Heartbeat', 4, { groupId: 'short', groupInstanceId: null, ...joined });
    expect(beat!.errorCode).toBe(0);
    dueMs = clock.monotonicMs() + SESSION_MS / 4;
    beats += 1;
  }
  expect(beats).toBeGreaterThan(2);
  await flooded;
  wire.destroy();
  await timed.close();
});

const SESSION_MS = 200;
/** How long it takes to read a mebibyte, says the clock of the test. */
const MEBIBYTE_MS = 2;

async function joinAlone(wire: Wire) {
  const join = (memberId: string) =>
    wire.send('JoinGroup', 7, {
      groupId: 'short',
      sessionTimeoutMs: SESSION_MS,
      rebalanceTimeoutMs: SESSION_MS,
      memberId,
      groupInstanceId: null,
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: new Uint8Array(0) }],
      reason: null,
    });
  const named = await join('');
  const { memberId, generationId } = (await join(named!.memberId))!;
  await wire.send('SyncGroup', 5, {
    groupId: 'short',
    generationId,
    memberId,
    groupInstanceId: null,
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: [{ memberId, assignment: new Uint8Array(0) }],
  });
  return { memberId, generationId };
}
