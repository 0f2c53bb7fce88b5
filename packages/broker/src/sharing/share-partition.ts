import { type Clock, describeError, type Logger, type Timer } from '@millrace/base';
import type { DeliverySettings } from '../coordinators/group/group-settings.ts';
import type { ShareCoordinator } from '../coordinators/share/share-coordinator.ts';
import {
  NO_START,
  type SharePartitionKey,
  type StateBatch,
  type StoredPartition,
} from '../coordinators/share/stored-partition.ts';
import { BrokerError } from '../lib/broker-error.ts';
import type { Timers } from '../lib/timers.ts';
import { endOffsetOf } from '../log/batch-scan.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { type AcquiredRecords, acquire } from './acquire.ts';
import { type Acknowledgement, DeliveryWindow } from './delivery-window.ts';
import { startOffsetOf } from './start-offset.ts';

export type SharePartitionOptions = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly state: ShareCoordinator;
  /** What holds for the group now. */
  readonly settings: () => DeliverySettings;
  /** Called when nobody has a record any more, or when what is in memory can't be trusted: the next one begins anew. */
  readonly onOver: () => void;
};

export type AcquireRequest = {
  readonly memberId: string;
  readonly bytesMax: number;
  readonly recordsMax: number;
  readonly isStrict: boolean;
  readonly batchSize: number;
  readonly allocate: (bytes: number) => Buffer;
};

/** What was acquired, and whether there is no more to look at now. */
export type Acquired = AcquiredRecords & { readonly isAtEnd: boolean };

export const NOTHING: Acquired = { ranges: [], count: 0, bytes: new Uint8Array(0), isAtEnd: true };

/** Records are taken to be of about this size before any was read. */
const BYTES_PER_RECORD = 1024;

/** Read beyond what the wanted records should take: records differ. */
const READ_MARGIN_BYTES = 16 * 1024;

/**
 * One partition as one share group reads it: who has which record, and until when. What must last is stored as it happens;
 * a failure to store ends this object, and the next one begins with what is stored.
 */
export class SharePartition {
  readonly key: SharePartitionKey;
  readonly log: PartitionLog;
  readonly stored: StoredPartition;
  readonly #options: SharePartitionOptions;
  readonly #window: DeliveryWindow;
  readonly #watchers = new Set<() => void>();
  #timer: { readonly atMs: number; readonly timer: Timer } | null = null;
  #storedStart: number;
  /** What was written last: who is answered waits for it. */
  #settled: Promise<void> = Promise.resolve();
  #bytesPerRecord = BYTES_PER_RECORD;
  /** Whether somebody found no room for more records in work. */
  #lacksRoom = false;
  #isEnded = false;
  #hasBegun = true;

  /** Begins with what is stored. A group that begins to read has its start stored first. */
  constructor(key: SharePartitionKey, log: PartitionLog, stored: StoredPartition, options: SharePartitionOptions) {
    this.key = key;
    this.log = log;
    this.stored = stored;
    this.#options = options;
    const isNew = stored.startOffset === NO_START;
    const startOffset = isNew ? startOffsetOf(log, options.settings(), options.clock.wallMs()) : stored.startOffset;
    this.#window = new DeliveryWindow(startOffset, stored.batches);
    this.#storedStart = stored.startOffset;
    // Where it begins must last: «latest» would be elsewhere after a restart.
    if (isNew) {
      this.#hasBegun = false;
      this.#store([]);
      const begun = (): void => {
        this.#hasBegun = true;
      };
      this.#settled.then(begun, begun);
    }
  }

  /**
   * Whether it is stored where the group begins. Until then a fetch that has records of another partition leaves this one
   * to the next: so members that come one after the other find a partition each.
   */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Records that members have now. */
  get acquiredCount(): number {
    return this.#window.acquiredCount;
  }

  get isInUse(): boolean {
    return this.#window.isInUse || this.#watchers.size > 0;
  }

  /** Bytes that could be read now, at most `bytesMax` unless the first batch is larger. */
  availableBytes(bytesMax: number): number {
    return this.#read(bytesMax, Buffer.allocUnsafe).byteLength;
  }

