import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, assert, beforeEach, expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { Serdes } from '../serdes/serdes.ts';
import type { StandbyUpdateListener } from '../state/changelog-follower.ts';
import type { Topology } from '../topology/topology.ts';
import type { KafkaStreamsOptions } from './config/options.ts';
import type { KafkaStreams } from './kafka-streams.ts';
import { eventually, sameTable, TestCluster, type TextRecord } from './test-support/cluster.ts';
import { everyWordIsCountedOnce } from './test-support/counted-once.ts';
import { Instances } from './test-support/instances.ts';
import { COUNTS, LINES, wordCount } from './test-support/word-count.ts';

const strings = Serdes.string();
const text = { key: strings, value: strings };
const PROCESS = join(import.meta.dirname, 'test-support/word-count-process.ts');

let cluster: TestCluster;
let instances: Instances;

beforeEach(async () => {
  cluster = await TestCluster.start('TCP');
  instances = new Instances(cluster);
});

afterEach(async () => {
  await instances.close();
  await cluster.close();
});

function start(name: string, topology: Topology, options: Partial<KafkaStreamsOptions> = {}): Promise<KafkaStreams> {
  const own = { numStandbyReplicas: 1, stateStoreCacheMaxBytes: 0, sessionTimeoutMs: 1_000 };
  return instances.run(name, topology, { ...own, ...options });
}

/** All that an instance has of a store, its copies of others' parts included. */
async function everythingOf<V>(streams: KafkaStreams, store: string): Promise<Record<string, V>> {
  const rows: Record<string, V> = {};
  for await (const [key, value] of streams.store<string, V>(store, { stale: true }).all()) rows[key] = value;
  return rows;
}

async function hasAll(
  streams: KafkaStreams,
  store: string,
  expected: Readonly<Record<string, unknown>>,
): Promise<void> {
  const look = async (): Promise<boolean> => sameTable(await everythingOf(streams, store), expected);
  await eventually(look, `${store} is whole on one instance`);
}

test('an instance has the parts of the other as copies, and goes on from them without restoring', async () => {
  await cluster.createTopics({ lines: 4, words: 1 });
  const one = await start('one', wordCount());
  let restored = 0;
  const onRestoreEnd = (_changelog: unknown, _store: string, total: number): void => {
    restored += total;
  };
  const two = await start('two', wordCount(), { restoreListener: { onRestoreEnd } });
  await cluster.produce('lines', LINES);
  await hasAll(one, 'counts', COUNTS);
  await hasAll(two, 'counts', COUNTS);
  expect(one.storePartitions('counts').local).toHaveLength(2);
  expect([...one.storePartitions('counts').standbys.keys()].toSorted()).toEqual([0, 1, 2, 3]);
  const place = one.queryMetadataForKey('counts', 'the', strings);
  assert(place.kind === 'available');
  expect([place.activeHost, ...place.standbyHosts].toSorted()).toEqual(['one:1', 'two:1']);
  await eventually(async () => {
    const lags = await two.allLocalStorePartitionLags();
    return lags.length === 4 && lags.every(({ offsetLag }) => offsetLag === 0);
  }, 'its own parts and its copies have all of their changelogs');
  restored = 0;
  await one.close();
  await eventually(
    async () => two.state === 'RUNNING' && two.storePartitions('counts').local.length === 4,
    'two has all',
  );
  expect(restored).toBe(0);
  expect(await two.store<string, number>('counts').get('the')).toBe(3);
});

