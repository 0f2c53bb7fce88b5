import { buildMarkerBatch, type RecordBatchHeader } from '@millrace/protocol';
import { BrokerError } from '../lib/broker-error.ts';
import { saveAbortedCheckpoint } from './aborted-checkpoint.ts';
import { checkSequence } from './check-sequence.ts';
import { partitionName } from './checkpoints.ts';
import { type EpochEnd, LeaderEpochs } from './leader-epochs.ts';
import type { LogConfig } from './log-config.ts';
import { LogHealth } from './log-health.ts';
import type { LogServices, PartitionLogOptions } from './log-options.ts';
import { type LogEnd, LogWriter, type WrittenLog } from './log-writer.ts';
import { restoreProducers, saveProducers } from './producer-snapshots.ts';
import type { ActiveProducer, AppendedBatch, LastRecord, ProducerState } from './producer-state.ts';
import { openLog } from './recovery.ts';
import { expiredSegments } from './retention.ts';
import { mustRoll } from './roll.ts';
import type { Allocate, Segment } from './segment.ts';
import { SegmentList } from './segment-list.ts';
import { stampBatch } from './stamp-batch.ts';
import { type FoundTimestamp, findNewest, findTimestamp } from './timestamp-search.ts';
import type { AbortedTransaction } from './transaction-index.ts';
import { readMarker, type TransactionEnd } from './transaction-marker.ts';
import { type AppendOrigin, validateBatch } from './validate-batch.ts';
import { VisibleEnd } from './visible-end.ts';

/** Whether a reader also wants what transactions in progress wrote, or those that were aborted. */
export type Isolation = 'uncommitted' | 'committed';

const NO_BYTES = new Uint8Array(0);

/** A log without producers gets a snapshot of them from this size on. */
const SCANNED_BYTES_MAX = 1024 * 1024;

export type Appended = {
  readonly baseOffset: number;
  readonly lastOffset: number;
  /** −1 unless the topic uses LogAppendTime. */
  readonly logAppendTimeMs: number;
  readonly isDuplicate: boolean;
};

/**
 * The log of one partition: segments in order, the last of which grows. Appends are checked and get their offsets at once,
 * reach the file at the end of the turn, and become visible when they are durable under the broker's flush policy: what
 * a consumer has seen is never taken back by a kill −9.
 */
export class PartitionLog {
  readonly topic: string;
  readonly partition: number;
  readonly name: string;
  readonly #services: LogServices;
  readonly #folder: string;
  readonly #leaderEpoch: number;
  readonly #onSegmentSynced: () => void;
  readonly #epochs: LeaderEpochs;
  readonly #segments: SegmentList;
  readonly #visible: VisibleEnd;
  readonly #health: LogHealth;
  readonly #writer: LogWriter;
  #config: LogConfig;
  #producers: ProducerState;
  #logStartOffset: number;
  #recoveryPoint: number;
  /** The offset of the next record: everything below it was accepted. */
  #nextOffset: number;

