import type { Clock, Timer } from '@millrace/base';

type RepeatOptions = {
  readonly clock: Clock;
  readonly intervalMs: number;
  /** Before the first time. */
  readonly delayMs?: number;
};

/** Does something again and again, a while after it ended, until it is cleared. `work` must not throw. */
export function repeat(
  { clock, intervalMs, delayMs = intervalMs }: RepeatOptions,
  work: () => void | Promise<void>,
): Timer {
  let isCleared = false;
  let timer = clock.setTimer(delayMs, run);
  return {
    clear() {
      isCleared = true;
      timer.clear();
    },
  };

  async function run(): Promise<void> {
    await work();
    if (!isCleared) timer = clock.setTimer(intervalMs, run);
  }
}
