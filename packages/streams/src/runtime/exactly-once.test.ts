import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom, silentLogger } from '@millrace/base';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { Serdes } from '../serdes/serdes.ts';
import type { Topology } from '../topology/topology.ts';
import type { KafkaStreamsOptions } from './config/options.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { eventually, sameTable, TestCluster, type TextRecord } from './test-support/cluster.ts';
import { committedCounts, everyWordIsCountedOnce } from './test-support/counted-once.ts';
import { LINES, wordCount } from './test-support/word-count.ts';

// What `processing.guarantee=exactly_once_v2` promises, seen by readers of committed records.

const strings = Serdes.string();
const text = { key: strings, value: strings };
const BEGAN_ANEW = 'the tasks begin anew from the last commit';

let cluster: TestCluster;
let running: KafkaStreams[] = [];
/** What the applications logged, to know that what a test provokes has come about. */
let logged: string[] = [];
const log = (message: string): void => void logged.push(message);

beforeEach(async () => {
  cluster = await TestCluster.start('in process');
});

afterEach(async () => {
  for (const streams of running) await streams.close();
  running = [];
  logged = [];
  await cluster.close();
});

async function start(topology: Topology, options: Partial<KafkaStreamsOptions> = {}): Promise<KafkaStreams> {
  const streams = new KafkaStreams(topology, {
    ...cluster.wire,
    applicationId: 'app',
    stateDir: join(cluster.folder, 'state'),
    processingGuarantee: 'exactly_once_v2',
    stateStoreCacheMaxBytes: 0,
    commitIntervalMs: 20,
    pollMs: 10,
    heartbeatIntervalMs: 50,
    logger: { ...silentLogger, info: log },
    ...options,
  } as KafkaStreamsOptions);
  running.push(streams);
  await streams.start();
  await streams.waitFor('RUNNING');
  return streams;
}

async function committedOffset(topic: string): Promise<number> {
  const [found] = await cluster.client.admin.listGroupOffsets('app', { partitions: [{ topic, partition: 0 }] });
  return found?.offset ?? -1;
}

test('what is not committed is seen by nobody, and a close in order commits it', async () => {
  await cluster.createTopics({ lines: 1, words: 1 });
  const builder = new StreamsBuilder();
  builder
    .stream('lines', text)
    .mapValues((line) => line.toUpperCase())
    .to('words', text);
  const options = { commitIntervalMs: 60_000, transactionTimeoutMs: 60_000 };
  const streams = await start(builder.build(), options);
  await cluster.produce('lines', LINES);
  await eventually(
    async () => (await cluster.read('words', strings)).length === LINES.length,
    'the lines are in the topic',
  );
  expect(await cluster.read('words', strings, 'read_committed')).toEqual([]);
  await streams.close();
  expect(await cluster.read('words', strings, 'read_committed')).toHaveLength(LINES.length);
});

test('a processor that fails takes back what no commit covered; started again, all of it counts once', async () => {
  await cluster.createTopics({ lines: 1, words: 1 });
  let fails = true;
  const builder = new StreamsBuilder();
  builder
    .stream('lines', text)
    .groupByKey(text)
    .count({ as: 'counts', key: strings, value: Serdes.long() })
    .toStream()
    .peek((word) => {
      if (fails && word === 'end') throw new Error('not yet');
    })
    .to('words', { key: strings, value: Serdes.long() });
  const topology = builder.build();
  const words = ['the', 'other', 'the', 'end'];
  // In one transaction, so that what came before the failing word is taken back with it.
  const failing = await start(topology, { commitIntervalMs: 10_000 });
  await cluster.produce(
    'lines',
    words.map((word, at) => [word, '', at]),
  );
  await eventually(async () => failing.state === 'ERROR', 'it failed');
  expect(await committedCounts(cluster)).toEqual(new Map());
  fails = false;
  await start(topology);
  await everyWordIsCountedOnce(cluster, { the: 2, other: 1, end: 1 });
});

test('a producer that is fenced begins anew from the last commit', async () => {
  await cluster.createTopics({ lines: 2, words: 1 });
  const streams = await start(wordCount());
  const expected: Record<string, number> = {};
  for (let round = 0; round < 5; round++) {
    const lines = Array.from({ length: 40 }, (_, at): TextRecord => {
      expected[`w${at % 7}`] = (expected[`w${at % 7}`] ?? 0) + 1;
      return [`${round}-${at}`, `w${at % 7}`, round * 100 + at];
    });
    await cluster.produce('lines', lines);
    const [own] = await cluster.client.admin.listTransactions();
    await using other = cluster.client.transactionalProducer({ transactionalId: own!.transactionalId });
    await other.initTransactions();
    await delay(30);
  }
  await everyWordIsCountedOnce(cluster, expected);
  expect(streams.state).not.toBe('ERROR');
  expect(logged).toContain(BEGAN_ANEW);
});

