import { type DurationMs, invalidArgument, toMs } from '../lib/duration.ts';

/** The end of a window without end: later than every timestamp. */
export const UNLIMITED_END_MS: number = Number.MAX_SAFE_INTEGER;

/** One window from `startMs` that never ends; earlier records are in no window. (Kafka Streams: UnlimitedWindows.) */
export class UnlimitedWindows {
  readonly kind = 'unlimited';
  readonly startMs: number;
  readonly graceMs = 0;

  private constructor(startMs: number) {
    if (startMs < 0) throw invalidArgument('Window start time (startMs) cannot be negative.');
    this.startMs = startMs;
  }

  static of(): UnlimitedWindows {
    return new UnlimitedWindows(0);
  }

  /** Milliseconds since the epoch. */
  startOn(start: DurationMs): UnlimitedWindows {
    return new UnlimitedWindows(toMs(start, 'start'));
  }
}
