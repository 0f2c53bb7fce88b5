import { expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { Serdes } from '../serdes/serdes.ts';
import { Stores } from '../state/store-factories.ts';
import type { KeyValueStore } from '../state/stores.ts';
import { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import { type ProcessorContext, Record } from './processor-api.ts';
import { Topology } from './topology.ts';

const text = { key: Serdes.string(), value: Serdes.string() };

function drive(topology: Topology) {
  const driver = new TopologyTestDriver(topology);
  const input = driver.createInputTopic('in', text.key, text.value);
  const output = driver.createOutputTopic('out', text.key, text.value);
  return { driver, input, output };
}

/** Forwards `P<time>` whenever it is due, and passes records. */
function ticking(type: 'stream-time' | 'wall-clock') {
  return () => {
    let context: ProcessorContext<string, string>;
    return {
      init(own: ProcessorContext<string, string>) {
        context = own;
        own.schedule(10, type, (timestampMs) => own.forward(new Record('p', `P${timestampMs}`, timestampMs)));
      },
      process: (record: Record<string, string>) => context.forward(record),
    };
  };
}

test('stream-time punctuation runs on the first record, then on multiples of the interval, once for a jump', () => {
  const builder = new StreamsBuilder();
  builder.stream('in', text).process(ticking('stream-time')).to('out', text);
  const { input, output } = drive(builder.build());
  for (const timestamp of [5, 9, 11, 58, 59, 60]) input.pipeInput('k', String(timestamp), timestamp);
  expect(output.readRecordsToList().map(({ value }) => value)).toEqual([
    '5',
    'P5',
    '9',
    '11',
    'P11',
    '58',
    'P58',
    '59',
    '60',
    'P60',
  ]);
});

test('wall-clock punctuation runs one interval from the start, once for a jump', () => {
  const builder = new StreamsBuilder();
  builder.stream('in', text).process(ticking('wall-clock')).to('out', text);
  const { driver, output } = drive(builder.build());
  for (const by of [9, 1, 35, 5]) driver.advanceWallClockTime(by);
  expect(output.readRecordsToList().map(({ value }) => value)).toEqual(['P10', 'P45', 'P50']);
});

test('a processor brings its store, and counts in it', () => {
  const store = Stores.keyValue({ name: 'seen', keySerde: Serdes.string(), valueSerde: Serdes.long() });
  const supplier = () => {
    let context: ProcessorContext<string, string>;
    return {
      init(own: ProcessorContext<string, string>) {
        context = own;
      },
      process(record: Record<string, string>) {
        const seen = context.getStateStore<KeyValueStore<string, number>>('seen');
        const count = (seen.get(record.key) ?? 0) + 1;
        seen.put(record.key, count);
        context.forward(record.withValue(`${record.value}${count}`));
      },
    };
  };
  const topology = new Topology()
    .addSource('source', 'in', text)
    .addProcessor('count', Object.assign(supplier, { stores: [store] }), 'source')
    .addSink('sink', 'out', text, 'count');
  const { driver, input, output } = drive(topology);
  for (const key of ['a', 'b', 'a']) input.pipeInput(key, 'x', 0);
  expect(output.readKeyValuesToList()).toEqual([
    ['a', 'x1'],
    ['b', 'x1'],
    ['a', 'x2'],
  ]);
  expect(driver.getKeyValueStore<string, number>('seen')!.get('a')).toBe(2);
});

test('a processor reaches only the stores that it is connected to', () => {
  const builder = new StreamsBuilder();
  const store = Stores.keyValue({ name: 'other', keySerde: Serdes.string(), valueSerde: Serdes.string() });
  builder.addStateStore(store);
  const peeking = () => ({ process: () => {} });
  builder.stream('in', text).process(peeking, { stores: ['other'] });
  builder.stream('in', text).process(() => ({
    init: (context: ProcessorContext<unknown, unknown>) => void context.getStateStore('other'),
    process: () => {},
  }));
  expect(() => new TopologyTestDriver(builder.build())).toThrow(/has no access to StateStore other/);
});

test('a record goes to the one child that is named, with its new headers, and they end with it', () => {
  const router = () => {
    let context: ProcessorContext<string, string>;
    return {
      init(own: ProcessorContext<string, string>) {
        context = own;
      },
      process(record: Record<string, string>) {
        const marked = record.withHeaders([{ key: 'h', value: new Uint8Array([1]) }]);
        context.forward(marked, 'left');
        context.forward(record, 'right');
      },
    };
  };
  const topology = new Topology()
    .addSource('source', 'in', text)
    .addProcessor('router', router, 'source')
    .addSink('left', 'out', text, 'router')
    .addSink('right', 'out', text, 'router');
  const { input, output } = drive(topology);
  input.pipeInput('a', '1', 0);
  expect(output.readRecordsToList().map(({ headers }) => headers.length)).toEqual([1, 0]);
});

test("what cannot be a topology is refused with Kafka Streams' words", () => {
  const topology = new Topology().addSource('source', 'in', text);
  expect(() => topology.addSource('source', 'more', text)).toThrow('Processor source is already added.');
  expect(() => topology.addSource('again', 'in', text)).toThrow(
    'Topic in has already been registered by another source.',
  );
  expect(() => topology.addSink('sink', 'out', text, 'nobody')).toThrow(
    'Predecessor processor nobody is not added yet for sink',
  );
});
