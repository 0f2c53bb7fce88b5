import type { LogicalGraph, LogicalNode } from '../nodes.ts';

/** `single.store.self.join`: an inner join of a stream with itself keeps its records once. */
export function singleStoreSelfJoin(graph: LogicalGraph): LogicalGraph {
  const nodes = graph.nodes.map((node, position) =>
    node.operation.kind === 'stream-join' && isSelfJoin(graph.nodes, node, position)
      ? { ...node, operation: { ...node.operation, selfJoin: true } }
      : node,
  );
  return { ...graph, nodes };
}

function isSelfJoin(nodes: readonly LogicalNode[], join: LogicalNode, position: number): boolean {
  const [left, right] = join.inputs;
  if (left!.from !== right!.from) return false;
  const parent = left!.from;
  // An earlier processor on the same stream could see records in another order than the join does.
  return !nodes
    .slice(0, position)
    .some((node) => node.inputs.some(({ from }) => from === parent) && node.operation.kind !== 'sink');
}
