import type { Closeable, CloseOptions, MillraceError } from '@millrace/base';
import type { RecordHeader } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { withCoordinator, withCoordinatorOf } from '../cluster/with-coordinator.ts';
import type { BrokerLink } from '../connection/broker-link.ts';
import type { GroupMetadata, OffsetToCommit } from '../group/offsets.ts';
import { retry } from '../lib/backoff.ts';
import { asMillraceError, closedError } from '../lib/errors.ts';
import { Producer } from '../producer/producer.ts';
import { NO_IDENTITY, type ProducerIdentity } from '../producer/producer-batch.ts';
import type { ProducerRecord, RecordMetadata } from '../producer/producer-options.ts';
import { isFatal, transactionError, wrongState } from './transaction-errors.ts';
import { TransactionPartitions } from './transaction-partitions.ts';
import {
  addOffsets,
  commitOffsetsInTransaction,
  endTransaction,
  initTransactionalId,
  protocolOf,
  type TransactionProtocol,
  type TransactionSpeaker,
} from './transaction-requests.ts';
import type { TransactionalProducerOptions } from './transactional-options.ts';

const TRANSACTION_TIMEOUT_MS_DEFAULT = 60_000;

/**
 * Writes records and commits offsets in transactions: readers of committed records see all of one or nothing (KIP-98,
 * KIP-447, KIP-890). A transaction that fails is aborted by {@link abort}, and the next one may begin; a producer that was
 * fenced (`PRODUCER_FENCED`) is at its end.
 */
export class TransactionalProducer implements Closeable {
  readonly transactionalId: string;
  readonly #cluster: Cluster;
  readonly #lane: string;
  readonly #options: TransactionalProducerOptions;
  #identity: ProducerIdentity = NO_IDENTITY;
  #protocol: TransactionProtocol = 1;
  #producer: Producer | undefined;
  #partitions: TransactionPartitions | undefined;
  #isOpen = false;
  /** Whether the coordinator may know of the transaction. */
  #hasOffsets = false;
  #failure: MillraceError | undefined;
  #fatal: MillraceError | undefined;
  #closing: Promise<void> | undefined;

  /** Made by {@link Client.transactionalProducer}. */
  constructor(cluster: Cluster, lane: string, options: TransactionalProducerOptions) {
    this.#cluster = cluster;
    this.#lane = lane;
    this.#options = options;
    this.transactionalId = options.transactionalId;
  }

  /** Why the transaction can only be aborted, or the producer only be closed. */
  get failure(): MillraceError | undefined {
    return this.#fatal ?? this.#failure ?? this.#producerFailure();
  }

  get isInTransaction(): boolean {
    return this.#isOpen;
  }

  get bufferedBytes(): number {
    return this.#producer?.bufferedBytes ?? 0;
  }

  /** As {@link Producer.hasRoom}. */
  get hasRoom(): boolean {
    return this.#producer?.hasRoom ?? true;
  }

