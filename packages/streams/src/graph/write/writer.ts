import { topologyError } from '../../errors.ts';
import type { GetterSpec } from '../../operators/value-getter.ts';
import { refuseMissing, serdeOr } from '../../serdes/missing.ts';
import type { Serde } from '../../serdes/serde.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import type { Topology } from '../../topology/topology.ts';
import type { LogicalGraph, LogicalNode, NodeId, Operation, SerdePair } from '../nodes.ts';
import type { TablePlan } from '../table-plan.ts';

/** What the functions that write logical nodes into the physical topology share. */
export type Writer = {
  readonly graph: LogicalGraph;
  readonly topology: Topology;
  readonly tables: TablePlan;
  readonly defaults: SerdePair;
  /** Nodes behind which a join takes records without a key. */
  readonly passingNullKeys: ReadonlySet<NodeId>;
  isVersioned(id: NodeId): boolean;
  /** The physical node from which the records of a logical node come. */
  outputOf(id: NodeId): string;
  nodeOf(id: NodeId): LogicalNode;
  /** How rows of a table are looked up. */
  getterOf(id: NodeId): GetterSpec;
};

/** The part of the union with these kinds. */
export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { readonly kind: Kind }>;

export function parentsOf(writer: Writer, node: LogicalNode): string[] {
  return [...new Set(node.inputs.map(({ from }) => writer.outputOf(from)))];
}

export function keySerdeOf(writer: Writer, serde: Serde<unknown> | null, where: string): Serde<unknown> {
  const found = serdeOr(serde, writer.defaults.key, 'key', where);
  refuseMissing(found);
  return found;
}

export function valueSerdeOf(writer: Writer, serde: Serde<unknown> | null, where: string): Serde<unknown> {
  const found = serdeOr(serde, writer.defaults.value, 'value', where);
  refuseMissing(found);
  return found;
}

/** Adds a store and connects it to a processor. */
export function addStore(writer: Writer, store: StoreSpec, ...processors: readonly string[]): void {
  refuseMissing(store.keySerde);
  refuseMissing(store.valueSerde);
  if (processors.length === 0) throw topologyError(`StateStore ${store.name} is connected to no processor`);
  writer.topology.addStateStore(store, processors);
}
