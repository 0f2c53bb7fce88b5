import { type Clock, MillraceError } from '@millrace/base';

type WaitOptions = {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** What is waited for, to be named in the error. */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Waits for a promise, but not longer than a limit; the work behind it goes on.
 * @throws MillraceError `TIMEOUT` (retriable) at the limit, `ABORTED` when the signal ends the wait.
 */
export function waitFor<T>(promise: Promise<T>, { clock, timeoutMs, what, signal }: WaitOptions): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => end(() => reject(aborted(what, signal?.reason)));
    const timer = clock.setTimer(timeoutMs, () => {
      end(() => reject(new MillraceError('TIMEOUT', `${what} took more than ${timeoutMs} ms`, { retriable: true })));
    });
    const end = (settle: () => void): void => {
      timer.clear();
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    // Also of what is not waited for any more: its failure is nobody's then.
    promise.then(
      (value) => end(() => resolve(value)),
      (thrown: unknown) => end(() => reject(thrown)),
    );
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

export function aborted(what: string, cause: unknown): MillraceError {
  return new MillraceError('ABORTED', `${what} was aborted`, { cause });
}
