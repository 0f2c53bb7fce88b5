import { expect, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import { TimeWindows } from '../windows/time-windows.ts';
import type { KStream } from './kstream.ts';
import { StreamsBuilder } from './streams-builder.ts';

const strings = Serdes.string();

/** The lines that a topology prints of a few records. */
function linesOf(print: (stream: KStream<string, string>, to: (line: string) => void) => void): string[] {
  const lines: string[] = [];
  const builder = new StreamsBuilder();
  print(builder.stream('in', { key: strings, value: strings }), (line) => lines.push(line));
  const driver = new TopologyTestDriver(builder.build());
  const input = driver.createInputTopic('in', strings, strings);
  input.pipeInput('a', '1', 5);
  input.pipeInput('b', null, 15);
  return lines;
}

test('prints a line for each record, under the name of the node that it comes from', () => {
  expect(linesOf((stream, to) => stream.print({ to }))).toEqual([
    '[KSTREAM-SOURCE-0000000000]: a, 1',
    '[KSTREAM-SOURCE-0000000000]: b, null',
  ]);
});

test('prints under a label, and what a mapper makes of the record', () => {
  const print = (stream: KStream<string, string>, to: (line: string) => void): void =>
    stream.print({ to, label: 'in', mapper: (key, value) => `${key} is ${value}` });
  expect(linesOf(print)).toEqual(['[in]: a is 1', '[in]: b is null']);
});

test('prints windowed keys as Kafka Streams does, and objects as JSON', () => {
  const print = (stream: KStream<string, string>, to: (line: string) => void): void =>
    stream
      .groupByKey()
      .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
      .count()
      .toStream()
      .mapValues((count) => ({ count: BigInt(count) }))
      .print({ to, label: 'counts' });
  expect(linesOf(print)).toEqual(['[counts]: [a@0/10], {"count":"1"}', '[counts]: [b@10/20], {"count":"1"}']);
});

test('is the end of a stream and counts in the names of nodes as in Java', () => {
  const builder = new StreamsBuilder();
  const stream = builder.stream('in', { key: strings, value: strings });
  stream.print();
  stream.print({ name: 'printer' });
  expect(builder.build().describe().toString()).toContain('Processor: KSTREAM-PRINTER-0000000001 (stores: [])');
});
