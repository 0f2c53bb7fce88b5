import { afterEach, assert, beforeEach, expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import type { LiveEvent } from '../query/live-query.ts';
import type { Position } from '../query/position.ts';
import type { QueryResult } from '../query/query-result.ts';
import {
  countQuery,
  keyQuery,
  multiVersionedKeyQuery,
  type Query,
  type QueryRows,
  rangeQuery,
  type StateQueryRequest,
  sessionKeyQuery,
  timestampedKeyQuery,
  timestampedRangeQuery,
  versionedKeyQuery,
  windowKeyQuery,
  windowRangeQuery,
} from '../query/state-query.ts';
import { Serdes } from '../serdes/serdes.ts';
import type { VersionedRecord } from '../state/stores.ts';
import type { Topology } from '../topology/topology.ts';
import { SessionWindows } from '../windows/session-windows.ts';
import { TimeWindows } from '../windows/time-windows.ts';
import type { KafkaStreamsOptions } from './config/options.ts';
import type { KafkaStreams } from './kafka-streams.ts';
import { eventually, TestCluster, type TextRecord } from './test-support/cluster.ts';
import { Instances } from './test-support/instances.ts';

const strings = Serdes.string();
const text = { key: strings, value: strings };

let cluster: TestCluster;
let instances: Instances;

beforeEach(async () => {
  cluster = await TestCluster.start('in process');
  instances = new Instances(cluster);
});

afterEach(async () => {
  await instances.close();
  await cluster.close();
});

/** A store of each kind over one topic, and a global table. */
function everyKind(): Topology {
  const builder = new StreamsBuilder();
  const grouped = builder.stream('clicks', text).groupByKey(text);
  grouped.count({ as: 'counts' });
  grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(10)).count({ as: 'windows' });
  grouped.windowedBy(SessionWindows.ofInactivityGapWithNoGrace(5)).count({ as: 'sessions' });
  builder.table('prices', { ...text, as: 'versions', historyRetention: 1_000 });
  builder.globalTable('names', { ...text, as: 'names' });
  return builder.build();
}

const CLICKS: readonly TextRecord[] = [
  ['ann', 'x', 1],
  ['bob', 'x', 2],
  ['ann', 'x', 12],
  ['eve', 'x', 13],
];

const PRICES: readonly TextRecord[] = [
  ['tea', '1', 10],
  ['tea', '2', 20],
  ['tea', null, 30],
  ['tea', '3', 40],
];

async function startEveryKind(options: Partial<KafkaStreamsOptions> = {}): Promise<KafkaStreams> {
  await cluster.createTopics({ clicks: 1, prices: 1, names: 1 });
  await cluster.produce('names', [['ann', 'Ann', 1]]);
  const streams = await instances.run('one', everyKind(), options);
  await cluster.produce('clicks', CLICKS);
  await cluster.produce('prices', PRICES);
  return streams;
}

/** The answer of partition 0 as soon as it has all of the input. */
async function ask<R>(
  streams: KafkaStreams,
  request: Omit<StateQueryRequest<R>, 'positionBound'>,
  positionBound: Position = { clicks: { 0: 3 }, prices: { 0: 3 } },
): Promise<R> {
  const bound = request.store === 'versions' ? { prices: positionBound.prices! } : { clicks: positionBound.clicks! };
  return await eventually(async () => {
    const { partitionResults } = await streams.query({ ...request, positionBound: bound });
    const answer: QueryResult<R> = partitionResults.get(0)!;
    if (answer.kind === 'success') return { result: answer.result };
    expect(answer.reason).toBe('NOT_UP_TO_BOUND');
    return null;
  }, 'the store is up to the bound').then(({ result }) => result);
}

async function rowsOf<Row>(
  streams: KafkaStreams,
  store: string,
  query: Query<QueryRows<Row>>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of await ask(streams, { store, query })) rows.push(row);
  return rows;
}

const window = (key: string, startMs: number, endMs: number): unknown => ({ key, window: { startMs, endMs } });

