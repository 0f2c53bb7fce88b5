import { setTimeout as sleep } from 'node:timers/promises';
import { FakeClock } from '@millrace/base/testing';
import { MetadataRequestDefaults, ZERO_UUID } from '@millrace/protocol';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { apiDeclarations } from '../../../protocol/src/messages/all.ts';
import { arbitraryMessage } from '../../../protocol/src/testing/arbitrary-message.ts';
import { registry } from '../apis/registry.ts';
import { Broker } from '../broker.ts';
import { MemoryBudget } from '../lib/memory-budget.ts';
import { fetchRequest } from '../testing/requests.ts';
import { testBatch } from '../testing/test-log.ts';
import { requestFrame, Wire } from '../testing/wire.ts';

const everyTopic = { ...MetadataRequestDefaults, topics: null };
const wires: Wire[] = [];

afterEach(() => {
  for (const wire of wires.splice(0)) wire.destroy();
});

async function connect(broker: Broker): Promise<Wire> {
  const wire = await Wire.connect(broker.port);
  wires.push(wire);
  return wire;
}

async function isServed(wire: Wire): Promise<boolean> {
  return (await wire.send('Metadata', 9, everyTopic)) !== null;
}

async function produce(broker: Broker, topic: string, value: string): Promise<void> {
  const app = await broker.connect();
  await app.send('Metadata', 9, { ...MetadataRequestDefaults, topics: [{ topicId: ZERO_UUID, name: topic }] });
  const records = testBatch([{ value, timestamp: 0 }]);
  const topicData = [{ name: topic, topicId: ZERO_UUID, partitionData: [{ index: 0, records }] }];
  await app.send('Produce', 7, { transactionalId: null, acks: -1, timeoutMs: 1000, topicData });
}

test.each([
  [{ 'max.connections': '3' }],
  [{ 'max.connections.per.ip': '3' }],
  [{ 'max.connections.per.ip': '1', 'max.connections.per.ip.overrides': '10.0.0.1:9,127.0.0.1:3' }],
])('with %j a fourth connection is closed, and the others are served', async (config) => {
  await using broker = await Broker.start({ config: config as Record<string, string> });
  const three = [await connect(broker), await connect(broker), await connect(broker)];
  const fourth = await connect(broker);
  await fourth.closed;
  for (const wire of three) expect(await isServed(wire)).toBe(true);
  three[0]!.destroy();
  // Whoever goes makes room.
  await expect.poll(async () => await isServed(await connect(broker))).toBe(true);
});

test('an address that opens connections too fast is closed out until it slows down', async () => {
  await using broker = await Broker.start({ config: { 'quota.window.num': '2' } });
  const app = await broker.connect();
  const entity = [{ entityType: 'ip', entityName: '127.0.0.1' }];
  const ops = [{ key: 'connection_creation_rate', value: 5, remove: false }];
  await app.send('AlterClientQuotas', 1, { entries: [{ entity, ops }], validateOnly: false });
  const opened = await Promise.all(Array.from({ length: 12 }, () => connect(broker)));
  const served = await Promise.all(opened.map(isServed));
  // Those of the burst, in the order in which they came.
  expect(served.filter((isIn) => isIn).length).toBeLessThan(12);
  expect(served.slice(0, 5)).toEqual([true, true, true, true, true]);
});

test('a connection on which nothing happens is closed, one that waits for its answer is not', async () => {
  const clock = new FakeClock();
  await using broker = await Broker.start({ clock, config: { 'connections.max.idle.ms': '100' } });
  await produce(broker, 'idle', 'x');
  const idle = await connect(broker);
  const waiting = await connect(broker);
  const fetched = waiting.send('Fetch', 11, fetchRequest('idle', 600, 1));
  // By the time a later request is answered the fetch is there, too.
  expect(await isServed(await connect(broker))).toBe(true);
  clock.advance(150);
  await idle.closed;
  clock.advance(500);
  expect(await fetched).not.toBe(null);
});

test('a client that is over its quota is told to wait, and its connection stands still as long', async () => {
  const clock = new FakeClock();
  const broker = await Broker.start({ clock, config: { 'quota.window.num': '2' } });
  await produce(broker, 'slow', 'x'.repeat(10_000));
  const app = await broker.connect();
  const entity = [{ entityType: 'client-id', entityName: 'wire' }];
  const ops = [{ key: 'consumer_byte_rate', value: 5000, remove: false }];
  await app.send('AlterClientQuotas', 1, { entries: [{ entity, ops }], validateOnly: false });
  const wire = await connect(broker);
  const first = await wire.send('Fetch', 11, fetchRequest('slow', 0));
  expect(first!.throttleTimeMs).toBeGreaterThan(1000);
  let isAnswered = false;
  const second = isServed(wire).then((isIn) => {
    isAnswered = true;
    return isIn;
  });
  // Others are not held up meanwhile.
  expect(await isServed(await connect(broker))).toBe(true);
  expect(isAnswered).toBe(false);
  clock.advance(first!.throttleTimeMs);
  expect(await second).toBe(true);
  for (const open of wires.splice(0)) open.destroy();
  await broker.close();
});

