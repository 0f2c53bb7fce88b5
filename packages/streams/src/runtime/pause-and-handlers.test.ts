import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { Serdes } from '../serdes/serdes.ts';
import { continueOnError } from '../task/handlers.ts';
import type { KafkaStreamsOptions } from './config/options.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { eventually, sameTable, TestCluster } from './test-support/cluster.ts';

const strings = Serdes.string();
const longs = Serdes.long();

function copy(options: Partial<KafkaStreamsOptions>, cluster: TestCluster): KafkaStreams {
  const builder = new StreamsBuilder();
  builder.stream('in', { key: strings, value: longs }).to('out', { key: strings, value: longs });
  return new KafkaStreams(builder.build(), {
    ...cluster.wire,
    applicationId: 'app',
    stateDir: join(cluster.folder, 'state'),
    commitIntervalMs: 50,
    pollMs: 20,
    ...options,
  } as KafkaStreamsOptions);
}

const long = (value: number): string => Buffer.from(longs.serialize(value, 'in')).toString('latin1');

test('a paused application processes nothing, keeps its place, and goes on where it was', async () => {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ in: 1, out: 1 });
  await using streams = copy({}, cluster);
  streams.pause();
  expect(streams.isPaused).toBe(true);
  await streams.start();
  await streams.waitFor('RUNNING');
  await cluster.produce('in', [['a', long(1), 1]]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await cluster.table('out', longs)).toEqual({});
  streams.resume();
  await eventually(async () => sameTable(await cluster.table('out', longs), { a: 1 }), 'the record comes through');
  await streams.close();
  await cluster.close();
});

test('a record that can not be read ends the application, or is passed over if a handler says so', async () => {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ in: 1, out: 1 });
  await cluster.produce('in', [
    ['bad', 'no long', 1],
    ['good', long(2), 2],
  ]);
  await using failing = copy({}, cluster);
  await failing.start();
  await expect(failing.waitFor('NOT_RUNNING')).rejects.toBeDefined();
  await using streams = copy({ handlers: { deserialization: continueOnError } }, cluster);
  await streams.start();
  await eventually(
    async () => sameTable(await cluster.table('out', longs), { good: 2 }),
    'the good record comes through',
  );
  await streams.close();
  await cluster.close();
});

test('a record that can not be read goes to the dead-letter topic with the bytes it came with', async () => {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ in: 1, out: 1, dead: 1 });
  await cluster.produce('in', [['bad', 'no long', 1]]);
  const handlers = { deserialization: continueOnError };
  await using streams = copy({ handlers, config: { 'errors.dead.letter.queue.topic.name': 'dead' } }, cluster);
  await streams.start();
  await eventually(
    async () => sameTable(await cluster.table('dead', strings), { bad: 'no long' }),
    'the dead letter has the bytes of the record',
  );
  await streams.close();
  await cluster.close();
});
