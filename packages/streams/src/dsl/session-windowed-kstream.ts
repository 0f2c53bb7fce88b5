import type { Emit, EmitStrategy, Grouping } from '../graph/nodes.ts';
import type { Fn3 } from '../operators/user-functions.ts';
import type { Windowed } from '../serdes/windowed.ts';
import type { SessionWindows } from '../windows/session-windows.ts';
import { type EmitOptions, emitOf } from './emission.ts';
import type { KTable } from './ktable.ts';
import type { WindowedOptions } from './options.ts';
import { aggregateSerdes, aggregateStream, countOne, type GroupedSource, reduction } from './stream-aggregation.ts';

/** A stream grouped by key and session. */
export class SessionWindowedKStream<K, V> {
  readonly #source: GroupedSource;
  readonly #windows: SessionWindows;
  readonly #emit: Emit;

  /** @internal Comes from `KGroupedStream#windowedBy`. */
  constructor(source: GroupedSource, windows: SessionWindows, emit: Emit) {
    this.#source = source;
    this.#windows = windows;
    this.#emit = emit;
  }

  emitStrategy(emit: EmitStrategy, options: EmitOptions = {}): SessionWindowedKStream<K, V> {
    return new SessionWindowedKStream(this.#source, this.#windows, emitOf(emit, options));
  }

  count(options: WindowedOptions<K, number, V> = {}): KTable<Windowed<K>, number> {
    const aggregation = { initializer: () => 0, aggregator: countOne };
    const grouping = this.#grouping((_key, a, b) => (a as number) + (b as number));
    const serdes = aggregateSerdes.count(this.#source, options);
    return aggregateStream(this.#source, grouping, aggregation, 'KSTREAM-AGGREGATE-', serdes, options);
  }

  reduce(reducer: (aggregate: V, value: V) => V, options: WindowedOptions<K, V, V> = {}): KTable<Windowed<K>, V> {
    // Sessions that become one are reduced like values; the first has nothing to be reduced with.
    const grouping = this.#grouping((_key, a, b) => (a === null ? b : reducer(a as V, b as V)));
    const serdes = aggregateSerdes.reduce(this.#source, options);
    return aggregateStream(this.#source, grouping, reduction(reducer), 'KSTREAM-REDUCE-', serdes, options);
  }

  /** `merger` makes one aggregate of those of two sessions that a record joins. */
  aggregate<VR>(
    initializer: () => VR,
    aggregator: (key: K, value: V, aggregate: VR) => VR,
    merger: (key: K, a: VR, b: VR) => VR,
    options: WindowedOptions<K, VR, V> = {},
  ): KTable<Windowed<K>, VR> {
    const serdes = aggregateSerdes.aggregate(this.#source, options);
    const aggregation = { initializer, aggregator };
    const grouping = this.#grouping(merger);
    return aggregateStream(this.#source, grouping, aggregation, 'KSTREAM-AGGREGATE-', serdes, options);
  }

  #grouping(merger: Fn3): Grouping {
    return { kind: 'session', windows: this.#windows, merger, ...this.#emit };
  }
}
