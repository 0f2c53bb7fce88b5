import type { Grouping } from '../graph/nodes.ts';
import type { Fn0, Fn3 } from '../operators/user-functions.ts';
import type { Windowed } from '../serdes/windowed.ts';
import type { SessionWindows } from '../windows/session-windows.ts';
import { ON_UPDATE } from './emission.ts';
import type { KGroupedStream } from './kgrouped-stream.ts';
import { KTable } from './ktable.ts';
import type { TableOptions } from './options.ts';
import { aggregateSerdes, type GroupedSource, groupingStore, groupKeySerde } from './stream-aggregation.ts';
import { type AlignedWindows, alignedGrouping } from './time-windowed-kstream.ts';

type Member = { readonly source: GroupedSource; readonly aggregator: Fn3 };

/** Several grouped streams of one key that are aggregated into one table, each by its own aggregator. */
export class CogroupedKStream<K, VR> {
  readonly #members: readonly Member[];

  /** @internal Comes from `KGroupedStream#cogroup`. */
  constructor(members: readonly Member[]) {
    this.#members = members;
  }

  cogroup<V>(
    stream: KGroupedStream<K, V>,
    aggregator: (key: K, value: V, aggregate: VR) => VR,
  ): CogroupedKStream<K, VR> {
    return new CogroupedKStream([...this.#members, { source: stream.source, aggregator }]);
  }

  aggregate(initializer: () => VR, options: TableOptions<K, VR> = {}): KTable<K, VR> {
    return aggregateMembers(this.#members, { kind: 'key' }, initializer, options);
  }

  windowedBy(windows: AlignedWindows): TimeWindowedCogroupedKStream<K, VR>;
  windowedBy(windows: SessionWindows): SessionWindowedCogroupedKStream<K, VR>;
  windowedBy(
    windows: AlignedWindows | SessionWindows,
  ): TimeWindowedCogroupedKStream<K, VR> | SessionWindowedCogroupedKStream<K, VR> {
    if (windows.kind === 'session') return new SessionWindowedCogroupedKStream(this.#members, windows);
    return new TimeWindowedCogroupedKStream(this.#members, windows);
  }
}

export class TimeWindowedCogroupedKStream<K, VR> {
  readonly #members: readonly Member[];
  readonly #windows: AlignedWindows;

  /** @internal */
  constructor(members: readonly Member[], windows: AlignedWindows) {
    this.#members = members;
    this.#windows = windows;
  }

  aggregate(initializer: () => VR, options: TableOptions<K, VR> = {}): KTable<Windowed<K>, VR> {
    return aggregateMembers(this.#members, alignedGrouping(this.#windows, ON_UPDATE), initializer, options);
  }
}

export class SessionWindowedCogroupedKStream<K, VR> {
  readonly #members: readonly Member[];
  readonly #windows: SessionWindows;

  /** @internal */
  constructor(members: readonly Member[], windows: SessionWindows) {
    this.#members = members;
    this.#windows = windows;
  }

  aggregate(
    initializer: () => VR,
    merger: (key: K, a: VR, b: VR) => VR,
    options: TableOptions<K, VR> = {},
  ): KTable<Windowed<K>, VR> {
    const grouping = { kind: 'session', windows: this.#windows, merger, ...ON_UPDATE } as const;
    return aggregateMembers(this.#members, grouping, initializer, options);
  }
}

/** One aggregation for each stream, all on one store, and a node where their results meet. */
function aggregateMembers<K, VR>(
  members: readonly Member[],
  grouping: Grouping,
  initializer: Fn0,
  options: TableOptions<unknown, unknown>,
): KTable<K, VR> {
  const first = members[0]!.source;
  const { context } = first.handle;
  const { graph } = context;
  const storeName = graph.storeNameOr(options.as, 'COGROUPKSTREAM-AGGREGATE-');
  const serdes = aggregateSerdes.aggregate(first, options);
  const store = groupingStore(context, storeName, grouping, serdes, options);
  const inputs = members.map(({ source }) => ({
    from: source.handle.node,
    repartition: source.repartition(storeName),
  }));
  const sources = new Set(
    inputs.flatMap(({ repartition }, index) =>
      repartition === null ? [...members[index]!.source.handle.sources] : [repartition.sourceName],
    ),
  );
  graph.copartition(sources);
  const names = members.map((_, index) =>
    graph.suffixedOr(options.name, `-cogroup-agg-${index}`, 'COGROUPKSTREAM-AGGREGATE-'),
  );
  const mergeName = graph.suffixedOr(options.name, '-cogroup-merge', 'COGROUPKSTREAM-MERGE-');
  const aggregators = members.map(({ aggregator }) => aggregator);
  const node = graph.add({ kind: 'cogroup', names, aggregators, mergeName, initializer, store, grouping }, inputs);
  return new KTable({
    context,
    node,
    name: mergeName,
    serdes: { key: groupKeySerde(serdes.key, grouping), value: serdes.value },
    sources,
    storeName: options.as === undefined ? null : storeName,
  });
}
