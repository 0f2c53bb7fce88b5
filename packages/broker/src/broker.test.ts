import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { silentLogger } from '@millrace/base';
import { FakeClock } from '@millrace/base/testing';
import { type Connection, ErrorCode, MetadataRequestDefaults, RecordCursor, ZERO_UUID } from '@millrace/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Broker } from './broker.ts';
import { FaultyFiles } from './storage/faulty-files.ts';
import { MemoryFiles } from './storage/memory-files.ts';
import { fetchRequest } from './testing/requests.ts';
import { testBatch } from './testing/test-log.ts';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-broker-'));
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function makeTopic(connection: Connection, name: string, configs: Record<string, string> = {}) {
  const answer = await connection.send('CreateTopics', 7, {
    topics: [
      {
        name,
        numPartitions: 2,
        replicationFactor: -1,
        assignments: [],
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      },
    ],
    timeoutMs: 0,
    validateOnly: false,
  });
  return answer.topics[0]!;
}

async function produce(connection: Connection, topic: string, value: string) {
  const records = testBatch([{ value, timestamp: Date.now() }]);
  const answer = await connection.send('Produce', 11, {
    transactionalId: null,
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: topic, topicId: ZERO_UUID, partitionData: [{ index: 0, records }] }],
  });
  return answer.responses[0]!.partitionResponses[0]!;
}

async function endOffset(connection: Connection, name: string): Promise<number> {
  const answer = await connection.send('ListOffsets', 7, {
    replicaId: -1,
    isolationLevel: 0,
    topics: [{ name, partitions: [{ partitionIndex: 0, currentLeaderEpoch: -1, timestamp: -1 }] }],
    timeoutMs: 0,
  });
  return answer.topics[0]!.partitions[0]!.offset;
}

async function readOffsets(connection: Connection, topic: string): Promise<number[]> {
  const answer = await connection.send('Fetch', 11, fetchRequest(topic, 0));
  const cursor = new RecordCursor(answer.responses[0]!.partitions[0]!.records!, { checkCrcs: true });
  const offsets: number[] = [];
  while (cursor.next()) offsets.push(cursor.offset);
  return offsets;
}

async function topicNames(connection: Connection): Promise<(string | null)[]> {
  const answer = await connection.send('Metadata', 12, { ...MetadataRequestDefaults, topics: null });
  return answer.topics.map(({ name }) => name);
}

test('topics and records outlive the broker on a data folder, and nothing outlives one in memory', async () => {
  for (const options of [{ data: folder }, {}]) {
    {
      await using broker = await Broker.start({ ...options, port: -1 });
      const connection = await broker.connect();
      await makeTopic(connection, 'orders');
      expect(await produce(connection, 'orders', 'a')).toMatchObject({ errorCode: 0, baseOffset: 0 });
    }
    await using again = await Broker.start({ ...options, port: -1 });
    const connection = await again.connect();
    expect(await topicNames(connection)).toEqual('data' in options ? ['orders'] : []);
    if ('data' in options) expect(await endOffset(connection, 'orders')).toBe(1);
  }
});

test('a data folder belongs to one broker, and is free again after its close', async () => {
  const first = await Broker.start({ data: folder, port: -1 });
  await expect(Broker.start({ data: folder, port: -1 })).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
  await Promise.all([first.close(), first.stop()]);
  await (await Broker.start({ data: folder, port: -1 })).close();
});

test('a port that is taken is said so, and the data folder is let go', async () => {
  await using first = await Broker.start();
  const second = Broker.start({ data: folder, port: first.port });
  await expect(second).rejects.toMatchObject({ code: 'ADDRESS_IN_USE' });
  await (await Broker.start({ data: folder, port: -1 })).close();
});

