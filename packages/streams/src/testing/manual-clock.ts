import type { Clock, Timer } from '@millrace/base';

/** Time that moves only when the test says so. Nothing in a topology sets timers, so there are none. */
export class ManualClock implements Clock {
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  wallMs(): number {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  setTimer(): Timer {
    throw new RangeError('the test driver has no timers');
  }

  advance(byMs: number): void {
    this.#nowMs += byMs;
  }
}
