import { illegalArgument } from '../errors.ts';
import type { JoinKind, Operation } from '../graph/nodes.ts';
import type { AnyFunction, Fn2 } from '../operators/user-functions.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import type { StateStore } from '../state/stores.ts';
import type { RecordView } from '../topology/processor-api.ts';
import { foreignKeyJoin } from './foreign-key-join.ts';
import { KGroupedTable } from './kgrouped-table.ts';
import type { KStream } from './kstream.ts';
import type { Grouped, Named, TableOptions } from './options.ts';
import { addAfter, chosen, plainInput, type SerdeChoice, type TableHandle } from './stream-handle.ts';
import type { Suppressed } from './suppressed.ts';
import { keyValueStore } from './table-store.ts';

/** What a value transformer may ask while a row is transformed. */
export type ValueTransformerContext = RecordView & { getStateStore<S extends StateStore>(name: string): S };

/** A function of a row that has a life, stores and a context. Sees null for deleted rows. */
export interface ValueTransformerWithKey<K, V, VR> {
  init?(context: ValueTransformerContext): void;
  transform(key: K, value: V | null): VR;
  close?(): void;
}

/**
 * A changelog read as a table: each record is a new value of its key, null deletes the row. Operations give tables that
 * follow this one.
 */
export class KTable<K, V> {
  /** @internal */
  readonly handle: TableHandle;

  /** @internal Tables come from `StreamsBuilder` and from operations. */
  constructor(handle: TableHandle) {
    this.handle = handle;
  }

  /** The name under which the table can be queried, or null. */
  get queryableStoreName(): string | null {
    return this.handle.storeName;
  }

  /** Keeps the rows for which `predicate` holds; the others are deleted. */
  filter(predicate: (key: K, value: V) => boolean, options: TableOptions<K, V> = {}): KTable<K, V> {
    return this.#filtered(predicate, false, options);
  }

  filterNot(predicate: (key: K, value: V) => boolean, options: TableOptions<K, V> = {}): KTable<K, V> {
    return this.#filtered(predicate, true, options);
  }

  /** Is not called for deleted rows. */
  mapValues<VR>(mapper: (value: V, key: K) => VR, options: TableOptions<K, VR> = {}): KTable<K, VR> {
    const serdes = chosen(options, { key: this.handle.serdes.key, value: null });
    const store = this.#store(options, serdes);
    const name = this.#name(options, 'KTABLE-MAPVALUES-');
    return this.#next({ kind: 'table-map-values', name, mapper, store }, name, serdes, store);
  }

  transformValues<VR>(
    supplier: () => ValueTransformerWithKey<K, V, VR>,
    options: TableOptions<K, VR> & { readonly stores?: readonly string[] } = {},
  ): KTable<K, VR> {
    const serdes = chosen(options, { key: this.handle.serdes.key, value: null });
    const store = this.#store(options, serdes);
    const name = this.#name(options, 'KTABLE-TRANSFORMVALUES-');
    const storeNames = options.stores ?? [];
    return this.#next({ kind: 'table-transform-values', name, supplier, storeNames, store }, name, serdes, store);
  }

  /** The changes of the table as records, deletions as null values; under a new key, if one is selected. */
  toStream<KR>(selectKey: (key: K, value: V) => KR, options?: Named): KStream<KR, V>;
  toStream(options?: Named): KStream<K, V>;
  toStream<KR>(first: Named | ((key: K, value: V) => KR) = {}, second: Named = {}): KStream<K, V> | KStream<KR, V> {
    if (typeof first !== 'function') return this.#toStream(first);
    return this.#toStream(second).selectKey(first as (key: K, value: V) => KR);
  }

