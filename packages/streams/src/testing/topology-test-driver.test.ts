import { expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { stringSerde } from '../serdes/primitives.ts';
import { Serdes } from '../serdes/serdes.ts';
import { continueOnError } from '../task/handlers.ts';
import { TopologyTestDriver } from './topology-test-driver.ts';

const strings = { key: stringSerde, value: stringSerde };

test('a record that a cache held back becomes a dead letter with the bytes it came with', () => {
  const builder = new StreamsBuilder();
  const boom = (): string => {
    throw new RangeError('boom');
  };
  builder
    .table('in', { ...strings, as: 'held' })
    .mapValues(boom)
    .toStream()
    .to('out', strings);
  const driver = new TopologyTestDriver(builder.build(), {
    cacheMaxBytes: 1_000_000,
    handlers: { processing: continueOnError },
    deadLetterTopic: 'dead',
  });
  const input = driver.createInputTopic('in', stringSerde, stringSerde);
  const dead = driver.createOutputTopic('dead', stringSerde, stringSerde);
  input.pipeInput('k', 'v', 7);
  expect(dead.readRecord()).toMatchObject({ key: 'k', value: 'v', timestamp: 7 });
});

test('a function that fails while a cache is written out is named with the store, the node and the record', () => {
  const builder = new StreamsBuilder();
  const boom = (): string => {
    throw new RangeError('boom');
  };
  builder.table('in', { ...strings, as: 'held' }).mapValues(boom, { name: 'fails' });
  const driver = new TopologyTestDriver(builder.build(), { cacheMaxBytes: 1_000_000 });
  const input = driver.createInputTopic('in', stringSerde, stringSerde);
  expect(() => input.pipeInput('k', 'v', 7)).toThrow(
    'Failed to flush cache of store held. Exception caught in process. ' +
      'taskId=0_0, processor=fails, topic=in, partition=0, offset=0',
  );
});

test('a source with a pattern reads every topic that matches', () => {
  const builder = new StreamsBuilder();
  const counts = builder
    .stream(/in-\w+/, strings)
    .groupByKey()
    .count({ as: 'counts' });
  counts.toStream().to('out', { key: stringSerde, value: Serdes.long() });
  const driver = new TopologyTestDriver(builder.build());
  driver.createInputTopic('in-a', stringSerde, stringSerde).pipeInput('k', '1', 1);
  driver.createInputTopic('in-b', stringSerde, stringSerde).pipeInput('k', '2', 2);
  const out = driver.createOutputTopic('out', stringSerde, Serdes.long());
  expect(out.readKeyValuesToList()).toEqual([
    ['k', 1],
    ['k', 2],
  ]);
  const other = driver.createInputTopic('other', stringSerde, stringSerde);
  expect(() => other.pipeInput('k', '3', 3)).toThrow('Unknown topic: other');
});

test('a node behind a pattern sees which topic a record came from', () => {
  const builder = new StreamsBuilder();
  builder.stream(/in-\w+/, strings).to((_key, _value, { topic }) => `copy-of-${topic}`, strings);
  const driver = new TopologyTestDriver(builder.build());
  driver.createInputTopic('in-b', stringSerde, stringSerde).pipeInput('k', 'v', 1);
  expect(driver.producedTopicNames()).toEqual(['copy-of-in-b']);
});