test('each kind of store answers its kinds of queries, typed by the query', async () => {
  const streams = await startEveryKind();
  const count: number | null = await ask(streams, { store: 'counts', query: keyQuery<string, number>('ann') });
  expect(count).toBe(2);
  expect(await ask(streams, { store: 'counts', query: keyQuery('nobody') })).toBe(null);
  expect(await ask(streams, { store: 'counts', query: timestampedKeyQuery('ann') })).toEqual({
    value: 2,
    timestamp: 12,
  });
  expect(await ask(streams, { store: 'counts', query: countQuery() })).toBe(3);
  const ranges: readonly (readonly [string, number])[] = await rowsOf(streams, 'counts', rangeQuery({ lower: 'b' }));
  expect(ranges).toEqual([
    ['bob', 1],
    ['eve', 1],
  ]);
  expect(await rowsOf(streams, 'counts', rangeQuery({ upper: 'bob', order: 'descending' }))).toEqual([
    ['bob', 1],
    ['ann', 2],
  ]);
  expect(await rowsOf(streams, 'counts', timestampedRangeQuery({ lower: 'eve', upper: 'eve' }))).toEqual([
    ['eve', { value: 1, timestamp: 13 }],
  ]);
  expect(await rowsOf(streams, 'windows', windowKeyQuery('ann', { fromMs: 0, toMs: 10 }))).toEqual([
    [0, 1],
    [10, 1],
  ]);
  const range = { fromMs: 10, toMs: 10, withTimestamps: true } as const;
  expect(await rowsOf(streams, 'windows', windowRangeQuery(range))).toEqual([
    [window('ann', 10, 20), { value: 1, timestamp: 12 }],
    [window('eve', 10, 20), { value: 1, timestamp: 13 }],
  ]);
  expect(await rowsOf(streams, 'sessions', sessionKeyQuery('ann'))).toEqual([
    [window('ann', 1, 1), 1],
    [window('ann', 12, 12), 1],
  ]);
});

test('a versioned store answers as of a time, and with the versions of a range of times', async () => {
  const streams = await startEveryKind();
  const latest: VersionedRecord<string> | null = await ask(streams, {
    store: 'versions',
    query: versionedKeyQuery<string, string>('tea'),
  });
  expect(latest).toEqual({ value: '3', timestamp: 40, validToMs: null });
  const asOf = (asOfMs: number): Promise<unknown> =>
    ask(streams, { store: 'versions', query: versionedKeyQuery('tea', { asOfMs }) });
  expect(await asOf(15)).toEqual({ value: '1', timestamp: 10, validToMs: 20 });
  expect(await asOf(35)).toBe(null);
  const valuesOf = async (options: Parameters<typeof multiVersionedKeyQuery>[1]): Promise<readonly string[]> => {
    const versions = await rowsOf(streams, 'versions', multiVersionedKeyQuery<string, string>('tea', options));
    return versions.map(({ value }) => value);
  };
  expect(await valuesOf({})).toEqual(['3', '2', '1']);
  expect(await valuesOf({ order: 'ascending' })).toEqual(['1', '2', '3']);
  expect(await valuesOf({ fromMs: 20, toMs: 39 })).toEqual(['2']);
  expect(await valuesOf({ fromMs: 30, toMs: 35 })).toEqual([]);
});

test('what a store cannot answer, and where there is nothing to ask, is said by partition', async () => {
  const streams = await startEveryKind();
  const reasonsOf = async (request: StateQueryRequest<unknown>): Promise<unknown> => {
    const { partitionResults } = await streams.query(request);
    return [...partitionResults].map(([partition, answer]) => [partition, answer.kind === 'failure' && answer.reason]);
  };
  const query = keyQuery('ann');
  expect(await reasonsOf({ store: 'windows', query })).toEqual([[0, 'UNKNOWN_QUERY_TYPE']]);
  expect(await reasonsOf({ store: 'counts', query, partitions: [7] })).toEqual([[7, 'DOES_NOT_EXIST']]);
  expect(await reasonsOf({ store: 'counts', query, positionBound: { clicks: { 0: 99 } } })).toEqual([
    [0, 'NOT_UP_TO_BOUND'],
  ]);
  // A bound for another partition is no bound for this one.
  expect(await reasonsOf({ store: 'counts', query, positionBound: { clicks: { 1: 99 } } })).toEqual([[0, false]]);
  await expect(streams.query({ store: 'nothing', query })).rejects.toMatchObject({ code: 'UNKNOWN_STATE_STORE' });
});

test('an answer says how far it goes and how it came about; a global store answers without partitions', async () => {
  const streams = await startEveryKind();
  await ask(streams, { store: 'counts', query: keyQuery('ann') });
  const result = await streams.query({ store: 'counts', query: keyQuery<string, number>('ann'), executionInfo: true });
  expect(result.position).toEqual({ clicks: { 0: 3 } });
  expect(result.onlyPartitionResult?.result).toBe(2);
  expect(result.onlyPartitionResult?.executionInfo[0]).toMatch(/^Handled by the key-value store counts of the running/);
  const global = await streams.query({ store: 'names', query: keyQuery<string, string>('ann') });
  expect(global.partitionResults.size).toBe(0);
  expect(global.globalResult).toMatchObject({ kind: 'success', result: 'Ann', position: { names: { 0: 0 } } });
  expect(streams.queryMetadataForKey('names', 'ann')).toMatchObject({ kind: 'available', partition: -1 });
});

