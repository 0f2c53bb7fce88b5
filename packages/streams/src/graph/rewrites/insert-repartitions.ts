import type { Input, LogicalGraph, LogicalNode, NodeId, Repartition } from '../nodes.ts';

/**
 * Puts a node for each topic that an operation needs in front of it. Operations that share a topic (a grouping with a
 * name of its own) share the node.
 */
export function insertRepartitions(graph: LogicalGraph): LogicalGraph {
  const nodes: LogicalNode[] = [];
  const inserted = new Map<Repartition, NodeId>();
  let nextId = graph.nodes.length;

  const throughTopic = (input: Input): Input => {
    const { from, repartition } = input;
    if (repartition === null) return input;
    let id = inserted.get(repartition);
    if (id === undefined) {
      id = nextId++;
      inserted.set(repartition, id);
      const optimizable = repartition.kind === 'record';
      const operation = { kind: 'repartition', repartition, optimizable } as const;
      nodes.push({ id, inputs: [{ from, repartition: null }], operation });
    }
    return { from: id, repartition: null };
  };

  for (const node of graph.nodes) {
    const inputs = node.inputs.map(throughTopic);
    nodes.push({ ...node, inputs });
  }
  return { ...graph, nodes };
}
