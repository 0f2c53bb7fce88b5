import { type Clock, describeError, type Logger } from '@millrace/base';
import { decodeControlRecord, RecordBatchBuilder, RecordCursor } from '@millrace/protocol';
import { BrokerError } from '../lib/broker-error.ts';
import { endOffsetOf } from '../log/batch-scan.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import type { TransactionEnd } from '../log/transaction-marker.ts';

/** Bytes of log that are read at a time when state is loaded. */
const LOAD_BYTES = 4 * 1024 * 1024;

/** One record of a coordinator's topic; a value of null is a tombstone. */
export type CoordinatorRecord = { readonly key: Uint8Array; readonly value: Uint8Array | null };

/** The producer in whose transaction records are written. */
export type TransactionalProducer = { readonly producerId: number; readonly producerEpoch: number };

/** The state that one partition of a coordinator's topic stands for. Only `replay` changes what must last. */
export type Shard = {
  /**
   * Takes over a record; one of a transaction only counts when that is committed. Its bytes are good during the call only:
   * what is kept of them is copied. The offset is the record's in the log.
   */
  replay(record: CoordinatorRecord, producerId: number | null, offset: number): void;
  /** The transaction of a producer is decided. */
  endTransaction(producerId: number, isCommitted: boolean): void;
  /** Everything was replayed: timers may start. */
  onLoaded(): void;
  /** The state is given up; who waits in it must be told. */
  onUnloaded(): void;
};

export type RuntimeOptions<S extends Shard> = {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The log of a partition of the coordinator's topic; null while the topic was never needed. */
  readonly findLog: (partition: number) => PartitionLog | null;
  /** The same, the topic made if need be. @throws BrokerError when it can't be had. */
  readonly makeLog: (partition: number) => PartitionLog;
  readonly makeShard: (partition: number) => S;
};

/**
 * Coordinators decide, write, replay, and answer: a request only computes records and an answer; the records are
 * appended and replayed into the state, and the answer leaves when they are durable. A restart is the same replay. One
 * shard owns one partition of state, and nothing else changes it.
 */
export class CoordinatorRuntime<S extends Shard> {
  readonly #options: RuntimeOptions<S>;
  readonly #shards = new Map<number, S>();

  constructor(options: RuntimeOptions<S>) {
    this.#options = options;
  }

  /** The shard of a partition, loaded from its log at the first use. @throws BrokerError when the log can't be read. */
  shard(partition: number): S {
    let shard = this.#shards.get(partition);
    if (shard === undefined) {
      shard = this.#options.makeShard(partition);
      const log = this.#options.findLog(partition);
      if (log !== null) this.#load(log, shard);
      this.#shards.set(partition, shard);
      shard.onLoaded();
    }
    return shard;
  }

  /**
   * Appends records together, in a producer's transaction if one is given, and replays them. Resolves when they are
   * durable.
   *
   * @throws BrokerError when they could not be stored: the shard is given up then, and loaded anew at its next use, since
   *   its state is ahead of its log.
   */
  async write(
    partition: number,
    records: readonly CoordinatorRecord[],
    producer: TransactionalProducer | null = null,
  ): Promise<void> {
    if (records.length === 0) return;
    const builder = new RecordBatchBuilder();
    const nowMs = this.#options.clock.wallMs();
    for (const { key, value } of records) builder.append(nowMs, key, value);
    await this.#change(partition, (log, shard) => {
      const batch = builder.build(producer === null ? {} : { ...producer, isTransactional: true });
      let offset = log.append(batch, 'coordinator').baseOffset;
      for (const record of records) shard.replay(record, producer?.producerId ?? null, offset++);
    });
  }

  /**
   * Ends a producer's transaction in a partition. Resolves when that is durable.
   *
   * @throws BrokerError what the log refuses, which then changed nothing, or as {@link write}.
   */
  async endTransaction(partition: number, end: TransactionEnd): Promise<void> {
    this.#options.makeLog(partition).endTransaction(end);
    await this.#change(partition, (_log, shard) => shard.endTransaction(end.producerId, end.kind === 'commit'));
  }

  /**
   * Resolves when all that a shard shows is durable, so that it may be told to somebody.
   *
   * @throws BrokerError when it could not be stored.
   */
  async settled(partition: number): Promise<void> {
    try {
      await this.#options.findLog(partition)?.durable();
    } catch (error) {
      throw new BrokerError('COORDINATOR_NOT_AVAILABLE', undefined, { cause: error });
    }
  }

  /** Shards that are loaded. */
  loaded(): Iterable<S> {
    return this.#shards.values();
  }

  close(): void {
    for (const [partition, shard] of [...this.#shards]) this.#unload(partition, shard);
  }

  /** The log first, then the state: what the log refuses never happened. */
  async #change(partition: number, apply: (log: PartitionLog, shard: S) => void): Promise<void> {
    const shard = this.shard(partition);
    try {
      const log = this.#options.makeLog(partition);
      apply(log, shard);
      await log.durable();
    } catch (error) {
      this.#unload(partition, shard);
      this.#options.logger.error('coordinator records were not stored', { partition, error: describeError(error) });
      throw error instanceof BrokerError && error.code === 'MESSAGE_TOO_LARGE'
        ? new BrokerError('UNKNOWN_SERVER_ERROR', error.message, { cause: error })
        : new BrokerError('COORDINATOR_NOT_AVAILABLE', undefined, { cause: error });
    }
  }

  #unload(partition: number, shard: S): void {
    if (this.#shards.get(partition) !== shard) return;
    this.#shards.delete(partition);
    shard.onUnloaded();
  }

  #load(log: PartitionLog, shard: S): void {
    let offset = log.logStartOffset;
    while (offset < log.highWatermark) {
      const bytes = log.read(offset, LOAD_BYTES);
      if (bytes.byteLength === 0) break;
      const cursor = new RecordCursor(bytes, { fromOffset: offset, includeControl: true });
      // Not the end of the last record: compaction leaves batches without any.
      offset = endOffsetOf(bytes) ?? log.highWatermark;
      while (cursor.next()) {
        const { isControl, isTransactional, producerId } = cursor.batch;
        const key = cursor.key();
        if (isControl) {
          const control = decodeControlRecord(key, cursor.value());
          if (control.kind !== 'other') shard.endTransaction(producerId, control.kind === 'commit');
        } else if (key !== null) {
          shard.replay({ key, value: cursor.value() }, isTransactional ? producerId : null, cursor.offset);
        }
      }
    }
  }
}
