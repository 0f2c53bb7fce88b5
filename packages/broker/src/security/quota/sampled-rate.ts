/** A time and what was counted since, until the next sample begins. */
type Sample = { startMs: number; sum: number };

export type RateWindow = {
  /** Kafka's `quota.window.num`. */
  readonly samples: number;
  /** Kafka's `quota.window.size.seconds`. */
  readonly sampleMs: number;
};

/**
 * How much happens each second, over the last samples. Until there are as many samples as there may be, it is measured as if
 * the rest had passed with nothing in it, as Kafka does: the first second of a client is no peak.
 */
export class SampledRate {
  readonly #window: RateWindow;
  readonly #samples: Sample[] = [];

  constructor(window: RateWindow) {
    this.#window = window;
  }

  record(amount: number, nowMs: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && nowMs - last.startMs < this.#window.sampleMs) last.sum += amount;
    else this.#samples.push({ startMs: nowMs, sum: amount });
    this.#forget(nowMs);
  }

  /** How long to wait so that the rate is no more than its limit, in milliseconds; 0 where it is not. */
  overdueMs(limit: number, nowMs: number): number {
    this.#forget(nowMs);
    const elapsedMs = this.#elapsedMs(nowMs);
    const total = this.#samples.reduce((sum, sample) => sum + sample.sum, 0);
    const rate = (total * 1000) / elapsedMs;
    return rate <= limit ? 0 : Math.round(((rate - limit) / limit) * elapsedMs);
  }

  /** Whether nothing of it is remembered any more. */
  isIdle(nowMs: number): boolean {
    this.#forget(nowMs);
    return this.#samples.length === 0;
  }

  #elapsedMs(nowMs: number): number {
    const { samples, sampleMs } = this.#window;
    const sinceMs = nowMs - (this.#samples[0]?.startMs ?? nowMs);
    const missing = samples - 1 - Math.floor(sinceMs / sampleMs);
    return Math.max(1, sinceMs + Math.max(0, missing) * sampleMs);
  }

  #forget(nowMs: number): void {
    const { samples, sampleMs } = this.#window;
    const oldMs = nowMs - samples * sampleMs;
    while (this.#samples.length > 0 && this.#samples[0]!.startMs <= oldMs) this.#samples.shift();
  }
}
