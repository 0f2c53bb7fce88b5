import { drawRepartition } from '../draw-repartition.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import {
  changesKey,
  changesValue,
  type LogicalGraph,
  type LogicalNode,
  type NodeId,
  type Repartition,
} from '../nodes.ts';

type RepartitionNode = LogicalNode & { readonly operation: { readonly kind: 'repartition' } };

/**
 * `merge.repartition.topics`: several repartitions that follow one change of key become one, right behind it. Which ones
 * do is as in Kafka Streams, the order of its search included, since topic names follow from it.
 */
export function mergeRepartitionTopics(graph: LogicalGraph, names: GraphBuilder): LogicalGraph {
  const walk = new ParentWalk(graph.nodes);
  const groups = repartitionsByKeyChange(graph.nodes, walk);
  liftOverMerges(graph.nodes, walk, groups);
  let result = graph;
  let nextId = Math.max(...graph.nodes.map(({ id }) => id), 0) + 1;
  for (const [keyChange, group] of groups) {
    if (group.length > 0) result = mergeGroup(result, keyChange, group, nextId++, names);
  }
  return result;
}

/** Searches upwards, depth first; like Kafka Streams' search, it keeps what the last of several parents gave. */
class ParentWalk {
  readonly #byId: ReadonlyMap<NodeId, LogicalNode>;

  constructor(nodes: readonly LogicalNode[]) {
    this.#byId = new Map(nodes.map((node) => [node.id, node]));
  }

  find(start: LogicalNode, matches: (node: LogicalNode) => boolean): LogicalNode | null {
    if (matches(start)) return start;
    let found: LogicalNode | null = null;
    for (const { from } of start.inputs) {
      const parent = this.#byId.get(from)!;
      if (matches(parent)) return parent;
      found = this.find(parent, matches);
    }
    return found;
  }

  childOf(start: LogicalNode, ancestor: NodeId): LogicalNode | null {
    return this.find(start, (node) => node.inputs.some(({ from }) => from === ancestor));
  }
}

function isOptimizable(node: LogicalNode): node is RepartitionNode {
  return node.operation.kind === 'repartition' && node.operation.optimizable;
}

function repartitionsByKeyChange(nodes: readonly LogicalNode[], walk: ParentWalk): Map<NodeId, RepartitionNode[]> {
  const groups = new Map<NodeId, RepartitionNode[]>();
  for (const node of nodes) {
    if (changesKey(node.operation)) groups.set(node.id, []);
    else if (isOptimizable(node)) {
      const keyChange = walk.find(node, ({ operation }) => changesKey(operation));
      // A change of value between the two would put the wrong type into the topic.
      const first = walk.find(node, ({ operation }) => changesKey(operation) || changesValue(operation));
      if (keyChange !== null && first === keyChange) groups.get(keyChange.id)!.push(node);
    }
  }
  return groups;
}

/** Behind a merge, the topics of all changes of key above it become one below it. */
function liftOverMerges(nodes: readonly LogicalNode[], walk: ParentWalk, groups: Map<NodeId, RepartitionNode[]>): void {
  const lifted: (readonly [NodeId, readonly NodeId[]])[] = [];
  for (const merge of nodes) {
    if (merge.operation.kind !== 'merge') continue;
    const keyChanges = [...groups]
      .filter(([, group]) => group.some((node) => walk.find(node, (other) => other === merge) !== null))
      .filter(([keyChange]) => walk.childOf(merge, keyChange) !== null)
      .map(([keyChange]) => keyChange);
    lifted.push([merge.id, keyChanges]);
  }
  for (const [merge, keyChanges] of lifted) {
    groups.set(merge, [...new Set(keyChanges.flatMap((keyChange) => groups.get(keyChange)!))]);
  }
  for (const [, keyChanges] of lifted) for (const keyChange of keyChanges) groups.delete(keyChange);
}

function mergeGroup(
  graph: LogicalGraph,
  keyChange: NodeId,
  group: readonly RepartitionNode[],
  id: NodeId,
  names: GraphBuilder,
): LogicalGraph {
  const serdes = {
    key: group.map((node) => repartitionOf(node).serdes.key).find((serde) => serde !== null) ?? null,
    value: group.map((node) => repartitionOf(node).serdes.value).find((serde) => serde !== null) ?? null,
  };
  const repartition = drawRepartition(names, repartitionOf(group[0]!).topic, serdes);
  let nodes = graph.nodes;
  const renamed = new Map<string, string>();
  for (const replaced of group) {
    const child = new ParentWalk(nodes).childOf(nodes.find((node) => node.id === replaced.id)!, keyChange);
    if (child !== null) nodes = redirect(nodes, child.id, keyChange, id);
    nodes = bypass(nodes, replaced.id);
    renamed.set(repartitionOf(replaced).sourceName, repartition.sourceName);
  }
  const operation = { kind: 'repartition', repartition, optimizable: true } as const;
  const position = nodes.findIndex((node) => node.id === keyChange) + 1;
  const merged: LogicalNode = { id, inputs: [{ from: keyChange, repartition: null }], operation };
  return {
    nodes: [...nodes.slice(0, position), merged, ...nodes.slice(position)],
    copartitioned: graph.copartitioned.map((sources) => sources.map((name) => renamed.get(name) ?? name)),
  };
}

function repartitionOf(node: RepartitionNode): Repartition {
  return (node.operation as { readonly repartition: Repartition }).repartition;
}

function redirect(nodes: readonly LogicalNode[], child: NodeId, from: NodeId, to: NodeId): LogicalNode[] {
  return nodes.map((node) =>
    node.id === child
      ? { ...node, inputs: node.inputs.map((input) => (input.from === from ? { ...input, from: to } : input)) }
      : node,
  );
}

/** Takes a node out; its children hang on its parent then. */
function bypass(nodes: readonly LogicalNode[], removed: NodeId): LogicalNode[] {
  const parent = nodes.find((node) => node.id === removed)!.inputs[0]!.from;
  return nodes
    .filter((node) => node.id !== removed)
    .map((node) => ({
      ...node,
      inputs: node.inputs.map((input) => (input.from === removed ? { ...input, from: parent } : input)),
    }));
}
