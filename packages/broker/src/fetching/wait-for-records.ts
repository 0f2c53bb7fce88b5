import type { Timers } from '../lib/timers.ts';
import type { Isolation, PartitionLog } from '../log/partition-log.ts';

export type RecordWait = {
  readonly timers: Timers;
  readonly logs: readonly PartitionLog[];
  /** What the reader may see: of committed records, the end of a transaction makes many readable at once. */
  readonly isolation: Isolation;
  /** Bytes that must come in, over all logs together, before it is worth to look again. */
  readonly missingBytes: number;
  readonly timeoutMs: number;
  /** Ends the wait when nobody is left to be answered. */
  readonly gone: AbortSignal;
};

/** Resolves with true when enough became readable, or when a log changed otherwise; with false when the time is over. */
export function waitForRecords(wait: RecordWait): Promise<boolean> {
  const { timers, logs, isolation, missingBytes, timeoutMs, gone } = wait;
  if (timeoutMs <= 0 || gone.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const seen = logs.map((log) => log.appendedBytes);
    const stable = isolation === 'committed' ? logs.map((log) => log.lastStableOffset) : null;
    /** Bytes of each log that came in since. */
    const fresh = logs.map(() => 0);
    let freshBytes = 0;
    const unwatch: (() => void)[] = [];
    const end = (enough: boolean): void => {
      for (const stop of unwatch) stop();
      timer.clear();
      gone.removeEventListener('abort', giveUp);
      resolve(enough);
    };
    const giveUp = (): void => end(false);
    const look = (index: number): void => {
      const log = logs[index]!;
      const bytes = log.appendedBytes - seen[index]!;
      freshBytes += bytes - fresh[index]!;
      // A wake without bytes tells of an end: the topic was deleted, or the partition went offline.
      const isOver = bytes === fresh[index]!;
      fresh[index] = bytes;
      // What an open transaction writes cannot be read yet; what its end lets go may be much more than the end itself.
      const isReadable = stable === null ? freshBytes >= missingBytes : log.lastStableOffset > stable[index]!;
      if (isOver || isReadable) end(true);
      else unwatch[index] = log.watch(() => look(index));
    };
    const timer = timers.set(timeoutMs, giveUp);
    gone.addEventListener('abort', giveUp);
    logs.forEach((log, index) => {
      unwatch[index] = log.watch(() => look(index));
    });
  });
}
