import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import { JoinWindows } from '../windows/join-windows.ts';
import { TimeWindows } from '../windows/time-windows.ts';
import { StreamsBuilder, type StreamsBuilderOptions } from './streams-builder.ts';

// What a topology is, as text: read the difference when a file changes, since running applications know their stores
// and topics by these names.

function textOf(build: (builder: StreamsBuilder) => void, options: StreamsBuilderOptions = {}): string {
  const builder = new StreamsBuilder({
    defaultKeySerde: Serdes.string(),
    defaultValueSerde: Serdes.string(),
    ...options,
  });
  build(builder);
  return builder.build().describe();
}

function golden(name: string): string {
  return join(import.meta.dirname, 'golden', `${name}.golden.txt`);
}

function wordCount(builder: StreamsBuilder): void {
  const words = builder.stream<string, string>('lines').flatMapValues((line) => line.split(' '));
  words
    .groupBy((_key, word) => word)
    .count()
    .toStream()
    .to('counts', { value: Serdes.long() });
}

test('word count', async () => {
  await expect(textOf(wordCount)).toMatchFileSnapshot(golden('word-count'));
});

test('diagrams of a topology, for Mermaid and for Graphviz', async () => {
  const builder = new StreamsBuilder({ defaultKeySerde: Serdes.string(), defaultValueSerde: Serdes.string() });
  wordCount(builder);
  const topology = builder.build();
  await expect(topology.toMermaid()).toMatchFileSnapshot(golden('word-count-mermaid'));
  await expect(topology.toDot()).toMatchFileSnapshot(golden('word-count-dot'));
});

test('orders joined with customers by foreign key', async () => {
  const text = textOf((builder) => {
    const orders = builder.table<string, string>('orders');
    const customers = builder.table<string, string>('customers', { as: 'customers' });
    orders
      .leftJoin(
        customers,
        (order) => order.split(':')[0]!,
        (order, name) => `${order} ${name}`,
      )
      .toStream()
      .to('out');
  });
  await expect(text).toMatchFileSnapshot(golden('foreign-key-join'));
});

test('streams joined over two re-keyed sides with names of their own', async () => {
  const text = textOf((builder) => {
    const clicks = builder.stream<string, string>('clicks').selectKey((_key, value) => value);
    const views = builder.stream<string, string>('views').selectKey((_key, value) => value);
    const windows = JoinWindows.ofTimeDifferenceAndGrace(60_000, 1_000);
    clicks.outerJoin(views, (click, view) => `${click}${view}`, windows, { name: 'seen', as: 'seen' }).to('out');
  });
  await expect(text).toMatchFileSnapshot(golden('stream-join'));
});

test('two aggregations behind one change of key, optimised into one topic', async () => {
  const build = (builder: StreamsBuilder): void => {
    const byLength = builder.stream<string, string>('in').selectKey((_key, value) => String(value.length));
    byLength.groupByKey().count({ as: 'all' }).toStream().to('all', { value: Serdes.long() });
    const windows = TimeWindows.ofSizeWithNoGrace(60_000);
    byLength.groupByKey().windowedBy(windows).count({ as: 'minutes' });
  };
  await expect(textOf(build)).toMatchFileSnapshot(golden('two-aggregations'));
  await expect(textOf(build, { optimization: 'all' })).toMatchFileSnapshot(golden('two-aggregations-optimised'));
});

test('generated names of stores and topics are refused where explicit ones are asked for', () => {
  expect(() => textOf(wordCount, { explicitNaming: true })).toThrow(
    'Following repartition topic(s) has not been named: KSTREAM-AGGREGATE-STATE-STORE-0000000003-repartition',
  );
});
