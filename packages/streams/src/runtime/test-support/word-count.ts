import { StreamsBuilder } from '../../dsl/streams-builder.ts';
import { Serdes } from '../../serdes/serdes.ts';
import type { Topology } from '../../topology/topology.ts';
import type { TextRecord } from './cluster.ts';

const strings = Serdes.string();

/** Counts the words of topic `lines` into topic `words`, through a repartition topic; the topics' names have a prefix. */
export function wordCount(prefix = ''): Topology {
  const builder = new StreamsBuilder();
  builder
    .stream(`${prefix}lines`, { key: strings, value: strings })
    .flatMapValues((line) => line.split(' '))
    .groupBy((_key, word) => word, { key: strings, value: strings })
    .count({ as: 'counts', key: strings, value: Serdes.long() })
    .toStream()
    .to(`${prefix}words`, { key: strings, value: Serdes.long() });
  return builder.build();
}

export const LINES: readonly TextRecord[] = [
  ['1', 'the quick brown fox', 1_000],
  ['2', 'jumps over the lazy dog', 2_000],
  ['3', 'the end', 3_000],
  ['4', 'brown dog', 4_000],
];

export const COUNTS: Readonly<Record<string, number>> = {
  the: 3,
  quick: 1,
  brown: 2,
  fox: 1,
  jumps: 1,
  over: 1,
  lazy: 1,
  dog: 2,
  end: 1,
};
