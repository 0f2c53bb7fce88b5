import { type DurationMs, invalidArgument, toMs } from '../lib/duration.ts';

/**
 * Runs of records of one key with no gap longer than `inactivityGapMs` between neighbours: `[first, last]`, both ends
 * inclusive. (Kafka Streams: SessionWindows.)
 */
export class SessionWindows {
  readonly kind = 'session';
  readonly inactivityGapMs: number;
  readonly graceMs: number;

  private constructor(inactivityGapMs: number, graceMs: number) {
    if (inactivityGapMs < 0) throw invalidArgument('Gap time cannot be negative.');
    if (graceMs < 0) throw invalidArgument('Grace period must not be negative.');
    this.inactivityGapMs = inactivityGapMs;
    this.graceMs = graceMs;
  }

  static ofInactivityGapWithNoGrace(inactivityGap: DurationMs): SessionWindows {
    return new SessionWindows(toMs(inactivityGap, 'inactivityGap'), 0);
  }

  static ofInactivityGapAndGrace(inactivityGap: DurationMs, grace: DurationMs): SessionWindows {
    return new SessionWindows(toMs(inactivityGap, 'inactivityGap'), toMs(grace, 'grace'));
  }
}
