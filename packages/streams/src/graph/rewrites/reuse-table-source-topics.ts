import type { LogicalGraph } from '../nodes.ts';

/** `reuse.ktable.source.topics`: a table that is a topic needs no second topic as its changelog. */
export function reuseTableSourceTopics(graph: LogicalGraph): LogicalGraph {
  const nodes = graph.nodes.map((node) =>
    node.operation.kind === 'table-source'
      ? { ...node, operation: { ...node.operation, changelogIsTopic: true } }
      : node,
  );
  return { ...graph, nodes };
}
