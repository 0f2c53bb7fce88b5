import { type DurationMs, invalidArgument, toMs } from '../lib/duration.ts';

/**
 * Windows of one size that start every `advanceMs`, aligned to the epoch: tumbling when the two are equal, hopping when
 * they overlap. A window covers `[start, start + size)`. (Kafka Streams: TimeWindows.)
 */
export class TimeWindows {
  readonly kind = 'time';
  readonly sizeMs: number;
  readonly advanceMs: number;
  /** How long after its end, in stream time, a window still takes records. */
  readonly graceMs: number;

  private constructor(sizeMs: number, advanceMs: number, graceMs: number) {
    if (sizeMs <= 0) throw invalidArgument('Window size (sizeMs) must be larger than zero.');
    if (graceMs < 0) throw invalidArgument('Grace period must not be negative.');
    if (advanceMs <= 0 || advanceMs > sizeMs) {
      throw invalidArgument(
        'Window advancement interval should be more than zero and less than or equal to window duration which is ' +
          `${sizeMs} ms, but given advancement interval is: ${advanceMs} ms`,
      );
    }
    this.sizeMs = sizeMs;
    this.advanceMs = advanceMs;
    this.graceMs = graceMs;
  }

  static ofSizeWithNoGrace(size: DurationMs): TimeWindows {
    return TimeWindows.ofSizeAndGrace(size, 0);
  }

  static ofSizeAndGrace(size: DurationMs, grace: DurationMs): TimeWindows {
    const sizeMs = toMs(size, 'size');
    return new TimeWindows(sizeMs, sizeMs, toMs(grace, 'grace'));
  }

  advanceBy(advance: DurationMs): TimeWindows {
    return new TimeWindows(this.sizeMs, toMs(advance, 'advance'), this.graceMs);
  }
}

/**
 * The start of the first window that holds `timestampMs`; the others follow every `advanceMs` up to the timestamp:
 * `for (let startMs = firstWindowStart(windows, ts); startMs <= ts; startMs += windows.advanceMs)`.
 */
export function firstWindowStart(windows: { sizeMs: number; advanceMs: number }, timestampMs: number): number {
  const earliest = timestampMs - windows.sizeMs + windows.advanceMs;
  return earliest <= 0 ? 0 : earliest - (earliest % windows.advanceMs);
}
