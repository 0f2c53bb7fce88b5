import type { NodeContext, RunningNode } from '../topology/running-node.ts';

/** At each change; or once, when the window has closed: of all windows, or of those that the store's retention leaves. */
export type Emission =
  | { readonly kind: 'updates' }
  | {
      readonly kind: 'finals';
      readonly of: 'all' | 'retained';
      /** After so long without a record all windows close; null: they wait for stream time. */
      readonly idleMs: number | null;
    };

/** No window has been emitted yet. */
export const NEVER_EMITTED = -1;

/** What a node with windows does for its final results. */
export type Finals = {
  readonly storeName: string;
  /** Rows of windows from this time on stay in the store, however old they get. */
  hold(fromMs: number): void;
  /**
   * Forwards the windows that close at one time and had not at an earlier one (`NEVER_EMITTED`: at none); returns the
   * time from which on rows must still be held, or null when nothing can have closed.
   */
  emit(emittedCloseMs: number, closeMs: number): number | null;
  /** Moves the node's time on so far that all its windows have closed; returns the close time. */
  closeAll(): number;
};

/**
 * When a node looks for windows that have closed: once stream time has moved on, and not more often than the configured
 * interval of wall-clock time, since looking costs a scan; and if asked for, when no record has come for a while. Until
 * then the store holds their rows. Up to where windows were emitted is committed with the offsets, so that a restart
 * emits none again. (Kafka Streams keeps it there, too: ProcessorMetadata, KIP-825.)
 */
export class FinalResults {
  /** Whether the store holds rows that are older than its retention until they have left. */
  readonly #holds: boolean;
  readonly #context: NodeContext;
  readonly #finals: Finals;
  #nextMs = 0;
  #hasNewRecords = false;

  constructor(
    node: RunningNode,
    context: NodeContext,
    emission: Extract<Emission, { kind: 'finals' }>,
    finals: Finals,
  ) {
    this.#context = context;
    this.#finals = finals;
    this.#holds = emission.of === 'all';
    if (this.#holds) finals.hold(0);
    if (emission.idleMs !== null) this.#watchIdle(node, emission.idleMs);
  }

  /** The close time up to which windows were emitted. */
  get emittedCloseMs(): number {
    return this.#context.processorMetadata.get(this.#finals.storeName) ?? NEVER_EMITTED;
  }

  /** A record has been processed; windows that it closes leave now, unless the last look was just before. */
  advance(closeMs: number): void {
    this.#hasNewRecords = true;
    const nowMs = this.#context.clock.wallMs();
    if (nowMs < this.#nextMs) return;
    this.#nextMs = nowMs + this.#context.emitIntervalMs;
    this.#emit(closeMs);
  }

  #emit(closeMs: number): void {
    const { emittedCloseMs } = this;
    if (emittedCloseMs >= closeMs) return;
    const heldFromMs = this.#finals.emit(emittedCloseMs, closeMs);
    if (heldFromMs === null) return;
    this.#context.processorMetadata.set(this.#finals.storeName, closeMs);
    if (this.#holds) this.#finals.hold(heldFromMs);
  }

  /** Looks twice in the time given, so that windows close at most half of it late; records ask no clock for it. */
  #watchIdle(node: RunningNode, idleMs: number): void {
    let idleLooks = 0;
    this.#context.schedule(node, null, Math.max(1, Math.ceil(idleMs / 2)), 'wall-clock', () => {
      idleLooks = this.#hasNewRecords ? 0 : idleLooks + 1;
      this.#hasNewRecords = false;
      if (idleLooks === 2) this.#emit(this.#finals.closeAll());
    });
  }
}
