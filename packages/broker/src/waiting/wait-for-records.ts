import type { Timers } from '../lib/timers.ts';
import type { PartitionLog } from '../log/partition-log.ts';

export type RecordWait = {
  readonly timers: Timers;
  readonly logs: readonly PartitionLog[];
  /** Bytes that must come in, over all logs together, before it is worth to look again. */
  readonly missingBytes: number;
  readonly timeoutMs: number;
  /** Ends the wait when nobody is left to be answered. */
  readonly gone: AbortSignal;
};

/** Resolves with true when enough was appended, or when a log changed otherwise; with false when the time is over. */
export function waitForRecords({ timers, logs, missingBytes, timeoutMs, gone }: RecordWait): Promise<boolean> {
  if (timeoutMs <= 0 || gone.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const seen = logs.map((log) => log.appendedBytes);
    const unwatch: (() => void)[] = [];
    const end = (enough: boolean): void => {
      for (const stop of unwatch) stop();
      timer.clear();
      gone.removeEventListener('abort', giveUp);
      resolve(enough);
    };
    const giveUp = (): void => end(false);
    const look = (index: number): void => {
      let bytes = 0;
      for (let other = 0; other < logs.length; other++) bytes += logs[other]!.appendedBytes - seen[other]!;
      // A wake without bytes tells of an end: the topic was deleted, or the partition went offline.
      if (bytes >= missingBytes || bytes === 0) end(true);
      else unwatch[index] = logs[index]!.watch(() => look(index));
    };
    const timer = timers.set(timeoutMs, giveUp);
    gone.addEventListener('abort', giveUp);
    logs.forEach((log, index) => {
      unwatch[index] = log.watch(() => look(index));
    });
  });
}
