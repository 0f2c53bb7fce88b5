import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeError, type Random, type Timer } from '@millrace/base';
import type { Volume } from '../storage/files.ts';
import { parsePartitionName, partitionName, type TopicPartition } from './checkpoints.ts';
import { type CleanerConfig, LogCleaner } from './compaction/cleaner.ts';
import { LogCheckpoints } from './log-checkpoints.ts';
import type { LogConfig } from './log-config.ts';
import type { LogServices } from './log-options.ts';
import { PartitionFolders } from './partition-folders.ts';
import { PartitionLog } from './partition-log.ts';
import { SteadyTime } from './steady-time.ts';

const CLEAN_STOP_FILE = '.kafka_cleanshutdown';
const CLEANER_CHECKPOINT = 'cleaner-offset-checkpoint';
/** Logs that retention looks at in one turn of the loop. */
const LOGS_PER_SLICE = 20;

/** How long the recovery points wait that moved because a segment was closed: for those of other logs. */
const RECOVERY_POINTS_DELAY_MS = 1000;

export type LogManagerOptions = {
  readonly services: LogServices;
  /** The data folder; each partition has a folder in it. */
  readonly folder: string;
  readonly leaderEpoch: number;
  /** How often retention is looked at. */
  readonly retentionCheckIntervalMs: number;
  /** How often recovery points reach the disk. */
  readonly checkpointIntervalMs: number;
  readonly producerIdExpirationMs: number;
  readonly cleaner: () => CleanerConfig;
  readonly random: Random;
};

/** A partition that exists, with what its log must know. */
export type KnownPartition = TopicPartition & { readonly topicId: string; readonly config: LogConfig };

/** What the manager is told about topics: which partition exists, and its config now. */
export type PartitionDirectory = {
  find(topic: string, partition: number): KnownPartition | null;
  all(): Iterable<KnownPartition>;
};

/**
 * All logs of a broker. A log is opened when it is first used, so that thousands of partitions cost nothing at start;
 * after a crash all are opened at once, since each must be checked before it may be called clean again.
 */
export class LogManager {
  readonly #services: LogServices;
  readonly #options: LogManagerOptions;
  readonly #directory: PartitionDirectory;
  readonly #folders: PartitionFolders;
  readonly #cleaner: LogCleaner;
  readonly #logs = new Map<string, PartitionLog>();
  readonly #checkpoints: LogCheckpoints;
  readonly #time: SteadyTime;
  /** Saves recovery points soon. */
  #savingSoon: Timer | null = null;
  readonly #timers: Timer[] = [];
  /** Partitions that could not be opened. */
  readonly #damaged = new Set<string>();
  /** Those of them that still need their recovery; damage that a clean stop left behind is nothing to recover from. */
  readonly #unrecovered = new Set<string>();
  /** Partitions that are not open, and were seen to have nothing to compact. */
  readonly #uncompactable = new Set<string>();
  #isClean: boolean;
  #isClosed = false;

