import { type Clock, describeError, type Logger, type Timer } from '@millrace/base';
import type { BrokerConfig } from '../../cluster/broker-config.ts';
import type { Timers } from '../../lib/timers.ts';
import { repeat } from '../repeat.ts';
import type { Completion } from './completion.ts';
import { isPrepared, type Transaction } from './transaction.ts';
import type { TransactionStore } from './transaction-store.ts';
import type { Turns } from './turns.ts';

export type UpkeepOptions = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly config: BrokerConfig;
};

export type UpkeepParts = {
  readonly store: TransactionStore;
  readonly completion: Completion;
  readonly turns: Turns;
  /** An id is forgotten. */
  readonly onForgotten: (transactionalId: string) => void;
};

/** What is done now and then: transactions that take too long are aborted, ids that nobody uses are forgotten. */
export class Upkeep {
  readonly #options: UpkeepOptions;
  readonly #parts: UpkeepParts;
  readonly #regular: Timer[] = [];

  constructor(options: UpkeepOptions, parts: UpkeepParts) {
    this.#options = options;
    this.#parts = parts;
  }

  start(): void {
    this.#every('time limits of transactions', 'transaction.abort.timed.out.transaction.cleanup.interval.ms', () =>
      this.#abortTimedOut(),
    );
    this.#every('expiry of transactional ids', 'transaction.remove.expired.transaction.cleanup.interval.ms', () =>
      this.#expire(),
    );
  }

  close(): void {
    for (const timer of this.#regular) timer.clear();
  }

  #every(name: string, interval: string, work: () => void): void {
    const { config, timers, logger } = this.#options;
    this.#regular.push(repeat({ timers, logger, name, intervalMs: () => config.number(interval) }, work));
  }

  #abortTimedOut(): void {
    const { store, completion } = this.#parts;
    for (const { transactionalId } of store.timedOut()) {
      this.#inTurn(transactionalId, async () => {
        const known = store.find(transactionalId);
        if (known?.state !== 'Ongoing' || !store.isTimedOut(transactionalId)) return;
        this.#options.logger.warn('aborting a transaction that took too long', { transactionalId });
        await completion.fence(known);
      });
    }
  }

  #expire(): void {
    const { store, onForgotten } = this.#parts;
    for (const transaction of store.all()) {
      const { transactionalId } = transaction;
      if (!this.#isExpired(transaction)) continue;
      this.#inTurn(transactionalId, async () => {
        const known = store.find(transactionalId);
        if (known === undefined || !this.#isExpired(known)) return;
        onForgotten(transactionalId);
        await store.remove(transactionalId);
      });
    }
  }

  #isExpired(transaction: Transaction): boolean {
    const { clock, config } = this.#options;
    if (transaction.state === 'Ongoing' || isPrepared(transaction)) return false;
    return transaction.lastUpdateMs + config.number('transactional.id.expiration.ms') < clock.wallMs();
  }

  /** Whoever is busy is looked at again the next time. */
  #inTurn(transactionalId: string, work: () => Promise<void>): void {
    const { turns } = this.#parts;
    if (turns.isBusy(transactionalId)) return;
    turns.run(transactionalId, work).catch((error: unknown) => {
      this.#options.logger.error('regular work on transactions failed', {
        transactionalId,
        error: describeError(error),
      });
    });
  }
}
