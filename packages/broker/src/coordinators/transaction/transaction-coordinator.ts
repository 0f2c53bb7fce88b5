import { assert, type Clock, describeError, type Logger, type Timer } from '@millrace/base';
import type { BrokerConfig } from '../../cluster/broker-config.ts';
import { BrokerError } from '../../lib/broker-error.ts';
import type { Timers } from '../../lib/timers.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import { coordinatorPartition } from '../java-hash.ts';
import { repeat } from '../repeat.ts';
import { CoordinatorRuntime } from '../runtime.ts';
import { type EndRequest, endOf, type InitRequest, identityAfter } from './decide.ts';
import { type MarkerTargets, writeMarkers } from './markers.ts';
import { tombstone, transactionRecord } from './records.ts';
import {
  completed,
  type Decision,
  hasPartition,
  initialized,
  isEpochExhausted,
  isPrepared,
  type ProducerIdentity,
  prepared,
  successor,
  type Transaction,
  type TransactionPartition,
  withPartitions,
} from './transaction.ts';
import { TransactionShard } from './transaction-shard.ts';
import { Turns } from './turns.ts';

/** After this time markers that could not be written are tried again. */
const MARKER_RETRY_MS = 100;

export type TransactionalClient = ProducerIdentity & {
  readonly transactionalId: string;
  /** 2 for clients that let the broker add partitions and get a new epoch with each end (KIP-890), else 0. */
  readonly clientVersion: number;
};

export type TransactionCoordinatorOptions = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly config: BrokerConfig;
  readonly nextProducerId: () => number;
  /** How many partitions the transactions topic has. */
  readonly partitionCount: () => number;
  /** The log of one of them; null while the topic was never needed. */
  readonly findLog: (partition: number) => PartitionLog | null;
  /** The same, its topic made if need be. */
  readonly makeLog: (partition: number) => PartitionLog;
  /** Of the epochs of the leaders of the transactions topic: stands in markers. */
  readonly coordinatorEpoch: number;
  readonly markers: MarkerTargets;
};

/**
 * All transactional ids of the broker. What concerns one id happens in the order in which it came: a request waits for
 * those before it instead of being sent away, and a commit is answered when its markers are durable.
 */
export class TransactionCoordinator {
  readonly #options: TransactionCoordinatorOptions;
  readonly #runtime: CoordinatorRuntime<TransactionShard>;
  readonly #turns = new Turns();
  /** The last change of identity that a producer asked for itself: a retry of it gets the same answer (KIP-360). */
  readonly #raised = new Map<string, { readonly from: ProducerIdentity; readonly to: ProducerIdentity }>();
  readonly #regular: Timer[] = [];
  #isClosed = false;

