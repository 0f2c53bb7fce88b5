import { NumberHeap } from '../lib/number-heap.ts';
import type { NodeContext } from '../topology/running-node.ts';

/** At each change; or once, looked for before a record is stored (nothing is lost), or after (as Kafka Streams). */
export type Emission = 'updates' | 'finals-first' | 'finals-last';

/**
 * When a node looks for windows that have closed: once stream time has moved on, and not more often than the configured
 * interval of wall-clock time, since looking costs a scan. Unless a closed window would fall out of the store's
 * retention before the next look: then at once, so that none is lost.
 */
export class FinalResults {
  readonly isFirst: boolean;
  readonly #context: NodeContext;
  readonly #retentionMs: number;
  /** The close times from which on the windows that wait are closed. */
  readonly #closing = new NumberHeap();
  #nextMs = 0;
  /** The close time up to which windows were emitted, -1 for none yet. */
  emittedCloseMs = -1;

  constructor(context: NodeContext, emission: Exclude<Emission, 'updates'>, retentionMs: number) {
    this.#context = context;
    this.isFirst = emission === 'finals-first';
    this.#retentionMs = retentionMs;
    // Windows from before a restart may wait.
    this.#closing.add(0);
  }

  /** A window waits that is closed when the close time is `closedAtMs`. */
  opened(closedAtMs: number): void {
    if (this.isFirst) this.#closing.add(closedAtMs);
  }

  /** `earliestMs`: no window that waits starts (or, for sessions, ends) before; `storeTimeMs`: the store's time next. */
  isDue(closeMs: number, earliestMs: number, storeTimeMs: number): boolean {
    if (this.emittedCloseMs >= closeMs && this.emittedCloseMs !== -1) return false;
    const nowMs = this.#context.clock.wallMs();
    const wouldLose =
      this.isFirst && this.#closing.smallest <= closeMs && storeTimeMs - this.#retentionMs >= earliestMs;
    if (nowMs < this.#nextMs && !wouldLose) return false;
    this.#nextMs = nowMs + this.#context.emitIntervalMs;
    return true;
  }

  emitted(closeMs: number): void {
    this.emittedCloseMs = closeMs;
    if (this.isFirst) this.#closing.dropUpTo(closeMs);
  }
}
