import type { Effect, Fn0, Fn2, Fn3, ManyPairs, ManyValues, Pairs, Predicate2 } from '../operators/user-functions.ts';
import type { RowTransformer } from '../operators/value-getter.ts';
import type { Serde } from '../serdes/serde.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import type {
  ErasedPartitioner,
  ErasedTopicExtractor,
  OffsetReset,
  TimestampExtractor,
} from '../topology/node-specs.ts';
import type { FixedKeyProcessor, Processor } from '../topology/processor-api.ts';
import type { JoinWindows } from '../windows/join-windows.ts';
import type { SessionWindows } from '../windows/session-windows.ts';
import type { SlidingWindows } from '../windows/sliding-windows.ts';
import type { TimeWindows } from '../windows/time-windows.ts';
import type { UnlimitedWindows } from '../windows/unlimited-windows.ts';

export type SerdePair = { readonly key: Serde<unknown> | null; readonly value: Serde<unknown> | null };

/** A topic on the way from one node to the next, with the names that were drawn for it. */
export type Repartition = {
  /** `change` carries the old and the new value of a table's row, and lets null keys pass. */
  readonly kind: 'record' | 'change';
  readonly topic: string;
  readonly sinkName: string;
  readonly filterName: string;
  readonly sourceName: string;
  readonly partitions: number | null;
  readonly partitioner: ErasedPartitioner | null;
  readonly serdes: SerdePair;
};

export type ConsumedSpec = SerdePair & {
  readonly timestampExtractor: TimestampExtractor | null;
  readonly offsetReset: OffsetReset | null;
};

/**
 * When results of a window leave: at each change, or once when the window has closed. Kafka Streams looks for closed
 * windows only after it has stored the record that closes them; those that fall out of the store's retention with it
 * are lost. `on-window-close` loses none; `on-window-close-like-kafka` is for who needs exactly the same.
 */
export type EmitStrategy = 'on-window-update' | 'on-window-close' | 'on-window-close-like-kafka';

/** When results leave, and after how long without records windows close all the same (null: never). */
export type Emit = { readonly emit: EmitStrategy; readonly idleMs: number | null };

/** What groups of records are made of: the key alone, or the key and a window. */
export type Grouping =
  | { readonly kind: 'key' }
  | ({ readonly kind: 'time'; readonly windows: TimeWindows | UnlimitedWindows } & Emit)
  | ({ readonly kind: 'sliding'; readonly windows: SlidingWindows } & Emit)
  | ({ readonly kind: 'session'; readonly windows: SessionWindows; readonly merger: Fn3 } & Emit);

/** `initializer` null means reduce: the first value is the aggregate. */
export type Aggregation = { readonly initializer: Fn0 | null; readonly aggregator: Fn3 };

export type JoinKind = 'inner' | 'left' | 'outer';

export type SuppressBuffer = {
  readonly recordsMax: number;
  readonly bytesMax: number;
  readonly whenFull: 'emit' | 'shut-down';
};

export type Suppression = {
  /** From the buffered change until it leaves; null: until its window closes. */
  readonly waitMs: number | null;
  readonly buffer: SuppressBuffer;
};

/** One processor that turns each record into records, without state. */
export type StatelessOperation =
  | { readonly kind: 'filter'; readonly name: string; readonly predicate: Predicate2; readonly not: boolean }
  | { readonly kind: 'map'; readonly name: string; readonly mapper: Pairs }
  | { readonly kind: 'select-key'; readonly name: string; readonly mapper: Fn2 }
  | { readonly kind: 'map-values'; readonly name: string; readonly mapper: Fn2 }
  | { readonly kind: 'flat-map'; readonly name: string; readonly mapper: ManyPairs }
  | { readonly kind: 'flat-map-values'; readonly name: string; readonly mapper: ManyValues }
  | { readonly kind: 'peek'; readonly name: string; readonly effect: Effect }
  | { readonly kind: 'foreach'; readonly name: string; readonly effect: Effect }
  | { readonly kind: 'merge'; readonly name: string }
  | { readonly kind: 'split'; readonly name: string }
  /** `predicate` null is the default branch. */
  | { readonly kind: 'branch'; readonly name: string; readonly predicate: Predicate2 | null }
  | { readonly kind: 'table-to-stream'; readonly name: string }
  /** Behind an aggregate over windows: the records that came too late for it. */
  | { readonly kind: 'late-records'; readonly name: string };

