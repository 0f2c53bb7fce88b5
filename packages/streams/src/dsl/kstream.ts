import { illegalArgument } from '../errors.ts';
import { drawRepartition } from '../graph/draw-repartition.ts';
import type { Repartition } from '../graph/nodes.ts';
import type { AnyFunction, Fn2, Fn3 } from '../operators/user-functions.ts';
import { serdeOr } from '../serdes/missing.ts';
import type { TopicNameExtractor } from '../topology/node-specs.ts';
import type { FixedKeyProcessorSupplier, ProcessorSupplier } from '../topology/processor-api.ts';
import type { JoinWindows } from '../windows/join-windows.ts';
import { BranchedKStream } from './branched-kstream.ts';
import { GlobalKTable } from './global-ktable.ts';
import { joinStreams, joinWithGlobal, joinWithTable } from './joins.ts';
import { KGroupedStream } from './kgrouped-stream.ts';
import { KTable } from './ktable.ts';
import type {
  Grouped,
  Joined,
  Named,
  Printed,
  Produced,
  Repartitioned,
  StreamJoined,
  TableOptions,
} from './options.ts';
import { printedText } from './printed-text.ts';
import { addAfter, chosen, type StreamHandle } from './stream-handle.ts';
import { keyValueStore } from './table-store.ts';

export type ValueJoiner<K, V, VO, VR> = (left: V, right: VO, key: K) => VR;

const NO_SERDES = { key: null, value: null } as const;

/**
 * A stream of records, each a fact of its own. Every operation returns a new stream and leaves this one as it is.
 * Keys and values can be null where the topic has nulls; types say so only if you declare it.
 */
export class KStream<K, V> {
  /** @internal */
  readonly handle: StreamHandle;

  /** @internal Streams come from `StreamsBuilder` and from operations. */
  constructor(handle: StreamHandle) {
    this.handle = handle;
  }

  /** Keeps the records for which `predicate` holds. */
  filter(predicate: (key: K, value: V) => boolean, options: Named = {}): KStream<K, V> {
    return this.#filtered(predicate, false, options);
  }

  /** Drops the records for which `predicate` holds. */
  filterNot(predicate: (key: K, value: V) => boolean, options: Named = {}): KStream<K, V> {
    return this.#filtered(predicate, true, options);
  }

  /** A new key; later joins and aggregations repartition. */
  selectKey<KR>(mapper: (key: K, value: V) => KR, options: Named = {}): KStream<KR, V> {
    const name = this.#name(options, 'KSTREAM-KEY-SELECT-');
    const node = addAfter(this.handle, { kind: 'select-key', name, mapper });
    return this.#next(node, name, { key: null, value: this.handle.serdes.value }, true);
  }

  map<KR, VR>(mapper: (key: K, value: V) => readonly [KR, VR], options: Named = {}): KStream<KR, VR> {
    const name = this.#name(options, 'KSTREAM-MAP-');
    return this.#next(addAfter(this.handle, { kind: 'map', name, mapper }), name, NO_SERDES, true);
  }

  /** A new value; the key stays, so nothing is repartitioned for it. */
  mapValues<VR>(mapper: (value: V, key: K) => VR, options: Named = {}): KStream<K, VR> {
    const name = this.#name(options, 'KSTREAM-MAPVALUES-');
    const node = addAfter(this.handle, { kind: 'map-values', name, mapper });
    return this.#next(node, name, { key: this.handle.serdes.key, value: null }, this.handle.rekeyed);
  }

  flatMap<KR, VR>(mapper: (key: K, value: V) => Iterable<readonly [KR, VR]>, options: Named = {}): KStream<KR, VR> {
    const name = this.#name(options, 'KSTREAM-FLATMAP-');
    return this.#next(addAfter(this.handle, { kind: 'flat-map', name, mapper }), name, NO_SERDES, true);
  }

  flatMapValues<VR>(mapper: (value: V, key: K) => Iterable<VR>, options: Named = {}): KStream<K, VR> {
    const name = this.#name(options, 'KSTREAM-FLATMAPVALUES-');
    const node = addAfter(this.handle, { kind: 'flat-map-values', name, mapper });
    return this.#next(node, name, { key: this.handle.serdes.key, value: null }, this.handle.rekeyed);
  }

  /** Looks at each record on its way. */
  peek(effect: (key: K, value: V) => void, options: Named = {}): KStream<K, V> {
    const name = this.#name(options, 'KSTREAM-PEEK-');
    const node = addAfter(this.handle, { kind: 'peek', name, effect });
    return this.#next(node, name, this.handle.serdes, this.handle.rekeyed);
  }

  /** The end of a stream: calls `effect` for each record. */
  foreach(effect: (key: K, value: V) => void, options: Named = {}): void {
    const name = this.#name(options, 'KSTREAM-FOREACH-');
    addAfter(this.handle, { kind: 'foreach', name, effect });
  }