  /**
   * Gives a member records, which it has for itself for a while. That there are none may mean that only markers and the
   * like were read, and that there is more after them: then the answer is not {@link Acquired.isAtEnd}.
   *
   * @throws BrokerError when the log can't be read.
   */
  acquire(request: AcquireRequest): Acquired {
    const { memberId, bytesMax, recordsMax, isStrict, batchSize, allocate } = request;
    const { lockMs, deliveriesMax, inFlightMax, readsCommitted } = this.#options.settings();
    const untilMs = this.#options.clock.monotonicMs() + lockMs;
    const from = this.#window.nextOffset;
    const enoughBytes = recordsMax * this.#bytesPerRecord + READ_MARGIN_BYTES;
    const read = this.#read(Math.min(bytesMax, enoughBytes), allocate);
    if (read.byteLength === 0) return NOTHING;
    const endOffset = endOffsetOf(read) ?? from;
    this.#bytesPerRecord = Math.ceil(read.byteLength / Math.max(endOffset - from, 1));
    const aborted = readsCommitted ? this.log.abortedTransactions(from, endOffset) : null;
    const limits = { deliveriesMax, inFlightMax, aborted };
    const acquired = acquire(this.#window, read, { memberId, untilMs, recordsMax, isStrict, batchSize, ...limits });
    if (acquired.count > 0) this.#expectLockEnd(untilMs);
    // Markers and the like may have been all that held the start.
    this.#store([]);
    return { ...acquired, isAtEnd: acquired.count === 0 && this.#window.nextOffset === from };
  }

  /**
   * Takes what a member says of records that it has. Resolves when that is durable.
   *
   * @throws BrokerError `INVALID_REQUEST`, `INVALID_RECORD_STATE`; when it could not be stored.
   */
  async acknowledge(memberId: string, acknowledgements: readonly Acknowledgement[]): Promise<void> {
    const { deliveriesMax, lockMs } = this.#options.settings();
    const renewedUntilMs = this.#options.clock.monotonicMs() + lockMs;
    this.#trim();
    this.#store(this.#window.acknowledge(memberId, acknowledgements, { deliveriesMax, renewedUntilMs }));
    await this.#settled;
  }

  /** Takes back what a member has. Resolves when that is durable. @throws BrokerError when it could not be stored. */
  async release(memberId: string): Promise<void> {
    if (this.#isEnded) return;
    this.#store(this.#window.release(memberId, this.#options.settings()));
    await this.#settled;
  }

  /** Resolves when all that members were told of is durable. @throws BrokerError when it could not be stored. */
  settled(): Promise<void> {
    return this.#settled;
  }

  /** Calls back once when there may be something to acquire that is not new in the log. */
  watch(callback: () => void): () => void {
    this.#watchers.add(callback);
    return () => void this.#watchers.delete(callback);
  }

  end(): void {
    this.#isEnded = true;
    this.#timer?.timer.clear();
    this.#timer = null;
    this.#wake();
  }

  /** Reads at the next offset; nothing where there is no room to deliver more. */
  #read(bytesMax: number, allocate: (bytes: number) => Buffer): Uint8Array {
    this.#trim();
    const { nextOffset, startOffset, endOffset } = this.#window;
    const { inFlightMax, readsCommitted } = this.#options.settings();
    const isFull = nextOffset === endOffset && endOffset - startOffset >= inFlightMax;
    this.#lacksRoom ||= isFull;
    if (isFull || nextOffset > this.log.highWatermark) return NOTHING.bytes;
    return this.log.read(nextOffset, bytesMax, readsCommitted ? 'committed' : 'uncommitted', allocate);
  }

  /** What left the log is done with. */
  #trim(): void {
    this.#window.trim(this.log.logStartOffset);
    this.#store([]);
  }

  /** Stores what changed, if anything did; a failure ends this object. */
  #store(batches: readonly StateBatch[]): void {
    const { startOffset } = this.#window;
    const isStart = startOffset !== this.#storedStart;
    if (batches.length === 0 && !isStart) return;
    this.#storedStart = startOffset;
    const change = {
      leaderEpoch: this.log.leaderEpoch,
      startOffset,
      batches: batches.filter(({ last }) => last >= startOffset),
      completeCount: this.#window.completeCount,
    };
    const stored = this.#options.state.write(this.key, this.stored, change);
    this.#settled = stored;
    stored.catch((error: unknown) => {
      if (this.#isEnded) return;
      const { logger } = this.#options;
      const isReset = error instanceof BrokerError && error.code === 'FENCED_STATE_EPOCH';
      if (isReset) logger.debug('a share partition was set anew', { ...this.key });
      else logger.error('a share partition could not be stored', { ...this.key, error: describeError(error) });
      this.end();
      this.#options.onOver();
    });
    const isBack = this.#window.nextOffset < this.#window.endOffset;
    if (isBack || this.#lacksRoom) this.#wake();
  }

  #expectLockEnd(atMs: number): void {
    if (this.#timer !== null && this.#timer.atMs <= atMs) return;
    this.#timer?.timer.clear();
    const delayMs = atMs - this.#options.clock.monotonicMs();
    this.#timer = { atMs, timer: this.#options.timers.set(delayMs, () => this.#onLockEnd()) };
  }

  #onLockEnd(): void {
    this.#timer = null;
    const nowMs = this.#options.clock.monotonicMs();
    this.#store(this.#window.expire(nowMs, this.#options.settings()));
    const nextMs = this.#window.nextLockEndMs;
    if (this.#isEnded) return;
    if (nextMs !== null) this.#expectLockEnd(nextMs);
    else if (!this.isInUse) this.#options.onOver();
  }

  #wake(): void {
    this.#lacksRoom = false;
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const watcher of watchers) watcher();
  }
}

/** The error of a partition that a group may not read. */
export function notShared({ groupId, partition }: SharePartitionKey): BrokerError {
  return new BrokerError(
    'UNKNOWN_TOPIC_OR_PARTITION',
    `Partition ${partition} is not assigned to any member of share group ${groupId}.`,
  );
}
