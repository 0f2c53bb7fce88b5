import type { Clock } from '@millrace/base';

/**
 * So many permits in a second. What was not used of the last second may be used at once, and one more than there is may
 * always be had: the next one waits for both (as Guava's limiter, whose behaviour ksqlDB's users know).
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #perSecond: number;
  #stored = 0;
  #nextMs: number;

  constructor(perSecond: number, clock: Clock) {
    this.#perSecond = perSecond;
    this.#clock = clock;
    this.#nextMs = clock.monotonicMs();
  }

  tryAcquire(): boolean {
    const nowMs = this.#clock.monotonicMs();
    if (this.#nextMs > nowMs) return false;
    const intervalMs = 1000 / this.#perSecond;
    this.#stored = Math.min(this.#perSecond, this.#stored + (nowMs - this.#nextMs) / intervalMs);
    const used = Math.min(1, this.#stored);
    this.#stored -= used;
    this.#nextMs = nowMs + (1 - used) * intervalMs;
    return true;
  }
}