  /** The end of a stream: prints each record, to look at while developing. (Kafka Streams: print with Printed.) */
  print(options: Printed<K, V> = {}): void {
    const name = this.#name(options, 'KSTREAM-PRINTER-');
    const label = options.label ?? this.handle.name;
    const mapper = options.mapper ?? ((key: K, value: V) => `${printedText(key)}, ${printedText(value)}`);
    const to = options.to ?? ((line: string) => void process.stdout.write(`${line}\n`));
    const effect = (key: K, value: V): void => to(`[${label}]: ${mapper(key, value)}`);
    addAfter(this.handle, { kind: 'foreach', name, effect });
  }

  /** Both streams in one; between the two there is no order. */
  merge(other: KStream<K, V>, options: Named = {}): KStream<K, V> {
    const { graph } = this.handle.context;
    const name = this.#name(options, 'KSTREAM-MERGE-');
    const inputs = [this.handle, other.handle].map(({ node }) => ({ from: node, repartition: null }));
    return new KStream({
      context: this.handle.context,
      node: graph.add({ kind: 'merge', name }, inputs),
      name,
      // Neither side's serdes can be known to fit the other.
      serdes: NO_SERDES,
      sources: new Set([...this.handle.sources, ...other.handle.sources]),
      rekeyed: this.handle.rekeyed || other.handle.rekeyed,
    });
  }

  /** Each record goes to the first branch whose predicate holds. */
  split(options: Named = {}): BranchedKStream<K, V> {
    const name = this.#name(options, 'KSTREAM-BRANCH-');
    return new BranchedKStream(this.handle, addAfter(this.handle, { kind: 'split', name }), name);
  }

  /** Writes to a topic, or to the topic that `topic` chooses for each record. */
  to(topic: string | TopicNameExtractor<K, V>, options: Produced<K, V> = {}): void {
    const name = this.#name(options, 'KSTREAM-SINK-');
    const { defaults } = this.handle.context;
    const serdes = chosen(options, this.handle.serdes);
    addAfter(this.handle, {
      kind: 'sink',
      name,
      topic: topic as string | TopicNameExtractor,
      serdes: {
        key: serdeOr(serdes.key, defaults.key, 'key', `sink ${name}`),
        value: serdeOr(serdes.value, defaults.value, 'value', `sink ${name}`),
      },
      partitioner: options.partitioner ?? null,
    });
  }

  /** Through a topic of Millrace's own, always, in as many partitions as upstream or as given. Drops null keys. */
  repartition(options: Repartitioned<K, V> = {}): KStream<K, V> {
    const { graph } = this.handle.context;
    const prefix = graph.nameOrUndrawn(options.name, 'KSTREAM-REPARTITION-');
    const serdes = chosen(options, this.handle.serdes);
    const repartition = drawRepartition(graph, prefix, serdes, options);
    const node = addAfter(this.handle, { kind: 'repartition', repartition, optimizable: false });
    return new KStream({
      context: this.handle.context,
      node,
      name: repartition.sourceName,
      serdes,
      sources: new Set([repartition.sourceName]),
      rekeyed: false,
    });
  }

  /** The stream read as changes of a table: a null value deletes, a null key is dropped. */
  toTable(options: TableOptions<K, V> = {}): KTable<K, V> {
    const { context } = this.handle;
    const name = this.#name(options, 'KSTREAM-TOTABLE-');
    const storeName = context.graph.storeNameOr(options.as, 'KSTREAM-TOTABLE-');
    const serdes = chosen(options, this.handle.serdes);
    const repartition = this.#repartitionIfRekeyed(name, serdes);
    const store = keyValueStore(context, storeName, serdes, options);
    const named = options.as !== undefined;
    const node = context.graph.add({ kind: 'to-table', name, store, named }, [{ from: this.handle.node, repartition }]);
    const sources = repartition === null ? this.handle.sources : new Set([repartition.sourceName]);
    return new KTable({ context, node, name, serdes, sources, storeName: named ? storeName : null });
  }

  /** Groups by the present key. */
  groupByKey(options: Grouped<K, V> = {}): KGroupedStream<K, V> {
    const serdes = chosen(options, this.handle.serdes);
    return new KGroupedStream({ ...this.handle, serdes }, options.name);
  }

  /** Groups by a new key, through a repartition topic. */
  groupBy<KR>(selector: (key: K, value: V) => KR, options: Grouped<KR, V> = {}): KGroupedStream<KR, V> {
    const name = this.#name(options, 'KSTREAM-KEY-SELECT-');
    const node = addAfter(this.handle, { kind: 'select-key', name, mapper: selector });
    const serdes = chosen(options, { key: null, value: this.handle.serdes.value });
    return new KGroupedStream({ ...this.handle, node, name, serdes, rekeyed: true }, options.name);
  }