  private constructor(services: LogServices, options: PartitionLogOptions) {
    this.#services = services;
    this.topic = options.topic;
    this.partition = options.partition;
    this.name = partitionName(options.topic, options.partition);
    this.#health = new LogHealth(this.name, services.logger);
    this.#folder = options.folder;
    this.#config = options.config;
    this.#leaderEpoch = options.leaderEpoch;
    this.#onSegmentSynced = options.onSegmentSynced ?? (() => {});
    this.#epochs = new LeaderEpochs(services.files, options.folder);
    const { files, logger } = services;
    const opened = openLog({ ...options, files, logger, epochs: this.#epochs, startOffset: options.logStartOffset });
    this.#segments = new SegmentList(
      {
        files: services.files,
        folder: options.folder,
        indexIntervalBytes: () => this.#config.indexIntervalBytes,
        onDelete: (segment) => this.#writer.forget(segment),
      },
      opened.segments,
    );
    this.#producers = opened.producers;
    this.#nextOffset = opened.nextOffset;
    this.#epochs.truncate(opened.nextOffset);
    this.#logStartOffset = Math.min(Math.max(options.logStartOffset, this.#segments.baseOffset), opened.nextOffset);
    this.#recoveryPoint = options.isClean ? opened.nextOffset : Math.min(options.recoveryPoint, opened.nextOffset);
    if (this.#isShownWhenSynced()) this.#syncRecovered();
    this.#visible = new VisibleEnd(this.#end());
    const unsynced = this.#recoveryPoint < this.#nextOffset ? this.#segments.from(this.#recoveryPoint) : [];
    this.#writer = new LogWriter(services, this.#writtenLog(), { syncedOffset: this.#recoveryPoint, unsynced });
  }

  /** Opens a log and recovers it if need be; makes it when it is missing. */
  static open(services: LogServices, options: PartitionLogOptions): PartitionLog {
    return new PartitionLog(services, options);
  }

  get leaderEpoch(): number {
    return this.#leaderEpoch;
  }

  get logStartOffset(): number {
    return this.#logStartOffset;
  }

  /** The offset after the last visible record. */
  get highWatermark(): number {
    return this.#visible.end.offset;
  }

  /** The offset after the last record that a transaction in progress does not hold back. */
  get lastStableOffset(): number {
    const unstable = this.#producers.firstUnstableOffset(this.highWatermark);
    return Math.min(this.highWatermark, Math.max(unstable, this.#logStartOffset));
  }

  /** The offset after the last accepted record. */
  get logEndOffset(): number {
    return this.#nextOffset;
  }

  /** Below this offset everything is on the device. */
  get recoveryPoint(): number {
    return this.#recoveryPoint;
  }

  get sizeBytes(): number {
    return this.#segments.sizeBytes + this.#writer.pendingBytes;
  }

  /** All bytes that ever became visible: tells a waiting fetch how much came in. */
  get appendedBytes(): number {
    return this.#visible.appendedBytes;
  }

  set config(config: LogConfig) {
    this.#config = config;
  }

  get config(): LogConfig {
    return this.#config;
  }

  /**
   * Takes one record batch: checks it, stamps offset, leader epoch and, if so configured, time into its bytes, which
   * belong to the log until {@link durable} resolves: then it is stored.
   *
   * @throws BrokerError what {@link validateBatch} throws, {@link checkSequence}, `KAFKA_STORAGE_ERROR`.
   */
  append(sent: Uint8Array, origin: AppendOrigin = 'client'): Appended {
    this.#health.check();
    const nowMs = this.#services.clock.wallMs();
    const valid = validateBatch(sent, { config: this.#config, origin, nowMs });
    const earlier = checkSequence(this.#producers, valid.header, this.name);
    if (earlier !== null) return this.#appendedBefore(earlier);
    const isLogAppendTime = this.#config.timestampType === 'LogAppendTime';
    // The time goes under the checksum: a client in this isolate may send the batch again, as it was.
    const bytes = isLogAppendTime ? Buffer.from(valid.bytes) : valid.bytes;
    const header = stampBatch(bytes, valid.header, {
      baseOffset: this.#nextOffset,
      leaderEpoch: this.#leaderEpoch,
      maxTimestamp: isLogAppendTime ? nowMs : valid.maxTimestamp,
      isLogAppendTime,
    });
    const position = this.#positionFor(header);
    const { active } = this.#segments;
    this.#epochs.note(this.#leaderEpoch, header.baseOffset);
    active.noteBatch(header, position);
    const ended = this.#producers.note(header, header.isControl ? readMarker(bytes, 0, header.sizeInBytes) : null);
    if (ended?.isAborted === true) active.transactionIndex.append(ended);
    this.#nextOffset = header.lastOffset + 1;
    this.#writer.add(bytes);
    const logAppendTimeMs = isLogAppendTime ? nowMs : -1;
    return { baseOffset: header.baseOffset, lastOffset: header.lastOffset, logAppendTimeMs, isDuplicate: false };
  }

  /**
   * Ends the transaction that a producer has open here with a marker, and does nothing when it has none. The marker is
   * stored when {@link durable} resolves.
   *
   * @throws BrokerError `INVALID_PRODUCER_EPOCH`, `TRANSACTION_COORDINATOR_FENCED`, `KAFKA_STORAGE_ERROR`.
   */
  endTransaction(end: TransactionEnd): void {
    this.#health.check();
    const check = this.#producers.checkEnd(end);
    if (check === 'stale-epoch') throw new BrokerError('INVALID_PRODUCER_EPOCH');
    if (check === 'fenced') throw new BrokerError('TRANSACTION_COORDINATOR_FENCED');
    if (!this.#producers.isInTransaction(end.producerId)) return;
    this.append(buildMarkerBatch({ ...end, timestamp: this.#services.clock.wallMs() }), 'coordinator');
  }

  /** Whether a producer has a transaction of this epoch open here. */
  isInTransaction(producerId: number, producerEpoch: number): boolean {
    return this.#producers.isInTransaction(producerId, producerEpoch);
  }

  /** The idempotent producers that are remembered. */
  activeProducers(): ActiveProducer[] {
    return this.#producers.active();
  }

  /** The aborted transactions that have records between two offsets. */
  abortedTransactions(fromOffset: number, toOffset: number): AbortedTransaction[] {
    return this.#segments.abortedTransactions(fromOffset, toOffset);
  }

  /**
   * Resolves when everything accepted so far is durable.
   *
   * @throws BrokerError `KAFKA_STORAGE_ERROR` when it could not be stored; nothing of it is, then.
   */
  durable(): Promise<void> {
    return this.#writer.durable();
  }

  /** Puts everything accepted so far on the device, whatever the flush policy says. */
  async flush(): Promise<void> {
    this.#writer.writeTurn();
    await this.#writer.sync();
  }

  /** Calls back once when records were added or the log went away, until the returned function is called. */
  watch(callback: () => void): () => void {
    return this.#visible.watch(callback);
  }

  /** @throws BrokerError `OFFSET_OUT_OF_RANGE`, `KAFKA_STORAGE_ERROR`. */
  checkReadable(offset: number): void {
    this.#health.check();
    const { highWatermark } = this;
    if (offset >= this.#logStartOffset && offset <= highWatermark) return;
    throw new BrokerError(
      'OFFSET_OUT_OF_RANGE',
      `offset ${offset} of ${this.name} is not between ${this.#logStartOffset} and ${highWatermark}`,
    );
  }

  /**
   * Whole batches from the one with `offset` on, of at most `maxBytes` unless the first is larger, in memory that
   * `allocate` gives.
   *
   * @throws BrokerError `OFFSET_OUT_OF_RANGE`, `KAFKA_STORAGE_ERROR`.
   */
  read(
    offset: number,
    maxBytes: number,
    isolation: Isolation = 'uncommitted',
    allocate: Allocate = Buffer.allocUnsafe,
  ): Uint8Array {
    this.checkReadable(offset);
    const { end } = this.#visible;
    const endOffset = isolation === 'committed' ? this.lastStableOffset : end.offset;
    if (offset >= endOffset) return NO_BYTES;
    try {
      return this.#segments.read(offset, maxBytes, end, endOffset, allocate);
    } catch (error) {
      this.#health.reportDamage(error);
      throw error;
    }
  }

  /** The first visible record with at least this timestamp, or null. */
  offsetForTimestamp(timestamp: number): FoundTimestamp | null {
    this.#health.check();
    return findTimestamp(this, timestamp, this.#segments.from(this.#logStartOffset));
  }

  /** The record with the greatest timestamp, the first of several, or null without records. */
  offsetOfMaxTimestamp(): FoundTimestamp | null {
    this.#health.check();
    return findNewest(this, this.#segments.from(this.#logStartOffset));
  }

  /** The leader epoch of the record at an offset, −1 when unknown. */
  epochAt(offset: number): number {
    return this.#epochs.epochAt(offset);
  }

  /** Where the records of an epoch end; null for an epoch that the log does not know. */
  endOfEpoch(epoch: number): EpochEnd | null {
    if (epoch > this.#leaderEpoch) return null;
    if (epoch === this.#leaderEpoch) return { epoch, endOffset: this.highWatermark };
    return this.#epochs.endOf(epoch, this.highWatermark);
  }

  /**
   * Makes everything before an offset unreadable; the space is given back later. The caller makes it durable.
   *
   * @throws BrokerError `OFFSET_OUT_OF_RANGE` beyond the high watermark.
   */
  deleteRecordsBefore(offset: number): void {
    this.#health.check();
    if (offset < 0 || offset > this.highWatermark) throw new BrokerError('OFFSET_OUT_OF_RANGE');
    this.#logStartOffset = Math.max(this.#logStartOffset, offset);
  }

  /** Removes the segments that retention gives up. Answers whether the log start offset moved. */
  applyRetention(nowMs: number = this.#services.clock.wallMs()): boolean {
    if (!this.#health.isOnline || this.#writer.pendingBytes > 0) return false;
    const before = this.#logStartOffset;
    const expired = expiredSegments(this.#segments.all, {
      config: this.#config,
      nowMs,
      logStartOffset: this.#logStartOffset,
      durableOffset: this.highWatermark,
    });
    if (expired === this.#segments.all.length) this.#roll();
    this.#segments.deleteFirst(expired);
    this.#logStartOffset = Math.max(this.#logStartOffset, this.#segments.baseOffset);
    return this.#logStartOffset !== before;
  }

  /** False for a log that was closed, given up, or that failed. */
  get isOnline(): boolean {
    return this.#health.isOnline;
  }

  /** In order; the last one is active. */
  get segments(): readonly Segment[] {
    return this.#segments.all;
  }

  /** The segment that grows. */
  get active(): Segment {
    return this.#segments.active;
  }

  /** Whether the log is in use and a segment is part of it. */
  holds(segment: Segment): boolean {
    return this.#health.isOnline && this.#segments.all.includes(segment);
  }

  /** What compaction must keep for each producer. */
  lastRecords(): ReadonlyMap<number, LastRecord> {
    return this.#producers.lastRecords();
  }

  /** A segment, still empty, that is to take the place of others. */
  makeCleaned(baseOffset: number): Segment {
    this.#health.check();
    return this.#segments.makeCleaned(baseOffset);
  }

  /**
   * Puts a segment that was made by {@link makeCleaned} and synced in the place of neighbours; a crash at any step leaves
   * one or the other.
   *
   * @throws BrokerError `KAFKA_STORAGE_ERROR`: the log is offline then, since nobody knows what is in its folder.
   */
  replaceSegments(old: readonly Segment[], cleaned: Segment): void {
    this.#health.check();
    try {
      this.#segments.replace(old, cleaned);
      saveAbortedCheckpoint(this.#services.files, this.#folder, this.#segments.all);
    } catch (error) {
      throw this.#goOffline(error);
    }
  }

  /** Forgets the producers that wrote nothing since a time. */
  expireProducers(beforeMs: number): void {
    this.#producers.expire(beforeMs);
  }

  /** Writes and syncs everything, saves indexes and producer state: the next start scans nothing. */
  async close(): Promise<void> {
    await this.flush();
    if (this.#health.isOnline) {
      this.#save();
      await Promise.all(this.#segments.all.map((segment) => segment.syncAborted()));
    }
    this.abandon();
  }

  /** Closes a log that was only looked at since it was opened; false, and it goes on, when it has something to sync. */
  closeUnwritten(): boolean {
    if (!this.#health.isOnline || this.#recoveryPoint < this.#nextOffset) return false;
    this.abandon();
    return true;
  }

  /** Lets go of everything without saving; waiting requests are told. */
  abandon(): void {
    this.#writer.stop(this.#health.close());
    for (const segment of this.#segments.all) segment.close();
    this.#visible.wake();
  }

  #isShownWhenSynced(): boolean {
    return this.#services.flush === 'always' || this.#config.flushMessages < Number.MAX_SAFE_INTEGER;
  }

  /** What a killed process wrote may be in the page cache alone; shown to a reader it must not go with the power. */
  #syncRecovered(): void {
    if (this.#recoveryPoint >= this.#nextOffset) return;
    for (const segment of this.#segments.from(this.#recoveryPoint)) segment.syncNow();
    this.#recoveryPoint = this.#nextOffset;
  }

  #end(): LogEnd {
    const { active } = this.#segments;
    return { segment: active, position: active.sizeBytes, offset: this.#nextOffset };
  }

  #writtenLog(): WrittenLog {
    return {
      end: () => this.#end(),
      config: () => this.#config,
      onDurable: (end) => this.#visible.advance(end),
      onSynced: (offset) => {
        this.#recoveryPoint = Math.max(this.#recoveryPoint, offset);
      },
      onWriteFailed: (error) => this.#undoWrite(error),
      onSyncFailed: (error) => this.#goOffline(error),
    };
  }

  #appendedBefore({ lastOffset, offsetDelta, timestamp }: AppendedBatch): Appended {
    const logAppendTimeMs = this.#config.timestampType === 'LogAppendTime' ? timestamp : -1;
    return { baseOffset: lastOffset - offsetDelta, lastOffset, logAppendTimeMs, isDuplicate: true };
  }

  /** Where a batch is to lie in the active segment, which becomes a new one if need be. */
  #positionFor(header: RecordBatchHeader): number {
    const { active } = this.#segments;
    const sizeBytes = active.sizeBytes + this.#writer.pendingBytes;
    if (!mustRoll({ name: this.name, active, sizeBytes, config: this.#config }, header)) return sizeBytes;
    this.#roll();
    return 0;
  }

  /** Ends the active segment and begins the next one at the next offset. */
  #roll(): void {
    this.#writer.writeTurn();
    this.#health.check();
    this.#save();
    this.#segments.roll(this.#nextOffset);
    // In the background, so that a crash has at most the active segment to check.
    void this.#writer.sync().then(this.#onSegmentSynced);
  }

  #save(): void {
    const { files } = this.#services;
    for (const segment of this.#segments.all) segment.saveIndexes();
    // Who finds no snapshot looks through the whole log, which costs nothing while it is small.
    if (this.#producers.size === 0 && this.#segments.sizeBytes < SCANNED_BYTES_MAX) return;
    saveAbortedCheckpoint(files, this.#folder, this.#segments.all);
    saveProducers({ files, folder: this.#folder }, this.#producers, this.#nextOffset);
  }

  /** A write failed, most likely for want of space: takes the log back to what it was before, and goes on. */
  #undoWrite(error: unknown): BrokerError {
    try {
      this.#nextOffset = this.#segments.active.rollBack();
      const { files } = this.#services;
      const takenBack = this.#producers;
      this.#producers = restoreProducers({ files, folder: this.#folder }, this.#segments.all, this.#nextOffset);
      this.#producers.expectBeginningsOf(takenBack);
    } catch (second) {
      return this.#goOffline(second);
    }
    return this.#health.writeFailed(error);
  }

  #goOffline(error: unknown): BrokerError {
    const failure = this.#health.fail(error);
    this.abandon();
    return failure;
  }
}
