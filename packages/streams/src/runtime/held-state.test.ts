import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { Suppressed } from '../dsl/suppressed.ts';
import { Serdes } from '../serdes/serdes.ts';
import type { Windowed } from '../serdes/windowed.ts';
import type { Topology } from '../topology/topology.ts';
import { JoinWindows } from '../windows/join-windows.ts';
import { TimeWindows } from '../windows/time-windows.ts';
import type { KafkaStreamsOptions } from './config/options.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { eventually, sameTable, TestCluster } from './test-support/cluster.ts';

// Operators that hold records back, and joins whose sides lie in different partitions, on a whole application: what
// they hold must come through a restart that leaves nothing but the changelogs.

const strings = Serdes.string();
const text = { key: strings, value: strings };

let cluster: TestCluster;
let streams: KafkaStreams | null = null;

beforeEach(async () => {
  cluster = await TestCluster.start('in process');
});

afterEach(async () => {
  await streams?.close();
  streams = null;
  await cluster.close();
});

async function start(topology: Topology): Promise<void> {
  streams = new KafkaStreams(topology, {
    ...cluster.wire,
    applicationId: 'app',
    stateDir: join(cluster.folder, 'state'),
    commitIntervalMs: 50,
    pollMs: 20,
    heartbeatIntervalMs: 200,
    emitIntervalMs: 0,
  } as KafkaStreamsOptions);
  await streams.start();
  await streams.waitFor('RUNNING');
}

async function restartWithoutState(topology: Topology): Promise<void> {
  await streams?.close();
  await rm(join(cluster.folder, 'state'), { recursive: true });
  await start(topology);
}

/** Everything up to here is processed and committed when the group has committed the end of the topic. */
async function committed(topic: string, offset: number): Promise<void> {
  await eventually(async () => {
    const [found] = await cluster.client.admin.listGroupOffsets('app', { partitions: [{ topic, partition: 0 }] });
    return found !== undefined && found.offset >= offset;
  }, `${topic} is committed up to ${offset}`);
}

async function outcome(topic: string, expected: Readonly<Record<string, string | null>>): Promise<void> {
  const look = async (): Promise<boolean> => sameTable(await cluster.table(topic, strings), expected);
  await eventually(look, `${topic} holds ${JSON.stringify(expected)}`);
}

test('a foreign-key join finds its way between tables of different partition counts', async () => {
  const builder = new StreamsBuilder();
  const orders = builder.table('orders', text);
  const customers = builder.table('customers', text);
  const customerOf = (order: string): string => order.split(':')[0]!;
  orders
    .leftJoin(customers, customerOf, (order, customer) => `${order}=${customer ?? 'nobody'}`, text)
    .toStream()
    .to('joined', text);
  const topology = builder.build();
  await cluster.createTopics({ orders: 3, customers: 2, joined: 1 });
  const numbers = Array.from({ length: 12 }, (_, index) => index);
  await cluster.produce('customers', [
    ['a', 'Ann', 1],
    ['b', 'Bob', 1],
  ]);
  await start(topology);
  const order = (index: number): string => `${'abc'[index % 3]}:${index}`;
  await cluster.produce(
    'orders',
    numbers.map((index) => [`order-${index}`, order(index), 2]),
  );
  const joined = (names: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      numbers.map((index) => [`order-${index}`, `${order(index)}=${names[customerOf(order(index))] ?? 'nobody'}`]),
    );
  await outcome('joined', joined({ a: 'Ann', b: 'Bob' }));

  await restartWithoutState(topology);
  await cluster.produce('customers', [
    ['c', 'Cid', 3],
    ['a', null, 3],
  ]);
  await outcome('joined', joined({ b: 'Bob', c: 'Cid' }));
}, 30_000);

test('what a suppression holds comes through a restart', async () => {
  const builder = new StreamsBuilder();
  builder
    .stream('events', text)
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
    .reduce((a, b) => a + b, { ...text, as: 'sums' })
    .suppress(Suppressed.untilWindowCloses())
    .toStream((windowed: Windowed<string>) => `${windowed.key}@${windowed.window.startMs}`)
    .to('finals', text);
  const topology = builder.build();
  await cluster.createTopics({ events: 1, finals: 1 });
  await start(topology);
  await cluster.produce('events', [
    ['k', 'a', 1],
    ['k', 'b', 2],
    ['m', 'c', 3],
  ]);
  await committed('events', 3);
  await restartWithoutState(topology);
  await cluster.produce('events', [['k', 'd', 10]]);
  await outcome('finals', { 'k@0': 'ab', 'm@0': 'c' });
}, 30_000);

test('a record that waits for its match comes through a restart', async () => {
  const builder = new StreamsBuilder();
  const windows = JoinWindows.ofTimeDifferenceWithNoGrace(10);
  builder
    .stream('lefts', text)
    .outerJoin(builder.stream('rights', text), (left, right) => `${left ?? '-'}+${right ?? '-'}`, windows, text)
    .to('pairs', text);
  const topology = builder.build();
  await cluster.createTopics({ lefts: 1, rights: 1, pairs: 1 });
  await start(topology);
  await cluster.produce('lefts', [
    ['lonely', 'l', 1],
    ['met', 'l', 5],
  ]);
  await committed('lefts', 2);
  await restartWithoutState(topology);
  await cluster.produce('rights', [['met', 'r', 6]]);
  await outcome('pairs', { met: 'l+r' });
  await committed('rights', 1);
  await restartWithoutState(topology);
  await cluster.produce('rights', [['late', 'r', 100]]);
  await outcome('pairs', { met: 'l+r', lonely: 'l+-' });
}, 30_000);

test('a window that was emitted when it closed leaves once, also over a restart without state', async () => {
  const builder = new StreamsBuilder();
  builder
    .stream('events', text)
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
    .emitStrategy('on-window-close')
    .reduce((a, b) => a + b, { ...text, as: 'sums' })
    .toStream((windowed: Windowed<string>) => `${windowed.key}@${windowed.window.startMs}`)
    .to('finals', text);
  const topology = builder.build();
  await cluster.createTopics({ events: 1, finals: 1 });
  await start(topology);
  await cluster.produce('events', [
    ['k', 'a', 1],
    ['k', 'b', 12],
  ]);
  await committed('events', 2);

  await restartWithoutState(topology);
  // Too late for the window that has left; and on to the next.
  await cluster.produce('events', [
    ['k', 'c', 2],
    ['k', 'd', 25],
  ]);
  await outcome('finals', { 'k@0': 'a', 'k@10': 'b' });
  const sent = (await cluster.read('finals', strings)).map(({ value }) => value);
  expect(sent).toEqual(['a', 'b']);
}, 30_000);
