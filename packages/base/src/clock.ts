/** A timer that was set and may be cleared; clearing twice, or after it fired, does nothing. */
export type Timer = { clear(): void };

/**
 * Time, as everything in Millrace sees it. `wallMs` is for timestamps that leave the process, `monotonicMs` for
 * durations: the wall clock may jump (see the fault list of the broker), the monotonic one never goes back.
 */
export type Clock = {
  /** Milliseconds since 1970-01-01 UTC. */
  wallMs(): number;
  /** Milliseconds from an arbitrary start. */
  monotonicMs(): number;
  /** Calls `run` once, `delayMs` or more from now. A pending timer does not keep the process alive. */
  setTimer(delayMs: number, run: () => void): Timer;
};

// Node's timers hold at most a 32-bit count of milliseconds; a longer delay would fire at once.
const DELAY_MS_MAX = 2 ** 31 - 1;

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer(delayMs, run) {
    const handle = setTimeout(run, Math.min(Math.max(delayMs, 0), DELAY_MS_MAX));
    handle.unref();
    return { clear: () => clearTimeout(handle) };
  },
};
