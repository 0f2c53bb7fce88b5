export { BranchedKStream } from './dsl/branched-kstream.ts';
export {
  CogroupedKStream,
  SessionWindowedCogroupedKStream,
  TimeWindowedCogroupedKStream,
} from './dsl/cogrouped-kstream.ts';
export type { EmitOptions } from './dsl/emission.ts';
export { GlobalKTable } from './dsl/global-ktable.ts';
export { KGroupedStream } from './dsl/kgrouped-stream.ts';
export { KGroupedTable } from './dsl/kgrouped-table.ts';
export { KStream, type ValueJoiner } from './dsl/kstream.ts';
export { KTable, type ValueTransformerContext, type ValueTransformerWithKey } from './dsl/ktable.ts';
export type {
  Branched,
  Consumed,
  Grouped,
  Joined,
  Materialized,
  Named,
  Printed,
  Produced,
  Repartitioned,
  StreamJoined,
  TableOptions,
  WindowedOptions,
} from './dsl/options.ts';
export { SessionWindowedKStream } from './dsl/session-windowed-kstream.ts';
export { StreamsBuilder, type StreamsBuilderOptions } from './dsl/streams-builder.ts';
export { type BufferLimits, Suppressed, type TimeLimitOptions } from './dsl/suppressed.ts';
export { TimeWindowedKStream } from './dsl/time-windowed-kstream.ts';
export { javaClassOf, StreamsError, type StreamsErrorCode } from './errors.ts';
export type { EmitStrategy } from './graph/nodes.ts';
export type { Optimization } from './graph/rewrites/rewrites.ts';
export type { TopologyOptions } from './graph/to-topology.ts';
export type { DurationMs } from './lib/duration.ts';
export type { LiveEvent, LiveOptions, LivePosition } from './query/live-query.ts';
export { mergePositions, type Position } from './query/position.ts';
export {
  type FailureReason,
  type QueryFailure,
  type QueryResult,
  type QuerySuccess,
  StateQueryResult,
} from './query/query-result.ts';
export {
  type CountQuery,
  countQuery,
  type KeyQuery,
  keyQuery,
  type MultiVersionedKeyQuery,
  multiVersionedKeyQuery,
  type Query,
  type QueryRows,
  type RangeQuery,
  type ResultOrder,
  rangeQuery,
  type SessionKeyQuery,
  type StateQuery,
  type StateQueryRequest,
  sessionKeyQuery,
  type TimestampedKeyQuery,
  type TimestampedRangeQuery,
  timestampedKeyQuery,
  timestampedRangeQuery,
  type VersionedKeyQuery,
  versionedKeyQuery,
  type WindowKeyQuery,
  type WindowRangeQuery,
  windowKeyQuery,
  windowRangeQuery,
} from './query/state-query.ts';
export type { StoreHandle } from './query/store-handle.ts';
export type { StoreLag } from './query/store-lag.ts';
export type { StorePartitions } from './query/store-partitions.ts';
export type { KeyPlacing, KeyQueryMetadata, StreamsMetadata } from './query/streams-metadata.ts';
export type { KafkaStreamsState, StateListener } from './runtime/client-state.ts';
export type {
  KafkaStreamsOptions,
  UncaughtExceptionAnswer,
  UncaughtExceptionHandler,
} from './runtime/config/options.ts';
export { KafkaStreams } from './runtime/kafka-streams.ts';
export type { Metric } from './runtime/loop/metrics.ts';
export type { SchemaKind, SchemaRegistry, SchemaText } from './serdes/registry/schema-registry.ts';
export type { Plain, ReadingForAll, Serde } from './serdes/serde.ts';
export { Serdes } from './serdes/serdes.ts';
export { sessionWindowedSerde, timeWindowedSerde, type WindowedSerde } from './serdes/windowed.ts';
export type { StandbySuspension, StandbyUpdateListener } from './state/changelog-follower.ts';
export type { Header, RecordMetadata } from './state/record-context.ts';
export type { RestoreListener } from './state/restore.ts';
export { Stores } from './state/store-factories.ts';
export type { StoreEngineKind, StoreSpec } from './state/store-spec.ts';
export type {
  KeyValueStore,
  ReadOnlyKeyValueStore,
  ReadOnlySessionStore,
  ReadOnlyWindowStore,
  SessionStore,
  StateStore,
  TimestampedKeyValueStore,
  TimestampedWindowStore,
  ValueAndTimestamp,
  VersionedKeyValueStore,
  VersionedRecord,
  Window,
  Windowed,
  WindowStore,
} from './state/stores.ts';
export {
  continueOnError,
  type DeadLetter,
  type DeserializationHandler,
  deadLettersOf,
  type FailureContext,
  type FailureHandlers,
  failOnError,
  type HandlerAnswer,
  type ProcessingHandler,
  type ProductionAnswer,
  type ProductionHandler,
} from './task/handlers.ts';
export type {
  ExtractableRecord,
  OffsetReset,
  StreamPartitioner,
  TimestampExtractor,
  TopicNameExtractor,
} from './topology/node-specs.ts';
export {
  type Cancellable,
  type FixedKeyProcessor,
  type FixedKeyProcessorContext,
  type FixedKeyProcessorSupplier,
  FixedKeyRecord,
  type Processor,
  type ProcessorContext,
  type ProcessorSupplier,
  type PunctuationType,
  type Punctuator,
  Record,
  type RecordView,
} from './topology/processor-api.ts';
export { type SinkOptions, type SourceOptions, Topology } from './topology/topology.ts';
export { JoinWindows } from './windows/join-windows.ts';
export { SessionWindows } from './windows/session-windows.ts';
export { SlidingWindows } from './windows/sliding-windows.ts';
export { TimeWindows } from './windows/time-windows.ts';
export { UNLIMITED_END_MS, UnlimitedWindows } from './windows/unlimited-windows.ts';
