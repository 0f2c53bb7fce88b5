import { join } from 'node:path';
import { afterAll, afterEach, assert, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { keyQuery, rangeQuery } from '../query/state-query.ts';
import { Serdes } from '../serdes/serdes.ts';
import type { KafkaStreamsOptions } from './config/options.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { eventually, sameTable, TestCluster, type TextRecord } from './test-support/cluster.ts';
import { everyWordIsCountedOnce } from './test-support/counted-once.ts';
import { COUNTS, LINES } from './test-support/word-count.ts';

// Threads in workers: `new KafkaStreams(new URL(…), { numStreamThreads })`.

const WORD_COUNT = new URL('./test-support/word-count-topology.ts', import.meta.url);
const FAILING = new URL('./test-support/failing-topology.ts', import.meta.url);
const strings = Serdes.string();

let cluster: TestCluster;
let running: KafkaStreams[] = [];

function create(topology: URL, options: Partial<KafkaStreamsOptions> = {}): KafkaStreams {
  const streams = new KafkaStreams(topology, {
    ...cluster.wire,
    applicationId: 'app',
    stateDir: join(cluster.folder, 'state'),
    numStreamThreads: 2,
    stateStoreCacheMaxBytes: 0,
    commitIntervalMs: 20,
    pollMs: 10,
    sessionTimeoutMs: 1_000,
    heartbeatIntervalMs: 50,
    ...options,
  } as KafkaStreamsOptions);
  running.push(streams);
  return streams;
}

async function start(topology: URL, options: Partial<KafkaStreamsOptions> = {}): Promise<KafkaStreams> {
  const streams = create(topology, options);
  await streams.start();
  await streams.waitFor('RUNNING');
  return streams;
}

async function begin(): Promise<void> {
  cluster = await TestCluster.start('TCP');
}

async function end(): Promise<void> {
  for (const streams of running) await streams.close();
  running = [];
  await cluster.close();
}

async function everythingOf(streams: KafkaStreams): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for await (const [key, value] of streams.store<string, number>('counts').all()) rows[key] = value;
  return rows;
}

