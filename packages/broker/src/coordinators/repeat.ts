import { describeError, type Logger, type Timer } from '@millrace/base';
import type { Timers } from '../lib/timers.ts';

export type RepeatOptions = {
  readonly timers: Timers;
  readonly logger: Logger;
  /** What the work is called in the log when it fails. */
  readonly name: string;
  /** Asked anew before each time: configs change. */
  readonly intervalMs: () => number;
};

/** Does something again and again, a while after it ended; a failure is logged and keeps nothing from going on. */
export function repeat({ timers, logger, name, intervalMs }: RepeatOptions, work: () => void | Promise<void>): Timer {
  let isStopped = false;
  let timer = timers.set(intervalMs(), run);
  return {
    clear: () => {
      isStopped = true;
      timer.clear();
    },
  };

  async function run(): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isStopped) logger.error('regular work failed', { work: name, error: describeError(error) });
    }
    if (!isStopped) timer = timers.set(intervalMs(), run);
  }
}
