import type { DurationMs } from '../lib/duration.ts';
import type { Serde } from '../serdes/serde.ts';
import type { StoreEngineKind } from '../state/store-spec.ts';
import type { OffsetReset, StreamPartitioner, TimestampExtractor } from '../topology/node-specs.ts';
import type { KStream } from './kstream.ts';

/** The name of a processor, in place of a generated one. */
export type Named = { readonly name?: string | undefined };

/** How a topic is read. */
export type Consumed<K, V> = Named & {
  readonly key?: Serde<K> | undefined;
  readonly value?: Serde<V> | undefined;
  readonly timestampExtractor?: TimestampExtractor | undefined;
  readonly offsetReset?: OffsetReset | undefined;
};

/** How a topic is written. */
export type Produced<K, V> = Named & {
  readonly key?: Serde<K> | undefined;
  readonly value?: Serde<V> | undefined;
  readonly partitioner?: StreamPartitioner<K, V> | undefined;
};

/** How records are printed, as `[label]: key, value`. */
export type Printed<K, V> = Named & {
  /** Default: the name of the node that the records come from. */
  readonly label?: string | undefined;
  /** What stands behind the label. Default: key and value as text, objects as JSON. */
  readonly mapper?: ((key: K, value: V) => string) | undefined;
  /** Gets each line, without its end. Default: writes it to standard output. */
  readonly to?: ((line: string) => void) | undefined;
};

/** How records are grouped; `name` names the repartition topic, should there be one. */
export type Grouped<K, V> = Named & {
  readonly key?: Serde<K> | undefined;
  readonly value?: Serde<V> | undefined;
};

/** The topic of `repartition()`. */
export type Repartitioned<K, V> = Produced<K, V> & { readonly partitions?: number | undefined };

/** The store of a table. */
export type Materialized<K, V> = {
  /** The store's name: makes it queryable, and keeps its changelog's name when the topology changes. */
  readonly as?: string | undefined;
  readonly key?: Serde<K> | undefined;
  readonly value?: Serde<V> | undefined;
  /** Whether changes are held back and de-duplicated until the next commit. Default: true. */
  readonly caching?: boolean | undefined;
  /** Whether there is a changelog topic, or its settings in Kafka's names. Default: true. */
  readonly logging?: boolean | Readonly<Record<string, string>> | undefined;
  /** Windowed stores: how long a window can be read. At least size and grace together, which is the default. */
  readonly retention?: DurationMs | undefined;
  /** Makes a versioned store that answers for times so far back. Not for windows. */
  readonly historyRetention?: DurationMs | undefined;
  readonly engine?: StoreEngineKind | undefined;
};

/** An operation with a processor name and a store. */
export type TableOptions<K, V> = Named & Materialized<K, V>;

/** An aggregation over windows of records with values `V`. */
export type WindowedOptions<K, VR, V> = TableOptions<K, VR> & {
  /** Is given the stream of records that came too late for each of their windows; without it they are dropped. */
  readonly late?: ((records: KStream<K, V>) => void) | undefined;
};

/** A join of a stream with a table. `grace`: wait so long for the table (which must be versioned). */
export type Joined<K, V> = Named & {
  readonly key?: Serde<K> | undefined;
  readonly value?: Serde<V> | undefined;
  readonly grace?: DurationMs | undefined;
};

/** A join of two streams. */
export type StreamJoined<K, V, VO> = Named & {
  readonly key?: Serde<K> | undefined;
  readonly value?: Serde<V> | undefined;
  readonly otherValue?: Serde<VO> | undefined;
  /** The beginning of the names of the join's stores. */
  readonly as?: string | undefined;
  readonly logging?: boolean | Readonly<Record<string, string>> | undefined;
  readonly engine?: StoreEngineKind | undefined;
};

/** A branch of `split()`; its name is put behind that of the split. */
export type Branched<S> = Named & {
  /** What is done with the branch; its result stands in the map. */
  readonly apply?: ((branch: S) => S) | undefined;
  /** Takes the branch; it does not stand in the map then. */
  readonly consume?: ((branch: S) => void) | undefined;
};
