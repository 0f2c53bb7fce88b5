import type { Clock, TimeHistogram } from '@millrace/base';
import { Limiter } from '../lib/limiter.ts';

/** Runs jobs as a limiter does, and counts how long each took, without its wait. */
export class TimedLimiter extends Limiter {
  readonly #clock: Clock;
  readonly #times: TimeHistogram;

  constructor(runningMax: number, clock: Clock, times: TimeHistogram) {
    super(runningMax);
    this.#clock = clock;
    this.#times = times;
  }

  override run<T>(job: () => Promise<T>): Promise<T> {
    return super.run(async () => {
      const startMs = this.#clock.monotonicMs();
      try {
        return await job();
      } finally {
        const nowMs = this.#clock.monotonicMs();
        this.#times.add(nowMs - startMs, nowMs);
      }
    });
  }
}
