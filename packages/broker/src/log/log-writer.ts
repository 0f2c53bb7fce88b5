import { assert, type Clock, type Timer } from '@millrace/base';
import type { BrokerError } from '../lib/broker-error.ts';
import { type Deferred, deferred } from '../lib/deferred.ts';
import type { Limiter } from '../lib/limiter.ts';
import type { FlushPolicy, LogConfig } from './log-config.ts';
import type { Segment } from './segment.ts';
import type { TurnWriter, WriteTurn } from './write-turn.ts';

/** An end of a log: an offset, and where the batch that begins with it lies. */
export type LogEnd = { readonly segment: Segment; readonly position: number; readonly offset: number };

/** The log that a writer works for. */
export type WrittenLog = {
  /** The end of what was accepted; its position counts only what is in the file. */
  end(): LogEnd;
  config(): Pick<LogConfig, 'flushMessages' | 'flushMs'>;
  /** Everything up to here is durable under the flush policy: it may be shown and acknowledged. */
  onDurable(end: LogEnd): void;
  /** Everything below this offset is on the device. */
  onSynced(offset: number): void;
  /** A write failed, and none of what the last turn accepted is in the log. Answers what its senders are told. */
  onWriteFailed(error: unknown): BrokerError;
  /** A sync failed: nobody knows what the device has. Answers what waiting senders are told. */
  onSyncFailed(error: unknown): BrokerError;
};

/** What a log that was opened has on the device. A killed process leaves in the page cache what it had not synced. */
export type OpenedEnd = { readonly syncedOffset: number; readonly unsynced: readonly Segment[] };

export type LogWriterOptions = {
  readonly clock: Clock;
  readonly flush: FlushPolicy;
  readonly turn: WriteTurn;
  /** Bounds how many syncs run at once, below the size of the thread pool. */
  readonly syncs: Limiter;
};

/** Times above it mean that nobody wants the sync. */
const FLUSH_MS_MAX = 2 ** 31 - 1;

/**
 * Brings what a log accepts to its file: one write for each turn of the event loop, and under `flush: 'always'` one sync
 * for all that was written while the sync before it ran. Under `flush: 'os'` a topic may still want a sync after so many
 * records, which are then not acknowledged before it, or after some time.
 */
export class LogWriter implements TurnWriter {
  readonly #options: LogWriterOptions;
  readonly #log: WrittenLog;
  readonly #unsynced = new Set<Segment>();
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  /** Settled when what was accepted since the last write is durable. */
  #accepted: Deferred<void> | null = null;
  /** Written, and waiting for a sync. */
  #written: Deferred<void>[] = [];
  /** The last of what the sync that runs will make durable. */
  #covered: Deferred<void> | null = null;
  #syncing: Promise<void> | null = null;
  #writtenEnd: LogEnd;
  #syncedOffset: number;
  #flushTimer: Timer | null = null;
  #isStopped = false;

  constructor(options: LogWriterOptions, log: WrittenLog, opened: OpenedEnd) {
    this.#options = options;
    this.#log = log;
    this.#writtenEnd = log.end();
    this.#syncedOffset = opened.syncedOffset;
    for (const segment of opened.unsynced) this.#unsynced.add(segment);
  }

  /** Bytes that were accepted and are not in the file yet. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  add(bytes: Uint8Array): void {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.byteLength;
    this.#accepted ??= deferred();
    this.#options.turn.add(this);
  }

  /** Resolves when everything added so far is durable; rejects with what the log said of the failure. */
  durable(): Promise<void> {
    const last = this.#accepted ?? this.#written.at(-1) ?? this.#covered;
    return last?.promise ?? Promise.resolve();
  }

  writeTurn(): void {
    if (this.#pending.length === 0) return;
    const accepted = this.#accepted;
    assert(accepted !== null, 'bytes are pending that nobody waits for');
    const { segment } = this.#log.end();
    const buffers = this.#takePending();
    try {
      segment.write(buffers);
    } catch (error) {
      accepted.reject(this.#log.onWriteFailed(error));
      return;
    }
    this.#unsynced.add(segment);
    // Everything accepted is written at this moment; a sync that begins later must not count what came after it.
    this.#writtenEnd = this.#log.end();
    if (this.#isDurableOnceSynced(this.#writtenEnd)) {
      this.#written.push(accepted);
      void this.sync();
      return;
    }
    this.#syncLater();
    this.#log.onDurable(this.#writtenEnd);
    accepted.resolve();
  }

  /** Puts everything written so far on the device; one sync runs at a time and takes all that came meanwhile. */
  async sync(): Promise<void> {
    while (this.#syncing !== null) await this.#syncing;
    if (this.#unsynced.size === 0 || this.#isStopped) return;
    this.#syncing = this.#options.syncs.run(() => this.#syncOnce());
    await this.#syncing;
  }

  /** A segment was deleted: there is nothing to sync any more. */
  forget(segment: Segment): void {
    this.#unsynced.delete(segment);
  }

  /** Writes nothing any more: the folder may belong to another log from now on. Who waits is told why. */
  stop(reason: BrokerError): void {
    this.#isStopped = true;
    this.#accepted?.reject(reason);
    for (const written of this.#written.splice(0)) written.reject(reason);
    this.#flushTimer?.clear();
    this.#takePending();
  }

  #isDurableOnceSynced(end: LogEnd): boolean {
    return this.#options.flush === 'always' || end.offset - this.#syncedOffset >= this.#log.config().flushMessages;
  }

  #syncLater(): void {
    const { flushMs } = this.#log.config();
    if (this.#flushTimer !== null || flushMs > FLUSH_MS_MAX) return;
    this.#flushTimer = this.#options.clock.setTimer(flushMs, () => {
      this.#flushTimer = null;
      void this.sync();
    });
  }

  #takePending(): Uint8Array[] {
    const buffers = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#accepted = null;
    return buffers;
  }

  async #syncOnce(): Promise<void> {
    const segments = [...this.#unsynced];
    const waiting = this.#written.splice(0);
    const end = this.#writtenEnd;
    this.#covered = waiting.at(-1) ?? null;
    this.#unsynced.clear();
    try {
      await Promise.all(segments.map((segment) => segment.sync()));
    } catch (error) {
      // The system may have dropped the pages that it could not write: a sync that succeeds later would prove nothing.
      const reason = this.#log.onSyncFailed(error);
      for (const written of waiting) written.reject(reason);
      return;
    } finally {
      this.#syncing = null;
      this.#covered = null;
    }
    this.#syncedOffset = end.offset;
    this.#log.onSynced(end.offset);
    if (waiting.length > 0) this.#log.onDurable(end);
    for (const written of waiting) written.resolve();
    if (this.#written.length > 0) void this.sync();
  }
}