test('a transaction that the broker takes back for its age begins anew', async () => {
  await cluster.close();
  cluster = await TestCluster.start('thread');
  await cluster.createTopics({ lines: 1, words: 1 });
  const builder = new StreamsBuilder();
  builder
    .stream('lines', text)
    .peek((key) => {
      // Blocks the loop, as a long computation would: the transaction grows older than it may.
      if (key === 'slow' && !logged.includes(BEGAN_ANEW))
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    })
    .to('words', text);
  await start(builder.build(), { transactionTimeoutMs: 300, commitIntervalMs: 300 });
  let rounds = 0;
  await eventually(async () => {
    rounds++;
    await cluster.produce('lines', [['quick', String(rounds), 1]]);
    await delay(50);
    await cluster.produce('lines', [['slow', String(rounds), 2]]);
    await delay(100);
    return logged.includes(BEGAN_ANEW);
  }, 'a transaction is taken back');
  const all = (): Promise<unknown[]> => cluster.read('words', strings, 'read_committed');
  await eventually(async () => (await all()).length >= 2 * rounds, 'all came through');
  expect(await all()).toHaveLength(2 * rounds);
});

test('instances come and go while words are counted: each is counted once', { timeout: 60_000 }, async () => {
  await cluster.createTopics({ lines: 4, words: 1 });
  const random = seededRandom(5);
  const expected: Record<string, number> = {};
  let instances = 0;
  const startOne = (): Promise<KafkaStreams> =>
    start(wordCount(), { stateDir: join(cluster.folder, `instance-${instances++}`) });
  await startOne();
  for (let round = 0; round < 6; round++) {
    if (running.length > 1 && random.int(2) === 0) await running.splice(random.int(running.length), 1)[0]!.close();
    else await startOne();
    const lines = Array.from({ length: 100 }, (_, at): TextRecord => {
      const word = `w${random.int(9)}`;
      expected[word] = (expected[word] ?? 0) + 1;
      return [`${round}-${at}`, word, round * 1_000 + at];
    });
    await cluster.produce('lines', lines);
    await delay(random.int(120));
  }
  await everyWordIsCountedOnce(cluster, expected);
});

test('records of transactions that others aborted are not processed, and nobody waits for them', async () => {
  await cluster.createTopics({ lines: 1, other: 1, words: 1 });
  const builder = new StreamsBuilder();
  builder.stream(['lines', 'other'], text).to('words', text);
  await start(builder.build(), { maxTaskIdleMs: 0 });
  await using writer = cluster.client.transactionalProducer({ transactionalId: 'writer' });
  await writer.initTransactions();
  for (const [index, end] of (['abort', 'commit', 'abort'] as const).entries()) {
    writer.begin();
    await writer.send({ topic: 'lines', partition: 0, key: end, value: String(index), timestamp: 1 });
    await writer[end]();
  }
  writer.begin();
  await writer.send({ topic: 'lines', partition: 0, key: 'open', value: 'never', timestamp: 2 });
  await cluster.produce('other', [['plain', 'at once', 3]]);
  await eventually(
    async () => sameTable(await cluster.table('words', strings, 'read_committed'), { commit: '1', plain: 'at once' }),
    'what is committed came through',
  );
  await writer.abort();
});

test('the committed position is behind the markers of transactions: nothing seems left to read', async () => {
  await cluster.createTopics({ lines: 1, words: 1 });
  const builder = new StreamsBuilder();
  builder.stream('lines', text).to('words', text);
  await start(builder.build());
  await using writer = cluster.client.transactionalProducer({ transactionalId: 'writer' });
  await writer.initTransactions();
  writer.begin();
  await writer.send({ topic: 'lines', partition: 0, key: 'a', value: 'b', timestamp: 1 });
  await writer.commit();
  const [end] = await cluster.client.admin.listOffsets([{ topic: 'lines', partition: 0 }], 'latest');
  expect(end!.offset).toBe(2);
  await eventually(async () => (await committedOffset('lines')) === end!.offset, 'the end is committed');
});
