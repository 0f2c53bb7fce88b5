import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Input, NodeId, Operation, SerdePair } from '../graph/nodes.ts';
import type { Serde } from '../serdes/serde.ts';
import type { StoreEngineKind } from '../state/store-spec.ts';
import type { KStream } from './kstream.ts';
import type { KTable } from './ktable.ts';

/** Makes the DSL's objects where importing their class would close a ring of imports. */
export type Makers = {
  stream<K, V>(handle: StreamHandle): KStream<K, V>;
  table<K, V>(handle: TableHandle): KTable<K, V>;
};

/** What all DSL objects of one builder share. */
export type DslContext = {
  readonly make: Makers;
  readonly graph: GraphBuilder;
  readonly defaults: SerdePair;
  readonly engine: StoreEngineKind;
};

/** A point of the graph that a DSL object stands for. */
export type Handle = {
  readonly context: DslContext;
  readonly node: NodeId;
  /** The processor that records come from; auto-generated repartition topics are named after it. */
  readonly name: string;
  readonly serdes: SerdePair;
  /** The sources that feed it: their topics must be co-partitioned with those of whatever it is joined with. */
  readonly sources: ReadonlySet<string>;
};

export type StreamHandle = Handle & {
  /** Whether an operation upstream may have changed keys, so that joins and aggregations need a topic between. */
  readonly rekeyed: boolean;
};

export type TableHandle = Handle & {
  /** Null if the table cannot be queried. */
  readonly storeName: string | null;
};

/** Serdes of an operation: its own, else inherited ones. */
export function chosen(own: SerdeChoice, inherited: SerdePair): SerdePair {
  return { key: own.key ?? inherited.key, value: own.value ?? inherited.value };
}

export type SerdeChoice = {
  readonly key?: Serde<unknown> | undefined;
  readonly value?: Serde<unknown> | undefined;
};

export function plainInput(node: NodeId): Input {
  return { from: node, repartition: null };
}

/** Adds an operation behind `handle` and returns the new node. */
export function addAfter(handle: Handle, operation: Operation): NodeId {
  return handle.context.graph.add(operation, [plainInput(handle.node)]);
}