  /**
   * Takes the transactional id over: fences whoever had it, and ends what that one left open. Once, before all else.
   *
   * @throws MillraceError `INVALID_TRANSACTION_TIMEOUT`, `TRANSACTIONAL_ID_AUTHORIZATION_FAILED`, `TIMED_OUT`, …
   */
  async initTransactions(): Promise<void> {
    this.#throwIfOver();
    if (this.#producer !== undefined) throw wrongState(`'${this.transactionalId}' is in use already`);
    await this.#attempt(async () => {
      const identity = await this.#coordinated((link) => this.#init(link, null));
      this.#goOnAs(identity);
    });
  }

  /** Begins a transaction; tells no broker. @throws MillraceError `INVALID_TXN_STATE`, the producer's `failure`. */
  begin(): void {
    this.#throwIfOver();
    if (this.#producer === undefined) throw wrongState('initTransactions comes first');
    if (this.#isOpen) throw wrongState('a transaction is open already');
    this.#isOpen = true;
  }

  /** As {@link Producer.append}, in the open transaction. */
  append(
    topic: string,
    partition: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number,
    headers: readonly RecordHeader[] | null = null,
  ): void {
    this.#opened().append(topic, partition, key, value, timestamp, headers);
  }

  /** As {@link Producer.send}, in the open transaction. */
  async send(record: ProducerRecord, options: { readonly signal?: AbortSignal } = {}): Promise<RecordMetadata> {
    return await this.#failing(() => this.#opened().send(record, options));
  }

  /** As {@link Producer.waitForRoom}. */
  async waitForRoom(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    await this.#failing(() => this.#opened().waitForRoom(options));
  }

  /** As {@link Producer.flush}: what was appended is delivered, not committed. */
  async flush(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    await this.#failing(() => this.#opened().flush(options));
  }

  /**
   * Commits offsets of a group as part of the transaction. The group's metadata is that of the member at this moment, so
   * that one which lost its partitions is refused.
   *
   * @throws MillraceError `ILLEGAL_GENERATION`, `UNKNOWN_MEMBER_ID`, `FENCED_INSTANCE_ID`, `PRODUCER_FENCED`, …
   */
  async sendOffsets(offsets: readonly OffsetToCommit[], group: GroupMetadata): Promise<void> {
    this.#opened();
    if (offsets.length === 0) return;
    await this.#failing(async () => {
      this.#hasOffsets = true;
      if (this.#protocol === 1) await this.#coordinated((link) => addOffsets(link, this.#speaker, group.groupId));
      await this.#retried(() =>
        withCoordinator(this.#cluster, group.groupId, this.#lane, (link) =>
          commitOffsetsInTransaction(link, this.#speaker, group, offsets),
        ),
      );
    });
  }

  /**
   * Delivers what was appended and commits. When it fails, nothing was committed unless it fails by `TIMED_OUT`: then a new
   * producer with this id finds out.
   */
  async commit(): Promise<void> {
    const producer = this.#opened();
    await this.#failing(async () => {
      await producer.flush();
      if (this.#touchedCoordinator) {
        const identity = await this.#coordinated((link) => endTransaction(link, this.#speaker, true));
        if (this.#protocol === 2) this.#identity = identity;
      }
    });
    this.#closeTransaction();
  }

  /** Gives up what was not sent, and takes back what was. The next transaction may begin. @throws when fenced. */
  async abort(): Promise<void> {
    if (this.#fatal !== undefined) throw this.#fatal;
    if (!this.#isOpen) throw wrongState('there is no transaction to abort');
    await this.#attempt(async () => {
      const producer = this.#producer!;
      // A batch that still arrived after the end could become part of the next transaction.
      await producer.discard(wrongState('the transaction was aborted'));
      let identity = this.#identity;
      if (this.#touchedCoordinator) {
        identity = await this.#coordinated((link) => endTransaction(link, this.#speaker, false));
      }
      // Under the first protocol the sequences of what was given up are missing: a new epoch begins them anew.
      if (this.#protocol === 1) {
        identity = await this.#coordinated((link) => this.#init(link, identity));
      }
      this.#goOnAs(identity);
    });
    this.#failure = undefined;
    this.#closeTransaction();
  }

  /** Aborts an open transaction within the time, and lets go. */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(options: CloseOptions): Promise<void> {
    if (this.#isOpen && this.#fatal === undefined) {
      // Whatever keeps the abort from coming through: the broker aborts by itself after the transaction's time.
      await this.abort().catch(() => {});
    }
    await this.#producer?.close(options);
    this.#cluster.parts.delete(this);
    await this.#cluster.releaseLane(this.#lane);
  }

  get #speaker(): TransactionSpeaker {
    return { transactionalId: this.transactionalId, identity: this.#identity, protocol: this.#protocol };
  }

  get #touchedCoordinator(): boolean {
    return this.#hasOffsets || this.#partitions?.isUsed === true;
  }

  /** A fresh inner producer under an identity: nothing of an earlier transaction is in it. */
  #goOnAs(identity: ProducerIdentity): void {
    this.#identity = identity;
    const partitions = new TransactionPartitions({
      speaker: () => this.#speaker,
      coordinated: (run) => this.#coordinated(run),
      onAdded: () => producer.pump(),
      onFailure: (error) => void producer.discard(error),
    });
    const { transactionalId: _id, transactionTimeoutMs: _timeout, ...options } = this.#options;
    const producer = new Producer(this.#cluster, this.#lane, { ...options, acks: 'all', idempotent: true }, partitions);
    this.#partitions = partitions;
    this.#producer = producer;
  }

  #closeTransaction(): void {
    this.#isOpen = false;
    this.#hasOffsets = false;
    this.#partitions?.clear();
  }

  async #init(link: BrokerLink, current: ProducerIdentity | null): Promise<ProducerIdentity> {
    this.#protocol = protocolOf(link);
    const timeoutMs = this.#options.transactionTimeoutMs ?? TRANSACTION_TIMEOUT_MS_DEFAULT;
    return await initTransactionalId(link, this.transactionalId, timeoutMs, current);
  }

  /** Runs a request at the coordinator of the transactional id until it goes through; it may not be ready yet. */
  #coordinated<T>(run: (link: BrokerLink) => Promise<T>): Promise<T> {
    const key = { kind: 'transaction', key: this.transactionalId } as const;
    return this.#retried(() => withCoordinatorOf(this.#cluster, key, this.#lane, run));
  }

  #retried<T>(attempt: () => Promise<T>): Promise<T> {
    const { settings } = this.#cluster;
    return retry({ ...settings, timeoutMs: settings.retryTimeoutMs }, attempt);
  }

  #opened(): Producer {
    this.#throwIfOver();
    if (!this.#isOpen) throw wrongState('there is no open transaction');
    const { failure } = this;
    if (failure !== undefined) throw failure;
    return this.#producer!;
  }

  /** Work of the transaction: when it fails, the transaction has failed. */
  async #failing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#attempt(work);
    } catch (thrown) {
      const error = asMillraceError(thrown);
      if (error.code !== 'UNEXPECTED') this.#failure ??= error;
      throw error;
    }
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      const error = transactionError(asMillraceError(thrown), this.transactionalId);
      if (isFatal(error)) this.#fatal ??= error;
      throw error;
    }
  }

  #producerFailure(): MillraceError | undefined {
    const failure = this.#producer?.failure;
    if (failure === undefined) return undefined;
    const error = transactionError(failure, this.transactionalId);
    if (isFatal(error)) this.#fatal ??= error;
    return error;
  }

  #throwIfOver(): void {
    if (this.#fatal !== undefined) throw this.#fatal;
    if (this.#closing !== undefined) throw closedError('producer');
  }
}
