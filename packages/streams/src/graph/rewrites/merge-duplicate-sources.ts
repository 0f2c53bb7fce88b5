import { topologyError } from '../../errors.ts';
import type { LogicalGraph, LogicalNode, NodeId } from '../nodes.ts';

/**
 * Streams that read the same topics become one source. Topics that overlap only in part cannot.
 * @throws StreamsError `TOPOLOGY_INVALID`
 */
export function mergeDuplicateSources(graph: LogicalGraph): LogicalGraph {
  const ownerOf = new Map<string, LogicalNode>();
  const replacedBy = new Map<NodeId, NodeId>();
  const renamed = new Map<string, string>();
  for (const node of graph.nodes) {
    if (node.operation.kind !== 'source') continue;
    for (const key of keysOf(node)) {
      const owner = ownerOf.get(key);
      if (owner === undefined) {
        ownerOf.set(key, node);
      } else if (owner !== node) {
        if (keysOf(owner).join() !== keysOf(node).join()) {
          throw topologyError(`Topic ${key} has already been registered by another source.`);
        }
        replacedBy.set(node.id, owner.id);
        renamed.set(node.operation.name, (owner.operation as { name: string }).name);
      }
    }
  }
  if (replacedBy.size === 0) return graph;
  const nodes = graph.nodes
    .filter((node) => !replacedBy.has(node.id))
    .map((node) => ({
      ...node,
      inputs: node.inputs.map((input) => ({ ...input, from: replacedBy.get(input.from) ?? input.from })),
    }));
  const copartitioned = graph.copartitioned.map((group) => group.map((name) => renamed.get(name) ?? name));
  return { nodes, copartitioned };
}

function keysOf(node: LogicalNode): string[] {
  if (node.operation.kind !== 'source') return [];
  const { topics } = node.operation;
  return topics instanceof RegExp ? [`/${topics.source}/`] : [...topics].sort();
}