  constructor(options: TransactionCoordinatorOptions) {
    this.#options = options;
    const { clock, logger, findLog, makeLog } = options;
    this.#runtime = new CoordinatorRuntime({
      clock,
      logger,
      findLog,
      makeLog,
      makeShard: () => new TransactionShard(clock, (transactionalId) => this.#completeLater(transactionalId)),
    });
  }

  /** Loads everything, completes what was decided before a crash, and begins to watch time limits. */
  start(): void {
    for (let partition = 0; partition < this.#options.partitionCount(); partition++) this.#load(partition);
    const { config, timers, logger } = this.#options;
    const every = (name: string, interval: string, work: () => void): void => {
      this.#regular.push(repeat({ timers, logger, name, intervalMs: () => config.number(interval) }, work));
    };
    every('time limits of transactions', 'transaction.abort.timed.out.transaction.cleanup.interval.ms', () =>
      this.#abortTimedOut(),
    );
    every('expiry of transactional ids', 'transaction.remove.expired.transaction.cleanup.interval.ms', () =>
      this.#expire(),
    );
  }

  /**
   * Gives a producer its id and epoch, fences whoever had the transactional id before, and aborts what that one began.
   *
   * @throws BrokerError `INVALID_REQUEST`, `INVALID_TRANSACTION_TIMEOUT`, `PRODUCER_FENCED`, `CONCURRENT_TRANSACTIONS`.
   */
  async initProducerId(request: InitRequest): Promise<ProducerIdentity> {
    const { transactionalId, timeoutMs, expected } = request;
    if (transactionalId === '') throw new BrokerError('INVALID_REQUEST');
    if (timeoutMs <= 0 || timeoutMs > this.#options.config.number('transaction.max.timeout.ms')) {
      throw new BrokerError('INVALID_TRANSACTION_TIMEOUT');
    }
    return await this.#turns.run(transactionalId, async () => {
      const known = this.#find(transactionalId);
      if (known !== undefined && isPrepared(known)) throw new BrokerError('CONCURRENT_TRANSACTIONS');
      const next = identityAfter(known, expected, this.#raised.get(transactionalId), this.#options.nextProducerId);
      if (next.kind === 'same') return next.identity;
      if (known?.state === 'Ongoing') await this.#fence(known);
      const before = this.#find(transactionalId) ?? fresh(request, next.identity);
      if (isPrepared(before)) throw new BrokerError('CONCURRENT_TRANSACTIONS');
      // Fencing took an epoch.
      const rises = before.producerId === next.identity.producerId && known?.state === 'Ongoing';
      const identity = rises ? this.#epochAfter(before) : next.identity;
      await this.#store(initialized(before, identity, { timeoutMs, nowMs: this.#options.clock.wallMs() }));
      if (expected === null) this.#raised.delete(transactionalId);
      else this.#raised.set(transactionalId, { from: expected, to: identity });
      return identity;
    });
  }

  /**
   * Adds partitions to a client's transaction, and begins it if need be. Resolves when that is durable.
   *
   * @throws BrokerError `INVALID_PRODUCER_ID_MAPPING`, `PRODUCER_FENCED`, `CONCURRENT_TRANSACTIONS`.
   */
  async addPartitions(client: TransactionalClient, partitions: readonly TransactionPartition[]): Promise<void> {
    await this.#turns.run(client.transactionalId, () => this.#add(this.#ownedBy(client), client, partitions));
  }

  /**
   * Runs a write to partitions as part of a client's transaction, when it is known there that they belong to it: under
   * the second protocol they are added, under the first they must have been. Writes of one client keep their order.
   *
   * @throws BrokerError as {@link addPartitions}; `INVALID_TXN_STATE` where partitions should have been added.
   */
  within<T>(
    client: TransactionalClient,
    partitions: readonly TransactionPartition[],
    write: () => T | Promise<T>,
  ): T | Promise<T> {
    const { transactionalId } = client;
    if (!this.#turns.isBusy(transactionalId) && this.#has(client, partitions)) return write();
    return this.#turns.run(transactionalId, async () => {
      if (!this.#has(client, partitions)) {
        const known = this.#ownedBy(client);
        if (client.clientVersion < 2) throw new BrokerError('INVALID_TXN_STATE');
        await this.#add(known, client, partitions);
      }
      return await write();
    });
  }

  /**
   * Commits or aborts. Resolves when the decision is durable and, unless a disk refuses them, the markers are, with who
   * may go on under the id.
   *
   * @throws BrokerError `INVALID_PRODUCER_ID_MAPPING`, `PRODUCER_FENCED`, `INVALID_TXN_STATE`, `CONCURRENT_TRANSACTIONS`.
   */
  async end(request: EndRequest): Promise<ProducerIdentity> {
    const { transactionalId } = request;
    return await this.#turns.run(transactionalId, async () => {
      const known = this.#find(transactionalId);
      const end = endOf(known, request);
      if (end.kind === 'done') return end.identity;
      assert(known !== undefined, 'only what is known can be ended');
      const raisesEpoch = request.clientVersion >= 2;
      return await this.#decide(known, {
        isCommit: request.isCommit,
        raisesEpoch,
        nextProducerId: raisesEpoch && isEpochExhausted(known) ? this.#options.nextProducerId() : -1,
        clientVersion: request.clientVersion,
        nowMs: this.#options.clock.wallMs(),
      });
    });
  }

  describe(transactionalId: string): Transaction | undefined {
    return this.#find(transactionalId);
  }

  *list(): Iterable<Transaction> {
    for (const shard of this.#everyShard()) yield* shard.all();
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#regular) timer.clear();
    this.#runtime.close();
  }

  #has(
    { transactionalId, producerId, producerEpoch }: TransactionalClient,
    partitions: readonly TransactionPartition[],
  ) {
    const known = this.#find(transactionalId);
    if (known?.state !== 'Ongoing') return false;
    if (known.producerId !== producerId || known.producerEpoch !== producerEpoch) return false;
    return partitions.every((wanted) => hasPartition(known, wanted));
  }

  /** The transactional id, if the client is the one that speaks for it. */
  #ownedBy(client: TransactionalClient): Transaction {
    const known = this.#find(client.transactionalId);
    if (known === undefined || known.producerId !== client.producerId) {
      throw new BrokerError('INVALID_PRODUCER_ID_MAPPING');
    }
    if (known.producerEpoch !== client.producerEpoch) throw new BrokerError('PRODUCER_FENCED');
    return known;
  }

  async #add(
    known: Transaction,
    client: TransactionalClient,
    partitions: readonly TransactionPartition[],
  ): Promise<void> {
    if (isPrepared(known)) throw new BrokerError('CONCURRENT_TRANSACTIONS');
    if (this.#has(client, partitions)) return;
    const { clientVersion } = client;
    await this.#store(withPartitions(known, partitions, { clientVersion, nowMs: this.#options.clock.wallMs() }));
  }

  /** Aborts under an epoch that nobody has. */
  async #fence(ongoing: Transaction): Promise<void> {
    const { clientVersion } = ongoing;
    const nowMs = this.#options.clock.wallMs();
    await this.#decide(ongoing, { isCommit: false, raisesEpoch: true, nextProducerId: -1, clientVersion, nowMs });
  }

  #epochAfter(before: Transaction): ProducerIdentity {
    return isEpochExhausted(before)
      ? { producerId: this.#options.nextProducerId(), producerEpoch: 0 }
      : { producerId: before.producerId, producerEpoch: before.producerEpoch + 1 };
  }

  async #decide(before: Transaction, decision: Decision): Promise<ProducerIdentity> {
    const decided = prepared(before, decision);
    await this.#store(decided);
    await this.#complete(decided.transactionalId);
    return successor(decided);
  }

  /** Writes the markers, and that they are written: never the second before the first is durable everywhere. */
  async #complete(transactionalId: string): Promise<void> {
    const decided = this.#find(transactionalId);
    if (decided === undefined || !isPrepared(decided)) return;
    const { producerId, producerEpoch, state, partitions } = decided;
    const { markers, coordinatorEpoch, clock, logger } = this.#options;
    const kind = state === 'PrepareCommit' ? 'commit' : 'abort';
    try {
      await writeMarkers(markers, partitions, { kind, producerId, producerEpoch, coordinatorEpoch });
      await this.#store(completed(decided, clock.wallMs()));
    } catch (error) {
      if (this.#isClosed) return;
      logger.error('a transaction could not be completed yet', { transactionalId, error: describeError(error) });
      this.#options.timers.set(MARKER_RETRY_MS, () => this.#completeLater(transactionalId));
    }
  }

  #completeLater(transactionalId: string): void {
    void this.#turns.run(transactionalId, () => (this.#isClosed ? undefined : this.#complete(transactionalId)));
  }

  #abortTimedOut(): void {
    for (const shard of this.#runtime.loaded()) {
      for (const { transactionalId } of shard.all()) {
        if (!shard.isTimedOut(transactionalId)) continue;
        this.#inBackground(transactionalId, async () => {
          const known = this.#find(transactionalId);
          if (known?.state !== 'Ongoing' || !this.#shardOf(transactionalId).isTimedOut(transactionalId)) return;
          this.#options.logger.warn('aborting a transaction that took too long', { transactionalId });
          await this.#fence(known);
        });
      }
    }
  }

  /** Forgets ids that nobody used for long. */
  #expire(): void {
    const silentMs = this.#options.config.number('transactional.id.expiration.ms');
    const isExpired = ({ state, lastUpdateMs }: Transaction): boolean =>
      state !== 'Ongoing' && lastUpdateMs + silentMs < this.#options.clock.wallMs();
    for (const transaction of this.list()) {
      const { transactionalId } = transaction;
      if (!isExpired(transaction) || isPrepared(transaction)) continue;
      this.#inBackground(transactionalId, async () => {
        const known = this.#find(transactionalId);
        if (known === undefined || !isExpired(known) || isPrepared(known)) return;
        this.#raised.delete(transactionalId);
        await this.#runtime.write(this.#partitionOf(transactionalId), [tombstone(transactionalId)]);
      });
    }
  }

  #inBackground(transactionalId: string, work: () => Promise<void>): void {
    if (this.#turns.isBusy(transactionalId)) return;
    this.#turns.run(transactionalId, work).catch((error: unknown) => {
      this.#options.logger.error('regular work on transactions failed', {
        transactionalId,
        error: describeError(error),
      });
    });
  }

  *#everyShard(): Iterable<TransactionShard> {
    for (let partition = 0; partition < this.#options.partitionCount(); partition++) {
      if (this.#options.findLog(partition) !== null) yield this.#runtime.shard(partition);
    }
  }

  /** A partition that can't be read is tried again when it is used; the others go on. */
  #load(partition: number): void {
    try {
      if (this.#options.findLog(partition) !== null) this.#runtime.shard(partition);
    } catch (error) {
      this.#options.logger.error('transactions could not be loaded', { partition, error: describeError(error) });
    }
  }

  #find(transactionalId: string): Transaction | undefined {
    return this.#shardOf(transactionalId).get(transactionalId);
  }

  #shardOf(transactionalId: string): TransactionShard {
    return this.#runtime.shard(this.#partitionOf(transactionalId));
  }

  #partitionOf(transactionalId: string): number {
    return coordinatorPartition(transactionalId, this.#options.partitionCount());
  }

  #store(transaction: Transaction): Promise<void> {
    return this.#runtime.write(this.#partitionOf(transaction.transactionalId), [transactionRecord(transaction)]);
  }
}

/** A transactional id that nobody used before. */
function fresh({ transactionalId, timeoutMs }: InitRequest, { producerId }: ProducerIdentity): Transaction {
  return {
    transactionalId,
    producerId,
    producerEpoch: -1,
    previousProducerId: -1,
    nextProducerId: -1,
    timeoutMs,
    state: 'Empty',
    partitions: [],
    startMs: -1,
    lastUpdateMs: -1,
    clientVersion: 0,
  };
}