test('topics are made no faster than the quota lets them', async () => {
  await using broker = await Broker.start({ config: { 'controller.quota.window.num': '1' } });
  const app = await broker.connect();
  const entity = [{ entityType: 'user', entityName: null }];
  const ops = [{ key: 'controller_mutation_rate', value: 5, remove: false }];
  await app.send('AlterClientQuotas', 1, { entries: [{ entity, ops }], validateOnly: false });
  const wire = await connect(broker);
  const topics = Array.from({ length: 4 }, (_, index) => ({
    name: `topic-${index}`,
    numPartitions: 3,
    replicationFactor: 1,
    assignments: [],
    configs: [],
  }));
  const made = await wire.send('CreateTopics', 7, { topics, timeoutMs: 1000, validateOnly: false });
  const codeOf = (name: string) => made!.topics.find((topic) => topic.name === name)!.errorCode;
  expect(topics.map(({ name }) => codeOf(name))).toEqual([0, 0, 89, 89]);
  expect(made!.throttleTimeMs).toBeGreaterThan(0);
});

test('clients that ask for much and take nothing hold a bounded share of memory, and others are served', async () => {
  const budget = new MemoryBudget(0);
  for (let reader = 0; reader < 1000; reader++) budget.addUnsentBytes(Math.min(16 * 1024 * 1024, budget.fetchBytesMax));
  // 128 MiB, and 64 KiB for each who came after they were used up.
  expect(budget.unsentBytes).toBeLessThan(200 * 1024 * 1024);

  await using broker = await Broker.start();
  const value = 'x'.repeat(900_000);
  for (let index = 0; index < 10; index++) await produce(broker, 'much', value);
  const readers = await Promise.all(Array.from({ length: 30 }, () => connect(broker)));
  for (const reader of readers) {
    reader.pause();
    reader.write(requestFrame('Fetch', 11, fetchRequest('much', 0), 1));
  }
  const other = await connect(broker);
  expect(await isServed(other)).toBe(true);
  // Who begins to read gets all of it.
  readers[0]!.resume();
  await expect.poll(() => readers[0]!.receivedBytes).toBeGreaterThan(900_000);
});

test('a size that is only claimed takes no memory', async () => {
  await using broker = await Broker.start();
  const before = process.memoryUsage().arrayBuffers;
  const claims = await Promise.all(Array.from({ length: 200 }, () => connect(broker)));
  // A hundred megabytes each, of which four bytes come.
  for (const wire of claims) wire.write(Buffer.from([0x05, 0xf5, 0xe1, 0x00, 0, 0, 0, 0]));
  await sleep(50);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  expect(await isServed(await connect(broker))).toBe(true);
});

test('requests wait unread while too many bytes of them are in work', async () => {
  await using broker = await Broker.start({ config: { 'queued.max.request.bytes': '1000' } });
  await produce(broker, 'busy', 'x');
  const waiting = Array.from({ length: 40 }, () => connect(broker));
  const fetches = (await Promise.all(waiting)).map((wire) => wire.send('Fetch', 11, fetchRequest('busy', 300, 1)));
  const late = await connect(broker);
  // Served when the fetches are answered, and not forgotten.
  expect(await isServed(late)).toBe(true);
  expect(await Promise.all(fetches)).not.toContain(null);
});

test('a thousand idle connections harm nobody', async () => {
  await using broker = await Broker.start();
  const idle = await Promise.all(Array.from({ length: 1000 }, () => connect(broker)));
  expect(await isServed(await connect(broker))).toBe(true);
  expect(await isServed(idle[500]!)).toBe(true);
});

test('whatever is changed in a request, it costs its connection at most', async () => {
  await using broker = await Broker.start({ config: { 'auto.create.topics.enable': 'false' } });
  const served = registry().flatMap(({ name, minVersion, maxVersion }) =>
    Array.from({ length: maxVersion - minVersion + 1 }, (_, index) => ({ name, version: minVersion + index })),
  );
  const mutation = fc.record({ at: fc.nat(2000), byte: fc.nat(255), cut: fc.option(fc.nat(2000), { freq: 3 }) });
  const good = await connect(broker);
  const arbitrary = fc.constantFrom(...served).chain(({ name, version }) => {
    const { request } = apiDeclarations.find((api) => api.name === name)!;
    return fc.tuple(fc.constant({ name, version }), arbitraryMessage(request, version), fc.array(mutation));
  });
  await fc.assert(
    fc.asyncProperty(arbitrary, async ([{ name, version }, request, mutations]) => {
      // Waiting for records or members is no harm, but would take the test long.
      const quick = { ...request, maxWaitMs: 0, rebalanceTimeoutMs: 1, sessionTimeoutMs: 1 };
      let frame = Buffer.from(requestFrame(name, version, quick as never, 7));
      for (const { at, byte, cut } of mutations) {
        if (8 + at < frame.byteLength) frame[8 + at] = byte;
        if (cut !== null && 8 + cut < frame.byteLength) frame = frame.subarray(0, 8 + cut);
      }
      frame.writeInt32BE(frame.byteLength - 4, 0);
      const wire = await Wire.connect(broker.port);
      wire.write(frame);
      expect(await isServed(good)).toBe(true);
      wire.destroy();
    }),
    { numRuns: 500 },
  );
  expect((await good.send('Metadata', 9, everyTopic))!.topics.filter(({ name }) => !name!.startsWith('__'))).toEqual(
    [],
  );
});
