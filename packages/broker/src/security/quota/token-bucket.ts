/**
 * Lets a burst through and then a steady rate: what is taken may bring the bucket below nothing, and who took it waits until
 * it is filled to nothing again.
 *
 * (Kafka measures rates over samples instead, `quota.window.num` of `quota.window.size.seconds`, of which the first may be
 * used up at once. The waits are the same; but old samples are forgotten there, paid or not, so that large requests come
 * through at up to twice the rate.)
 */
export class TokenBucket {
  readonly #burstSeconds: number;
  #tokens: number | null = null;
  #filledAtMs = 0;

  /** @param burstSeconds how many seconds' worth of tokens it holds */
  constructor(burstSeconds: number) {
    this.#burstSeconds = burstSeconds;
  }

  /** Whether nothing is owed. */
  isOpen(rate: number, nowMs: number): boolean {
    return this.#fill(rate, nowMs) >= 0;
  }

  take(tokens: number, rate: number, nowMs: number): void {
    this.#tokens = this.#fill(rate, nowMs) - tokens;
  }

  /** How long until nothing is owed, in milliseconds. */
  overdueMs(rate: number, nowMs: number): number {
    return Math.ceil((Math.max(0, -this.#fill(rate, nowMs)) / rate) * 1000);
  }

  /** Its rate may change at any time; what was taken stays taken. */
  #fill(rate: number, nowMs: number): number {
    const capacity = rate * this.#burstSeconds;
    const earned = (rate * (nowMs - this.#filledAtMs)) / 1000;
    const tokens = this.#tokens === null ? capacity : Math.min(capacity, this.#tokens + earned);
    this.#tokens = tokens;
    this.#filledAtMs = nowMs;
    return tokens;
  }
}