// One application for all, since each thread loads the sources anew.
describe('two threads', () => {
  let streams: KafkaStreams;

  beforeAll(async () => {
    await begin();
    await cluster.createTopics({ lines: 4, words: 1 });
    streams = create(WORD_COUNT);
  });

  afterAll(end);

  test('process nothing while they are paused, and go on when they are resumed', async () => {
    streams.pause();
    await streams.start();
    await streams.waitFor('RUNNING');
    await cluster.produce('lines', LINES);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await everythingOf(streams)).toEqual({});
    streams.resume();
    await eventually(async () => sameTable(await everythingOf(streams), COUNTS), 'all words are counted');
  });

  test('share the tasks, and their stores are read as one', async () => {
    const counts = streams.store<string, number>('counts');
    expect(await counts.get('the')).toBe(3);
    expect(await counts.get('nowhere')).toBe(null);
    expect(await counts.getWithTimestamp('fox')).toEqual({ value: 1, timestamp: 1_000 });
    expect(await counts.approximateNumEntries()).toBe(Object.keys(COUNTS).length);
    const timestamped = counts.withTimestamps().range('the', 'the');
    expect((await timestamped.next()).value).toEqual(['the', { value: 3, timestamp: 3_000 }]);
    await timestamped.return(undefined);
    await expect(counts.fetch('the', 0)).rejects.toMatchObject({ code: 'INVALID_STATE_STORE' });
    expect(streams.storePartitions('counts')).toMatchObject({ total: 4 });
    expect([...streams.storePartitions('counts').local].toSorted()).toEqual([0, 1, 2, 3]);
    expect(streams.queryMetadataForKey('counts', 'the', strings)).toMatchObject({ isLocal: true });
  });

  test('count what they do, each for itself', async () => {
    const metrics = await streams.metrics();
    const sumOf = (group: string, name: string): number =>
      metrics
        .filter((metric) => metric.group === group && metric.name === name)
        .reduce((sum, { value }) => sum + Number(value), 0);
    const words = Object.values(COUNTS).reduce((sum, count) => sum + count, 0);
    expect(sumOf('stream-thread-metrics', 'process-total')).toBe(LINES.length + words);
    expect(sumOf('stream-task-metrics', 'process-total')).toBe(LINES.length + words);
    const ofTopic = (name: string, topic: string): number =>
      metrics
        .filter((metric) => metric.name === name && metric.tags['topic-name'] === topic)
        .reduce((sum, { value }) => sum + Number(value), 0);
    expect(ofTopic('records-consumed-total', 'lines')).toBe(LINES.length);
    expect(ofTopic('records-produced-total', 'app-counts-changelog')).toBe(words);
    expect(sumOf('stream-thread-metrics', 'commit-total')).toBeGreaterThan(1);
    expect(metrics).toContainEqual({
      group: 'stream-metrics',
      name: 'alive-stream-threads',
      tags: { 'client-id': 'app' },
      value: 2,
    });
    const lags = await streams.allLocalStorePartitionLags();
    expect(lags.map(({ partition }) => partition).toSorted()).toEqual([0, 1, 2, 3]);
    expect(lags.every(({ offsetLag }) => offsetLag === 0)).toBe(true);
  });

  test('give many rows in parts, of which one may take some only', async () => {
    const words = Array.from({ length: 2_000 }, (_, at) => `word-${at}`);
    await cluster.produce('lines', [['1', words.join(' '), 1]]);
    const all = words.length + Object.keys(COUNTS).length;
    await eventually(async () => Object.keys(await everythingOf(streams)).length === all, 'all are counted');
    let seen = 0;
    for await (const _row of streams.store<string, number>('counts').all()) if (++seen === 700) break;
    expect(await streams.store<string, number>('counts').get('word-7')).toBe(1);
  });

  test('answer typed queries, each for its partitions', async () => {
    const { partitionResults } = await streams.query({ store: 'counts', query: rangeQuery<string, number>() });
    expect([...partitionResults.keys()].toSorted()).toEqual([0, 1, 2, 3]);
    const rows: Record<string, number> = {};
    for (const answer of partitionResults.values()) {
      assert(answer.kind === 'success');
      for await (const [word, count] of answer.result) rows[word] = count;
    }
    expect(rows).toEqual(await everythingOf(streams));
    const one = await streams.query({ store: 'counts', query: keyQuery<string, number>('fox') });
    expect(one.onlyPartitionResult?.result).toBe(1);
  });

  test('let their tables be heard of, all as one', async () => {
    const rows: Record<string, number | null> = {};
    for await (const event of streams.store<string, number>('counts').live()) {
      if (event.kind === 'caught-up') break;
      rows[event.key] = event.value;
    }
    expect(rows).toEqual(await everythingOf(streams));
  });

  test('are joined by a third, which leaves again, and nothing is lost', async () => {
    expect(streams.addStreamThread()).toBe('app-StreamThread-3');
    const threads = async (): Promise<unknown> =>
      (await streams.metrics()).find(({ name }) => name === 'alive-stream-threads')?.value;
    await streams.waitFor('RUNNING');
    expect(await threads()).toBe(3);
    expect([...streams.storePartitions('counts').local].toSorted()).toEqual([0, 1, 2, 3]);
    await cluster.produce('lines', [['2', 'the third', 2]]);
    const counts = streams.store<string, number>('counts');
    await eventually(async () => (await counts.get('third')) === 1, 'the third word is counted');
    expect(await streams.removeStreamThread()).toBe('app-StreamThread-3');
    await eventually(async () => {
      return streams.state === 'RUNNING' && streams.storePartitions('counts').local.length === 4;
    }, 'two threads have all tasks');
    expect(await threads()).toBe(2);
    expect(await streams.store<string, number>('counts').get('the')).toBe(4);
  });
});

