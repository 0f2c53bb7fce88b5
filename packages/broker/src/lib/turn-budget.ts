/** What may be done in one turn of the event loop; one answer above it is let through whole. */
const BYTES_MAX = 4 * 1024 * 1024;

/** Runs a function once sockets and timers were looked at again. */
type Defer = (run: () => void) => void;

/**
 * Shares the event loop out: when a turn's budget is spent, what comes next waits for the next turn, so that sockets and
 * timers get theirs in between. A client in the same isolate would otherwise never let go of the loop, since its
 * requests and their answers are promises only; and one socket could ask for gigabytes with one packet.
 */
export class TurnBudget {
  readonly #defer: Defer;
  #spentBytes = 0;
  #nextTurn: Promise<void> | null = null;

  constructor(defer: Defer = setImmediate) {
    this.#defer = defer;
  }

  get isSpent(): boolean {
    return this.#spentBytes >= BYTES_MAX;
  }

  /** Counts what was done, in bytes of records or in what else takes as long. */
  spend(bytes: number): void {
    this.#spentBytes += bytes;
    this.#nextTurn ??= new Promise((resolve) => {
      this.#defer(() => {
        this.#spentBytes = 0;
        this.#nextTurn = null;
        resolve();
      });
    });
  }

  /** Resolves in a turn that has something left, in the order of the calls. */
  async turn(): Promise<void> {
    while (this.isSpent) await this.#nextTurn;
  }
}