test('a query may pass over what the record cache holds back', async () => {
  const streams = await startEveryKind({ commitIntervalMs: 60_000 });
  expect(await ask(streams, { store: 'counts', query: keyQuery('ann') })).toBe(2);
  expect(await ask(streams, { store: 'counts', query: keyQuery('ann', { skipCache: true }) })).toBe(null);
});

function tableTopology(): Topology {
  const builder = new StreamsBuilder();
  builder.table('users', { ...text, as: 'users' });
  return builder.build();
}

test('every instance knows who has which stores, and which of them has a key', async () => {
  await cluster.createTopics({ users: 4 });
  const options = { numStandbyReplicas: 1 };
  const one = await instances.run('one', tableTopology(), options);
  const two = await instances.run('two', tableTopology(), options);
  await eventually(async () => {
    const shares = [one, two].map((each) => each.state === 'RUNNING' && each.storePartitions('users').local.length);
    return shares.every((share) => share === 2);
  }, 'the tasks are shared out');
  for (const each of [one, two]) {
    const all = each.metadataForAllStreamsClients();
    expect(all.map(({ applicationServer }) => applicationServer).toSorted()).toEqual(['one:1', 'two:1']);
    expect(all.filter(({ isLocal }) => isLocal)).toHaveLength(1);
    for (const { stateStoreNames, topicPartitions, standbyStateStoreNames, standbyTopicPartitions } of all) {
      expect([stateStoreNames, standbyStateStoreNames]).toEqual([['users'], ['users']]);
      const partitions = [...topicPartitions, ...standbyTopicPartitions].map(({ partition }) => partition);
      expect(partitions.toSorted()).toEqual([0, 1, 2, 3]);
    }
    expect(each.streamsMetadataForStore('users')).toEqual(all);
  }
  const place = one.queryMetadataForKey('users', 'ann');
  assert(place.kind === 'available');
  expect(two.queryMetadataForKey('users', 'ann')).toEqual({ ...place, isLocal: !place.isLocal });
  expect(place.standbyHosts).toEqual([place.activeHost === 'one:1' ? 'two:1' : 'one:1']);
  // The records may have been placed otherwise than by the hash of the key.
  expect(one.queryMetadataForKey('users', 'ann', () => 3)).toMatchObject({ partition: 3 });
  const elsewhere = place.isLocal ? two : one;
  const asked = { store: 'users', query: keyQuery('ann'), partitions: [place.partition] };
  const answerOf = async (request: StateQueryRequest<unknown>): Promise<QueryResult<unknown> | undefined> =>
    (await elsewhere.query(request)).partitionResults.get(place.partition);
  expect(await answerOf({ ...asked, requireActive: true })).toMatchObject({ reason: 'NOT_ACTIVE' });
  expect(await answerOf(asked)).toMatchObject({ kind: 'success' });
  // By its handle, a store is what the tasks here hold, unless copies are asked for.
  await cluster.produce('users', [['ann', 'Ann', 1]]);
  const valueOn = (streams: KafkaStreams, options = {}): Promise<string | null> =>
    streams.store<string, string>('users', options).get('ann');
  await eventually(async () => (await valueOn(place.isLocal ? one : two)) === 'Ann', 'the owner has it');
  expect(await valueOn(elsewhere)).toBe(null);
  await eventually(async () => (await valueOn(elsewhere, { stale: true })) === 'Ann', 'the copy has it');
});

test('rows come partition by partition, in whatever order tasks were made', async () => {
  await cluster.createTopics({ users: 4 });
  const options = { heartbeatIntervalMs: 20 };
  const one = await instances.run('one', tableTopology(), options);
  await using producer = cluster.client.producer();
  for (const partition of [3, 1, 0, 2]) {
    await producer.send({ topic: 'users', partition, key: `p${partition}`, value: 'x', timestamp: 1 });
  }
  const keys = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const [key] of one.store<string, string>('users').all()) found.push(key);
    return found;
  };
  const all = ['p0', 'p1', 'p2', 'p3'];
  await eventually(async () => (await keys()).length === 4, 'all are there');
  expect(await keys()).toEqual(all);
  // What moves and comes back is made last.
  const two = await instances.run('two', tableTopology(), options);
  await two.close();
  const isWhole = async (): Promise<boolean> => (await keys().catch(() => [])).length === 4;
  await eventually(isWhole, 'all have come back');
  expect(await keys()).toEqual(all);
});