describe('threads', () => {
  beforeEach(begin);
  afterEach(end);

  test('exactly once with several threads, restarted with more and without state', { timeout: 60_000 }, async () => {
    await cluster.createTopics({ lines: 4, words: 1 });
    const restored: string[] = [];
    const expected: Record<string, number> = {};
    for (const [round, numStreamThreads] of [1, 2].entries()) {
      const streams = await start(WORD_COUNT, {
        numStreamThreads,
        processingGuarantee: 'exactly_once_v2',
        stateDir: join(cluster.folder, `state-${round}`),
        // Restored in the workers, heard of here.
        restoreListener: { onRestoreEnd: ({ partition }, store) => restored.push(`${round} ${store} ${partition}`) },
      });
      const lines = Array.from({ length: 100 }, (_, at): TextRecord => {
        const word = `w${(at * 5 + round) % 13}`;
        expected[word] = (expected[word] ?? 0) + 1;
        return [`${round}-${at}`, word, round * 1_000 + at];
      });
      await cluster.produce('lines', lines);
      await everyWordIsCountedOnce(cluster, expected);
      await streams.close();
    }
    await everyWordIsCountedOnce(cluster, expected);
    expect(restored.toSorted()).toEqual([0, 1, 2, 3].map((partition) => `1 counts ${partition}`));
  });

  test('handlers come from the module; a thread that ends is replaced if the application says so', async () => {
    await cluster.createTopics({ lines: 2, words: 1 });
    const failures: unknown[] = [];
    const streams = await start(FAILING, {
      numStreamThreads: 1,
      uncaughtExceptionHandler: (error) => {
        failures.push(error);
        return 'REPLACE_THREAD';
      },
    });
    const write = (value: string): Promise<void> => cluster.produce('lines', [['a', value, 1]]);
    const words = async (): Promise<string[]> => (await cluster.read('words', strings)).map(({ value }) => value!);
    await write('one');
    await write('fail');
    await write('two');
    await eventually(async () => (await words()).length === 2, 'the record that fails is left out');
    expect(failures).toEqual([]);
    await write('end the thread');
    await eventually(async () => failures.length > 0, 'the thread has ended');
    expect(String(failures[0])).toContain('app-StreamThread-');
    // It would end each new thread as well.
    await streams.close();
  });

  test('a thread that ends and is not replaced ends the application', async () => {
    await cluster.createTopics({ lines: 2, words: 1 });
    const streams = await start(FAILING);
    await cluster.produce('lines', [['a', 'end the thread', 1]]);
    await expect(streams.waitFor('NOT_RUNNING')).rejects.toThrow('ended without a word');
    expect(streams.state).toBe('ERROR');
  });

  test('what cannot be sent to a thread, or is no topology, is refused with what to do', async () => {
    const options = { numStreamThreads: 2, applicationId: 'app' };
    const handlers = { processing: () => ({ result: 'fail' }) as const };
    expect(() => create(WORD_COUNT, { handlers })).toThrow('export const options = { handlers: … }');
    const dial = (): never => {
      throw new Error('not reached');
    };
    expect(() => new KafkaStreams(WORD_COUNT, { ...options, dial })).toThrow('the option dial cannot be sent');
    const none = new KafkaStreams(new URL('./test-support/cluster.ts', import.meta.url), {
      ...options,
      ...cluster.wire,
    } as KafkaStreamsOptions);
    await expect(none.start()).rejects.toThrow('must export `topology`');
    const object = new StreamsBuilder();
    object.stream('lines', { key: strings, value: strings }).to('words', { key: strings, value: strings });
    expect(() => new KafkaStreams(object.build(), { ...options, ...cluster.wire } as KafkaStreamsOptions)).toThrow(
      'functions cannot be sent to another thread',
    );
  });
});