export type StreamOperation =
  | {
      readonly kind: 'source';
      readonly name: string;
      readonly topics: readonly string[] | RegExp;
      readonly consumed: ConsumedSpec;
    }
  | StatelessOperation
  | {
      readonly kind: 'process';
      readonly name: string;
      readonly supplier: () => Processor<unknown, unknown>;
      readonly storeNames: readonly string[];
      readonly stores: readonly StoreSpec[];
    }
  | {
      readonly kind: 'process-values';
      readonly name: string;
      readonly supplier: () => FixedKeyProcessor<unknown, unknown>;
      readonly storeNames: readonly string[];
      readonly stores: readonly StoreSpec[];
    }
  /** Inserted by a rewrite, or asked for by `repartition()`: then it may not be merged with others. */
  | { readonly kind: 'repartition'; readonly repartition: Repartition; readonly optimizable: boolean }
  | {
      readonly kind: 'sink';
      readonly name: string;
      readonly topic: string | ErasedTopicExtractor;
      readonly serdes: SerdePair;
      readonly partitioner: ErasedPartitioner | null;
    }
  | StreamJoinOperation
  | {
      readonly kind: 'stream-table-join';
      readonly name: string;
      readonly join: 'inner' | 'left';
      readonly joiner: Fn3;
      readonly graceMs: number | null;
      readonly serdes: SerdePair;
    }
  | {
      readonly kind: 'stream-global-join';
      readonly name: string;
      readonly join: 'inner' | 'left';
      readonly selectKey: Fn2;
      readonly joiner: Fn3;
      readonly globalStore: string;
    };

export type StreamJoinOperation = {
  readonly kind: 'stream-join';
  readonly join: JoinKind;
  readonly windows: JoinWindows;
  readonly joiner: Fn3;
  readonly thisWindowedName: string;
  readonly otherWindowedName: string;
  readonly thisName: string;
  readonly otherName: string;
  readonly mergeName: string;
  readonly thisStore: StoreSpec;
  readonly otherStore: StoreSpec;
  /** Records of a left or outer join that have found no match yet. */
  readonly sharedStoreName: string | null;
  readonly serdes: SerdePair & { readonly otherValue: Serde<unknown> | null };
  readonly logging: boolean;
  /** Both sides are one stream and share one store (a rewrite decides). */
  readonly selfJoin: boolean;
};