test('a broker in a thread is served over its address, keeps its data, and has no local connection', async () => {
  const options = { data: folder, thread: true, config: { 'num.partitions': '3' } };
  const broker = await Broker.start(options);
  expect(broker.bootstrapServers).toBe(`127.0.0.1:${broker.port}`);
  await expect(broker.connect()).rejects.toMatchObject({ code: 'BROKER_IN_THREAD' });
  await expect(Broker.start(options)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
  await broker.close();
  await (await Broker.start({ data: folder, port: -1 })).close();
});

test('a broker in a thread refuses options that cannot go there', async () => {
  const options = { thread: true, random: { int: () => 0 } };
  await expect(Broker.start(options)).rejects.toMatchObject({ code: 'OPTION_NOT_FOR_THREAD' });
});

test('a topic that was deleted and made again has another id and none of the old records', async () => {
  await using broker = await Broker.start({ data: folder, port: -1 });
  const connection = await broker.connect();
  const first = await makeTopic(connection, 'orders');
  await produce(connection, 'orders', 'a');
  const topics = [{ name: 'orders', topicId: ZERO_UUID }];
  await connection.send('DeleteTopics', 6, { topics, topicNames: [], timeoutMs: 0 });
  expect(await topicNames(connection)).toEqual([]);
  const second = await makeTopic(connection, 'orders');
  expect(second.topicId).not.toBe(first.topicId);
  expect(await endOffset(connection, 'orders')).toBe(0);
});

test('a folder that a deletion left behind is not taken for the new topic of its name', async () => {
  let left: Buffer;
  {
    await using broker = await Broker.start({ data: folder, port: -1 });
    const connection = await broker.connect();
    await makeTopic(connection, 'orders');
    await produce(connection, 'orders', 'a');
    const file = path.join(folder, 'orders-0', '00000000000000000000.log');
    left = fs.readFileSync(file);
    const topics = [{ name: 'orders', topicId: ZERO_UUID }];
    await connection.send('DeleteTopics', 6, { topics, topicNames: [], timeoutMs: 0 });
    await makeTopic(connection, 'orders');
  }
  // As if the broker had died between the deletion's change and the removal of its folder.
  fs.mkdirSync(path.join(folder, 'orders-0'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'orders-0', '00000000000000000000.log'), left);
  fs.writeFileSync(
    path.join(folder, 'orders-0', 'partition.metadata'),
    'version: 0\ntopic_id: anothertopicanothertop\n',
  );
  await using again = await Broker.start({ data: folder, port: -1 });
  expect(await endOffset(await again.connect(), 'orders')).toBe(0);
});

test('configs that Kafka does not know, or that make no sense, are refused in its words', async () => {
  await using broker = await Broker.start({ port: -1 });
  const connection = await broker.connect();
  expect(await makeTopic(connection, 'a', { 'no.such.config': '1' })).toMatchObject({
    errorCode: ErrorCode.INVALID_CONFIG,
    errorMessage: 'Unknown topic config name: no.such.config',
  });
  expect(await makeTopic(connection, 'a', { 'retention.ms': 'soon' })).toMatchObject({
    errorCode: ErrorCode.INVALID_CONFIG,
    errorMessage: 'Invalid value soon for configuration retention.ms: Not a number of type LONG',
  });
  expect((await makeTopic(connection, 'no spaces')).errorCode).toBe(ErrorCode.INVALID_TOPIC_EXCEPTION);
  expect((await makeTopic(connection, 'a', { 'cleanup.policy': 'compact,delete' })).errorCode).toBe(0);
  expect((await makeTopic(connection, 'a')).errorMessage).toBe("Topic 'a' already exists.");
});

test('after an unclean stop the leader epoch is raised, after a clean one it stays', async () => {
  const epoch = async (broker: Broker): Promise<number> => {
    const connection = await broker.connect();
    const answer = await connection.send('Metadata', 12, { ...MetadataRequestDefaults, topics: null });
    return answer.topics[0]!.partitions[0]!.leaderEpoch;
  };
  const broker = await Broker.start({ data: folder, port: -1 });
  await makeTopic(await broker.connect(), 'orders');
  await produce(await broker.connect(), 'orders', 'a');
  const copy = `${folder}-copy`;
  fs.cpSync(folder, copy, { recursive: true });
  fs.rmSync(path.join(copy, '.lock'));
  await broker.close();
  try {
    await using crashed = await Broker.start({ data: copy, port: -1 });
    expect(await epoch(crashed)).toBe(1);
    expect(await endOffset(await crashed.connect(), 'orders')).toBe(1);
    await using stopped = await Broker.start({ data: folder, port: -1 });
    expect(await epoch(stopped)).toBe(0);
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
});

test('requests and answers of a local connection in test mode are frozen and fit the wire', async () => {
  await using broker = await Broker.start({ port: -1, local: { freeze: true, codecCheck: true } });
  const connection = await broker.connect();
  const answer = await connection.send('Metadata', 12, { ...MetadataRequestDefaults, topics: null });
  expect(Object.isFrozen(answer.topics)).toBe(true);
  // The version is too old for topic ids: the wire could not carry them.
  const topics = [{ topicId: 'AAAAAAAAAAAAAAAAAAAAAQ', name: 'x' }];
  const request = { ...MetadataRequestDefaults, topics, includeTopicAuthorizedOperations: true };
  await expect(connection.send('Metadata', 5, request)).rejects.toMatchObject({ code: 'UNSUPPORTED_VERSION' });
  await connection.close();
  await expect(connection.send('Metadata', 12, request)).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
});

test('a local connection with too many bytes in work makes requests wait, and keeps their order', async () => {
  await using broker = await Broker.start({ port: -1, config: { 'message.max.bytes': '20000000' } });
  const connection = await broker.connect();
  await makeTopic(connection, 'orders');
  const large = 'x'.repeat(15_000_000);
  const answers = await Promise.all(Array.from({ length: 6 }, () => produce(connection, 'orders', large)));
  expect(answers.map(({ baseOffset }) => baseOffset)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a batch that a client of this isolate sends again leaves what is stored of it as it is', async () => {
  await using broker = await Broker.start({ port: -1 });
  const connection = await broker.connect();
  for (const type of ['CreateTime', 'LogAppendTime']) {
    await makeTopic(connection, type, { 'message.timestamp.type': type });
    const records = testBatch([{ value: 'a', timestamp: Date.now() }]);
    const topicData = [{ name: type, topicId: ZERO_UUID, partitionData: [{ index: 0, records }] }];
    const request = { transactionalId: null, acks: -1, timeoutMs: 1000, topicData };
    // Both in one turn: the first is not written yet when the second gets its offset.
    const answers = await Promise.all([
      connection.send('Produce', 11, request),
      connection.send('Produce', 11, request),
    ]);
    expect(answers.map(({ responses }) => responses[0]!.partitionResponses[0]!.baseOffset)).toEqual([0, 1]);
    expect(await readOffsets(connection, type)).toEqual([0, 1]);
  }
});

test('a partition that can not be read stays offline while the others serve, and comes back with its disk', async () => {
  const healthy = new MemoryFiles();
  const crashed = await Broker.start({ port: -1, files: healthy });
  const before = await crashed.connect();
  for (const name of ['bad', 'good']) {
    await makeTopic(before, name);
    await produce(before, name, 'a');
  }
  const files = new FaultyFiles(healthy.clone());
  await crashed.close();
  files.faults.failRead = { pathEnds: 'bad-0/00000000000000000000.log' };
  await using broker = await Broker.start({ port: -1, files });
  const connection = await broker.connect();
  expect(await endOffset(connection, 'good')).toBe(1);
  expect(await endOffset(connection, 'bad')).toBe(-1);
  expect(await produce(connection, 'bad', 'b')).toMatchObject({ errorCode: ErrorCode.KAFKA_STORAGE_ERROR });
  files.faults.failRead = null;
  expect(await produce(connection, 'bad', 'b')).toMatchObject({ errorCode: 0, baseOffset: 1 });
});

test('a broker that stops while its disk is full lets go of the folder, and what was acknowledged is there again', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const full = await Broker.start({ port: -1, files });
  const before = await full.connect();
  await makeTopic(before, 'orders');
  await produce(before, 'orders', 'a');
  files.faults.bytesLeft = 0;
  await full.close();
  files.faults.bytesLeft = Number.POSITIVE_INFINITY;
  await using broker = await Broker.start({ port: -1, files });
  expect(await endOffset(await broker.connect(), 'orders')).toBe(1);
});

test('a batch whose write fails is refused, also when another partition of its request was written', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  await using broker = await Broker.start({ port: -1, files });
  const connection = await broker.connect();
  await makeTopic(connection, 'orders');
  const batch = () => testBatch([{ value: 'x'.repeat(1000), timestamp: Date.now() }]);
  const send = () =>
    connection.send('Produce', 11, {
      transactionalId: null,
      acks: -1,
      timeoutMs: 1000,
      topicData: [
        { name: 'orders', topicId: ZERO_UUID, partitionData: [0, 1].map((index) => ({ index, records: batch() })) },
      ],
    });
  await send();
  files.faults.bytesLeft = 1500;
  const { responses } = await send();
  expect(responses[0]!.partitionResponses.map(({ errorCode }) => errorCode)).toEqual([
    ErrorCode.NONE,
    ErrorCode.KAFKA_STORAGE_ERROR,
  ]);
});

test('a full disk at the time of regular work ends neither the process nor the broker', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const clock = new FakeClock(Date.now());
  await using broker = await Broker.start({ port: -1, files, clock, config: { 'log.segment.bytes': '1100' } });
  const connection = await broker.connect();
  await makeTopic(connection, 'orders');
  for (const value of ['a', 'b', 'c', 'd']) await produce(connection, 'orders', value.repeat(400));
  files.faults.bytesLeft = 0;
  clock.advance(600_000);
  files.faults.bytesLeft = Number.POSITIVE_INFINITY;
  expect(await endOffset(connection, 'orders')).toBe(4);
});

