import { illegalArgument, topologyError } from '../errors.ts';
import type { Serde } from '../serdes/serde.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import { describe } from './describe.ts';
import { dot, mermaid } from './diagram.ts';
import { hashSetOrder } from './java-sets.ts';
import type {
  ErasedPartitioner,
  ErasedTopicExtractor,
  InternalTopicSpec,
  NodeSpec,
  OffsetReset,
  SinkSpec,
  SourceSpec,
  TimestampExtractor,
} from './node-specs.ts';
import type { ProcessorSupplier } from './processor-api.ts';
import { UserProcessorNode } from './processor-node.ts';
import type { RunningNode } from './running-node.ts';
import { type SubTopology, subTopologies } from './sub-topologies.ts';

export type SourceOptions = {
  readonly key: Serde<unknown>;
  readonly value: Serde<unknown>;
  readonly timestampExtractor?: TimestampExtractor | undefined;
  readonly offsetReset?: OffsetReset | undefined;
};

export type SinkOptions = {
  readonly key: Serde<unknown>;
  readonly value: Serde<unknown>;
  readonly partitioner?: ErasedPartitioner | undefined;
};

/** A store of the topology and all that is known of it. */
export type StoreEntry = {
  readonly spec: StoreSpec;
  /** The processors connected to it. */
  readonly users: ReadonlySet<string>;
  /** Filled from all partitions of a topic, by every instance. */
  readonly global: boolean;
  /** The source topic that stands for its changelog, if one does. */
  readonly changelogIsSourceTopic: string | null;
};

type MutableStore = { spec: StoreSpec; users: Set<string>; global: boolean; changelogIsSourceTopic: string | null };

/**
 * The physical graph: sources, processors, sinks and stores, with names that are unique over all of them. Built by the
 * DSL, or by hand (Processor API). Throws `TOPOLOGY_INVALID` for what cannot work.
 */
export class Topology {
  readonly #nodes = new Map<string, NodeSpec>();
  readonly #stores = new Map<string, MutableStore>();
  readonly #storesOf = new Map<string, Set<string>>();
  readonly #sourceOfTopic = new Map<string, string>();
  readonly #globalSources = new Set<string>();
  readonly #internalTopics = new Map<string, InternalTopicSpec>();
  readonly #copartitioned: (readonly string[])[] = [];

  addSource(name: string, topics: string | readonly string[] | RegExp, options: SourceOptions): this {
    const topicList = topics instanceof RegExp ? [] : typeof topics === 'string' ? [topics] : [...topics];
    this.#refuseTaken(name);
    for (const topic of topicList) {
      if (this.#sourceOfTopic.has(topic)) {
        throw topologyError(`Topic ${topic} has already been registered by another source.`);
      }
    }
    for (const topic of topicList) this.#sourceOfTopic.set(topic, name);
    const spec: SourceSpec = {
      kind: 'source',
      name,
      topics: topicList,
      pattern: topics instanceof RegExp ? topics : null,
      keySerde: options.key,
      valueSerde: options.value,
      timestampExtractor: options.timestampExtractor ?? null,
      offsetReset: options.offsetReset ?? null,
    };
    this.#nodes.set(name, spec);
    return this;
  }

  /** A processor of the user; stores that the supplier brings are added and connected. */
  addProcessor<KIn, VIn, KOut, VOut>(
    name: string,
    supplier: ProcessorSupplier<KIn, VIn, KOut, VOut>,
    parents: string | readonly string[],
  ): this {
    const brought = supplier.stores ?? [];
    this.addNode(name, (own) => new UserProcessorNode(own, supplier, this.storesOf(own)), parents);
    for (const store of brought) this.addStateStore(store, [name]);
    return this;
  }

  /** A node of Millrace's own: what the DSL's operators are. */
  addNode(name: string, create: (name: string) => RunningNode, parents: string | readonly string[]): this {
    this.#nodes.set(name, { kind: 'processor', name, parents: this.#parents(name, parents), create });
    return this;
  }

  addSink(
    name: string,
    topic: string | ErasedTopicExtractor,
    options: SinkOptions,
    parents: string | readonly string[],
  ): this {
    const spec: SinkSpec = {
      kind: 'sink',
      name,
      parents: this.#parents(name, parents),
      topic,
      keySerde: options.key,
      valueSerde: options.value,
      partitioner: options.partitioner ?? null,
    };
    this.#nodes.set(name, spec);
    return this;
  }

  /** Adding the very same store again only connects it to more processors. */
  addStateStore(spec: StoreSpec, processors: readonly string[] = []): this {
    const present = this.#stores.get(spec.name);
    if (present !== undefined && present.spec !== spec) {
      throw topologyError(`A different StateStore has already been added with the name ${spec.name}`);
    }
    if (present === undefined) {
      this.#stores.set(spec.name, { spec, users: new Set(), global: false, changelogIsSourceTopic: null });
    }
    for (const processor of processors) this.connectProcessorAndStateStores(processor, spec.name);
    return this;
  }

