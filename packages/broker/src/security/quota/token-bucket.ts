/**
 * Lets a burst through and then a steady rate (KIP-599): what is taken may bring the bucket below nothing, and then nothing
 * more is given until it is filled to nothing again.
 */
export class TokenBucket {
  readonly #capacityOf: (rate: number) => number;
  #tokens = Number.NaN;
  #filledAtMs = 0;

  /** @param burstSeconds how many seconds' worth of tokens it holds */
  constructor(burstSeconds: number) {
    this.#capacityOf = (rate) => rate * burstSeconds;
  }

  /** Whether something may be taken. */
  isOpen(rate: number, nowMs: number): boolean {
    this.#fill(rate, nowMs);
    return this.#tokens >= 0;
  }

  take(tokens: number, rate: number, nowMs: number): void {
    this.#fill(rate, nowMs);
    this.#tokens -= tokens;
  }

  /** How long until something may be taken again. */
  overdueMs(rate: number, nowMs: number): number {
    this.#fill(rate, nowMs);
    return this.#tokens >= 0 ? 0 : Math.round((-this.#tokens / rate) * 1000);
  }

  isIdle(rate: number, nowMs: number): boolean {
    this.#fill(rate, nowMs);
    return this.#tokens >= this.#capacityOf(rate);
  }

  #fill(rate: number, nowMs: number): void {
    const capacity = this.#capacityOf(rate);
    const filled = Number.isNaN(this.#tokens) ? capacity : this.#tokens + ((nowMs - this.#filledAtMs) * rate) / 1000;
    this.#tokens = Math.min(capacity, filled);
    this.#filledAtMs = nowMs;
  }
}
