import type { ErasedPartitioner } from '../topology/node-specs.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { Repartition, SerdePair } from './nodes.ts';

const GENERATED_NAME = /^KSTREAM.*-[0-9]{10}$/;

/**
 * Draws the names of a topic between two nodes. Its parts are named after the topic if that has a name from the user,
 * else by their own numbers.
 */
export function drawRepartition(
  graph: GraphBuilder,
  prefix: string,
  serdes: SerdePair,
  options: { readonly partitions?: number | undefined; readonly partitioner?: ErasedPartitioner | undefined } = {},
): Repartition {
  const sink = graph.newName('KSTREAM-SINK-');
  const filter = graph.newName('KSTREAM-FILTER-');
  const source = graph.newName('KSTREAM-SOURCE-');
  const topic = prefix.endsWith('-repartition') ? prefix : `${prefix}-repartition`;
  const generated = GENERATED_NAME.test(prefix);
  return {
    kind: 'record',
    topic,
    sinkName: generated ? sink : `${topic}-sink`,
    filterName: generated ? filter : `${topic}-filter`,
    sourceName: generated ? source : `${topic}-source`,
    partitions: options.partitions ?? null,
    partitioner: options.partitioner ?? null,
    serdes,
  };
}
