import type { LogicalGraph, NodeId, Operation } from './nodes.ts';

/**
 * Nodes whose records reach a join that emits records without a key: repartition topics on the way there must let such
 * records pass, all others drop them. (KIP-962)
 */
export function leadingToNullKeyJoins(graph: LogicalGraph): ReadonlySet<NodeId> {
  const leading = new Set<NodeId>();
  for (const node of graph.nodes.toReversed()) {
    if (!emitsNullKeys(node.operation) && !leading.has(node.id)) continue;
    for (const { from } of node.inputs) leading.add(from);
  }
  return leading;
}

function emitsNullKeys(operation: Operation): boolean {
  switch (operation.kind) {
    case 'stream-join':
    case 'stream-table-join':
    case 'stream-global-join':
      return operation.join !== 'inner';
    default:
      return false;
  }
}