test('a copy answers within a bound as soon as it has what was processed up to there', async () => {
  await cluster.createTopics({ lines: 2 });
  const counting = (): Topology => {
    const builder = new StreamsBuilder();
    builder.stream('lines', text).groupByKey(text).count({ as: 'counts' });
    return builder.build();
  };
  const one = await instances.run('one', counting(), { numStandbyReplicas: 1 });
  const two = await instances.run('two', counting(), { numStandbyReplicas: 1 });
  await cluster.produce('lines', [
    ['ann', 'x', 1],
    ['ann', 'x', 2],
  ]);
  const place = one.queryMetadataForKey('counts', 'ann');
  assert(place.kind === 'available');
  const elsewhere = place.isLocal ? two : one;
  const { partition } = place;
  const answerTo = async (positionBound: Position): Promise<QueryResult<number | null>> => {
    const request = { store: 'counts', query: keyQuery<string, number>('ann'), positionBound };
    return (await elsewhere.query(request)).partitionResults.get(partition)!;
  };
  // No answer before it has both records; then the right one, with where it stands.
  const answer = await eventually(async () => {
    const told = await answerTo({ lines: { [partition]: 1 } });
    if (told.kind === 'success') return told;
    expect(told.reason).toBe('NOT_UP_TO_BOUND');
    return null;
  }, 'the copy is up to the bound');
  expect(answer).toMatchObject({ result: 2, position: { lines: { [partition]: 1 } } });
  expect(await answerTo({ lines: { [partition]: 2 } })).toMatchObject({ reason: 'NOT_UP_TO_BOUND' });
});

/** What is heard until a change says so. */
async function heardUntil<K, V>(
  events: AsyncGenerator<LiveEvent<K, V>>,
  isLast: (event: LiveEvent<K, V>) => boolean,
): Promise<readonly LiveEvent<K, V>[]> {
  const heard: LiveEvent<K, V>[] = [];
  for (;;) {
    const { value, done } = await events.next();
    if (done === true) throw new Error('no more is heard');
    heard.push(value);
    if (isLast(value)) return heard;
  }
}

test('a table is heard of as it is, then by its changes, and a listener goes on where it left', async () => {
  await cluster.createTopics({ users: 2 });
  const one = await instances.run('one', tableTopology());
  const two = await instances.run('two', tableTopology());
  await cluster.produce('users', [
    ['ann', 'Ann', 1],
    ['bob', 'Bob', 2],
  ]);
  await eventually(async () => (await cluster.read('app-users-changelog', strings)).length === 2, 'both are written');
  // Whoever is asked, it is the whole table.
  const live = two.store<string, string>('users').live();
  const first = await heardUntil(live, ({ kind }) => kind === 'caught-up');
  const rows = first.flatMap((event) => (event.kind === 'change' ? [[event.key, event.value]] : []));
  expect(rows.toSorted()).toEqual([
    ['ann', 'Ann'],
    ['bob', 'Bob'],
  ]);
  await cluster.produce('users', [['ann', null, 3]]);
  const [change] = await heardUntil(live, ({ kind }) => kind === 'change');
  expect(change).toMatchObject({ key: 'ann', value: null, timestamp: 3 });
  await live.return(undefined);
  await cluster.produce('users', [['eve', 'Eve', 4]]);
  const caughtUp = first.at(-1);
  assert(caughtUp?.kind === 'caught-up' && change?.kind === 'change');
  const from = { ...caughtUp.position, [change.partition]: change.offset + 1 };
  const ending = new AbortController();
  const again = one.store<string, string>('users').live({ from, signal: ending.signal });
  const later = await heardUntil(again, (event) => event.kind === 'change');
  expect(later.find(({ kind }) => kind === 'change')).toMatchObject({ key: 'eve', value: 'Eve' });
  ending.abort();
  for await (const event of again) expect(event.kind).toBe('caught-up');
});

test('changes of windows and sessions have their windows for keys', async () => {
  const streams = await startEveryKind();
  const heard = await heardUntil(streams.store('windows').live(), (event) => event.kind === 'change');
  expect(heard.at(-1)).toMatchObject({ key: window('ann', 0, 10), value: 1, timestamp: 1 });
  const sessions = await heardUntil(streams.store('sessions').live(), (event) => event.kind === 'change');
  expect(sessions.at(-1)).toMatchObject({ key: window('ann', 1, 1), value: 1 });
});

test('metadata is there only while the application runs', async () => {
  await cluster.createTopics({ users: 1 });
  const streams = await instances.run('one', tableTopology());
  expect(streams.queryMetadataForKey('users', 'ann')).toMatchObject({ kind: 'available', activeHost: 'one:1' });
  await streams.close();
  expect(() => streams.queryMetadataForKey('users', 'ann')).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
  await expect(streams.query({ store: 'users', query: keyQuery('ann') })).rejects.toMatchObject({
    code: 'INVALID_STATE',
  });
});
