import type { Connection, FetchResponse } from '@millrace/protocol';
import { MetadataRequestDefaults, ZERO_UUID } from '@millrace/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from '../broker.ts';
import { fetchRequest } from '../testing/requests.ts';
import { testBatch } from '../testing/test-log.ts';

const VERSION = 12;

let broker: Broker;
let client: Connection;

beforeAll(async () => {
  broker = await Broker.start({ port: -1, config: { 'num.partitions': '3' } });
  client = await broker.connect();
});
afterAll(() => broker.close());

async function makeTopic(name: string): Promise<void> {
  await client.send('Metadata', 9, { ...MetadataRequestDefaults, topics: [{ topicId: ZERO_UUID, name }] });
}

async function produce(topic: string, index: number, records: Uint8Array, transactionalId: string | null = null) {
  const topicData = [{ name: topic, topicId: ZERO_UUID, partitionData: [{ index, records }] }];
  const answer = await client.send('Produce', 9, { transactionalId, acks: -1, timeoutMs: 1000, topicData });
  expect(answer.responses[0]!.partitionResponses[0]!.errorCode).toBe(0);
}

const record = (value: string) => testBatch([{ value, timestamp: Date.now() }]);

/** A request of a session for all three partitions, or, when it goes on, for none that it has to name. */
function ask(topic: string, sessionId: number, sessionEpoch: number, offsets: Readonly<Record<number, number>>) {
  const base = fetchRequest(topic, 0);
  const [first] = base.topics;
  const partitions = Object.entries(offsets).map(([partition, fetchOffset]) => ({
    ...first!.partitions[0]!,
    partition: Number(partition),
    fetchOffset,
  }));
  const topics = partitions.length === 0 ? [] : [{ ...first!, partitions }];
  return { ...base, sessionId, sessionEpoch, topics };
}

const answered = (response: FetchResponse) =>
  response.responses.flatMap(({ partitions }) => partitions.map(({ partitionIndex }) => partitionIndex)).sort();

test('the first answer of a session tells of all partitions, later ones only of what is new', async () => {
  await makeTopic('news');
  const first = await client.send('Fetch', VERSION, ask('news', 0, 0, { 0: 0, 1: 0, 2: 0 }));
  expect(first.sessionId).toBeGreaterThan(0);
  expect(answered(first)).toEqual([0, 1, 2]);
  const { sessionId } = first;
  expect(answered(await client.send('Fetch', VERSION, ask('news', sessionId, 1, {})))).toEqual([]);
  await produce('news', 1, record('a'));
  const third = await client.send('Fetch', VERSION, ask('news', sessionId, 2, {}));
  expect(answered(third)).toEqual([1]);
  expect(third.responses[0]!.partitions[0]!.highWatermark).toBe(1);
  // Until the client says where it goes on, the records are new.
  expect(answered(await client.send('Fetch', VERSION, ask('news', sessionId, 3, {})))).toEqual([1]);
  expect(answered(await client.send('Fetch', VERSION, ask('news', sessionId, 4, { 1: 1 })))).toEqual([]);
});

test('an error is told in every answer until it is over', async () => {
  await makeTopic('errors');
  const { sessionId } = await client.send('Fetch', VERSION, ask('errors', 0, 0, { 0: 5, 1: 0 }));
  for (const epoch of [1, 2]) {
    const answer = await client.send('Fetch', VERSION, ask('errors', sessionId, epoch, {}));
    expect(answered(answer)).toEqual([0]);
    expect(answer.responses[0]!.partitions[0]!.errorCode).toBe(1);
  }
  expect(answered(await client.send('Fetch', VERSION, ask('errors', sessionId, 3, { 0: 0 })))).toEqual([0]);
  expect(answered(await client.send('Fetch', VERSION, ask('errors', sessionId, 4, {})))).toEqual([]);
});

test('what becomes of a topic under a session is told, though nothing was written', async () => {
  await makeTopic('deleted');
  const { sessionId } = await client.send('Fetch', VERSION, ask('deleted', 0, 0, { 0: 0, 1: 0 }));
  expect(answered(await client.send('Fetch', VERSION, ask('deleted', sessionId, 1, {})))).toEqual([]);
  const topics = [{ name: 'deleted', topicId: ZERO_UUID }];
  await client.send('DeleteTopics', 6, { topics, topicNames: [], timeoutMs: 1000 });
  const answer = await client.send('Fetch', VERSION, ask('deleted', sessionId, 2, {}));
  expect(answer.responses[0]!.partitions.map(({ errorCode }) => errorCode)).toEqual([3, 3]);
});

test('a refused session is told at once, with an empty answer', async () => {
  const answer = await client.send('Fetch', VERSION, ask('news', 4711, 3, {}));
  expect(answer).toMatchObject({ errorCode: 70, sessionId: 0, responses: [] });
});

test('a session with records in every partition reads each in its turn, however few bytes it may take', async () => {
  await makeTopic('turns');
  for (const partition of [0, 1, 2]) await produce('turns', partition, record('x'.repeat(1000)));
  const small = { maxBytes: 1 };
  const first = await client.send('Fetch', VERSION, { ...ask('turns', 0, 0, { 0: 0, 1: 0, 2: 0 }), ...small });
  const { sessionId } = first;
  const withRecords = (response: FetchResponse) =>
    response.responses.flatMap(({ partitions }) =>
      partitions.filter(({ records }) => records!.byteLength > 0).map(({ partitionIndex }) => partitionIndex),
    );
  const turns = [withRecords(first)];
  for (const epoch of [1, 2, 3]) {
    turns.push(withRecords(await client.send('Fetch', VERSION, { ...ask('turns', sessionId, epoch, {}), ...small })));
  }
  expect(turns).toEqual([[0], [1], [2], [0]]);
});

test('a fetch of committed records that waits for many bytes wakes when the end of a transaction lets them go', async () => {
  await makeTopic('open');
  const { producerId, producerEpoch } = await client.send('InitProducerId', 4, {
    transactionalId: 'tx',
    transactionTimeoutMs: 60_000,
    producerId: -1,
    producerEpoch: -1,
    enable2Pc: false,
    keepPreparedTxn: false,
  });
  await client.send('AddPartitionsToTxn', 3, {
    transactions: [],
    v3AndBelowTransactionalId: 'tx',
    v3AndBelowProducerId: producerId,
    v3AndBelowProducerEpoch: producerEpoch,
    v3AndBelowTopics: [{ name: 'open', partitions: [0] }],
  });
  const identity = { producerId, producerEpoch, baseSequence: 0, isTransactional: true };
  await produce('open', 0, testBatch([{ value: 'y'.repeat(5000), timestamp: Date.now() }], identity), 'tx');
  const fetched = client.send('Fetch', VERSION, {
    ...fetchRequest('open', 600_000),
    isolationLevel: 1,
    minBytes: 5000,
  });
  const ended = await (await broker.connect()).send('EndTxn', 3, {
    transactionalId: 'tx',
    producerId,
    producerEpoch,
    committed: true,
  });
  expect(ended.errorCode).toBe(0);
  expect((await fetched).responses[0]!.partitions[0]!.records!.byteLength).toBeGreaterThan(5000);
});