test('a producer is told which of its records a compacted topic refuses', async () => {
  await using broker = await Broker.start({ port: -1 });
  const connection = await broker.connect();
  await makeTopic(connection, 'tables', { 'cleanup.policy': 'compact' });
  const timestamp = Date.now();
  const records = testBatch([
    { key: 'a', value: '1', timestamp },
    { value: '2', timestamp },
    { value: '3', timestamp },
  ]);
  const answer = await connection.send('Produce', 11, {
    transactionalId: null,
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: 'tables', topicId: ZERO_UUID, partitionData: [{ index: 0, records }] }],
  });
  const { errorCode, recordErrors } = answer.responses[0]!.partitionResponses[0]!;
  expect(errorCode).toBe(ErrorCode.INVALID_RECORD);
  expect(recordErrors.map(({ batchIndex }) => batchIndex)).toEqual([1, 2]);
});

test('a config that Kafka has and that means nothing here may be set on the broker; one that nobody has may not', async () => {
  await using broker = await Broker.start({ port: -1 });
  const connection = await broker.connect();
  const set = async (name: string) => {
    const configs = [{ name, configOperation: 0, value: '58000' }];
    const resources = [{ resourceType: 4, resourceName: '1', configs }];
    return (await connection.send('IncrementalAlterConfigs', 1, { resources, validateOnly: false })).responses[0]!;
  };
  expect(await set('sasl.kerberos.min.time.before.relogin')).toMatchObject({ errorCode: 0 });
  expect(await set('no.such.config')).toMatchObject({ errorCode: ErrorCode.INVALID_CONFIG });
});

