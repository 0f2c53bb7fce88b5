import { expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { StreamsError } from '../errors.ts';
import { Serdes } from '../serdes/serdes.ts';
import { emptyRecordContext } from '../state/record-context.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { continueOnError, DEFAULT_HANDLERS, type FailureHandlers } from './handlers.ts';
import { RawRecordList } from './raw-records.ts';
import { Task } from './task.ts';

type Sent = {
  readonly topic: string;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly string[];
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const text = (bytes: Uint8Array | null) => (bytes === null ? null : decoder.decode(bytes));

/** A task over stateless nodes, with what it sends. */
function taskOf(
  build: (builder: StreamsBuilder) => void,
  handlers: Partial<FailureHandlers> = {},
  deadLetterTopic: string | null = null,
) {
  const builder = new StreamsBuilder({ defaultKeySerde: Serdes.string(), defaultValueSerde: Serdes.string() });
  build(builder);
  const topology = builder.build();
  const nodes = [...topology.nodes.values()];
  const sent: Sent[] = [];
  const task = new Task({
    id: '0_0',
    applicationId: 'app',
    nodes,
    inputs: nodes.flatMap((node) =>
      node.kind === 'source'
        ? node.topics.map((topic) => ({ topic, partition: 0, source: node.name, partitionTimeMs: -1 }))
        : [],
    ),
    stores: {
      store: () => {
        throw new RangeError('no stores here');
      },
      flushCaches: () => {},
    },
    context: emptyRecordContext(),
    collector: {
      append: (topic, _partition, key, value, _timestamp, headers) =>
        void sent.push({ topic, key: text(key), value: text(value), headers: headers.map((header) => header.key) }),
      partitionCount: () => 1,
    },
    realTopic: (topic) => topic,
    clock: new ManualClock(0),
    emitIntervalMs: 0,
    handlers: { ...DEFAULT_HANDLERS, ...handlers },
    deadLetterTopic,
  });
  return { task, sent };
}

function records(...all: readonly (readonly [value: string, timestamp: number])[]): RawRecordList {
  return new RawRecordList(
    all.map(([value, timestamp], offset) => ({
      offset,
      timestamp,
      key: encoder.encode('k'),
      value: encoder.encode(value),
      headers: [],
    })),
  );
}

function runAll(task: Task): void {
  while (task.processOne());
}

test('between partitions the smallest timestamp is next; within one the order never changes', () => {
  const { task, sent } = taskOf((builder) => {
    builder.stream('a').merge(builder.stream('b')).to('out');
  });
  task.enqueue('a', 0, records(['a1', 10], ['a2', 1], ['a3', 30]));
  task.enqueue('b', 0, records(['b1', 5], ['b2', 20]));
  runAll(task);
  expect(sent.map(({ value }) => value)).toEqual(['b1', 'a1', 'a2', 'b2', 'a3']);
  expect(task.consumed()).toEqual([
    { topic: 'a', partition: 0, offset: 3, partitionTimeMs: 30 },
    { topic: 'b', partition: 0, offset: 2, partitionTimeMs: 20 },
  ]);
});

test('a function that throws is named with its record', () => {
  const { task } = taskOf((builder) => {
    const fail = () => {
      throw new RangeError('boom');
    };
    builder.stream('in').mapValues(fail, { name: 'fails' }).to('out');
  });
  task.enqueue('in', 0, records(['x', 1]));
  expect(() => task.processOne()).toThrow(
    'Exception caught in process. taskId=0_0, processor=fails, topic=in, partition=0, offset=0',
  );
});

test('with a handler that goes on, a failing branch does not keep the record from the others', () => {
  const { task, sent } = taskOf(
    (builder) => {
      const stream = builder.stream<string, string>('in');
      const boom = (value: string) => {
        if (value === 'x') throw new RangeError('boom');
        return value;
      };
      stream.mapValues(boom).to('left');
      stream.to('right');
    },
    { processing: continueOnError },
    'dead',
  );
  task.enqueue('in', 0, records(['x', 1], ['y', 2]));
  runAll(task);
  expect(sent.map(({ topic, value }) => `${topic} ${value}`)).toEqual(['dead x', 'right x', 'left y', 'right y']);
  expect(sent[0]!.headers).toEqual([
    '__streams.errors.exception',
    '__streams.errors.stacktrace',
    '__streams.errors.message',
    '__streams.errors.topic',
    '__streams.errors.partition',
    '__streams.errors.offset',
  ]);
});

test('a record that cannot be read stops the task, or is passed over with its offset', () => {
  const build = (builder: StreamsBuilder) =>
    builder.stream('in', { key: Serdes.string(), value: Serdes.json<string>() }).to('out');
  const strict = taskOf(build);
  expect(() => strict.task.enqueue('in', 0, records(['{', 1]))).toThrow(StreamsError);
  const lenient = taskOf(build, { deserialization: continueOnError });
  lenient.task.enqueue('in', 0, records(['{', 1], ['"fine"', 2], ['{', 3]));
  runAll(lenient.task);
  expect(lenient.sent.map(({ value }) => value)).toEqual(['"fine"']);
  expect(lenient.task.consumed()[0]!.offset).toBe(3);
});

test('an extractor sees the partition time, may drop a record, and is named when it throws', () => {
  const { task, sent } = taskOf((builder) => {
    builder
      .stream('in', {
        timestampExtractor: ({ value }, partitionTimeMs) => {
          if (value === 'throw') throw new RangeError('no time');
          return value === 'drop' ? -1 : value === 'same' ? partitionTimeMs : Number(value);
        },
      })
      .process(() => {
        let context: { forward(record: unknown): void };
        return {
          init: (own) => {
            context = own as typeof context;
          },
          process: (record) => context.forward(record.withValue(`${String(record.value)}@${record.timestamp}`)),
        };
      })
      .to('out');
  });
  task.enqueue('in', 0, records(['7', 0], ['drop', 0], ['3', 0], ['same', 0]));
  runAll(task);
  expect(sent.map(({ value }) => value)).toEqual(['7@7', '3@3', 'same@7']);
  expect(() => task.enqueue('in', 0, records(['throw', 0]))).toThrow('Fatal user code error in TimestampExtractor');
});