  #toStream(options: Named): KStream<K, V> {
    const name = this.#name(options, 'KTABLE-TOSTREAM-');
    const node = addAfter(this.handle, { kind: 'table-to-stream', name });
    const { context, serdes, sources } = this.handle;
    return context.make.stream({ context, node, name, serdes, sources, rekeyed: false });
  }

  /** Holds changes back: until their window closes, or for a time. */
  suppress(suppressed: Suppressed<K>): KTable<K, V> {
    const { context, serdes } = this.handle;
    const { graph } = context;
    const name = graph.nameOrUndrawn(suppressed.name, 'KTABLE-SUPPRESS-');
    const storeName =
      suppressed.name === undefined ? graph.storeNameOr(undefined, 'KTABLE-SUPPRESS-') : `${suppressed.name}-store`;
    const { suppression } = suppressed;
    const operation = { kind: 'suppress', name, storeName, suppression, serdes, logging: true } as const;
    return this.#next(operation, name, serdes, null);
  }

  /** Groups rows by a new key and value, for aggregations that also subtract. */
  groupBy<KR, VR>(
    selector: (key: K, value: V) => readonly [KR, VR],
    options: Grouped<KR, VR> = {},
  ): KGroupedTable<KR, VR> {
    const name = this.#name(options, 'KTABLE-SELECT-');
    const node = addAfter(this.handle, { kind: 'table-group', name, mapper: selector });
    const serdes = chosen(options, { key: null, value: null });
    return new KGroupedTable({ ...this.handle, node, name, serdes }, options.name);
  }

  /** The rows that both tables have. */
  join<VO, VR>(other: KTable<K, VO>, joiner: (left: V, right: VO) => VR, options?: TableOptions<K, VR>): KTable<K, VR>;
  /** Each row of this table with the row of `other` that `foreignKey` names. A null foreign key names none. */
  join<KO, VO, VR>(
    other: KTable<KO, VO>,
    foreignKey: (value: V, key: K) => KO | null,
    joiner: (left: V, right: VO) => VR,
    options?: TableOptions<K, VR>,
  ): KTable<K, VR>;
  join(other: object, second: AnyFunction, third?: unknown, fourth?: unknown): KTable<K, never> {
    return this.#joinedBy('inner', other, second, third, fourth);
  }

  /** The rows of this table, with null where the other has none. */
  leftJoin<VO, VR>(
    other: KTable<K, VO>,
    joiner: (left: V, right: VO | null) => VR,
    options?: TableOptions<K, VR>,
  ): KTable<K, VR>;
  leftJoin<KO, VO, VR>(
    other: KTable<KO, VO>,
    foreignKey: (value: V, key: K) => KO | null,
    joiner: (left: V, right: VO | null) => VR,
    options?: TableOptions<K, VR>,
  ): KTable<K, VR>;
  leftJoin(other: object, second: AnyFunction, third?: unknown, fourth?: unknown): KTable<K, never> {
    return this.#joinedBy('left', other, second, third, fourth);
  }

  /** The rows of both tables, with null where one has none. */
  outerJoin<VO, VR>(
    other: KTable<K, VO>,
    joiner: (left: V | null, right: VO | null) => VR,
    options: TableOptions<K, VR> = {},
  ): KTable<K, VR> {
    return this.#joined('outer', other.handle, joiner, options);
  }

  #joinedBy(
    join: 'inner' | 'left',
    other: object,
    second: AnyFunction,
    third: unknown,
    fourth: unknown,
  ): KTable<K, never> {
    if (!(other instanceof KTable)) throw illegalArgument('a table can be joined with a KTable');
    // The overloads tie the arguments together: with a second function, the first names the other table's key.
    if (typeof third === 'function') {
      const options = (fourth ?? {}) as TableOptions<unknown, unknown>;
      return new KTable(foreignKeyJoin(join, this.handle, other.handle, second as Fn2, third as Fn2, options));
    }
    return this.#joined(join, other.handle, second as Fn2, (third ?? {}) as TableOptions<unknown, unknown>);
  }

  #joined<VR>(join: JoinKind, other: TableHandle, joiner: Fn2, options: TableOptions<unknown, unknown>): KTable<K, VR> {
    const { context } = this.handle;
    const { graph } = context;
    const serdes = chosen(options, { key: this.handle.serdes.key, value: null });
    const store = this.#store(options, serdes);
    const mergeName = graph.nameOr(options.name, 'KTABLE-MERGE-');
    const sources = new Set([...this.handle.sources, ...other.sources]);
    graph.copartition(sources);
    const thisName = graph.suffixedOr(options.name, '-join-this', 'KTABLE-JOINTHIS-');
    const otherName = graph.suffixedOr(options.name, '-join-other', 'KTABLE-JOINOTHER-');
    const operation = { kind: 'table-join', join, joiner, thisName, otherName, mergeName, store } as const;
    const node = graph.add(operation, [plainInput(this.handle.node), plainInput(other.node)]);
    return new KTable({ context, node, name: mergeName, serdes, sources, storeName: store?.name ?? null });
  }

  #filtered(predicate: (key: K, value: V) => boolean, not: boolean, options: TableOptions<K, V>): KTable<K, V> {
    const serdes = chosen(options, this.handle.serdes);
    const store = this.#store(options, serdes);
    const name = this.#name(options, 'KTABLE-FILTER-');
    return this.#next({ kind: 'table-filter', name, predicate, not, store }, name, serdes, store);
  }

  /** Only a named store makes an operation's result a stored table. */
  #store(options: TableOptions<unknown, unknown>, serdes: TableHandle['serdes']): StoreSpec | null {
    if (options.as === undefined) return null;
    const name = this.handle.context.graph.storeNameOr(options.as, '');
    return keyValueStore(this.handle.context, name, serdes, options);
  }

  #name(options: Named & SerdeChoice, prefix: string): string {
    return this.handle.context.graph.nameOr(options.name, prefix);
  }

  #next<VR>(operation: Operation, name: string, serdes: TableHandle['serdes'], store: StoreSpec | null): KTable<K, VR> {
    const node = addAfter(this.handle, operation);
    return new KTable({ ...this.handle, node, name, serdes, storeName: store?.name ?? null });
  }
}
