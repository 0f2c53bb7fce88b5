import type { Clock, Random } from '@millrace/base';
import { asMillraceError } from './errors.ts';
import { sleep } from './wait.ts';

type BackoffOptions = {
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly random: Random;
};

// Each pause lies within a fifth around its mean, so that many clients do not come back at once (KIP-580).
const JITTER_PERCENT = 20;

/** The pause before the next try: doubles with each failure up to the limit, with jitter. */
export function backoffMs(options: BackoffOptions, failureCount: number): number {
  const doublings = Math.min(Math.max(failureCount - 1, 0), 30);
  const mean = Math.min(options.retryBackoffMs * 2 ** doublings, options.retryBackoffMaxMs);
  return (mean * (100 - JITTER_PERCENT + options.random.int(2 * JITTER_PERCENT + 1))) / 100;
}

type RetryOptions = BackoffOptions & {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** Runs `attempt` until it succeeds, fails for good, or the time is over; then its last failure is thrown. */
export async function retry<T>(options: RetryOptions, attempt: () => Promise<T>): Promise<T> {
  const deadlineMs = options.clock.monotonicMs() + options.timeoutMs;
  for (let failureCount = 1; ; failureCount++) {
    options.signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (thrown) {
      if (options.signal?.aborted === true) throw thrown;
      const error = asMillraceError(thrown);
      const pauseMs = backoffMs(options, failureCount);
      if (!error.retriable || options.clock.monotonicMs() + pauseMs > deadlineMs) throw error;
      await sleep(options.clock, pauseMs, options.signal);
    }
  }
}
