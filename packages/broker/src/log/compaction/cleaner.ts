import { type Clock, describeError, type Logger, MillraceError, type Random, type Timer } from '@millrace/base';
import type { Files } from '../../storage/files.ts';
import { readOffsetCheckpoint, writeOffsetCheckpoint } from '../checkpoints.ts';
import type { PartitionLog } from '../partition-log.ts';
import { type Cleanable, findCleanable, isWorthCleaning } from './cleanable.ts';
import { CompactionStopped, compactLog } from './compact-log.ts';

/** Waits shorter than this are put together: a timer costs more. */
const THROTTLE_MS_MIN = 5;

/** How the cleaner goes about its work; asked for anew each time, for it may change while it runs. */
export type CleanerConfig = {
  readonly isEnabled: boolean;
  /** How long to wait when there was nothing to do. */
  readonly backoffMs: number;
  readonly memoryBytesMax: number;
  readonly bytesPerSecondMax: number;
};

export type LogCleanerOptions = {
  readonly files: Files;
  readonly clock: Clock;
  /** The time that tombstones and lags go by. */
  readonly nowMs: () => number;
  readonly logger: Logger;
  readonly random: Random;
  readonly config: () => CleanerConfig;
  /** The logs of compacted topics that may have something to clean. */
  readonly logs: () => readonly PartitionLog[];
  /** Called before a log is compacted. */
  readonly prepare: () => void;
  /** Where it is kept how far each log is clean, in Kafka's format. */
  readonly checkpointPath: string;
};

/** Compacts the logs of a broker, one after the other, the dirtiest first. */
export class LogCleaner {
  readonly #options: LogCleanerOptions;
  readonly #cleanedOffsets: Map<string, number>;
  /** Logs in which damage was found: cleaning them again would only find it again. */
  readonly #damaged = new Set<string>();
  #timer: Timer | null = null;
  #round: Promise<void> | null = null;
  #isStopped = false;
  /** Ends the wait of the throttle. */
  #goOn: () => void = () => {};
  #throttledMs = 0;

  constructor(options: LogCleanerOptions) {
    this.#options = options;
    this.#cleanedOffsets = readOffsetCheckpoint(options.files, options.checkpointPath);
  }

  /** Looks for work from now on, each time when there was none for a while. */
  start(): void {
    if (this.#isStopped) return;
    const { clock, config, logger } = this.#options;
    this.#timer = clock.setTimer(config().backoffMs, () => {
      this.#round = this.cleanAll()
        .catch((error) => logger.error('compaction failed', { error: describeError(error) }))
        .finally(() => this.start());
    });
  }

  /** Ends what it is at, without waiting for the end of the log, and begins nothing any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.clear();
    this.#goOn();
    await this.#round;
  }

  /** The log of a partition is gone, and with it what was known of it. */
  forget(name: string): void {
    this.#cleanedOffsets.delete(name);
    this.#damaged.delete(name);
  }

  /** Cleans until no log is worth it. */
  async cleanAll(): Promise<void> {
    if (!this.#options.config().isEnabled) return;
    await this.#syncClosed();
    while (!this.#isStopped && this.#options.config().isEnabled) {
      const dirtiest = this.#dirtiest();
      if (dirtiest === null) return;
      await this.#clean(dirtiest.log, dirtiest.cleanable);
    }
  }

  /** Only what is on the device is compacted, and nobody may have synced what a killed broker left. */
  async #syncClosed(): Promise<void> {
    for (const log of this.#options.logs()) {
      const { active, recoveryPoint } = log;
      if (log.isOnline && !this.#isStopped && recoveryPoint < active.baseOffset) await log.flush();
    }
  }

  #dirtiest(): { readonly log: PartitionLog; readonly cleanable: Cleanable } | null {
    const nowMs = this.#options.nowMs();
    let dirtiest: { readonly log: PartitionLog; readonly cleanable: Cleanable } | null = null;
    for (const log of this.#options.logs()) {
      if (this.#damaged.has(log.name) || !log.isOnline) continue;
      const cleanable = findCleanable(log, this.#cleanedOffset(log), nowMs);
      if (!isWorthCleaning(cleanable, log.config)) continue;
      if (dirtiest === null || cleanable.dirtyRatio > dirtiest.cleanable.dirtyRatio) dirtiest = { log, cleanable };
    }
    return dirtiest;
  }

  async #clean(log: PartitionLog, cleanable: Cleanable): Promise<void> {
    const { nowMs, logger, random, config } = this.#options;
    const sizeBytes = log.sizeBytes;
    this.#options.prepare();
    try {
      const cleanedOffset = await compactLog(log, cleanable, {
        nowMs: nowMs(),
        memoryBytesMax: config().memoryBytesMax,
        seed: random.int(2 ** 31),
        breathe: (bytes) => this.#breathe(bytes),
      });
      this.#cleanedOffsets.set(log.name, cleanedOffset);
      this.#saveCheckpoint();
      logger.debug('compacted', { partition: log.name, cleanedOffset, before: sizeBytes, after: log.sizeBytes });
    } catch (error) {
      if (error instanceof CompactionStopped || !log.isOnline) return;
      // A full disk gets room again; damaged batches stay as they are.
      if (!(error instanceof MillraceError)) throw error;
      this.#damaged.add(log.name);
      logger.error('a damaged log is not compacted any more', { partition: log.name, error: describeError(error) });
    }
  }

  /** Up to where a log is clean; one that lost its end since is not clean anywhere. */
  #cleanedOffset(log: PartitionLog): number {
    const offset = this.#cleanedOffsets.get(log.name) ?? 0;
    return offset > log.logEndOffset ? 0 : offset;
  }

  async #breathe(bytes: number): Promise<void> {
    const { clock, config } = this.#options;
    this.#throttledMs += (bytes / config().bytesPerSecondMax) * 1000;
    if (this.#throttledMs >= THROTTLE_MS_MIN) {
      const delayMs = this.#throttledMs;
      this.#throttledMs = 0;
      await new Promise<void>((resolve) => {
        this.#goOn = resolve;
        clock.setTimer(delayMs, resolve);
      });
    } else {
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    if (this.#isStopped) throw new CompactionStopped();
  }

  #saveCheckpoint(): void {
    const { files, checkpointPath } = this.#options;
    writeOffsetCheckpoint(files, checkpointPath, this.#cleanedOffsets, { sync: false });
  }
}
