import type { LogicalGraph } from '../nodes.ts';

/** `single.store.self.join`: a join of a stream with itself keeps its records once. */
export function singleStoreSelfJoin(graph: LogicalGraph): LogicalGraph {
  const nodes = graph.nodes.map((node) => {
    const [left, right] = node.inputs;
    return node.operation.kind === 'stream-join' && left!.from === right!.from
      ? { ...node, operation: { ...node.operation, selfJoin: true } }
      : node;
  });
  return { ...graph, nodes };
}
