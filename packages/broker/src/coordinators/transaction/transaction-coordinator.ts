import { assert } from '@millrace/base';
import type { BrokerConfig } from '../../cluster/broker-config.ts';
import { BrokerError } from '../../lib/broker-error.ts';
import { Completion, type CompletionOptions } from './completion.ts';
import { type EndRequest, endOf, type InitRequest, identityAfter } from './decide.ts';
import {
  hasPartition,
  initialized,
  isEpochExhausted,
  isPrepared,
  type ProducerIdentity,
  type Transaction,
  type TransactionPartition,
  withPartitions,
} from './transaction.ts';
import { TransactionStore, type TransactionStoreOptions } from './transaction-store.ts';
import { Turns } from './turns.ts';
import { Upkeep } from './upkeep.ts';

export type TransactionalClient = ProducerIdentity & {
  readonly transactionalId: string;
  /** 2 for clients that let the broker add partitions and get a new epoch with each end (KIP-890), else 0. */
  readonly clientVersion: number;
};

export type TransactionCoordinatorOptions = TransactionStoreOptions &
  CompletionOptions & {
    readonly config: BrokerConfig;
    readonly nextProducerId: () => number;
  };

/**
 * All transactional ids of the broker. What concerns one id happens in the order in which it came: a request waits for
 * those before it instead of being sent away, and a commit is answered when its markers are durable.
 */
export class TransactionCoordinator {
  readonly #options: TransactionCoordinatorOptions;
  readonly #store: TransactionStore;
  readonly #completion: Completion;
  readonly #upkeep: Upkeep;
  readonly #turns = new Turns();
  /** The last change of identity that a producer asked for itself: a retry of it gets the same answer (KIP-360). */
  readonly #raised = new Map<string, { readonly from: ProducerIdentity; readonly to: ProducerIdentity }>();

  constructor(options: TransactionCoordinatorOptions) {
    this.#options = options;
    const turns = this.#turns;
    const completion = new Completion(options, () => this.#store, turns);
    this.#completion = completion;
    this.#store = new TransactionStore(options, (transactionalId) => completion.completeLater(transactionalId));
    const onForgotten = (transactionalId: string): void => void this.#raised.delete(transactionalId);
    this.#upkeep = new Upkeep(options, { store: this.#store, completion, turns, onForgotten });
  }

  /** Loads everything, completes what was decided before a crash, and begins to watch time limits. */
  start(): void {
    this.#store.loadAll();
    this.#upkeep.start();
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
      const known = this.#store.find(transactionalId);
      if (known !== undefined && isPrepared(known)) throw new BrokerError('CONCURRENT_TRANSACTIONS');
      const next = identityAfter(known, expected, this.#raised.get(transactionalId), this.#options.nextProducerId);
      if (next.kind === 'same') return next.identity;
      if (known?.state === 'Ongoing') await this.#completion.fence(known);
      const before = this.#store.find(transactionalId) ?? fresh(request, next.identity);
      if (isPrepared(before)) throw new BrokerError('CONCURRENT_TRANSACTIONS');
      // Fencing took an epoch.
      const rises = before.producerId === next.identity.producerId && known?.state === 'Ongoing';
      const identity = rises ? this.#epochAfter(before) : next.identity;
      await this.#store.put(initialized(before, identity, { timeoutMs, nowMs: this.#options.clock.wallMs() }));
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
      const known = this.#store.find(transactionalId);
      const end = endOf(known, request);
      if (end.kind === 'done') return end.identity;
      assert(known !== undefined, 'only what is known can be ended');
      const raisesEpoch = request.clientVersion >= 2;
      return await this.#completion.decide(known, {
        isCommit: request.isCommit,
        raisesEpoch,
        nextProducerId: raisesEpoch && isEpochExhausted(known) ? this.#options.nextProducerId() : -1,
        clientVersion: request.clientVersion,
        nowMs: this.#options.clock.wallMs(),
      });
    });
  }

  describe(transactionalId: string): Transaction | undefined {
    return this.#store.find(transactionalId);
  }

  list(): Iterable<Transaction> {
    return this.#store.all();
  }

  close(): void {
    this.#completion.close();
    this.#upkeep.close();
    this.#store.close();
  }

  #has(
    { transactionalId, producerId, producerEpoch }: TransactionalClient,
    partitions: readonly TransactionPartition[],
  ) {
    const known = this.#store.find(transactionalId);
    if (known?.state !== 'Ongoing') return false;
    if (known.producerId !== producerId || known.producerEpoch !== producerEpoch) return false;
    return partitions.every((wanted) => hasPartition(known, wanted));
  }

  /** The transactional id, if the client is the one that speaks for it. */
  #ownedBy(client: TransactionalClient): Transaction {
    const known = this.#store.find(client.transactionalId);
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
    await this.#store.put(withPartitions(known, partitions, { clientVersion, nowMs: this.#options.clock.wallMs() }));
  }

  #epochAfter(before: Transaction): ProducerIdentity {
    return isEpochExhausted(before)
      ? { producerId: this.#options.nextProducerId(), producerEpoch: 0 }
      : { producerId: before.producerId, producerEpoch: before.producerEpoch + 1 };
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
