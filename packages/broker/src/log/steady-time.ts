import type { Clock } from '@millrace/base';

/** What two clocks may drift apart between two looks. */
const DRIFT_MS_MAX = 60_000;

/** How long a jump forward must have stood before it is believed: time for somebody to notice it. */
const BELIEVED_AFTER_MS = 24 * 3_600_000;

/**
 * The time of the day for decisions that throw data away. A wall clock that jumps forward must not make every record an
 * hour older at once, so the time goes on by the monotonic clock meanwhile, and follows the jump only after a day. (A
 * laptop that slept looks the same, and so its records stay a day longer.) A jump back is followed at once.
 */
export class SteadyTime {
  readonly #clock: Clock;
  #lastMs: number;
  #lastMonotonicMs: number;
  /** When the jump that is not believed yet was first seen. */
  #jumpedAtMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastMs = clock.wallMs();
    this.#lastMonotonicMs = clock.monotonicMs();
  }

  nowMs(): number {
    const wallMs = this.#clock.wallMs();
    const monotonicMs = this.#clock.monotonicMs();
    const expectedMs = this.#lastMs + monotonicMs - this.#lastMonotonicMs;
    const isJump = wallMs > expectedMs + DRIFT_MS_MAX;
    if (isJump) this.#jumpedAtMs ??= monotonicMs;
    const isBelieved = this.#jumpedAtMs === null || monotonicMs - this.#jumpedAtMs >= BELIEVED_AFTER_MS;
    if (!isJump || isBelieved) this.#jumpedAtMs = null;
    this.#lastMs = isJump && !isBelieved ? expectedMs : wallMs;
    this.#lastMonotonicMs = monotonicMs;
    return this.#lastMs;
  }
}
