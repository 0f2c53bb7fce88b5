import { ErrorCode, MetadataRequestDefaults, Reader, ZERO_UUID } from '@millrace/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registry } from '../apis/registry.ts';
import { Broker } from '../broker.ts';
import { fetchRequest } from '../testing/requests.ts';
import { testBatch } from '../testing/test-log.ts';
import { Wire } from '../testing/wire.ts';

let broker: Broker;

beforeAll(async () => {
  broker = await Broker.start();
});

afterAll(() => broker.close());

const everyTopic = { ...MetadataRequestDefaults, topics: null };

function produceRequest(name: string, value: string, acks = -1) {
  const records = testBatch([{ value, timestamp: Date.now() }]);
  return {
    transactionalId: null,
    acks,
    timeoutMs: 1000,
    topicData: [{ name, topicId: ZERO_UUID, partitionData: [{ index: 0, records }] }],
  };
}

async function makeTopic(name: string): Promise<void> {
  const connection = await broker.connect();
  await connection.send('Metadata', 9, { ...MetadataRequestDefaults, topics: [{ topicId: ZERO_UUID, name }] });
  await connection.close();
}

test('ApiVersions lists what the registry holds', async () => {
  const wire = await Wire.connect(broker.port);
  const answer = await wire.send('ApiVersions', 3, { clientSoftwareName: 'test', clientSoftwareVersion: '1.0' });
  expect(answer!.apiKeys.map(({ apiKey }) => apiKey)).toEqual(registry().map(({ key }) => key));
  wire.destroy();
});

test('an ApiVersions of the future is answered in version 0 with the list, and the connection goes on', async () => {
  const wire = await Wire.connect(broker.port);
  const frame = Buffer.from([0, 0, 0, 12, 0, 18, 0, 99, 0, 0, 0, 77, 0xff, 0xff, 0, 0]);
  const reader = new Reader((await wire.exchange(frame))!);
  expect(reader.int32()).toBe(77);
  expect(reader.int16()).toBe(ErrorCode.UNSUPPORTED_VERSION);
  expect(reader.int32()).toBe(registry().length);
  expect(await wire.send('Metadata', 9, everyTopic)).not.toBe(null);
  wire.destroy();
});

test.each([
  ['an unknown API', Buffer.from([0, 0, 0, 10, 0x7f, 0, 0, 0, 0, 0, 0, 1, 0xff, 0xff])],
  ['a version that is not served', Buffer.from([0, 0, 0, 10, 0, 3, 0, 99, 0, 0, 0, 1, 0xff, 0xff])],
  ['a body that is cut off', Buffer.from([0, 0, 0, 10, 0, 3, 0, 1, 0, 0, 0, 1, 0xff, 0xff])],
  ['a frame that is too large', Buffer.from([0x7f, 0xff, 0xff, 0xff])],
])('%s costs its connection, and no other', async (_what, bytes) => {
  const bad = await Wire.connect(broker.port);
  const good = await Wire.connect(broker.port);
  expect(await bad.exchange(bytes)).toBe(null);
  expect(await good.send('Metadata', 9, everyTopic)).not.toBe(null);
  good.destroy();
});

test('answers come in the order of the requests, also behind a fetch that waits', async () => {
  await makeTopic('order');
  const wire = await Wire.connect(broker.port);
  const order: string[] = [];
  const fetched = wire.send('Fetch', 11, fetchRequest('order', 300)).then(() => order.push('fetch'));
  const described = wire.send('Metadata', 9, everyTopic).then(() => order.push('metadata'));
  await Promise.all([fetched, described]);
  expect(order).toEqual(['fetch', 'metadata']);
  wire.destroy();
});

test('a fetch that waits is answered as soon as there are records', async () => {
  await makeTopic('poll');
  const consumer = await Wire.connect(broker.port);
  const producer = await Wire.connect(broker.port);
  const fetched = consumer.send('Fetch', 11, fetchRequest('poll', 60_000));
  const produced = await producer.send('Produce', 7, produceRequest('poll', 'hello'));
  expect(produced!.responses[0]!.partitionResponses[0]).toMatchObject({ errorCode: 0, baseOffset: 0 });
  const answer = (await fetched)!.responses[0]!.partitions[0]!;
  expect(answer.highWatermark).toBe(1);
  expect(answer.records!.byteLength).toBeGreaterThan(0);
  consumer.destroy();
  producer.destroy();
});

test('a produce without acks gets no answer, and what it sent is there', async () => {
  await makeTopic('quiet');
  const wire = await Wire.connect(broker.port);
  void wire.send('Produce', 7, produceRequest('quiet', 'x', 0)).catch(() => {});
  // The next answer would be out of order if the produce had one.
  const other = await Wire.connect(broker.port);
  const fetched = await other.send('Fetch', 11, fetchRequest('quiet', 10_000));
  expect(fetched!.responses[0]!.partitions[0]!.highWatermark).toBe(1);
  wire.destroy();
  other.destroy();
});

test('a broker that closes answers a fetch that waits', async () => {
  const closing = await Broker.start();
  const connection = await closing.connect();
  await connection.send('Metadata', 9, { ...MetadataRequestDefaults, topics: [{ topicId: ZERO_UUID, name: 't' }] });
  const wire = await Wire.connect(closing.port);
  const fetched = wire.send('Fetch', 11, fetchRequest('t', 60_000));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await closing.close();
  await fetched;
  await wire.closed;
});
