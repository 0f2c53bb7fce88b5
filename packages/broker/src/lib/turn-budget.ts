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
  /** Those who wait for a turn, in the order in which they came. */
  readonly #waiting: (() => void)[] = [];
  #spentBytes = 0;
  #isTurnDue = false;

  constructor(defer: Defer = setImmediate) {
    this.#defer = defer;
  }

  get isSpent(): boolean {
    return this.#spentBytes >= BYTES_MAX;
  }

  /** Counts what was done, in bytes of records or in what else takes as long. */
  spend(bytes: number): void {
    this.#spentBytes += bytes;
    this.#callNextTurn();
    if (!this.isSpent) this.#admit();
  }

  /** Resolves in a turn that has something left, in the order of the calls. Who was let in spends. */
  turn(): Promise<void> {
    if (!this.isSpent) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #callNextTurn(): void {
    if (this.#isTurnDue) return;
    this.#isTurnDue = true;
    this.#defer(() => {
      this.#isTurnDue = false;
      this.#spentBytes = 0;
      this.#admit();
    });
  }

  /** One at a time: the next one when this one has spent, or in the next turn if it does not. */
  #admit(): void {
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#callNextTurn();
    next();
  }
}
