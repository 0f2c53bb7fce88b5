import type { Timers } from '../lib/timers.ts';
import type { SharePartition } from './share-partition.ts';

export type AcquireWait = {
  readonly timers: Timers;
  readonly partitions: readonly SharePartition[];
  readonly timeoutMs: number;
  /** Ends the wait when nobody is left to be answered. */
  readonly gone: AbortSignal;
};

/** Resolves with true when records came in, or came back, or a log changed otherwise; with false when the time is over. */
export function waitToAcquire({ timers, partitions, timeoutMs, gone }: AcquireWait): Promise<boolean> {
  if (timeoutMs <= 0 || gone.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (isChanged: boolean): void => {
      for (const stop of unwatch) stop();
      timer.clear();
      gone.removeEventListener('abort', giveUp);
      resolve(isChanged);
    };
    const giveUp = (): void => end(false);
    const changed = (): void => end(true);
    const timer = timers.set(timeoutMs, giveUp);
    gone.addEventListener('abort', giveUp);
    const unwatch = partitions.flatMap((partition) => [partition.watch(changed), partition.log.watch(changed)]);
  });
}
