import type { Clock } from '@millrace/base';
import type { CoordinatorRecord, Shard } from '../runtime.ts';
import { decodeTransactionRecord } from './records.ts';
import { isPrepared, type Transaction } from './transaction.ts';

/** The transactional ids of one partition of `__transaction_state`. */
export class TransactionShard implements Shard {
  readonly #clock: Clock;
  readonly #onPrepared: (transactionalId: string) => void;
  readonly #transactions = new Map<string, Transaction>();
  /** When ongoing transactions are to be aborted, on the monotonic clock: a jump of the wall clock ends none. */
  readonly #deadlinesMs = new Map<string, number>();

  /** `onPrepared` is told of each transaction that was decided, but not completed, when the shard was loaded. */
  constructor(clock: Clock, onPrepared: (transactionalId: string) => void) {
    this.#clock = clock;
    this.#onPrepared = onPrepared;
  }

  get(transactionalId: string): Transaction | undefined {
    return this.#transactions.get(transactionalId);
  }

  all(): Iterable<Transaction> {
    return this.#transactions.values();
  }

  isTimedOut(transactionalId: string): boolean {
    return (this.#deadlinesMs.get(transactionalId) ?? Number.POSITIVE_INFINITY) <= this.#clock.monotonicMs();
  }

  replay(record: CoordinatorRecord): void {
    const decoded = decodeTransactionRecord(record);
    if (decoded === null) return;
    const { transactionalId, transaction } = decoded;
    const wasOngoing = this.#transactions.get(transactionalId)?.state === 'Ongoing';
    if (transaction === null) this.#transactions.delete(transactionalId);
    else this.#transactions.set(transactionalId, transaction);
    if (transaction?.state !== 'Ongoing') {
      this.#deadlinesMs.delete(transactionalId);
    } else if (!wasOngoing) {
      const { startMs, timeoutMs } = transaction;
      const passedMs = Math.min(Math.max(this.#clock.wallMs() - startMs, 0), timeoutMs);
      this.#deadlinesMs.set(transactionalId, this.#clock.monotonicMs() + timeoutMs - passedMs);
    }
  }

  /** What coordinators write of transactions is itself in none. */
  endTransaction(): void {}

  onLoaded(): void {
    for (const transaction of this.#transactions.values()) {
      if (isPrepared(transaction)) this.#onPrepared(transaction.transactionalId);
    }
  }

  onUnloaded(): void {
    this.#transactions.clear();
    this.#deadlinesMs.clear();
  }
}
