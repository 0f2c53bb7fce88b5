import type { Serde } from '../serdes/serde.ts';
import type { RecordView } from './processor-api.ts';
import type { RunningNode } from './running-node.ts';

/** Where a new group starts to read: as the broker's `auto.offset.reset`, or so long ago. */
export type OffsetReset = 'earliest' | 'latest' | 'none' | { readonly byDurationMs: number };

/** The time of a record; gets the highest time seen in its partition so far (-1 if none). Negative drops the record. */
export type TimestampExtractor = (record: ExtractableRecord, partitionTimeMs: number) => number;

export type ExtractableRecord = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** As the producer or the broker set it. */
  readonly timestamp: number;
  readonly key: unknown;
  readonly value: unknown;
};

/** Chooses a topic for each record of a dynamic sink. */
export type TopicNameExtractor<K = unknown, V = unknown> = (key: K, value: V, record: RecordView) => string;

/** Chooses the partition, or undefined to leave it to the key's hash. */
export type StreamPartitioner<K = unknown, V = unknown> = {
  partition(topic: string, key: K, value: V, numPartitions: number): number | undefined;
}['partition'];

export type ErasedTopicExtractor = { call(key: unknown, value: unknown, record: RecordView): string }['call'];
export type ErasedPartitioner = StreamPartitioner<unknown, unknown>;

export type SourceSpec = {
  readonly kind: 'source';
  readonly name: string;
  readonly topics: readonly string[];
  readonly pattern: RegExp | null;
  readonly keySerde: Serde<unknown>;
  readonly valueSerde: Serde<unknown>;
  readonly timestampExtractor: TimestampExtractor | null;
  readonly offsetReset: OffsetReset | null;
};

export type ProcessorSpec = {
  readonly kind: 'processor';
  readonly name: string;
  readonly parents: readonly string[];
  /** Makes the running node of one task. */
  readonly create: (name: string) => RunningNode;
};

export type SinkSpec = {
  readonly kind: 'sink';
  readonly name: string;
  readonly parents: readonly string[];
  readonly topic: string | ErasedTopicExtractor;
  readonly keySerde: Serde<unknown>;
  readonly valueSerde: Serde<unknown>;
  readonly partitioner: ErasedPartitioner | null;
};

export type NodeSpec = SourceSpec | ProcessorSpec | SinkSpec;

/** A topic that Millrace makes for itself; without a count it takes that of what is upstream. */
export type InternalTopicSpec = { readonly name: string; readonly partitions: number | null };