/** A disk on which a transaction was decided, and killed before it was completed for want of room. */
async function decidedTransaction(): Promise<MemoryFiles> {
  const inner = new MemoryFiles();
  const files = new FaultyFiles(inner);
  const broker = await Broker.start({ port: -1, files, data: '/data' });
  const connection = await broker.connect();
  await makeTopic(connection, 'orders');
  const none = { producerId: -1, producerEpoch: -1 };
  const id = { transactionalId: 't', transactionTimeoutMs: 60_000, ...none, enable2Pc: false, keepPreparedTxn: false };
  const { producerId, producerEpoch } = await connection.send('InitProducerId', 4, id);
  const who = { transactionalId: 't', producerId, producerEpoch };
  const records = testBatch([{ value: 'a', timestamp: Date.now() }], {
    ...who,
    baseSequence: 0,
    isTransactional: true,
  });
  const topicData = [{ name: 'orders', topicId: ZERO_UUID, partitionData: [{ index: 0, records }] }];
  await connection.send('Produce', 12, { transactionalId: 't', acks: -1, timeoutMs: 1000, topicData });
  files.faults.bytesLeft = 200;
  await connection.send('EndTxn', 5, { ...who, committed: true });
  const left = inner.clone();
  await broker.close();
  return left;
}

test('a decided transaction that finds the disk full is tried now and then, and completed when there is room', async () => {
  const left = await decidedTransaction();
  let mostFailures = 0;
  // Wherever the room ends: at the marker, at the note that it was written, or at what goes before either.
  for (let bytesLeft = 0; bytesLeft < 1500; bytesLeft += 20) {
    const files = new FaultyFiles(left.clone());
    const clock = new FakeClock(Date.now());
    let failures = 0;
    const error = (message: string): void => {
      if (message.includes('completed yet') && ++failures > 100) throw new Error('it is tried without end');
    };
    files.faults.bytesLeft = bytesLeft;
    const options = { port: -1, files, data: '/data', clock, logger: { ...silentLogger, error } };
    const broker = await Broker.start(options).catch(() => null);
    if (broker === null) continue;
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(100);
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    mostFailures = Math.max(mostFailures, failures);
    files.faults.bytesLeft = Number.POSITIVE_INFINITY;
    const connection = await broker.connect();
    const state = async (): Promise<string> => {
      const answer = await connection.send('DescribeTransactions', 0, { transactionalIds: ['t'] });
      return answer.transactionStates[0]!.transactionState;
    };
    for (let tries = 0; tries < 5 && (await state()) !== 'CompleteCommit'; tries++) {
      clock.advance(200);
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await state()).toBe('CompleteCommit');
    await broker.close();
  }
  expect(mostFailures).toBeGreaterThan(0);
  expect(mostFailures).toBeLessThan(10);
});

test('nobody makes the broker count to two thousand million: a topic has a limited number of partitions', async () => {
  await using broker = await Broker.start({ port: -1 });
  const connection = await broker.connect();
  await makeTopic(connection, 'orders');
  const topics = [{ name: 'orders', count: 2 ** 31 - 1, assignments: null }];
  const { results } = await connection.send('CreatePartitions', 3, { topics, timeoutMs: 1000, validateOnly: false });
  expect(results[0]!.errorCode).toBe(ErrorCode.INVALID_PARTITIONS);
});
