import { type DurationMs, invalidArgument, toMs } from '../lib/duration.ts';

/**
 * Windows that move with the records: one that ends at each record, `[ts - difference, ts]`, and one just right of it,
 * `[ts + 1, ts + 1 + difference]`, both ends inclusive. (Kafka Streams: SlidingWindows.)
 */
export class SlidingWindows {
  readonly kind = 'sliding';
  readonly timeDifferenceMs: number;
  readonly graceMs: number;

  private constructor(timeDifferenceMs: number, graceMs: number) {
    if (timeDifferenceMs < 0) throw invalidArgument('Window time difference must not be negative.');
    if (graceMs < 0) throw invalidArgument('Window grace period must not be negative.');
    this.timeDifferenceMs = timeDifferenceMs;
    this.graceMs = graceMs;
  }

  static ofTimeDifferenceWithNoGrace(timeDifference: DurationMs): SlidingWindows {
    return new SlidingWindows(toMs(timeDifference, 'timeDifference'), 0);
  }

  static ofTimeDifferenceAndGrace(timeDifference: DurationMs, grace: DurationMs): SlidingWindows {
    return new SlidingWindows(toMs(timeDifference, 'timeDifference'), toMs(grace, 'grace'));
  }
}
