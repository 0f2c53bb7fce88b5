import type { Clock, Timer } from '../clock.ts';

type Pending = { readonly dueMs: number; readonly order: number; readonly run: () => void };

/** A clock that moves only when told to; due timers run in order of their time, then of their setting. */
export class FakeClock implements Clock {
  #nowMs: number;
  #wallAheadMs = 0;
  #order = 0;
  readonly #pending = new Set<Pending>();

  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  wallMs(): number {
    return this.#nowMs + this.#wallAheadMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  setTimer(delayMs: number, run: () => void): Timer {
    const pending = { dueMs: this.#nowMs + Math.max(delayMs, 0), order: this.#order++, run };
    this.#pending.add(pending);
    return { clear: () => void this.#pending.delete(pending) };
  }

  /** Moves both times on and runs every timer that comes due on the way, at its own time. */
  advance(byMs: number): void {
    const endMs = this.#nowMs + byMs;
    for (let next = this.#next(endMs); next !== undefined; next = this.#next(endMs)) {
      this.#pending.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.run();
    }
    this.#nowMs = endMs;
  }

  /** Makes the wall clock jump, as an operator or a time server does; durations do not notice. */
  jumpWallClock(byMs: number): void {
    this.#wallAheadMs += byMs;
  }

  #next(endMs: number): Pending | undefined {
    let first: Pending | undefined;
    for (const pending of this.#pending) {
      if (pending.dueMs > endMs) continue;
      if (
        first === undefined ||
        pending.dueMs < first.dueMs ||
        (pending.dueMs === first.dueMs && pending.order < first.order)
      ) {
        first = pending;
      }
    }
    return first;
  }
}