  connectProcessorAndStateStores(processor: string, ...stores: readonly string[]): this {
    if (this.#nodes.get(processor)?.kind !== 'processor') {
      throw topologyError(`Processor ${processor} is not added yet.`);
    }
    for (const name of stores) {
      const store = this.#stores.get(name);
      if (store === undefined) throw topologyError(`StateStore ${name} is not added yet.`);
      // Every processor may read a global store; being connected to one is no bond between tasks.
      if (!store.global) this.#connect(processor, name, store);
    }
    return this;
  }

  /** A store that every instance fills from all partitions of `topic`. */
  addGlobalStore(
    spec: StoreSpec,
    source: { readonly name: string; readonly topic: string } & SourceOptions,
    processorName: string,
    create: (name: string) => RunningNode,
  ): this {
    if (spec.logging !== false)
      throw topologyError(`StateStore ${spec.name} for global table must not have logging enabled.`);
    if (this.#stores.has(spec.name)) throw topologyError(`StateStore ${spec.name} is already added.`);
    this.addSource(source.name, source.topic, source);
    this.#globalSources.add(source.name);
    this.addNode(processorName, create, source.name);
    const store: MutableStore = { spec, users: new Set(), global: true, changelogIsSourceTopic: source.topic };
    this.#stores.set(spec.name, store);
    this.#connect(processorName, spec.name, store);
    return this;
  }

  /** Names a topic of Millrace's own: it gets the application's prefix, and is made before the start. */
  addInternalTopic(name: string, partitions: number | null): this {
    this.#internalTopics.set(name, { name, partitions });
    return this;
  }

  /** The sources' topics must have equal partition counts (a join, a co-grouping). */
  copartition(sources: readonly string[]): this {
    this.#copartitioned.push(sources);
    return this;
  }

  /** The store is restored from its source topic, which then must be compacted, and has no changelog of its own. */
  useSourceTopicAsChangelog(store: string, topic: string): this {
    const entry = this.#stores.get(store)!;
    this.#stores.set(store, { ...entry, spec: { ...entry.spec, logging: false }, changelogIsSourceTopic: topic });
    return this;
  }

  get nodes(): ReadonlyMap<string, NodeSpec> {
    return this.#nodes;
  }

  get stores(): ReadonlyMap<string, StoreEntry> {
    return this.#stores;
  }

  get internalTopics(): ReadonlyMap<string, InternalTopicSpec> {
    return this.#internalTopics;
  }

  get copartitionGroups(): readonly (readonly string[])[] {
    return this.#copartitioned;
  }

  sourceOfTopic(topic: string): string | null {
    return this.#sourceOfTopic.get(topic) ?? null;
  }

  /** In the order in which they were connected. */
  storesOf(processor: string): string[] {
    return [...(this.#storesOf.get(processor) ?? [])];
  }

  /** The stores of some processors, upstream ones first: the order in which their caches are flushed. */
  storesInOrder(nodes: readonly NodeSpec[]): StoreEntry[] {
    const names = new Set(nodes.flatMap((node) => hashSetOrder(this.storesOf(node.name))));
    return [...names].map((name) => this.#stores.get(name)!);
  }

  subTopologies(): SubTopology[] {
    const stores = [...this.#stores].map(([name, { users, global }]) => ({ name, users, global }));
    return subTopologies(this.#nodes, stores, this.#globalSources);
  }

  /** The text that Kafka Streams prints for the same topology. */
  describe(): string {
    return describe(this.subTopologies(), (node) => this.storesOf(node));
  }

  /** A flowchart in Mermaid's language: topics, processors and stores, a box for each sub-topology. */
  toMermaid(): string {
    return mermaid(this.subTopologies(), (node) => this.storesOf(node));
  }

  /** The same picture for Graphviz. */
  toDot(): string {
    return dot(this.subTopologies(), (node) => this.storesOf(node));
  }

  #connect(processor: string, name: string, store: MutableStore): void {
    store.users.add(processor);
    const connected = this.#storesOf.get(processor);
    if (connected === undefined) this.#storesOf.set(processor, new Set([name]));
    else connected.add(name);
  }

  #refuseTaken(name: string): void {
    if (this.#nodes.has(name)) throw topologyError(`Processor ${name} is already added.`);
  }

  #parents(name: string, parents: string | readonly string[]): readonly string[] {
    this.#refuseTaken(name);
    const list = typeof parents === 'string' ? [parents] : parents;
    if (list.length === 0) throw topologyError(`Processor ${name} must have at least one parent`);
    for (const parent of list) {
      if (parent === name) throw topologyError(`Processor ${name} cannot be a predecessor of itself.`);
      const node = this.#nodes.get(parent);
      if (node === undefined) throw topologyError(`Predecessor processor ${parent} is not added yet for ${name}`);
      if (node.kind === 'sink') throw illegalArgument(`${parent} is a sink: nothing can come after it`);
    }
    return list;
  }
}
