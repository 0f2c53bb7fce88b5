import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, type Logger, silentLogger, systemClock } from '@millrace/base';
import type { Client, ClientOptions } from '@millrace/client';
import { illegalArgument } from '../../errors.ts';
import type { StandbyUpdateListener } from '../../state/changelog-follower.ts';
import type { RestoreListener } from '../../state/restore.ts';
import { DEFAULT_HANDLERS, type FailureHandlers } from '../../task/handlers.ts';
import { fromKafkaNames } from './kafka-names.ts';
import type { StreamsSettings } from './settings.ts';

/**
 * What to do with an exception that no other handler took: end this instance, go on with a new thread, or end all
 * instances of the application.
 */
export type UncaughtExceptionAnswer = 'SHUTDOWN_CLIENT' | 'REPLACE_THREAD' | 'SHUTDOWN_APPLICATION';
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
  readonly standbyUpdateListener?: StandbyUpdateListener;
  readonly logger?: Logger;
  readonly clock?: Clock;
} & Partial<Wire>;

/** The settings with their defaults: one place, and nothing optional behind it. */
export type RuntimeConfig = Required<
  Omit<StreamsSettings, 'applicationServer' | 'deadLetterTopic' | 'groupInstanceId'>
> & {
  readonly applicationServer: string | null;
  readonly groupInstanceId: string | null;
  readonly deadLetterTopic: string | null;
  readonly uncaughtExceptionHandler: UncaughtExceptionHandler;
  readonly handlers: FailureHandlers;
  readonly restoreListener: RestoreListener;
  readonly standbyUpdateListener: StandbyUpdateListener;
  readonly logger: Logger;
  readonly clock: Clock;
};

const DEFAULTS: Omit<RuntimeConfig, 'applicationId'> = {
  stateDir: join(tmpdir(), 'millrace-streams'),
  numStreamThreads: 1,
  numStandbyReplicas: 0,
  acceptableRecoveryLag: 10_000,
  maxWarmupReplicas: 2,
  commitIntervalMs: 30_000,
  processingGuarantee: 'at_least_once',
  transactionTimeoutMs: 10_000,
  deliveryTimeoutMs: 120_000,
  isolationLevel: 'read_uncommitted',
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
  groupInstanceId: null,
  taskTimeoutMs: 300_000,
  metadataMaxAgeMs: 300_000,
  sliceMs: 5,
  deadLetterTopic: null,
  processingExceptionHandlerGlobalEnabled: false,
  emitIntervalMs: 1_000,
  uncaughtExceptionHandler: () => 'SHUTDOWN_CLIENT',
  handlers: DEFAULT_HANDLERS,
  restoreListener: {},
  standbyUpdateListener: {},
  logger: silentLogger,
  clock: systemClock,
};

/** What exactly once has as defaults: records of others' open transactions do not exist yet, and ours are short. */
const EXACTLY_ONCE_DEFAULTS = { commitIntervalMs: 100, isolationLevel: 'read_committed' } as const;

const PROCESSING_GUARANTEES = ['at_least_once', 'exactly_once_v2'] as const;
const ISOLATION_LEVELS = ['read_uncommitted', 'read_committed'] as const;

/** @throws MillraceError `INVALID_ARGUMENT` for what is missing or cannot be. */
export function resolveOptions(options: KafkaStreamsOptions): RuntimeConfig {
  const named = options.config === undefined ? {} : fromKafkaNames(options.config);
  const given = { ...named, ...definedOf(options) };
  const isExactlyOnce = given.processingGuarantee === 'exactly_once_v2';
  const { applicationId, ...config } = { ...DEFAULTS, ...(isExactlyOnce ? EXACTLY_ONCE_DEFAULTS : {}), ...given };
  if (applicationId === undefined || !/^[\w.-]{1,200}$/.test(applicationId)) {
    throw illegalArgument(
      `applicationId must be letters, digits, '.', '_' and '-', not ${JSON.stringify(applicationId)}: it names topics`,
    );
  }
  mustBeOneOf('processing.guarantee', config.processingGuarantee, PROCESSING_GUARANTEES);
  mustBeOneOf('isolation.level', config.isolationLevel, ISOLATION_LEVELS);
  if (!(config.numStreamThreads >= 1)) {
    throw illegalArgument(`numStreamThreads is ${config.numStreamThreads}; an application needs at least one`);
  }
  if (isExactlyOnce) checkExactlyOnce(config);
  return { ...config, applicationId, handlers: { ...DEFAULT_HANDLERS, ...options.handlers } };
}

function checkExactlyOnce({
  isolationLevel,
  transactionTimeoutMs,
  commitIntervalMs,
}: Omit<RuntimeConfig, 'applicationId'>): void {
  if (isolationLevel !== 'read_committed') {
    throw illegalArgument('exactly_once_v2 reads committed records only: leave isolation.level out');
  }
  if (transactionTimeoutMs < commitIntervalMs) {
    throw illegalArgument(
      `Transaction timeout ${transactionTimeoutMs} was set lower than streams commit interval ${commitIntervalMs}. This ` +
        'will cause ongoing transaction always timeout due to inactivity caused by long commit interval. Consider ' +
        'reconfiguring commit interval to match transaction timeout by tuning `commit.interval.ms` config, or increase ' +
        'the transaction timeout to match commit interval by tuning `transaction.timeout.ms`.',
    );
  }
}

/** In the words of Kafka's ConfigDef. */
function mustBeOneOf(setting: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw illegalArgument(
    `Invalid value ${value} for configuration ${setting}: String must be one of: ${allowed.join(', ')}`,
  );
}

/** Settings without those that are undefined, which would hide defaults. */
function definedOf(options: KafkaStreamsOptions): Partial<RuntimeConfig> {
  const known = new Set<string>([...Object.keys(DEFAULTS), 'applicationId']);
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => known.has(name) && value !== undefined),
  ) as Partial<RuntimeConfig>;
}
