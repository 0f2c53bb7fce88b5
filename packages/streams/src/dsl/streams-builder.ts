import { GraphBuilder } from '../graph/graph-builder.ts';
import type { SerdePair } from '../graph/nodes.ts';
import { type TopologyOptions, toTopology } from '../graph/to-topology.ts';
import { serdeOr } from '../serdes/missing.ts';
import type { Serde } from '../serdes/serde.ts';
import type { StoreEngineKind, StoreSpec } from '../state/store-spec.ts';
import type { ProcessorSupplier } from '../topology/processor-api.ts';
import type { Topology } from '../topology/topology.ts';
import { GlobalKTable } from './global-ktable.ts';
import { KStream } from './kstream.ts';
import { KTable } from './ktable.ts';
import type { Consumed, Materialized } from './options.ts';
import type { DslContext } from './stream-handle.ts';
import { keyValueStore } from './table-store.ts';

export type StreamsBuilderOptions = TopologyOptions & {
  /** Where an operation gives none and can inherit none. */
  readonly defaultKeySerde?: Serde<unknown>;
  readonly defaultValueSerde?: Serde<unknown>;
  /** Of stores that do not choose. Default: rocksdb. */
  readonly defaultEngine?: StoreEngineKind;
};

/** Where a topology begins: declares streams and tables, and builds what their operations have put together. */
export class StreamsBuilder {
  readonly #context: DslContext;
  readonly #options: StreamsBuilderOptions;

  constructor(options: StreamsBuilderOptions = {}) {
    this.#options = options;
    this.#context = {
      graph: new GraphBuilder(),
      defaults: { key: options.defaultKeySerde ?? null, value: options.defaultValueSerde ?? null },
      engine: options.defaultEngine ?? 'rocksdb',
      make: { stream: (handle) => new KStream(handle), table: (handle) => new KTable(handle) },
    };
  }

  /** A stream of the records of one topic, of several, or of all whose names match. */
  stream<K = unknown, V = unknown>(
    topics: string | readonly string[] | RegExp,
    options: Consumed<K, V> = {},
  ): KStream<K, V> {
    const context = this.#context;
    const name = context.graph.nameOr(options.name, 'KSTREAM-SOURCE-');
    const topicList = typeof topics === 'string' ? [topics] : topics;
    const consumed = this.#consumed(options, `source ${name}`);
    const node = context.graph.add({ kind: 'source', name, topics: topicList, consumed }, []);
    const serdes = { key: options.key ?? null, value: options.value ?? null };
    return new KStream({ context, node, name, serdes, sources: new Set([name]), rekeyed: false });
  }

  /** A topic read as a table. It is stored if it has a store's name, or if an operation needs its rows. */
  table<K = unknown, V = unknown>(topic: string, options: Consumed<K, V> & Materialized<K, V> = {}): KTable<K, V> {
    const context = this.#context;
    const { store, sourceName, name, serdes } = this.#tableParts(topic, options);
    const node = context.graph.add(
      {
        kind: 'table-source',
        name,
        sourceName,
        topic,
        consumed: this.#consumed(options, `source ${sourceName}`),
        store,
        named: options.as !== undefined,
        changelogIsTopic: false,
      },
      [],
    );
    const storeName = options.as ?? null;
    return new KTable({ context, node, name, serdes, sources: new Set([sourceName]), storeName });
  }

  /** A topic of which every instance keeps all rows, filled before anything is processed. */
  globalTable<K = unknown, V = unknown>(
    topic: string,
    options: Consumed<K, V> & Materialized<K, V> = {},
  ): GlobalKTable<K, V> {
    // The topic itself is the store's changelog.
    const { store, sourceName, name } = this.#tableParts(topic, { ...options, logging: false });
    const consumed = this.#consumed(options, `source ${sourceName}`);
    this.#context.graph.add({ kind: 'global-table', name, sourceName, topic, consumed, store }, []);
    return new GlobalKTable(store.name);
  }

  /** A store for processors, which name it when they are added. */
  addStateStore(store: StoreSpec): this {
    this.#context.graph.add({ kind: 'state-store', store }, []);
    return this;
  }

  /** A store that every instance fills from `topic` by a processor of yours. */
  addGlobalStore<K, V>(
    store: StoreSpec,
    topic: string,
    supplier: ProcessorSupplier<K, V>,
    options: Consumed<K, V> = {},
  ): this {
    const { graph } = this.#context;
    const sourceName = graph.newName('KSTREAM-SOURCE-');
    const name = graph.newName('KTABLE-SOURCE-');
    const consumed = this.#consumed(options, `source ${sourceName}`);
    const unlogged: StoreSpec = { ...store, logging: false };
    graph.add({ kind: 'global-store', name, sourceName, topic, consumed, store: unlogged, supplier }, []);
    return this;
  }

  /** @throws StreamsError `TOPOLOGY_INVALID`, `INVALID_ARGUMENT` */
  build(): Topology {
    return toTopology(this.#context.graph.graph(), this.#context.graph, this.#context.defaults, this.#options);
  }

  #tableParts<K, V>(
    topic: string,
    options: Consumed<K, V> & Materialized<K, V>,
  ): { store: StoreSpec; sourceName: string; name: string; serdes: SerdePair } {
    const { graph } = this.#context;
    const storeName = graph.storeNameOr(options.as, `${topic}-`);
    const sourceName = graph.suffixedOr(options.name, '-source', 'KSTREAM-SOURCE-');
    const name = graph.nameOr(options.name, 'KTABLE-SOURCE-');
    const serdes = { key: options.key ?? null, value: options.value ?? null };
    return { store: keyValueStore(this.#context, storeName, serdes, options), sourceName, name, serdes };
  }

  #consumed<K, V>(options: Consumed<K, V>, where: string) {
    const { defaults } = this.#context;
    return {
      key: serdeOr(options.key, defaults.key, 'key', where),
      value: serdeOr(options.value, defaults.value, 'value', where),
      timestampExtractor: options.timestampExtractor ?? null,
      offsetReset: options.offsetReset ?? null,
    };
  }
}
