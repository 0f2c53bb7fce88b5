import type { SessionWindows } from '../windows/session-windows.ts';
import type { SlidingWindows } from '../windows/sliding-windows.ts';
import type { TimeWindows } from '../windows/time-windows.ts';
import type { UnlimitedWindows } from '../windows/unlimited-windows.ts';
import { CogroupedKStream } from './cogrouped-kstream.ts';
import { ON_UPDATE } from './emission.ts';
import type { KTable } from './ktable.ts';
import type { TableOptions } from './options.ts';
import { SessionWindowedKStream } from './session-windowed-kstream.ts';
import { aggregateSerdes, aggregateStream, countOne, GroupedSource, reduction } from './stream-aggregation.ts';
import type { StreamHandle } from './stream-handle.ts';
import { type AlignedWindows, TimeWindowedKStream } from './time-windowed-kstream.ts';

/** A stream whose records are grouped by key. Records with a null key or value are dropped by its aggregations. */
export class KGroupedStream<K, V> {
  /** @internal */
  readonly source: GroupedSource;

  /** @internal Comes from `KStream#groupBy` and `groupByKey`. */
  constructor(handle: StreamHandle, topicName: string | undefined) {
    this.source = new GroupedSource(handle, topicName);
  }

  /** How many records each key has. */
  count(options: TableOptions<K, number> = {}): KTable<K, number> {
    const aggregation = { initializer: () => 0, aggregator: countOne };
    const serdes = aggregateSerdes.count(this.source, options);
    return aggregateStream(this.source, { kind: 'key' }, aggregation, 'KSTREAM-AGGREGATE-', serdes, options);
  }

  /** The first value is the aggregate, and then `reducer(aggregate, value)`; null deletes. */
  reduce(reducer: (aggregate: V, value: V) => V, options: TableOptions<K, V> = {}): KTable<K, V> {
    const serdes = aggregateSerdes.reduce(this.source, options);
    return aggregateStream(this.source, { kind: 'key' }, reduction(reducer), 'KSTREAM-REDUCE-', serdes, options);
  }

  /** Null deletes; the next record of the key starts from the initializer again. */
  aggregate<VR>(
    initializer: () => VR,
    aggregator: (key: K, value: V, aggregate: VR) => VR,
    options: TableOptions<K, VR> = {},
  ): KTable<K, VR> {
    const serdes = aggregateSerdes.aggregate(this.source, options);
    const aggregation = { initializer, aggregator };
    return aggregateStream(this.source, { kind: 'key' }, aggregation, 'KSTREAM-AGGREGATE-', serdes, options);
  }

  /** Groups by time as well: windows at fixed times, windows that slide with the records, or sessions. */
  windowedBy(windows: TimeWindows | UnlimitedWindows | SlidingWindows): TimeWindowedKStream<K, V>;
  windowedBy(windows: SessionWindows): SessionWindowedKStream<K, V>;
  windowedBy(windows: AlignedWindows | SessionWindows): TimeWindowedKStream<K, V> | SessionWindowedKStream<K, V> {
    if (windows.kind === 'session') return new SessionWindowedKStream(this.source, windows, ON_UPDATE);
    return new TimeWindowedKStream(this.source, windows, ON_UPDATE);
  }

  /** Begins an aggregation of several streams into one table. */
  cogroup<VR>(aggregator: (key: K, value: V, aggregate: VR) => VR): CogroupedKStream<K, VR> {
    return new CogroupedKStream<K, VR>([]).cogroup(this, aggregator);
  }
}
