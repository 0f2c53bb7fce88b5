import type { LogicalGraph, LogicalNode, NodeId, Operation } from '../../graph/nodes.ts';
import { type Origin, originOf } from '../../graph/origin.ts';
import type { OperationOf } from '../../graph/write/writer.ts';
import type { Serde } from '../../serdes/serde.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import type { SourceSpec } from '../../topology/node-specs.ts';
import type { Topology } from '../../topology/topology.ts';
import type { Places } from './probe.ts';

/** A topic that records can be given to. */
export type SourceTopic = {
  readonly topic: string;
  readonly keySerde: Serde<unknown>;
  readonly valueSerde: Serde<unknown>;
  /** A table's records are rows: a null value deletes one, and without a key there is none. */
  readonly kind: 'stream' | 'table' | 'global-table';
};

export type NodeOf<Kind extends Operation['kind']> = Omit<LogicalNode, 'operation'> & {
  readonly operation: OperationOf<Kind>;
};

/** A topology as the laws see it: the physical one, and what it was written from. */
export class TopologyModel {
  readonly topology: Topology;
  /** Null if the topology was put together by hand. */
  readonly origin: Origin | null;
  readonly sources: readonly SourceTopic[];
  readonly places: Places;
  readonly #byId: ReadonlyMap<NodeId, LogicalNode>;

  constructor(topology: Topology) {
    this.topology = topology;
    this.origin = originOf(topology);
    this.#byId = new Map(this.nodes.map((node) => [node.id, node]));
    this.sources = sourceTopics(topology, this.nodes);
    const inputs = new Set(this.nodes.flatMap(({ operation }) => observedInputs(operation)));
    const outputs = new Set(this.nodes.flatMap(({ id }) => this.outputOf(id) ?? []));
    this.places = { inputs, outputs };
  }

  get nodes(): LogicalGraph['nodes'] {
    return this.origin?.graph.nodes ?? [];
  }

  node(id: NodeId): LogicalNode {
    return this.#byId.get(id)!;
  }

  nodesOf<Kind extends Operation['kind']>(...kinds: readonly Kind[]): NodeOf<Kind>[] {
    const wanted = new Set<string>(kinds);
    return this.nodes.filter(({ operation }) => wanted.has(operation.kind)) as unknown as NodeOf<Kind>[];
  }

  /** The physical node from which the records of a logical node come, if there is one. */
  outputOf(id: NodeId): string | null {
    const name = this.origin?.outputOf(id);
    return name !== undefined && this.topology.nodes.has(name) ? name : null;
  }

  /** A node and everything above it. */
  lineage(id: NodeId): LogicalNode[] {
    const node = this.node(id);
    return [node, ...node.inputs.flatMap(({ from }) => this.lineage(from))];
  }

  /** Everything that is fed by a node. */
  below(id: NodeId): LogicalNode[] {
    return this.nodes.filter((node) => node.id !== id && this.lineage(node.id).some((above) => above.id === id));
  }

  /** The store that holds the rows of a table, if it has one of its own. */
  storeOf(operation: Operation): StoreSpec | null {
    if (!('store' in operation) || operation.store === null || operation.kind === 'state-store') return null;
    return this.topology.stores.get(operation.store.name)?.spec ?? null;
  }

  get hasUserProcessors(): boolean {
    if (this.origin === null) return true;
    return this.nodesOf('process', 'process-values', 'table-transform-values', 'global-store').length > 0;
  }
}

/** The physical nodes of an operation whose input a law recomputes from. */
function observedInputs(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'stream-aggregate':
    case 'table-group':
    case 'suppress':
    case 'stream-table-join':
      return [operation.name];
    case 'cogroup':
      return operation.names;
    case 'table-join':
      return [operation.thisName, operation.otherName];
    case 'stream-join':
      return operation.selfJoin
        ? [operation.thisWindowedName]
        : [operation.thisWindowedName, operation.otherWindowedName];
    default:
      return [];
  }
}

function sourceTopics(topology: Topology, nodes: LogicalGraph['nodes']): SourceTopic[] {
  const written = new Set([...topology.nodes.values()].map((node) => (node.kind === 'sink' ? node.topic : null)));
  const tables = new Map<string, SourceTopic['kind']>();
  for (const { operation } of nodes) {
    if (operation.kind === 'table-source') tables.set(operation.sourceName, 'table');
    if (operation.kind === 'global-table') tables.set(operation.sourceName, 'global-table');
  }
  const sources = [...topology.nodes.values()].filter((node): node is SourceSpec => node.kind === 'source');
  return sources.flatMap(({ name, topics, keySerde, valueSerde }) =>
    topics
      .filter((topic) => !topology.internalTopics.has(topic) && !written.has(topic))
      .map((topic) => ({ topic, keySerde, valueSerde, kind: tables.get(name) ?? 'stream' })),
  );
}
