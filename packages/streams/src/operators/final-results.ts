import type { NodeContext } from '../topology/running-node.ts';

/** At each change; or once, when the window has closed: of all windows, or of those that the store's retention leaves. */
export type Emission = 'updates' | 'finals' | 'finals-within-retention';

/**
 * When a node looks for windows that have closed: once stream time has moved on, and not more often than the configured
 * interval of wall-clock time, since looking costs a scan. Until then the store holds their rows.
 */
export class FinalResults {
  /** Whether the store holds rows that are older than its retention until they have left. */
  readonly holds: boolean;
  readonly #context: NodeContext;
  #nextMs = 0;
  /** The close time up to which windows were emitted, -1 for none yet. */
  emittedCloseMs = -1;

  constructor(context: NodeContext, emission: Exclude<Emission, 'updates'>) {
    this.#context = context;
    this.holds = emission === 'finals';
  }

  isDue(closeMs: number): boolean {
    const nowMs = this.#context.clock.wallMs();
    if (nowMs < this.#nextMs) return false;
    this.#nextMs = nowMs + this.#context.emitIntervalMs;
    return this.emittedCloseMs === -1 || this.emittedCloseMs < closeMs;
  }
}
