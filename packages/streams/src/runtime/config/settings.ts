import type { IsolationLevel } from '@millrace/client';
import type { OffsetReset } from '../../topology/node-specs.ts';

/** What an application can be told, beside the objects that it hands over. */
export type StreamsSettings = {
  /** Names the group, the internal topics and the state folder; the same for all instances (`application.id`). */
  readonly applicationId: string;
  /** The folder of all applications' state (`state.dir`). Default: `millrace-streams` among the temporary files. */
  readonly stateDir?: string;
  /** Threads of a topology that is given as a module (`num.stream.threads`); an object has one. Default: 1. */
  readonly numStreamThreads?: number;
  /**
   * Copies of the state of each task, kept up to date on other instances (`num.standby.replicas`): where the task's
   * instance ends, it goes on there at once. Default: 0.
   */
  readonly numStandbyReplicas?: number;
  /**
   * A task with state goes to an instance only when that has a copy of it which is behind by no more offsets, unless
   * nobody has one (`acceptable.recovery.lag`, KIP-441). Default: 10000.
   */
  readonly acceptableRecoveryLag?: number;
  /** Copies that are made at a time of tasks that are to move (`max.warmup.replicas`). Default: 2. */
  readonly maxWarmupReplicas?: number;
  /** How often state and offsets are committed (`commit.interval.ms`). Default: 30 s; exactly once 100 ms. */
  readonly commitIntervalMs?: number;
  /**
   * `processing.guarantee`. Default: `at_least_once`. With `exactly_once_v2` (KIP-447) what a commit covers –
   * records, state and offsets – counts once, whatever fails, for readers of committed records.
   */
  readonly processingGuarantee?: 'at_least_once' | 'exactly_once_v2';
  /** How long records are tried to be delivered before that has failed (`delivery.timeout.ms`). Default: 2 min. */
  readonly deliveryTimeoutMs?: number;
  /** After this time a broker takes an open transaction back (`transaction.timeout.ms`). Default: 10 s. */
  readonly transactionTimeoutMs?: number;
  /**
   * Whether records of transactions that were not committed are read (`isolation.level`). Default: they are; exactly
   * once they never are.
   */
  readonly isolationLevel?: IsolationLevel;
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
  /**
   * How often processed records of repartition topics are deleted (`repartition.purge.interval.ms`). Default: 30 s.
   */
  readonly repartitionPurgeIntervalMs?: number;
  /** Uncommitted state in memory at which a commit comes early. Default: 64 MiB. */
  readonly uncommittedBytesMax?: number;
  /** `session.timeout.ms` of the group. Default: 45 s. */
  readonly sessionTimeoutMs?: number;
  /** `heartbeat.interval.ms` of the group. Default: 3 s. */
  readonly heartbeatIntervalMs?: number;
  /**
   * Makes the members of this instance outlive a restart within `sessionTimeoutMs`: nothing is shared out anew
   * (KIP-345, `group.instance.id`; the thread's number is added). Every instance needs one of its own. Default: none.
   */
  readonly groupInstanceId?: string;
  /**
   * How long a task is tried again that brokers do not answer for; others go on (`task.timeout.ms`). Default: 5 min.
   */
  readonly taskTimeoutMs?: number;
  /** How often topics are looked for that a source's pattern matches (`metadata.max.age.ms`). Default: 5 min. */
  readonly metadataMaxAgeMs?: number;
  /** How long the loop works before it lets sockets and timers have a turn. Default: 5. */
  readonly sliceMs?: number;
  /**
   * The topic that handlers send failed records to, with headers that say what happened (KIP-1034,
   * `errors.dead.letter.queue.topic.name`). It must exist. Default: none.
   */
  readonly deadLetterTopic?: string;
  /**
   * Whether the processing handler decides about global tables, too (KIP-1270,
   * `processing.exception.handler.global.enabled`); without it what fails there ends the thread. Default: false.
   */
  readonly processingExceptionHandlerGlobalEnabled?: boolean;
  /** The least wall-clock time between two emissions of an outer join or of emit-on-close. Default: 1 s. */
  readonly emitIntervalMs?: number;
};
