import { type Clock, describeError, type Logger } from '@millrace/base';
import type { PartitionLog } from '../../log/partition-log.ts';
import { coordinatorPartition } from '../java-hash.ts';
import { CoordinatorRuntime } from '../runtime.ts';
import { tombstone, transactionRecord } from './records.ts';
import type { Transaction } from './transaction.ts';
import { TransactionShard } from './transaction-shard.ts';

export type TransactionStoreOptions = {
  readonly clock: Clock;
  readonly logger: Logger;
  /** How many partitions the transactions topic has. */
  readonly partitionCount: () => number;
  /** The log of one of them; null while the topic was never needed. */
  readonly findLog: (partition: number) => PartitionLog | null;
  /** The same, its topic made if need be. */
  readonly makeLog: (partition: number) => PartitionLog;
};

/** Every transactional id, wherever in `__transaction_state` it is stored. */
export class TransactionStore {
  readonly #options: TransactionStoreOptions;
  readonly #runtime: CoordinatorRuntime<TransactionShard>;

  /** `onPrepared` is told of each transaction that was decided, but not completed, when it is loaded. */
  constructor(options: TransactionStoreOptions, onPrepared: (transactionalId: string) => void) {
    this.#options = options;
    const { clock } = options;
    this.#runtime = new CoordinatorRuntime({ ...options, makeShard: () => new TransactionShard(clock, onPrepared) });
  }

  /** A partition that can't be read is tried again when it is used; the others go on. */
  loadAll(): void {
    const { findLog, logger, partitionCount } = this.#options;
    for (let partition = 0; partition < partitionCount(); partition++) {
      try {
        if (findLog(partition) !== null) this.#runtime.shard(partition);
      } catch (error) {
        logger.error('transactions could not be loaded', { partition, error: describeError(error) });
      }
    }
  }

  find(transactionalId: string): Transaction | undefined {
    return this.#shardOf(transactionalId).get(transactionalId);
  }

  *all(): Iterable<Transaction> {
    const { findLog, partitionCount } = this.#options;
    for (let partition = 0; partition < partitionCount(); partition++) {
      if (findLog(partition) !== null) yield* this.#runtime.shard(partition).all();
    }
  }

  /** Those whose time is over, of what is loaded. */
  *timedOut(): Iterable<Transaction> {
    for (const shard of this.#runtime.loaded()) {
      for (const transaction of shard.all()) if (shard.isTimedOut(transaction.transactionalId)) yield transaction;
    }
  }

  isTimedOut(transactionalId: string): boolean {
    return this.#shardOf(transactionalId).isTimedOut(transactionalId);
  }

  /** Resolves when it is durable. @throws BrokerError when it could not be stored. */
  put(transaction: Transaction): Promise<void> {
    return this.#runtime.write(this.#partitionOf(transaction.transactionalId), [transactionRecord(transaction)]);
  }

  /** Resolves when that is durable. @throws BrokerError when it could not be stored. */
  remove(transactionalId: string): Promise<void> {
    return this.#runtime.write(this.#partitionOf(transactionalId), [tombstone(transactionalId)]);
  }

  close(): void {
    this.#runtime.close();
  }

  #shardOf(transactionalId: string): TransactionShard {
    return this.#runtime.shard(this.#partitionOf(transactionalId));
  }

  #partitionOf(transactionalId: string): number {
    return coordinatorPartition(transactionalId, this.#options.partitionCount());
  }
}