  constructor(options: LogManagerOptions, directory: PartitionDirectory) {
    this.#options = options;
    this.#services = options.services;
    this.#directory = directory;
    const { files } = options.services;
    this.#folders = new PartitionFolders(files, options.folder);
    this.#cleaner = new LogCleaner({
      ...options.services,
      nowMs: () => this.#time.nowMs(),
      random: options.random,
      config: options.cleaner,
      logs: () => this.#compactedLogs(),
      // What compaction takes away below the recovery point is no hole, so that point must be known first.
      prepare: () => this.#checkpoints.saveRecoveryPoints(this.#logs.values(), { sync: true }),
      checkpointPath: this.#path(CLEANER_CHECKPOINT),
    });
    this.#isClean = files.exists(this.#path(CLEAN_STOP_FILE));
    this.#checkpoints = new LogCheckpoints(files, options.folder);
    this.#time = new SteadyTime(options.services.clock);
  }

  /** Whether the last broker on this folder stopped in good order, or there was none. */
  static wasStoppedCleanly(services: Pick<LogServices, 'files'>, folder: string): boolean {
    const names = services.files.list(folder);
    return names.includes(CLEAN_STOP_FILE) || !names.some((name) => parsePartitionName(name) !== null);
  }

  get folder(): string {
    return this.#options.folder;
  }

  volume(): Volume {
    return this.#services.files.volume(this.#options.folder);
  }

  /** The logs that are open, those that failed since included. */
  allOpened(): Iterable<PartitionLog> {
    return this.#logs.values();
  }

  /** A log if it is open; asking opens none. */
  opened(topic: string, partition: number): PartitionLog | null {
    return this.#logs.get(partitionName(topic, partition)) ?? null;
  }

  /** Names of partitions that could not be opened. */
  get damaged(): Iterable<string> {
    return this.#damaged;
  }

  /** Removes what deleted topics left, recovers after a crash, and starts the regular work. */
  async start(onRecovered: (done: number, total: number) => void = () => {}): Promise<void> {
    const topicIdOf = ({ topic, partition }: TopicPartition) => this.#directory.find(topic, partition)?.topicId ?? null;
    this.#folders.removeStrays(topicIdOf, this.#services.logger);
    if (!this.#isClean) await this.#recoverAll([...this.#directory.all()], onRecovered);
    this.#services.files.remove(this.#path(CLEAN_STOP_FILE));
    this.#repeat(this.#options.retentionCheckIntervalMs, () => this.#retainInSlices([...this.#directory.all()]));
    this.#repeat(this.#options.checkpointIntervalMs, () => this.#checkpoints.saveRecoveryPoints(this.#logs.values()));
    this.#cleaner.start();
  }

  /** The log of a partition, opened if need be; null when there is no such partition. */
  get(topic: string, partition: number): PartitionLog | null {
    return this.#logs.get(partitionName(topic, partition)) ?? this.#open(topic, partition);
  }

  /** The same, but null also for a partition that was never used: nothing is made for it. */
  find(topic: string, partition: number): PartitionLog | null {
    const name = partitionName(topic, partition);
    const isThere = this.#logs.has(name) || this.#folders.exists(name);
    return isThere ? this.get(topic, partition) : null;
  }

  /** Takes over changed configs of a topic. */
  configure(topic: string): void {
    for (const log of this.#logs.values()) {
      if (log.topic !== topic) continue;
      const known = this.#directory.find(topic, log.partition);
      if (known !== null) log.config = known.config;
    }
  }

  /** Removes the logs of a deleted topic. */
  delete(topic: string, partitionCount: number): void {
    for (let partition = 0; partition < partitionCount; partition++) {
      const name = partitionName(topic, partition);
      this.#logs.get(name)?.abandon();
      this.#logs.delete(name);
      this.#checkpoints.forget(name);
      this.#cleaner.forget(name);
      this.#folders.remove(name);
    }
  }

  /** Makes everything before an offset unreadable, for good: the new start is on the device when this returns. */
  deleteRecordsBefore(log: PartitionLog, offset: number): void {
    log.deleteRecordsBefore(offset);
    this.#checkpoints.saveLogStarts([log]);
  }

  /** A few logs at a time: opening thousands of them at once would keep every client waiting. */
  #retainInSlices(partitions: readonly KnownPartition[]): void {
    if (this.#isClosed || partitions.length === 0) return;
    this.#applyRetention(partitions.slice(0, LOGS_PER_SLICE));
    setImmediate(() => this.#retainInSlices(partitions.slice(LOGS_PER_SLICE)));
  }

  #applyRetention(partitions: readonly KnownPartition[]): void {
    const moved: PartitionLog[] = [];
    const nowMs = this.#time.nowMs();
    for (const { topic, partition } of partitions) {
      const name = partitionName(topic, partition);
      const wasOpen = this.#logs.has(name);
      const log = this.#openQuietly(topic, partition);
      if (log === null || !log.isOnline) continue;
      log.expireProducers(nowMs - this.#options.producerIdExpirationMs);
      try {
        if (log.applyRetention(nowMs)) moved.push(log);
      } catch (error) {
        this.#services.logger.error('retention failed', { partition: name, error: describeError(error) });
      }
      // Thousands of logs that nobody uses are not to stay in memory for having been looked at.
      if (!wasOpen && log.closeUnwritten()) this.#logs.delete(name);
    }
    if (moved.length > 0) this.#checkpoints.saveLogStarts(moved);
  }

  /** Stores everything and marks the folder as clean. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers.splice(0)) timer.clear();
    this.#savingSoon?.clear();
    await this.#cleaner.stop();
    const logs = [...this.#logs.values()];
    // Nobody knows what is in the files of a log that failed: the next start must look.
    const isWhole = this.#unrecovered.size === 0 && logs.every((log) => log.isOnline);
    const results = await Promise.allSettled(logs.map((log) => log.close()));
    const failed = results.filter((result) => result.status === 'rejected');
    for (const result of failed) this.#services.logger.error('a log did not close', { error: String(result.reason) });
    try {
      this.#checkpoints.saveRecoveryPoints(logs);
      if (failed.length === 0 && isWhole)
        this.#services.files.replace(this.#path(CLEAN_STOP_FILE), Buffer.from('{"version":0}'));
    } catch (error) {
      // A full disk, say: the next start recovers what is not marked as clean.
      this.#services.logger.error('the folder could not be marked as clean', { error: describeError(error) });
    }
    this.#logs.clear();
  }

  /** In slices, so that who asks how far it is gets an answer. */
  async #recoverAll(partitions: readonly KnownPartition[], onRecovered: (done: number, total: number) => void) {
    const { clock, logger } = this.#services;
    const startMs = clock.monotonicMs();
    for (const [index, { topic, partition }] of partitions.entries()) {
      onRecovered(index, partitions.length);
      if (index % LOGS_PER_SLICE === 0) await nextTurn();
      this.#openQuietly(topic, partition);
    }
    this.#isClean = true;
    // A fresh folder has no mark of a clean stop either.
    if (partitions.length === 0) return;
    const durationMs = Math.round(clock.monotonicMs() - startMs);
    logger.info('recovered after an unclean stop', { partitions: partitions.length, durationMs });
  }

  /** A partition that can't be opened stays offline, and is tried again when it is used; the others go on. */
  #openQuietly(topic: string, partition: number): PartitionLog | null {
    try {
      return this.find(topic, partition);
    } catch (error) {
      const name = partitionName(topic, partition);
      this.#damaged.add(name);
      if (!this.#isClean) this.#unrecovered.add(name);
      this.#services.logger.error('a partition could not be opened', { partition: name, error: describeError(error) });
      return null;
    }
  }

  #open(topic: string, partition: number): PartitionLog | null {
    const known = this.#directory.find(topic, partition);
    if (known === null) return null;
    const name = partitionName(topic, partition);
    const log = PartitionLog.open(this.#services, {
      topic,
      partition,
      folder: this.#folders.path(name),
      config: known.config,
      leaderEpoch: this.#options.leaderEpoch,
      recoveryPoint: this.#checkpoints.recoveryPoint(name),
      logStartOffset: this.#checkpoints.logStartOffset(name),
      onSegmentSynced: () => this.#saveRecoveryPointsSoon(),
      isClean: this.#isClean && !this.#unrecovered.has(name),
    });
    this.#folders.saveTopicId(name, known.topicId);
    this.#damaged.delete(name);
    this.#unrecovered.delete(name);
    this.#logs.set(name, log);
    return log;
  }

  /** The logs that compaction looks at; one that is not open does not change, and is looked at once. */
  #compactedLogs(): PartitionLog[] {
    const logs: PartitionLog[] = [];
    for (const { topic, partition, config } of this.#directory.all()) {
      if (!config.isCompacted) continue;
      const name = partitionName(topic, partition);
      let log = this.#logs.get(name) ?? null;
      if (log === null && !this.#uncompactable.has(name)) {
        // The active segment is not compacted: with no other there is nothing to do.
        if (this.#folders.segmentCount(name) > 1) log = this.#openQuietly(topic, partition);
        else this.#uncompactable.add(name);
      }
      if (log !== null) logs.push(log);
    }
    return logs;
  }

  #saveRecoveryPointsSoon(): void {
    if (this.#isClosed) return;
    this.#savingSoon ??= this.#services.clock.setTimer(RECOVERY_POINTS_DELAY_MS, () => {
      this.#savingSoon = null;
      this.#carefully(() => this.#checkpoints.saveRecoveryPoints(this.#logs.values()));
    });
  }

  /** Work that nobody waits for: a full disk must not end the process. */
  #carefully(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#services.logger.error('regular work on the logs failed', { error: describeError(error) });
    }
  }

  #repeat(intervalMs: number, run: () => void): void {
    const slot = this.#timers.length;
    const again = (): void => {
      this.#timers[slot] = this.#services.clock.setTimer(intervalMs, () => {
        this.#carefully(run);
        if (this.#timers.length > slot) again();
      });
    };
    again();
  }

  #path(name: string): string {
    return path.join(this.#options.folder, name);
  }
}