  /** With a stream, within a window of time. */
  join<VO, VR>(
    other: KStream<K, VO>,
    joiner: ValueJoiner<K, V, VO, VR>,
    windows: JoinWindows,
    options?: StreamJoined<K, V, VO>,
  ): KStream<K, VR>;
  /** With the table's value at that moment. */
  join<VO, VR>(table: KTable<K, VO>, joiner: ValueJoiner<K, V, VO, VR>, options?: Joined<K, V>): KStream<K, VR>;
  /** With the row of a global table that `selectKey` names. */
  join<KG, VG, VR>(
    table: GlobalKTable<KG, VG>,
    selectKey: (key: K, value: V) => KG,
    joiner: ValueJoiner<K, V, VG, VR>,
    options?: Named,
  ): KStream<K, VR>;
  join(other: object, second: AnyFunction, third?: unknown, fourth?: unknown): KStream<K, never> {
    return new KStream(this.#joined('inner', other, second, third, fourth));
  }

  /** Every record of this stream, with null where the other side has nothing in the window. */
  leftJoin<VO, VR>(
    other: KStream<K, VO>,
    joiner: ValueJoiner<K, V, VO | null, VR>,
    windows: JoinWindows,
    options?: StreamJoined<K, V, VO>,
  ): KStream<K, VR>;
  leftJoin<VO, VR>(
    table: KTable<K, VO>,
    joiner: ValueJoiner<K, V, VO | null, VR>,
    options?: Joined<K, V>,
  ): KStream<K, VR>;
  leftJoin<KG, VG, VR>(
    table: GlobalKTable<KG, VG>,
    selectKey: (key: K, value: V) => KG,
    joiner: ValueJoiner<K, V, VG | null, VR>,
    options?: Named,
  ): KStream<K, VR>;
  leftJoin(other: object, second: AnyFunction, third?: unknown, fourth?: unknown): KStream<K, never> {
    return new KStream(this.#joined('left', other, second, third, fourth));
  }

  /** Every record of both streams, with null where the other side has nothing in the window. */
  outerJoin<VO, VR>(
    other: KStream<K, VO>,
    joiner: ValueJoiner<K, V | null, VO | null, VR>,
    windows: JoinWindows,
    options: StreamJoined<K, V, VO> = {},
  ): KStream<K, VR> {
    return new KStream(joinStreams('outer', this.handle, other.handle, joiner, windows, options));
  }

  /** Runs a processor of your own; it may change keys. */
  process<KR, VR>(
    supplier: ProcessorSupplier<K, V, KR, VR>,
    options: Named & { readonly stores?: readonly string[] } = {},
  ): KStream<KR, VR> {
    const name = this.handle.context.graph.nameOrUndrawn(options.name, 'KSTREAM-PROCESSOR-');
    const stores = supplier.stores ?? [];
    const storeNames = [...(options.stores ?? []), ...stores.map((store) => store.name)];
    const node = addAfter(this.handle, { kind: 'process', name, supplier, storeNames, stores });
    return this.#next(node, name, NO_SERDES, true);
  }

  /** Runs a processor of your own that keeps the key. */
  processValues<VR>(
    supplier: FixedKeyProcessorSupplier<K, V, VR>,
    options: Named & { readonly stores?: readonly string[] } = {},
  ): KStream<K, VR> {
    const name = this.handle.context.graph.nameOrUndrawn(options.name, 'KSTREAM-PROCESSVALUES-');
    const stores = supplier.stores ?? [];
    const storeNames = [...(options.stores ?? []), ...stores.map((store) => store.name)];
    const node = addAfter(this.handle, { kind: 'process-values', name, supplier, storeNames, stores });
    return this.#next(node, name, { key: this.handle.serdes.key, value: null }, this.handle.rekeyed);
  }

  #joined(kind: 'inner' | 'left', other: object, second: AnyFunction, third: unknown, fourth: unknown): StreamHandle {
    // The overloads above tie the arguments together: what the other side is decides what they are.
    const options = (fourth ?? {}) as Named;
    if (other instanceof KStream) {
      return joinStreams(kind, this.handle, other.handle, second as Fn3, third as JoinWindows, options);
    }
    if (other instanceof GlobalKTable) {
      return joinWithGlobal(kind, this.handle, other.storeName, second as Fn2, third as Fn3, options);
    }
    if (other instanceof KTable) {
      return joinWithTable(kind, this.handle, other.handle, second as Fn3, (third ?? {}) as Joined<unknown, unknown>);
    }
    throw illegalArgument('a stream can be joined with a KStream, a KTable or a GlobalKTable');
  }

  #filtered(predicate: (key: K, value: V) => boolean, not: boolean, options: Named): KStream<K, V> {
    const name = this.#name(options, 'KSTREAM-FILTER-');
    const node = addAfter(this.handle, { kind: 'filter', name, predicate, not });
    return this.#next(node, name, this.handle.serdes, this.handle.rekeyed);
  }

  #name(options: Named, prefix: string): string {
    return this.handle.context.graph.nameOr(options.name, prefix);
  }

  #next<KR, VR>(node: number, name: string, serdes: StreamHandle['serdes'], rekeyed: boolean): KStream<KR, VR> {
    return new KStream({ ...this.handle, node, name, serdes, rekeyed });
  }

  #repartitionIfRekeyed(prefix: string, serdes: StreamHandle['serdes']): Repartition | null {
    return this.handle.rekeyed ? drawRepartition(this.handle.context.graph, prefix, serdes) : null;
  }
}
