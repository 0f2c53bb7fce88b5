import { MillraceError, type MillraceErrorOptions } from '@millrace/base';

/**
 * Millrace's codes, each with the Kafka Streams (or Java) class that people know the failure by. The class name is what
 * `error.name` says, so logs and alerts that match on Java's names keep working.
 */
const JAVA_CLASS = {
  /** The topology itself is wrong: names, sources, co-partitioning. */
  TOPOLOGY_INVALID: 'TopologyException',
  /** A user function, a serde or a store failed while a record was processed. */
  STREAMS_FAILED: 'StreamsException',
  INVALID_ARGUMENT: 'IllegalArgumentException',
  INVALID_STATE: 'IllegalStateException',
  DESERIALIZATION_FAILED: 'SerializationException',
  SERIALIZATION_FAILED: 'SerializationException',
  PROCESSOR_STATE_FAILED: 'ProcessorStateException',
  INVALID_STATE_STORE: 'InvalidStateStoreException',
  UNKNOWN_STATE_STORE: 'UnknownStateStoreException',
  TASK_CORRUPTED: 'TaskCorruptedException',
  TASK_MIGRATED: 'TaskMigratedException',
  LOCKED: 'LockException',
  /** An input topic is not there when tasks are shared out. */
  MISSING_SOURCE_TOPIC: 'MissingSourceTopicException',
  /** An instance asked all others to end (`SHUTDOWN_APPLICATION`). */
  SHUTDOWN_REQUESTED: 'StreamsException',
  NULL_ARGUMENT: 'NullPointerException',
} as const;

export type StreamsErrorCode = keyof typeof JAVA_CLASS;

/** An error of Millrace's streams; `code` is stable, `name` is Java's class name for the same failure. */
export class StreamsError extends MillraceError {
  override readonly name: string;

  constructor(code: StreamsErrorCode, message: string, options: MillraceErrorOptions = {}) {
    super(code, message, options);
    this.name = JAVA_CLASS[code];
  }
}

/** The topology cannot be built; says what to change. */
export function topologyError(message: string): StreamsError {
  return new StreamsError('TOPOLOGY_INVALID', `Invalid topology: ${message}`);
}

export function illegalArgument(message: string): StreamsError {
  return new StreamsError('INVALID_ARGUMENT', message);
}

export function illegalState(message: string): StreamsError {
  return new StreamsError('INVALID_STATE', message);
}

const STREAMS_PACKAGE = 'org.apache.kafka.streams.errors.';
const PACKAGES: Readonly<Record<string, string>> = {
  IllegalArgumentException: 'java.lang.',
  IllegalStateException: 'java.lang.',
  NullPointerException: 'java.lang.',
  SerializationException: 'org.apache.kafka.common.errors.',
};

/** The same with its package, as dead letters carry it; a user's own error keeps its own name. */
export function qualifiedJavaClassOf(thrown: unknown): string {
  const name = javaClassOf(thrown);
  return thrown instanceof MillraceError ? (PACKAGES[name] ?? STREAMS_PACKAGE) + name : name;
}

/** The Kafka Streams class name of anything that was thrown, for reports that people compare with Java's. */
export function javaClassOf(thrown: unknown): string {
  if (thrown instanceof MillraceError && thrown.code in JAVA_CLASS) return JAVA_CLASS[thrown.code as StreamsErrorCode];
  return thrown instanceof Error ? thrown.name : 'Error';
}
