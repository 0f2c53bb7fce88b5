import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import type { KeyQueryMetadata } from '../query/streams-metadata.ts';
import { Serdes } from '../serdes/serdes.ts';
import type { Topology } from '../topology/topology.ts';
import { TimeWindows } from '../windows/time-windows.ts';
import type { KafkaStreamsOptions } from './config/options.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { eventually, sameTable, TestCluster, WIRES } from './test-support/cluster.ts';
import { COUNTS, LINES, wordCount } from './test-support/word-count.ts';

const strings = Serdes.string();
const longs = Serdes.long();

function hostOf(place: KeyQueryMetadata): string | null {
  return place.kind === 'available' ? place.activeHost : null;
}

describe.each(WIRES)('an application (%s)', (wire) => {
  let cluster: TestCluster;
  let running: KafkaStreams[] = [];

  beforeEach(async () => {
    cluster = await TestCluster.start(wire);
  });

  afterEach(async () => {
    for (const streams of running) await streams.close();
    running = [];
    await cluster.close();
  });

  async function start(topology: Topology, options: Partial<KafkaStreamsOptions> = {}): Promise<KafkaStreams> {
    const streams = new KafkaStreams(topology, {
      ...cluster.wire,
      applicationId: 'app',
      stateDir: join(cluster.folder, 'state'),
      commitIntervalMs: 50,
      pollMs: 20,
      heartbeatIntervalMs: 200,
      ...options,
    } as KafkaStreamsOptions);
    running.push(streams);
    await streams.start();
    await streams.waitFor('RUNNING');
    return streams;
  }

  const counted = (expected: Readonly<Record<string, number>>): Promise<true> =>
    eventually(async () => sameTable(await cluster.table('words', longs), expected), 'the words are counted');

  test('counts words through a repartition topic, and answers queries for its store', async () => {
    await cluster.createTopics({ lines: 3, words: 2 });
    await cluster.produce('lines', LINES);
    const streams = await start(wordCount());
    await counted(COUNTS);
    expect(streams.state).toBe('RUNNING');

    const counts = streams.store<string, number>('counts');
    expect(await counts.get('the')).toBe(3);
    expect(await counts.get('nothing')).toBe(null);
    const all: Record<string, number> = {};
    for await (const [word, count] of counts.all()) all[word] = count;
    expect(all).toEqual(COUNTS);
    expect(streams.queryMetadataForKey('counts', 'the')).toMatchObject({ isLocal: true });

    await streams.close();
    expect(streams.state).toBe('NOT_RUNNING');
    await expect(counts.get('the')).rejects.toMatchObject({ code: 'INVALID_STATE_STORE' });
  });

  test('makes its internal topics with the partitions and settings that Kafka Streams gives them', async () => {
    await cluster.createTopics({ lines: 3, words: 2 });
    await start(wordCount());
    const names = ['app-counts-changelog', 'app-counts-repartition'];
    const topics = await cluster.client.admin.describeTopics(names);
    expect(topics.map(({ partitions }) => partitions.length)).toEqual([3, 3]);
    const setting = async (name: string, key: string): Promise<string | null | undefined> =>
      (await cluster.client.admin.describeConfigs({ type: 'topic', name })).find((entry) => entry.name === key)?.value;
    expect(await setting('app-counts-changelog', 'cleanup.policy')).toBe('compact');
    expect(await setting('app-counts-repartition', 'cleanup.policy')).toBe('delete');
    expect(await setting('app-counts-repartition', 'retention.ms')).toBe('-1');
  });

  test('goes on after a restart from the state on disk, without restoring anything', async () => {
    await cluster.createTopics({ lines: 2, words: 1 });
    await cluster.produce('lines', LINES);
    const first = await start(wordCount());
    await counted(COUNTS);
    await first.close();
    const restored: string[] = [];
    await start(wordCount(), { restoreListener: { onRestoreStart: (_changelog, store) => restored.push(store) } });
    await cluster.produce('lines', [['9', 'the fox', 9_000]]);
    await counted({ ...COUNTS, the: 4, fox: 2 });
    expect(restored).toEqual([]);
  });

  test('restores its state from the changelog when the folder is gone', async () => {
    await cluster.createTopics({ lines: 2, words: 1 });
    await cluster.produce('lines', LINES);
    const first = await start(wordCount());
    await counted(COUNTS);
    await first.close();
    await rm(join(cluster.folder, 'state'), { recursive: true });
    let records = 0;
    await start(wordCount(), {
      restoreListener: { onBatchRestored: (_at, _store, _next, count) => (records += count) },
    });
    await cluster.produce('lines', [['9', 'the fox', 9_000]]);
    await counted({ ...COUNTS, the: 4, fox: 2 });
    expect(records).toBeGreaterThanOrEqual(Object.keys(COUNTS).length);
  });

  test('does not trust state of a changelog that was deleted meanwhile', async () => {
    await cluster.createTopics({ lines: 1, words: 1 });
    await cluster.produce('lines', LINES);
    const first = await start(wordCount());
    await counted(COUNTS);
    await first.close();
    await cluster.client.admin.deleteTopics(['app-counts-changelog']);
    const second = await start(wordCount());
    expect(await second.store<string, number>('counts').get('the')).toBe(null);
    await cluster.produce('lines', [['9', 'the fox', 9_000]]);
    await counted({ ...COUNTS, the: 1, fox: 1 });
  });

  test('shares the partitions between two instances, and takes those of one that leaves', async () => {
    await cluster.createTopics({ lines: 4, words: 1 });
    await cluster.produce('lines', LINES);
    const first = await start(wordCount(), { stateDir: join(cluster.folder, 'one'), applicationServer: 'one:1' });
    const second = await start(wordCount(), { stateDir: join(cluster.folder, 'two'), applicationServer: 'two:2' });
    await eventually(async () => first.state === 'RUNNING' && second.state === 'RUNNING', 'both run');
    await counted(COUNTS);
    const ownerOf = (word: string): string | null => hostOf(first.queryMetadataForKey('counts', word));
    const owners = await eventually(async () => {
      const found = new Set(Object.keys(COUNTS).map(ownerOf));
      return found.size === 2 && found;
    }, 'both have some of the words');
    expect(owners).toEqual(new Set(['one:1', 'two:2']));
    await cluster.produce('lines', [['7', 'the quick', 7_000]]);
    await counted({ ...COUNTS, the: 4, quick: 2 });
    await second.close();
    await cluster.produce('lines', [['8', 'the quick', 8_000]]);
    await counted({ ...COUNTS, the: 5, quick: 3 });
    await eventually(async () => first.state === 'RUNNING', 'the one that is left runs all');
    expect(await first.store<string, number>('counts').get('quick')).toBe(3);
  });

  test('joins a stream with a table', async () => {
    await cluster.createTopics({ orders: 2, customers: 2, named: 1 });
    const builder = new StreamsBuilder();
    const customers = builder.table('customers', { key: strings, value: strings });
    builder
      .stream('orders', { key: strings, value: strings })
      .join(customers, (order, customer) => `${customer} ordered ${order}`, { key: strings, value: strings })
      .to('named', { key: strings, value: strings });
    await cluster.produce('customers', [
      ['a', 'Ann', 1],
      ['b', 'Bob', 1],
    ]);
    await cluster.produce('orders', [
      ['a', 'apples', 10],
      ['b', 'bread', 10],
      ['c', 'cheese', 10],
    ]);
    await start(builder.build());
    const expected = { a: 'Ann ordered apples', b: 'Bob ordered bread' };
    await eventually(async () => sameTable(await cluster.table('named', strings), expected), 'orders are joined');
  });

  test('joins a stream with a global table, which is complete before the first record', async () => {
    await cluster.createTopics({ orders: 2, products: 3, priced: 1 });
    const builder = new StreamsBuilder();
    const products = builder.globalTable('products', { key: strings, value: strings, as: 'products' });
    builder
      .stream('orders', { key: strings, value: strings })
      .join(
        products,
        (_customer, product) => product,
        (product, price) => `${product} at ${price}`,
      )
      .to('priced', { key: strings, value: strings });
    await cluster.produce('orders', [
      ['a', 'apple', 10],
      ['b', 'bread', 20],
    ]);
    await cluster.produce('products', [
      ['apple', '1', 50],
      ['bread', '2', 60],
      ['cake', '3', 70],
    ]);
    const streams = await start(builder.build());
    const expected = { a: 'apple at 1', b: 'bread at 2' };
    await eventually(async () => sameTable(await cluster.table('priced', strings), expected), 'orders are priced');
    await cluster.produce('products', [['dates', '4', 80]]);
    const store = streams.store<string, string>('products');
    await eventually(async () => (await store.get('dates')) === '4', 'a later product is there, too');
  });

  test('counts by window', async () => {
    await cluster.createTopics({ clicks: 1, perMinute: 1 });
    const builder = new StreamsBuilder();
    const windowed = Serdes.timeWindowed(strings, 60_000);
    builder
      .stream('clicks', { key: strings, value: strings })
      .groupByKey({ key: strings, value: strings })
      .windowedBy(TimeWindows.ofSizeAndGrace(60_000, 10_000))
      .count({ as: 'clicks-per-minute' })
      .toStream()
      .to('perMinute', { key: windowed, value: longs });
    await cluster.produce('clicks', [
      ['a', 'x', 10_000],
      ['a', 'x', 59_999],
      ['a', 'x', 60_000],
      ['a', 'x', 30_000],
      ['b', 'x', 200_000],
      ['a', 'late', 30_000],
    ]);
    const streams = await start(builder.build());
    const latest = await eventually(async () => {
      const found = new Map<string, number | null>();
      for (const { key, value } of await cluster.read('perMinute', longs)) {
        const { key: name, window } = windowed.deserialize(key!, '');
        found.set(`${name}@${window.startMs}`, value);
      }
      return found.size === 3 && found;
    }, 'three windows are counted');
    expect(Object.fromEntries(latest)).toEqual({ 'a@0': 3, 'a@60000': 1, 'b@180000': 1 });
    const store = streams.store<string, number>('clicks-per-minute');
    expect(await store.fetch('b', 180_000)).toBe(1);
  });

  test('ends in ERROR when a function of the user throws, and says where', async () => {
    await cluster.createTopics({ lines: 1, words: 1 });
    const builder = new StreamsBuilder();
    builder
      .stream('lines', { key: strings, value: strings })
      .mapValues((): string => {
        throw new Error('boom');
      })
      .to('words', { key: strings, value: strings });
    const streams = await start(builder.build());
    await cluster.produce('lines', LINES);
    await eventually(async () => streams.state === 'ERROR', 'the application ends');
    expect(streams.failure).toMatchObject({ code: 'STREAMS_FAILED' });
    expect(String(streams.failure)).toContain('lines');
  });

  test('goes on with a new thread when the handler says so, and loses no record', async () => {
    await cluster.createTopics({ lines: 1, words: 1 });
    let failures = 1;
    const builder = new StreamsBuilder();
    builder
      .stream('lines', { key: strings, value: strings })
      .mapValues((line) => {
        if (failures-- > 0) throw new Error('boom');
        return line;
      })
      .toTable({ as: 'latest', key: strings, value: strings })
      .toStream()
      .to('words', { key: strings, value: strings });
    const seen: unknown[] = [];
    const streams = await start(builder.build(), {
      uncaughtExceptionHandler: (error) => {
        seen.push(error);
        return 'REPLACE_THREAD';
      },
    });
    const latest = streams.store<string, string>('latest');
    expect(await latest.get('1')).toBe(null);
    await cluster.produce('lines', LINES);
    const expected = Object.fromEntries(LINES.map(([key, line]) => [key, line]));
    await eventually(async () => sameTable(await cluster.table('words', strings), expected), 'all lines come through');
    // Asked before, it knows the new thread as well.
    expect(await latest.get('1')).toBe(expected['1']);
    expect(seen).toHaveLength(1);
    expect(streams.failure).toBe(null);
  });

  test('deletes records of repartition topics once they are processed', async () => {
    await cluster.createTopics({ lines: 1, words: 1 });
    await cluster.produce('lines', LINES);
    await start(wordCount(), { repartitionPurgeIntervalMs: 50 });
    await counted(COUNTS);
    const at = [{ topic: 'app-counts-repartition', partition: 0 }];
    await eventually(async () => {
      const [first] = await cluster.client.admin.listOffsets(at, 'earliest');
      const [end] = await cluster.client.admin.listOffsets(at, 'latest');
      return end!.offset > 0 && first!.offset === end!.offset;
    }, 'the repartition topic is empty');
  });

  test('ends in ERROR when an input topic is missing, and names it', async () => {
    const streams = new KafkaStreams(wordCount(), {
      ...cluster.wire,
      applicationId: 'app',
      stateDir: join(cluster.folder, 'state'),
    } as KafkaStreamsOptions);
    running.push(streams);
    await streams.start();
    await expect(streams.waitFor('RUNNING')).rejects.toMatchObject({ code: 'MISSING_SOURCE_TOPIC' });
    await eventually(async () => streams.state === 'ERROR', 'the application ends');
  });
});