/** Operations whose result is a table. */
export type TableOperation =
  | {
      readonly kind: 'table-source';
      readonly name: string;
      readonly sourceName: string;
      readonly topic: string;
      readonly consumed: ConsumedSpec;
      /** In use only if named by the user or needed downstream. */
      readonly store: StoreSpec;
      readonly named: boolean;
      /** The topic itself serves as the store's changelog (a rewrite decides). */
      readonly changelogIsTopic: boolean;
    }
  | { readonly kind: 'to-table'; readonly name: string; readonly store: StoreSpec; readonly named: boolean }
  | {
      readonly kind: 'stream-aggregate';
      readonly name: string;
      readonly store: StoreSpec;
      readonly grouping: Grouping;
      readonly aggregation: Aggregation;
    }
  | {
      readonly kind: 'cogroup';
      readonly names: readonly string[];
      readonly aggregators: readonly Fn3[];
      readonly mergeName: string;
      readonly initializer: Fn0;
      readonly store: StoreSpec;
      readonly grouping: Grouping;
    }
  | {
      readonly kind: 'table-filter';
      readonly name: string;
      readonly predicate: Predicate2;
      readonly not: boolean;
      readonly store: StoreSpec | null;
    }
  | { readonly kind: 'table-map-values'; readonly name: string; readonly mapper: Fn2; readonly store: StoreSpec | null }
  | {
      readonly kind: 'table-transform-values';
      readonly name: string;
      readonly supplier: () => RowTransformer;
      readonly storeNames: readonly string[];
      readonly store: StoreSpec | null;
    }
  | {
      readonly kind: 'suppress';
      readonly name: string;
      readonly storeName: string;
      readonly suppression: Suppression;
      readonly serdes: SerdePair;
      readonly logging: boolean;
    }
  | {
      readonly kind: 'table-aggregate';
      readonly name: string;
      readonly store: StoreSpec;
      readonly initializer: Fn0 | null;
      readonly adder: Fn3;
      readonly subtractor: Fn3;
    }
  | {
      readonly kind: 'table-join';
      readonly join: JoinKind;
      readonly joiner: Fn2;
      readonly thisName: string;
      readonly otherName: string;
      readonly mergeName: string;
      readonly store: StoreSpec | null;
    }
  | ForeignKeyJoinOperation;

export type ForeignKeyJoinOperation = {
  readonly kind: 'foreign-key-join';
  readonly join: 'inner' | 'left';
  readonly foreignKey: Fn2;
  readonly joiner: Fn2;
  readonly names: {
    readonly registrationTopic: string;
    readonly registration: string;
    readonly registrationSink: string;
    readonly registrationSource: string;
    readonly subscriptionStore: string;
    readonly receive: string;
    readonly joinForeign: string;
    readonly foreignChange: string;
    readonly responseTopic: string;
    readonly responseSink: string;
    readonly responseSource: string;
    readonly resolver: string;
    readonly output: string;
  };
  readonly keySerde: Serde<unknown> | null;
  readonly valueSerde: Serde<unknown> | null;
  readonly foreignKeySerde: Serde<unknown> | null;
  readonly foreignValueSerde: Serde<unknown> | null;
  readonly store: StoreSpec;
  readonly named: boolean;
};

/** Operations that stand beside the flow of records, or between a table and its re-grouping. */
export type OtherOperation =
  | { readonly kind: 'table-group'; readonly name: string; readonly mapper: Pairs }
  | { readonly kind: 'state-store'; readonly store: StoreSpec }
  | {
      readonly kind: 'global-table';
      readonly name: string;
      readonly sourceName: string;
      readonly topic: string;
      readonly consumed: ConsumedSpec;
      readonly store: StoreSpec;
    }
  | {
      readonly kind: 'global-store';
      readonly name: string;
      readonly sourceName: string;
      readonly topic: string;
      readonly consumed: ConsumedSpec;
      readonly store: StoreSpec;
      readonly supplier: () => Processor<unknown, unknown>;
    };

export type Operation = StreamOperation | TableOperation | OtherOperation;

export type NodeId = number;

/** An edge: the node before, and the topic that must come between, if any. */
export type Input = { readonly from: NodeId; readonly repartition: Repartition | null };

export type LogicalNode = { readonly id: NodeId; readonly inputs: readonly Input[]; readonly operation: Operation };

/** In the order in which the DSL was called; a node stands behind all its inputs. */
export type LogicalGraph = {
  readonly nodes: readonly LogicalNode[];
  /** Sets of source names whose topics must have equal partition counts. */
  readonly copartitioned: readonly (readonly string[])[];
};

/** Whether records may have another key behind it. */
export function changesKey(operation: Operation): boolean {
  switch (operation.kind) {
    case 'map':
    case 'flat-map':
    case 'select-key':
      return true;
    default:
      return false;
  }
}

/** Whether the value's type may be another behind it: a repartition cannot move up over it. */
export function changesValue(operation: Operation): boolean {
  switch (operation.kind) {
    case 'map-values':
    case 'flat-map-values':
      return true;
    default:
      return false;
  }
}
