import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, type Logger, silentLogger, systemClock } from '@millrace/base';
import type { Client, ClientOptions } from '@millrace/client';
import { illegalArgument } from '../errors.ts';
import type { RestoreListener } from '../state/restore.ts';
import { DEFAULT_HANDLERS, type FailureHandlers } from '../task/handlers.ts';
import type { OffsetReset } from '../topology/node-specs.ts';
import { fromKafkaNames } from './kafka-names.ts';

/** What to do with an exception that no other handler took: end this instance, or go on with a new thread. */
export type UncaughtExceptionAnswer = 'SHUTDOWN_CLIENT' | 'REPLACE_THREAD';
export type UncaughtExceptionHandler = (error: unknown) => UncaughtExceptionAnswer;

type Wire =
  | { readonly client: Client; readonly bootstrapServers?: never; readonly dial?: never }
  | ({ readonly client?: never } & ClientOptions);

export type StreamsSettings = {
  /** Names the group, the internal topics and the state folder; the same for all instances (`application.id`). */
  readonly applicationId: string;
  /** The folder of all applications' state (`state.dir`). Default: `millrace-streams` among the temporary files. */
  readonly stateDir?: string;
  /** More than one needs a topology that is given as a module (`num.stream.threads`). Default: 1. */
  readonly numStreamThreads?: number;
  /** How often state and offsets are committed (`commit.interval.ms`). Default: 30 s. */
  readonly commitIntervalMs?: number;
  /** `processing.guarantee`. Default: `at_least_once`, the only one yet. */
  readonly processingGuarantee?: 'at_least_once' | 'exactly_once_v2';
  /** One bound over all record caches (`statestore.cache.max.bytes`); 0 turns caching off. Default: 10 MiB. */
  readonly stateStoreCacheMaxBytes?: number;
  /**
   * How long a task waits for records of an empty partition before it takes later ones of another
   * (`max.task.idle.ms`). Default: 0.
   */
  readonly maxTaskIdleMs?: number;
  /** Records that a partition may queue before it is paused (`buffered.records.per.partition`). Default: 1000. */
  readonly bufferedRecordsPerPartition?: number;
  /** How long to wait for records when there is nothing else to do (`poll.ms`). Default: 100. */
  readonly pollMs?: number;
  /** `host:port` under which others can query this instance (`application.server`). */
  readonly applicationServer?: string;
  /** Of internal topics (`replication.factor`). Default: −1, the broker's. */
  readonly replicationFactor?: number;
  /** Where a source without an own setting begins (`auto.offset.reset`). Default: `earliest`. */
  readonly autoOffsetReset?: Exclude<OffsetReset, object>;
  /** How long the folder of a task that moved away is kept (`state.cleanup.delay.ms`). Default: 10 min. */
  readonly stateCleanupDelayMs?: number;
  /** How often processed records of repartition topics are deleted (`repartition.purge.interval.ms`). Default: 30 s. */
  readonly repartitionPurgeIntervalMs?: number;
  /** Uncommitted state in memory at which a commit comes early. Default: 64 MiB. */
  readonly uncommittedBytesMax?: number;
  /** `session.timeout.ms` of the group. Default: 45 s. */
  readonly sessionTimeoutMs?: number;
  /** `heartbeat.interval.ms` of the group. Default: 3 s. */
  readonly heartbeatIntervalMs?: number;
  /** How often topics are looked for that a source's pattern matches (`metadata.max.age.ms`). Default: 5 min. */
  readonly metadataMaxAgeMs?: number;
  /** How long the loop works before it lets sockets and timers have a turn. Default: 5. */
  readonly sliceMs?: number;
  /**
   * The topic that handlers send failed records to, with headers that say what happened (KIP-1034,
   * `errors.dead.letter.queue.topic.name`). It must exist. Default: none.
   */
  readonly deadLetterTopic?: string;
  /** The least wall-clock time between two emissions of an outer join or of emit-on-close. Default: 1 s. */
  readonly emitIntervalMs?: number;
};

