import { type DurationMs, invalidArgument, toMs } from '../lib/duration.ts';

const DAY_MS = 86_400_000;

/**
 * How far apart two records may be to join: the other side's timestamp lies in `[ts - beforeMs, ts + afterMs]`, both
 * ends inclusive. Either bound may be negative as long as something is left. (Kafka Streams: JoinWindows.)
 */
export class JoinWindows {
  readonly kind = 'join';
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly graceMs: number;
  /**
   * Whether a left or outer join tells that a record found no match only when none can come any more. Where not, it tells
   * so at once, and once more with the match if one comes (Kafka Streams: enableSpuriousResultFix).
   */
  readonly awaitsMatches: boolean;

  private constructor(beforeMs: number, afterMs: number, graceMs: number, awaitsMatches = true) {
    if (beforeMs + afterMs < 0) {
      throw invalidArgument('Window interval (ie, beforeMs+afterMs) must not be negative.');
    }
    if (graceMs < 0) throw invalidArgument('Grace period must not be negative.');
    this.beforeMs = beforeMs;
    this.afterMs = afterMs;
    this.graceMs = graceMs;
    this.awaitsMatches = awaitsMatches;
  }

  /**
   * The old form, which ksqlDB still has for joins without a grace period: results without a match come at once, and
   * grace is what is left of a day. (Kafka Streams: the deprecated JoinWindows.of.)
   */
  static of(timeDifference: DurationMs): JoinWindows {
    const differenceMs = toMs(timeDifference, 'timeDifference');
    return new JoinWindows(differenceMs, differenceMs, Math.max(DAY_MS - 2 * differenceMs, 0), false);
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
    return new JoinWindows(toMs(timeDifference, 'timeDifference'), this.afterMs, this.graceMs, this.awaitsMatches);
  }

  /** How far after this side's record the other side's may be. */
  after(timeDifference: DurationMs): JoinWindows {
    return new JoinWindows(this.beforeMs, toMs(timeDifference, 'timeDifference'), this.graceMs, this.awaitsMatches);
  }

  /** Before and after together: how long a window is. */
  get sizeMs(): number {
    return this.beforeMs + this.afterMs;
  }
}
