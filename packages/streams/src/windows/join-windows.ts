import { type DurationMs, invalidArgument, toMs } from '../lib/duration.ts';

/**
 * How far apart two records may be to join: the other side's timestamp lies in `[ts - beforeMs, ts + afterMs]`, both
 * ends inclusive. Either bound may be negative as long as something is left. (Kafka Streams: JoinWindows.)
 */
export class JoinWindows {
  readonly kind = 'join';
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly graceMs: number;

  private constructor(beforeMs: number, afterMs: number, graceMs: number) {
    if (beforeMs + afterMs < 0) {
      throw invalidArgument('Window interval (ie, beforeMs+afterMs) must not be negative.');
    }
    if (graceMs < 0) throw invalidArgument('Grace period must not be negative.');
    this.beforeMs = beforeMs;
    this.afterMs = afterMs;
    this.graceMs = graceMs;
  }

  static ofTimeDifferenceWithNoGrace(timeDifference: DurationMs): JoinWindows {
    return JoinWindows.ofTimeDifferenceAndGrace(timeDifference, 0);
  }

  static ofTimeDifferenceAndGrace(timeDifference: DurationMs, grace: DurationMs): JoinWindows {
    const differenceMs = toMs(timeDifference, 'timeDifference');
    return new JoinWindows(differenceMs, differenceMs, toMs(grace, 'grace'));
  }

  /** How far before this side's record the other side's may be. */
  before(timeDifference: DurationMs): JoinWindows {
    return new JoinWindows(toMs(timeDifference, 'timeDifference'), this.afterMs, this.graceMs);
  }

  /** How far after this side's record the other side's may be. */
  after(timeDifference: DurationMs): JoinWindows {
    return new JoinWindows(this.beforeMs, toMs(timeDifference, 'timeDifference'), this.graceMs);
  }

  /** Before and after together: how long a window is. */
  get sizeMs(): number {
    return this.beforeMs + this.afterMs;
  }
}
