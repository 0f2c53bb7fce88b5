import { topologyError } from '../errors.ts';
import { Topology } from '../topology/topology.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { LogicalGraph, LogicalNode, NodeId, Operation, SerdePair } from './nodes.ts';
import { leadingToNullKeyJoins } from './null-key-joins.ts';
import { rememberOrigin } from './origin.ts';
import { type Optimization, rewrite } from './rewrites/rewrites.ts';
import { getterSpecs } from './table-getters.ts';
import { planTables } from './table-plan.ts';
import { versionedTables } from './versioned.ts';
import { writeNode } from './write/write-node.ts';
import type { Writer } from './write/writer.ts';

const ALL_OPTIMIZATIONS: readonly Optimization[] = [
  'reuse.ktable.source.topics',
  'merge.repartition.topics',
  'single.store.self.join',
];

export type TopologyOptions = {
  /** `topology.optimization`: all, none (the default), or some. */
  readonly optimization?: 'all' | 'none' | readonly Optimization[];
  /**
   * `ensure.explicit.internal.resource.naming`: refuses stores and topics with generated names, which shift when the
   * topology changes.
   */
  readonly explicitNaming?: boolean;
};

/** Turns what the DSL has put together into sources, processors, sinks and stores. */
export function toTopology(
  logical: LogicalGraph,
  names: GraphBuilder,
  defaults: SerdePair,
  options: TopologyOptions,
): Topology {
  const { optimization = 'none' } = options;
  const wanted = optimization === 'all' ? ALL_OPTIMIZATIONS : optimization === 'none' ? [] : optimization;
  const graph = rewrite(logical, names, new Set(wanted));
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const nodeOf = (id: NodeId): LogicalNode => byId.get(id)!;
  const writer: Writer = {
    graph,
    topology: new Topology(),
    // What an operation needs of its tables was decided when it was added, before any rewrite.
    tables: planTables(logical),
    defaults,
    passingNullKeys: leadingToNullKeyJoins(graph),
    isVersioned: versionedTables(graph),
    nodeOf,
    outputOf: (id) => outputName(nodeOf(id).operation),
    getterOf: getterSpecs(nodeOf),
  };
  for (const node of graph.nodes) writeNode(writer, node);
  const sources = new Set([...writer.topology.nodes.keys()]);
  for (const group of graph.copartitioned) writer.topology.copartition(group.filter((name) => sources.has(name)));
  if (options.explicitNaming === true) refuseGeneratedNames(writer.topology);
  rememberOrigin(writer.topology, { graph, outputOf: writer.outputOf });
  return writer.topology;
}

function outputName(operation: Operation): string {
  switch (operation.kind) {
    case 'repartition':
      return operation.repartition.sourceName;
    case 'stream-join':
    case 'table-join':
    case 'cogroup':
      return operation.mergeName;
    case 'foreign-key-join':
      return operation.names.output;
    case 'state-store':
      return operation.store.name;
    default:
      return operation.name;
  }
}

const GENERATED = /-[0-9]{10}/;

function refuseGeneratedNames(topology: Topology): void {
  const stores = [...topology.stores.values()];
  const changelogs = stores.filter(({ spec }) => spec.logging !== false).map(({ spec }) => `${spec.name}-changelog`);
  const lines = [
    ['changelog topic', changelogs],
    ['state store', stores.map(({ spec }) => spec.name)],
    ['repartition topic', [...topology.internalTopics.keys()]],
  ] as const;
  const problems = lines.flatMap(([what, all]) => {
    const generated = all.filter((name) => GENERATED.test(name));
    return generated.length === 0 ? [] : [`Following ${what}(s) has not been named: ${generated.join(', ')}`];
  });
  if (problems.length > 0) throw topologyError(problems.join('\n'));
}
