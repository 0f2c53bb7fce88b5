import type { GraphBuilder } from '../graph-builder.ts';
import type { LogicalGraph } from '../nodes.ts';
import { insertRepartitions } from './insert-repartitions.ts';
import { mergeDuplicateSources } from './merge-duplicate-sources.ts';
import { mergeRepartitionTopics } from './merge-repartition-topics.ts';
import { reuseTableSourceTopics } from './reuse-table-source-topics.ts';
import { singleStoreSelfJoin } from './single-store-self-join.ts';

/** The optimisations that can be switched on, under Kafka's names. */
export type Optimization = 'reuse.ktable.source.topics' | 'merge.repartition.topics' | 'single.store.self.join';

type Rewrite = {
  /** Null runs always. */
  readonly optimization: Optimization | null;
  readonly run: (graph: LogicalGraph, names: GraphBuilder) => LogicalGraph;
};

const REWRITES: readonly Rewrite[] = [
  { optimization: null, run: insertRepartitions },
  { optimization: null, run: mergeDuplicateSources },
  { optimization: 'reuse.ktable.source.topics', run: reuseTableSourceTopics },
  { optimization: 'merge.repartition.topics', run: mergeRepartitionTopics },
  { optimization: 'single.store.self.join', run: singleStoreSelfJoin },
];

export function rewrite(
  graph: LogicalGraph,
  names: GraphBuilder,
  optimizations: ReadonlySet<Optimization>,
): LogicalGraph {
  const wanted = REWRITES.filter(({ optimization }) => optimization === null || optimizations.has(optimization));
  return wanted.reduce((result, { run }) => run(result, names), graph);
}