export type KafkaStreamsOptions = StreamsSettings & {
  /** Settings under Kafka's names, as strings; the camel-case ones win. */
  readonly config?: Readonly<Record<string, string>>;
  readonly uncaughtExceptionHandler?: UncaughtExceptionHandler;
  /** What to do about records that can't be read, processed or written. Default: end with the failure. */
  readonly handlers?: Partial<FailureHandlers>;
  readonly restoreListener?: RestoreListener;
  readonly logger?: Logger;
  readonly clock?: Clock;
} & Partial<Wire>;

/** The settings with their defaults: one place, and nothing optional behind it. */
export type RuntimeConfig = Required<Omit<StreamsSettings, 'applicationServer' | 'deadLetterTopic'>> & {
  readonly applicationServer: string | null;
  readonly deadLetterTopic: string | null;
  readonly uncaughtExceptionHandler: UncaughtExceptionHandler;
  readonly handlers: FailureHandlers;
  readonly restoreListener: RestoreListener;
  readonly logger: Logger;
  readonly clock: Clock;
};

const DEFAULTS: Omit<RuntimeConfig, 'applicationId'> = {
  stateDir: join(tmpdir(), 'millrace-streams'),
  numStreamThreads: 1,
  commitIntervalMs: 30_000,
  processingGuarantee: 'at_least_once',
  stateStoreCacheMaxBytes: 10 * 1024 * 1024,
  maxTaskIdleMs: 0,
  bufferedRecordsPerPartition: 1_000,
  pollMs: 100,
  applicationServer: null,
  replicationFactor: -1,
  autoOffsetReset: 'earliest',
  stateCleanupDelayMs: 600_000,
  repartitionPurgeIntervalMs: 30_000,
  uncommittedBytesMax: 64 * 1024 * 1024,
  sessionTimeoutMs: 45_000,
  heartbeatIntervalMs: 3_000,
  metadataMaxAgeMs: 300_000,
  sliceMs: 5,
  deadLetterTopic: null,
  emitIntervalMs: 1_000,
  uncaughtExceptionHandler: () => 'SHUTDOWN_CLIENT',
  handlers: DEFAULT_HANDLERS,
  restoreListener: {},
  logger: silentLogger,
  clock: systemClock,
};

/** @throws MillraceError `INVALID_ARGUMENT` for what is missing or cannot be. */
export function resolveOptions(options: KafkaStreamsOptions): RuntimeConfig {
  const named = options.config === undefined ? {} : fromKafkaNames(options.config);
  const { applicationId, ...config } = { ...DEFAULTS, ...named, ...definedOf(options) };
  if (applicationId === undefined || !/^[\w.-]{1,200}$/.test(applicationId)) {
    throw illegalArgument(
      `applicationId must be letters, digits, '.', '_' and '-', not ${JSON.stringify(applicationId)}: it names topics`,
    );
  }
  if (config.processingGuarantee !== 'at_least_once') {
    throw illegalArgument(
      `processingGuarantee ${config.processingGuarantee} is not built yet: at_least_once is what there is`,
    );
  }
  if (config.numStreamThreads !== 1) {
    throw illegalArgument(
      `numStreamThreads is ${config.numStreamThreads}, but functions cannot be sent to another thread: with a topology ` +
        'object there is one. Run more instances of the application instead.',
    );
  }
  return { ...config, applicationId, handlers: { ...DEFAULT_HANDLERS, ...options.handlers } };
}

/** Settings without those that are undefined, which would hide defaults. */
function definedOf(options: KafkaStreamsOptions): Partial<RuntimeConfig> {
  const known = new Set<string>([...Object.keys(DEFAULTS), 'applicationId']);
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => known.has(name) && value !== undefined),
  ) as Partial<RuntimeConfig>;
}
