import { illegalArgument } from '../errors.ts';
import type { Emit, EmitStrategy, Grouping } from '../graph/nodes.ts';
import type { Windowed } from '../serdes/windowed.ts';
import type { SlidingWindows } from '../windows/sliding-windows.ts';
import type { TimeWindows } from '../windows/time-windows.ts';
import type { UnlimitedWindows } from '../windows/unlimited-windows.ts';
import { type EmitOptions, emitOf } from './emission.ts';
import type { KTable } from './ktable.ts';
import type { WindowedOptions } from './options.ts';
import { aggregateSerdes, aggregateStream, countOne, type GroupedSource, reduction } from './stream-aggregation.ts';

export type AlignedWindows = TimeWindows | UnlimitedWindows | SlidingWindows;

/** A stream grouped by key and window. Null keys are dropped; null values are aggregated like others. */
export class TimeWindowedKStream<K, V> {
  readonly #source: GroupedSource;
  readonly #windows: AlignedWindows;
  readonly #emit: Emit;

  /** @internal Comes from `KGroupedStream#windowedBy`. */
  constructor(source: GroupedSource, windows: AlignedWindows, emit: Emit) {
    this.#source = source;
    this.#windows = windows;
    this.#emit = emit;
  }

  /** When results leave. On close needs windows that end. */
  emitStrategy(emit: EmitStrategy, options: EmitOptions = {}): TimeWindowedKStream<K, V> {
    if (emit !== 'on-window-update' && this.#windows.kind === 'unlimited') {
      throw illegalArgument('ON_WINDOW_CLOSE emit strategy cannot be used for UnlimitedWindows');
    }
    return new TimeWindowedKStream(this.#source, this.#windows, emitOf(emit, options));
  }

  count(options: WindowedOptions<K, number, V> = {}): KTable<Windowed<K>, number> {
    const aggregation = { initializer: () => 0, aggregator: countOne };
    const serdes = aggregateSerdes.count(this.#source, options);
    return aggregateStream(this.#source, this.#grouping(), aggregation, 'KSTREAM-AGGREGATE-', serdes, options);
  }

  reduce(reducer: (aggregate: V, value: V) => V, options: WindowedOptions<K, V, V> = {}): KTable<Windowed<K>, V> {
    const serdes = aggregateSerdes.reduce(this.#source, options);
    return aggregateStream(this.#source, this.#grouping(), reduction(reducer), 'KSTREAM-REDUCE-', serdes, options);
  }

  aggregate<VR>(
    initializer: () => VR,
    aggregator: (key: K, value: V, aggregate: VR) => VR,
    options: WindowedOptions<K, VR, V> = {},
  ): KTable<Windowed<K>, VR> {
    const serdes = aggregateSerdes.aggregate(this.#source, options);
    const aggregation = { initializer, aggregator };
    return aggregateStream(this.#source, this.#grouping(), aggregation, 'KSTREAM-AGGREGATE-', serdes, options);
  }

  #grouping(): Grouping {
    return alignedGrouping(this.#windows, this.#emit);
  }
}

export function alignedGrouping(windows: AlignedWindows, emit: Emit): Grouping {
  return windows.kind === 'sliding' ? { kind: 'sliding', windows, ...emit } : { kind: 'time', windows, ...emit };
}
