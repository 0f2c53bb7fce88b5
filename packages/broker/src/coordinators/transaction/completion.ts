import { type Clock, describeError, type Logger } from '@millrace/base';
import type { Timers } from '../../lib/timers.ts';
import { type MarkerTargets, writeMarkers } from './markers.ts';
import {
  completed,
  type Decision,
  isPrepared,
  type ProducerIdentity,
  prepared,
  successor,
  type Transaction,
} from './transaction.ts';
import type { TransactionStore } from './transaction-store.ts';
import type { Turns } from './turns.ts';

/** After this time markers that could not be written are tried again. */
const MARKER_RETRY_MS = 100;

export type CompletionOptions = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Of the epochs of the leaders of the transactions topic: stands in markers. */
  readonly coordinatorEpoch: number;
  readonly markers: MarkerTargets;
};

/** Ends transactions: the decision is durable first, then the markers are, then it is noted that they are. */
export class Completion {
  readonly #options: CompletionOptions;
  readonly #store: () => TransactionStore;
  readonly #turns: Turns;
  /** Those whose next try has its time. Loading them again, as a failed write makes us do, must not begin it at once. */
  readonly #retrying = new Set<string>();
  #isClosed = false;

  constructor(options: CompletionOptions, store: () => TransactionStore, turns: Turns) {
    this.#options = options;
    this.#store = store;
    this.#turns = turns;
  }

  /**
   * Decides. Resolves when the decision is durable and, unless a disk refuses them, the markers are, with who may go on
   * under the id.
   */
  async decide(before: Transaction, decision: Decision): Promise<ProducerIdentity> {
    const decided = prepared(before, decision);
    await this.#store().put(decided);
    await this.#complete(decided.transactionalId);
    return successor(decided);
  }

  /** Aborts under an epoch that nobody has. */
  async fence(ongoing: Transaction): Promise<void> {
    const { clientVersion } = ongoing;
    const nowMs = this.#options.clock.wallMs();
    await this.decide(ongoing, { isCommit: false, raisesEpoch: true, nextProducerId: -1, clientVersion, nowMs });
  }

  /** Completes what was decided, when it is its turn. */
  completeLater(transactionalId: string): void {
    void this.#turns.run(transactionalId, () => (this.#isClosed ? undefined : this.#complete(transactionalId)));
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Writes the markers, and that they are written: never the second before the first is durable everywhere. */
  async #complete(transactionalId: string): Promise<void> {
    if (this.#retrying.has(transactionalId)) return;
    const decided = this.#store().find(transactionalId);
    if (decided === undefined || !isPrepared(decided)) return;
    const { producerId, producerEpoch, state, partitions } = decided;
    const { markers, coordinatorEpoch, clock, logger, timers } = this.#options;
    const kind = state === 'PrepareCommit' ? 'commit' : 'abort';
    try {
      await writeMarkers(markers, partitions, { kind, producerId, producerEpoch, coordinatorEpoch });
      await this.#store().put(completed(decided, clock.wallMs()));
    } catch (error) {
      if (this.#isClosed) return;
      logger.error('a transaction could not be completed yet', { transactionalId, error: describeError(error) });
      this.#retrying.add(transactionalId);
      timers.set(MARKER_RETRY_MS, () => {
        this.#retrying.delete(transactionalId);
        this.completeLater(transactionalId);
      });
    }
  }
}