test('an instance that is killed is missed by nobody: each word is counted once', { timeout: 60_000 }, async () => {
  await cluster.createTopics({ lines: 4, words: 1 });
  const bootstrap = cluster.wire.bootstrapServers as string;
  const args = ['--disable-warning=ExperimentalWarning', PROCESS, bootstrap, join(cluster.folder, 'process')];
  const other = spawn(process.execPath, [...args, 'exactly_once_v2', '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(other.stdout, 'data');
    const own = await start('own', wordCount(), { processingGuarantee: 'exactly_once_v2' });
    const expected: Record<string, number> = {};
    const round = (number: number): TextRecord[] =>
      Array.from({ length: 200 }, (_, at) => {
        const word = `w${(at * 7 + number) % 11}`;
        expected[word] = (expected[word] ?? 0) + 1;
        return [`${number}-${at}`, word, number * 1_000 + at];
      });
    await cluster.produce('lines', round(1));
    await delay(100);
    await cluster.produce('lines', round(2));
    other.kill('SIGKILL');
    await once(other, 'exit');
    await cluster.produce('lines', round(3));
    await everyWordIsCountedOnce(cluster, expected);
    await hasAll(own, 'counts', expected);
  } finally {
    other.kill('SIGKILL');
  }
});

test('a copy of a table that has no changelog but its topic is never ahead of what was processed', async () => {
  await cluster.createTopics({ users: 2 });
  const topology = (): Topology => {
    const builder = new StreamsBuilder({ optimization: 'all' });
    builder.table('users', { ...text, as: 'users' });
    return builder.build();
  };
  expect(topology().stores.get('users')?.changelogIsSourceTopic).toBe('users');
  const one = await start('one', topology());
  const two = await start('two', topology());
  const names = Array.from({ length: 10 }, (_, at) => `user-${at}`);
  const write = (value: string): Promise<void> =>
    cluster.produce(
      'users',
      names.map((name, at) => [name, value, at]),
    );
  const allAre = (value: string): Record<string, string> => Object.fromEntries(names.map((name) => [name, value]));
  await write('first');
  await hasAll(one, 'users', allAre('first'));
  await hasAll(two, 'users', allAre('first'));
  one.pause();
  two.pause();
  await write('second');
  await delay(1_500);
  expect(await everythingOf(two, 'users')).toEqual(allAre('first'));
  one.resume();
  two.resume();
  await hasAll(one, 'users', allAre('second'));
  await hasAll(two, 'users', allAre('second'));
});

test('a listener hears of copies: when they begin, what they load, and when their task comes here', async () => {
  await cluster.createTopics({ lines: 2, words: 1 });
  const heard: string[] = [];
  const loaded = new Map<number, number>();
  const standbyUpdateListener: StandbyUpdateListener = {
    onUpdateStart: ({ partition }, store, fromOffset) => heard.push(`${store} ${partition} starts at ${fromOffset}`),
    onBatchLoaded: ({ partition }, _store, nextOffset) => loaded.set(partition, nextOffset),
    onUpdateSuspended: ({ partition }, store, nextOffset, _end, reason) =>
      heard.push(`${store} ${partition} ends at ${nextOffset}: ${reason}`),
  };
  const one = await start('one', wordCount());
  const two = await start('two', wordCount(), { standbyUpdateListener });
  await cluster.produce('lines', LINES);
  await hasAll(two, 'counts', COUNTS);
  const own = two.storePartitions('counts').local;
  const copied = [0, 1].find((partition) => !own.includes(partition))!;
  expect(heard.at(-1)).toBe(`counts ${copied} starts at 0`);
  heard.length = 0;
  await one.close();
  await eventually(
    async () => two.state === 'RUNNING' && two.storePartitions('counts').local.length === 2,
    'two has all',
  );
  expect(heard).toEqual([`counts ${copied} ends at ${loaded.get(copied)}: PROMOTED`]);
});

test('a copy follows a task that comes and goes', { timeout: 60_000 }, async () => {
  await cluster.createTopics({ lines: 4, words: 1 });
  const expected: Record<string, number> = {};
  const one = await start('one', wordCount());
  for (let round = 0; round < 4; round++) {
    const two = await start('two', wordCount());
    await cluster.produce('lines', [[`${round}`, `round-${round} all all`, round]]);
    Object.assign(expected, { [`round-${round}`]: 1, all: 2 * (round + 1) });
    await hasAll(one, 'counts', expected);
    await hasAll(two, 'counts', expected);
    await two.close();
  }
  await hasAll(one, 'counts', expected);
});

test('a new instance gets a task when its copy of the state is ready; until then the old one goes on', async () => {
  await cluster.createTopics({ lines: 4, words: 1 });
  const options = { numStandbyReplicas: 0, acceptableRecoveryLag: 5 };
  const words = Array.from({ length: 400 }, (_, at) => `word-${at}`);
  const one = await start('one', wordCount(), options);
  await cluster.produce('lines', [['1', words.join(' '), 1]]);
  const expected = Object.fromEntries(words.map((word) => [word, 1]));
  await hasAll(one, 'counts', expected);
  let restored = 0;
  const onRestoreEnd = (_changelog: unknown, _store: string, total: number): void => {
    restored += total;
  };
  const two = await start('two', wordCount(), { ...options, restoreListener: { onRestoreEnd } });
  const localOf = (streams: KafkaStreams): number =>
    streams.state === 'RUNNING' ? streams.storePartitions('counts').local.length : 0;
  await eventually(async () => localOf(one) === 2 && localOf(two) === 2, 'the tasks are shared out evenly');
  // What came while the round was on, at the most: the copies were ready.
  expect(restored).toBeLessThanOrEqual(2 * options.acceptableRecoveryLag);
  await two.close();
  await hasAll(one, 'counts', expected);
});
