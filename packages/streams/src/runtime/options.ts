import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, type Logger, silentLogger, systemClock } from '@millrace/base';
import type { Client, ClientOptions } from '@millrace/client';
import { illegalArgument } from '../errors.ts';
import type { RestoreListener } from '../state/restore.ts';
import { DEFAULT_HANDLERS, type FailureHandlers } from '../task/handlers.ts';
import { fromKafkaNames } from './kafka-names.ts';
import type { StreamsSettings } from './settings.ts';

/** What to do with an exception that no other handler took: end this instance, or go on with a new thread. */
export type UncaughtExceptionAnswer = 'SHUTDOWN_CLIENT' | 'REPLACE_THREAD';
export type UncaughtExceptionHandler = (error: unknown) => UncaughtExceptionAnswer;

type Wire =
  | { readonly client: Client; readonly bootstrapServers?: never; readonly dial?: never }
  | ({ readonly client?: never } & ClientOptions);

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
