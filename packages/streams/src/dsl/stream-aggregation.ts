import { drawRepartition } from '../graph/draw-repartition.ts';
import type { Aggregation, Grouping, Repartition, SerdePair } from '../graph/nodes.ts';
import { longSerde } from '../serdes/primitives.ts';
import type { Serde } from '../serdes/serde.ts';
import { sessionWindowedSerde, timeWindowedSerde } from '../serdes/windowed.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import { UNLIMITED_END_MS } from '../windows/unlimited-windows.ts';
import { KTable } from './ktable.ts';
import type { Materialized, TableOptions } from './options.ts';
import { chosen, type DslContext, type StreamHandle } from './stream-handle.ts';
import { keyValueStore, sessionStore, windowStore } from './table-store.ts';

/** A grouped stream: the stream, and the topic that its aggregations come through if it has a name of its own. */
export class GroupedSource {
  readonly handle: StreamHandle;
  readonly topicName: string | undefined;
  #shared: Repartition | null = null;

  constructor(handle: StreamHandle, topicName: string | undefined) {
    this.handle = handle;
    this.topicName = topicName;
  }

  /** Draws the names each time; a topic that the user named is used by all aggregations of the grouping. */
  repartition(storeName: string): Repartition | null {
    if (!this.handle.rekeyed) return null;
    const drawn = drawRepartition(this.handle.context.graph, this.topicName ?? storeName, this.handle.serdes);
    if (this.topicName === undefined) return drawn;
    this.#shared ??= drawn;
    return this.#shared;
  }
}

/** The serdes of an aggregate's store. Counts are 64-bit numbers, reduced values are like the stream's. */
export const aggregateSerdes = {
  count: (source: GroupedSource, own: Materialized<unknown, number>): SerdePair =>
    chosen({ key: own.key, value: own.value ?? longSerde }, source.handle.serdes),
  reduce: (source: GroupedSource, own: Materialized<unknown, unknown>): SerdePair => chosen(own, source.handle.serdes),
  aggregate: (source: GroupedSource, own: Materialized<unknown, unknown>): SerdePair =>
    chosen(own, { key: source.handle.serdes.key, value: null }),
} as const;

/**
 * A store for groups of this kind. Sliding and session windows that are emitted when they close have no cache, as in
 * Kafka Streams (SlidingWindowStoreMaterializer, SessionStoreMaterializer); time windows have.
 */
export function groupingStore(
  context: DslContext,
  name: string,
  grouping: Grouping,
  serdes: SerdePair,
  options: Materialized<unknown, unknown>,
): StoreSpec {
  const emitsOnClose = grouping.kind !== 'key' && grouping.emit !== 'on-window-update';
  switch (grouping.kind) {
    case 'key':
      return keyValueStore(context, name, serdes, options);
    case 'time': {
      const { windows } = grouping;
      const sizeMs = windows.kind === 'time' ? windows.sizeMs : UNLIMITED_END_MS;
      const leastRetentionMs = Math.min(sizeMs + windows.graceMs, UNLIMITED_END_MS);
      return windowStore(context, name, serdes, options, {
        sizeMs,
        leastRetentionMs,
        defaultRetentionMs: leastRetentionMs,
        emitsOnClose,
      });
    }
    case 'sliding': {
      // A new window may have to look at those two differences back.
      const { timeDifferenceMs, graceMs } = grouping.windows;
      return windowStore(context, name, serdes, emitsOnClose ? { ...options, caching: false } : options, {
        sizeMs: timeDifferenceMs,
        leastRetentionMs: timeDifferenceMs + graceMs,
        defaultRetentionMs: 2 * timeDifferenceMs + graceMs,
        emitsOnClose,
      });
    }
    case 'session': {
      const leastRetentionMs = grouping.windows.inactivityGapMs + grouping.windows.graceMs;
      return sessionStore(
        context,
        name,
        serdes,
        emitsOnClose ? { ...options, caching: false } : options,
        leastRetentionMs,
      );
    }
  }
}

/** The serde of a table's keys: windowed groups have windowed keys. */
export function groupKeySerde(key: Serde<unknown> | null, grouping: Grouping): Serde<unknown> | null {
  if (key === null) return null;
  switch (grouping.kind) {
    case 'key':
      return key;
    case 'time':
      return timeWindowedSerde(key, grouping.windows.kind === 'time' ? grouping.windows.sizeMs : UNLIMITED_END_MS);
    case 'sliding':
      return timeWindowedSerde(key, grouping.windows.timeDifferenceMs);
    case 'session':
      return sessionWindowedSerde(key);
  }
}

/** Adds the aggregation of a grouped stream: the store's name is drawn first, then the processor's, then the topic's. */
export function aggregateStream<K, VR>(
  source: GroupedSource,
  grouping: Grouping,
  aggregation: Aggregation,
  prefix: string,
  serdes: SerdePair,
  options: TableOptions<unknown, unknown> & { readonly late?: ((records: never) => void) | undefined },
): KTable<K, VR> {
  const { context, node: from } = source.handle;
  const { graph } = context;
  const storeName = graph.storeNameOr(options.as, prefix);
  const name = graph.nameOr(options.name, prefix);
  const store = groupingStore(context, storeName, grouping, serdes, options);
  const repartition = source.repartition(storeName);
  const node = graph.add({ kind: 'stream-aggregate', name, store, grouping, aggregation }, [{ from, repartition }]);
  const sources = repartition === null ? source.handle.sources : new Set([repartition.sourceName]);
  if (options.late !== undefined) {
    const lateName = graph.nameOr(undefined, 'KSTREAM-LATE-');
    const late = graph.add({ kind: 'late-records', name: lateName }, [{ from: node, repartition: null }]);
    const handle = { context, node: late, name: lateName, serdes: source.handle.serdes, sources, rekeyed: false };
    options.late(context.make.stream(handle) as never);
  }
  return new KTable({
    context,
    node,
    name,
    serdes: { key: groupKeySerde(serdes.key, grouping), value: serdes.value },
    sources,
    storeName: options.as === undefined ? null : storeName,
  });
}

export function countOne(_key: unknown, _value: unknown, count: unknown): number {
  return (count as number) + 1;
}

export function reduction<V>(reducer: (aggregate: V, value: V) => V): {
  readonly initializer: null;
  readonly aggregator: (key: unknown, value: V, aggregate: V) => V;
} {
  return { initializer: null, aggregator: (_key, value, aggregate) => reducer(aggregate, value) };
}
