import type { NodeContext } from '../topology/running-node.ts';

/** At each change; or once, looked for before a record is stored (nothing is lost), or after (as Kafka Streams). */
export type Emission = 'updates' | 'finals-first' | 'finals-last';

/**
 * When a node may emit the windows that have closed: not before stream time moved on, and not more often than the
 * configured interval of wall-clock time, since looking for closed windows costs a scan.
 */
export class FinalResults {
  readonly #context: NodeContext;
  readonly isFirst: boolean;
  #nextMs = 0;
  /** The close time up to which windows were emitted, -1 for none yet. */
  emittedCloseMs = -1;

  constructor(context: NodeContext, isFirst: boolean) {
    this.#context = context;
    this.isFirst = isFirst;
  }

  isDue(closeMs: number): boolean {
    const nowMs = this.#context.clock.wallMs();
    if (nowMs < this.#nextMs) return false;
    this.#nextMs = nowMs + this.#context.emitIntervalMs;
    return this.emittedCloseMs === -1 || this.emittedCloseMs < closeMs;
  }
}
