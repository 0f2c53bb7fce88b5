import type { Repartition, SerdePair } from '../graph/nodes.ts';
import type { Fn0, Fn3 } from '../operators/user-functions.ts';
import { longSerde } from '../serdes/primitives.ts';
import type { KTable } from './ktable.ts';
import type { TableOptions } from './options.ts';
import { chosen, type Handle } from './stream-handle.ts';
import { keyValueStore } from './table-store.ts';

type Folding = { readonly initializer: Fn0 | null; readonly adder: Fn3; readonly subtractor: Fn3 };

/** A table whose rows are grouped anew: a change of a row takes its old value out and puts its new one in. */
export class KGroupedTable<K, V> {
  readonly #handle: Handle;
  readonly #topicName: string | undefined;
  #named: Repartition | null = null;

  /** @internal Comes from `KTable#groupBy`. */
  constructor(handle: Handle, topicName: string | undefined) {
    this.#handle = handle;
    this.#topicName = topicName;
  }

  /** How many rows each group has. */
  count(options: TableOptions<K, number> = {}): KTable<K, number> {
    const serdes = chosen({ key: options.key, value: options.value ?? longSerde }, { ...this.#handle.serdes });
    return this.#folded('KTABLE-AGGREGATE-', serdes, options, {
      initializer: () => 0,
      adder: (_key, _value, count) => (count as number) + 1,
      subtractor: (_key, _value, count) => (count as number) - 1,
    });
  }

  /** The first value is the aggregate, and then `adder(aggregate, value)`; null deletes. */
  reduce(
    adder: (aggregate: V, value: V) => V,
    subtractor: (aggregate: V, value: V) => V,
    options: TableOptions<K, V> = {},
  ): KTable<K, V> {
    return this.#folded('KTABLE-REDUCE-', chosen(options, this.#handle.serdes), options, {
      initializer: null,
      adder: (_key, value, aggregate) => adder(aggregate as V, value as V),
      subtractor: (_key, value, aggregate) => subtractor(aggregate as V, value as V),
    });
  }

  /** On a change the subtractor runs first, on the old value, then the adder. */
  aggregate<VR>(
    initializer: () => VR,
    adder: (key: K, value: V, aggregate: VR) => VR,
    subtractor: (key: K, value: V, aggregate: VR) => VR,
    options: TableOptions<K, VR> = {},
  ): KTable<K, VR> {
    const serdes = chosen(options, { key: this.#handle.serdes.key, value: null });
    return this.#folded('KTABLE-AGGREGATE-', serdes, options, { initializer, adder, subtractor });
  }

  #folded<VR>(prefix: string, serdes: SerdePair, options: TableOptions<K, VR>, folding: Folding): KTable<K, VR> {
    const { context } = this.#handle;
    const { graph } = context;
    // Stores of reductions are numbered as aggregates, too.
    const storeName = graph.storeNameOr(options.as, 'KTABLE-AGGREGATE-');
    const sinkName = graph.suffixedOr(options.name, '-sink', 'KSTREAM-SINK-');
    const sourceName = graph.suffixedOr(options.name, '-source', 'KSTREAM-SOURCE-');
    const name = graph.nameOr(options.name, prefix);
    const repartition = this.#repartition(`${this.#topicName ?? storeName}-repartition`, sinkName, sourceName);
    const store = keyValueStore(context, storeName, serdes, options);
    const operation = { kind: 'table-aggregate', name, store, ...folding } as const;
    const node = graph.add(operation, [{ from: this.#handle.node, repartition }]);
    const sources = new Set([repartition.sourceName]);
    const queryable = options.as === undefined ? null : storeName;
    return context.make.table({ context, node, name, serdes, sources, storeName: queryable });
  }

  /** A topic that the user named is shared by all aggregations of this grouping. */
  #repartition(topic: string, sinkName: string, sourceName: string): Repartition {
    if (this.#named !== null) return this.#named;
    const repartition: Repartition = {
      kind: 'change',
      topic,
      sinkName,
      filterName: '',
      sourceName,
      partitions: null,
      partitioner: null,
      serdes: this.#handle.serdes,
    };
    if (this.#topicName !== undefined) this.#named = repartition;
    return repartition;
  }
}
