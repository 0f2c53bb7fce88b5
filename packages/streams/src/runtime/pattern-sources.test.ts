import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { Serdes } from '../serdes/serdes.ts';
import type { Topology } from '../topology/topology.ts';
import type { StreamsSettings } from './config/settings.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { matchTopics } from './layout/matched-topics.ts';
import { topicNames } from './layout/topic-names.ts';
import { eventually, sameTable, TestCluster } from './test-support/cluster.ts';
import { committedCounts, everyWordIsCountedOnce } from './test-support/counted-once.ts';
import { hesitantMember } from './test-support/hesitant-member.ts';

const strings = Serdes.string();
const longs = Serdes.long();

/** Counts by key over all topics that begin with `in-`. */
function countAll(): Topology {
  const builder = new StreamsBuilder();
  const counts = builder
    .stream(/in-\w+/, { key: strings, value: strings })
    .groupByKey()
    .count({ as: 'counts' });
  counts.toStream().to('out', { value: longs });
  return builder.build();
}

describe('an application that reads topics by a pattern', () => {
  let cluster: TestCluster;
  let streams: KafkaStreams | undefined;

  beforeEach(async () => {
    cluster = await TestCluster.start('in process');
  });

  afterEach(async () => {
    await streams?.close();
    await cluster.close();
  });

  async function start(topology: Topology, options: Partial<StreamsSettings> = {}): Promise<KafkaStreams> {
    streams = new KafkaStreams(topology, {
      ...cluster.wire,
      applicationId: 'app',
      stateDir: join(cluster.folder, 'state'),
      commitIntervalMs: 50,
      pollMs: 20,
      heartbeatIntervalMs: 100,
      metadataMaxAgeMs: 50,
      ...options,
    });
    await streams.start();
    await streams.waitFor('RUNNING');
    return streams;
  }

  const counted = (expected: Readonly<Record<string, number>>): Promise<true> =>
    eventually(async () => sameTable(await cluster.table('out', longs), expected), 'the records are counted');

  test('reads a topic that was made after its start, in the tasks and stores that it has', async () => {
    await cluster.createTopics({ 'in-a': 2, 'in-b': 2, other: 2, out: 1 });
    await cluster.produce('in-a', [
      ['x', '1', 0],
      ['y', '1', 0],
    ]);
    await cluster.produce('in-b', [['x', '1', 0]]);
    await cluster.produce('other', [['x', '1', 0]]);
    await start(countAll());
    await counted({ x: 2, y: 1 });

    await cluster.createTopics({ 'in-c': 2 });
    await cluster.produce('in-c', [
      ['x', '1', 0],
      ['z', '1', 0],
    ]);
    await counted({ x: 3, y: 1, z: 1 });
  });

  test('exactly once: a task that is made anew, since a topic came, has been committed for before', async () => {
    await cluster.createTopics({ 'in-a': 2, out: 1 });
    const streams = await start(countAll(), { stateStoreCacheMaxBytes: 0, processingGuarantee: 'exactly_once_v2' });
    const other = hesitantMember(cluster, 'in-a');
    await other.member.join();
    const partitions = (): number | undefined =>
      streams.metadataForAllStreamsClients().find(({ isLocal }) => isLocal)?.topicPartitions.length;
    await eventually(async () => partitions() === 1, 'a task is to move');
    const groupState = async (): Promise<string> => (await cluster.client.admin.describeGroups(['app']))[0]!.state;
    await eventually(async () => (await groupState()) === 'PreparingRebalance', 'the round that moves it is on');
    // What is processed now cannot be committed before the round ends, which makes the task anew.
    const words = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'a', 'b'];
    const write = (): Promise<void> =>
      cluster.produce(
        'in-a',
        words.map((word, at) => [word, 'x', at] as const),
      );
    await write();
    await eventually(async () => (await cluster.read('out', longs)).length > 0, 'the task that stays goes on');
    expect((await committedCounts(cluster, 'out')).size).toBe(0);
    await cluster.createTopics({ 'in-b': 2 });
    other.letJoin();
    await eventually(async () => other.member.assignment?.partitions.length === 2, 'the round has ended');
    await other.member.close();
    // What was counted twice would show in the counts that follow.
    await write();
    const times = [...Map.groupBy([...words, ...words], (word) => word)];
    const counts = times.map(([word, each]) => [word, each.length] as const);
    await everyWordIsCountedOnce(cluster, Object.fromEntries(counts), 'out');
  });

  test('waits for the first topic that matches, and begins when it comes', async () => {
    await cluster.createTopics({ out: 1 });
    await start(countAll());
    await cluster.createTopics({ 'in-a': 3 });
    await cluster.produce('in-a', [['x', '1', 0]]);
    await counted({ x: 1 });
  });

  test('makes the tasks that a larger topic needs', async () => {
    const builder = new StreamsBuilder();
    builder.stream(/in-\w+/, { key: strings, value: strings }).to('out');
    await cluster.createTopics({ 'in-a': 1, out: 1 });
    await start(builder.build());
    await cluster.createTopics({ 'in-b': 4 });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await cluster.produce(
      'in-b',
      keys.map((key) => [key, '1', 0] as const),
    );
    await eventually(async () => (await cluster.read('out', strings)).length === keys.length, 'all is copied');
  });
});

describe('a pattern', () => {
  const existing = ['in-a', 'in-b', 'my-in-a', '__consumer_offsets', 'app-counts-changelog', 'named'];

  test('matches whole names, and no topic that another source names or that somebody keeps for himself', () => {
    const builder = new StreamsBuilder();
    builder.stream('named', { key: strings, value: strings }).to('out');
    builder.stream(/.*/, { key: strings, value: strings }).groupByKey().count({ as: 'counts' });
    const topology = builder.build();
    const matched = matchTopics(topology, topicNames('app', topology), existing);
    expect([...matched.values()]).toEqual([['in-a', 'in-b', 'my-in-a']]);
  });

  test('shares no topic with another pattern', () => {
    const builder = new StreamsBuilder();
    builder.stream(/in-.*/, { key: strings, value: strings }).to('out');
    builder.stream(/.*-a/, { key: strings, value: strings }).to('out');
    const topology = builder.build();
    expect(() => matchTopics(topology, topicNames('app', topology), existing)).toThrow('Topic in-a is matched by');
  });
});
