import { partitionForKey } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import type { Windowed } from '../serdes/windowed.ts';
import type { ErasedPartitioner, StreamPartitioner } from '../topology/node-specs.ts';
import { SessionWindows } from '../windows/session-windows.ts';
import { TimeWindows } from '../windows/time-windows.ts';
import type { KGroupedStream } from './kgrouped-stream.ts';
import type { KStream } from './kstream.ts';
import { StreamsBuilder } from './streams-builder.ts';

const strings = Serdes.string();
const PARTITIONS = 64;
const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

type Counts = KStream<Windowed<string>, number>;

/** How the topology chooses the partitions of its topic `out`. */
function partitionerOf(
  windowed: (grouped: KGroupedStream<string, string>) => Counts,
  partitioner?: StreamPartitioner<Windowed<string>, number>,
): ErasedPartitioner | null {
  const builder = new StreamsBuilder();
  const grouped = builder.stream('in', { key: strings, value: strings }).groupByKey();
  windowed(grouped).to('out', { value: Serdes.long(), ...(partitioner === undefined ? {} : { partitioner }) });
  const sink = [...builder.build().nodes.values()].find((node) => node.kind === 'sink' && node.topic === 'out');
  if (sink?.kind !== 'sink') throw new RangeError('the topology has no such sink');
  return sink.partitioner;
}

const tumbling = (grouped: KGroupedStream<string, string>): Counts =>
  grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(10)).count().toStream();
const sessions = (grouped: KGroupedStream<string, string>): Counts =>
  grouped.windowedBy(SessionWindows.ofInactivityGapWithNoGrace(10)).count().toStream();

describe.each([
  ['time windows', tumbling],
  ['sessions', sessions],
] as const)('a topic of results in %s', (_name, windowed) => {
  test('has all windows of a key in the partition that the key alone has', () => {
    const partition = partitionerOf(windowed)!;
    for (const key of KEYS) {
      for (const startMs of [0, 10, 1_000]) {
        const expected = partitionForKey(strings.serialize(key, 'out'), PARTITIONS);
        expect(partition('out', { key, window: { startMs, endMs: startMs + 10 } }, 1, PARTITIONS)).toBe(expected);
      }
    }
  });

  test('goes by the partitioner that is given', () => {
    const given: StreamPartitioner<Windowed<string>, number> = () => 7;
    expect(partitionerOf(windowed, given)).toBe(given);
  });
});

test('a topic of plain keys is left to the producer', () => {
  const builder = new StreamsBuilder();
  builder.stream('in', { key: strings, value: strings }).to('out');
  const sink = [...builder.build().nodes.values()].find(({ kind }) => kind === 'sink');
  expect(sink).toMatchObject({ partitioner: null });
});
