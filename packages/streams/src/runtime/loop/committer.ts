import { type Clock, describeError, type Logger } from '@millrace/base';
import type { Admin, OffsetToCommit } from '@millrace/client';
import type { Output } from '../output/output.ts';
import type { ActiveTask } from '../tasks/active-task.ts';

export type CommitterOptions = {
  readonly output: Output;
  readonly admin: Admin;
  /** Topics whose records are deleted once they were processed. */
  readonly repartitionTopics: { has(topic: string): boolean };
  readonly commitIntervalMs: number;
  readonly uncommittedBytesMax: number;
  readonly purgeIntervalMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** What came of a commit: `later` when the group is between two rounds, `lost` when the tasks have to begin anew. */
export type CommitOutcome = 'committed' | 'nothing' | 'later' | 'lost';

/**
 * Commits, in the one order that never loses an update: caches are flushed, all that they and the operators sent is
 * delivered, then the offsets are committed (exactly once: in one transaction with it), then the state is written to the
 * engines with its changelog positions (a store without changelog before the offsets). Whatever fails in between is done
 * again from the last committed offsets.
 */
export class Committer {
  readonly #options: CommitterOptions;
  #lastCommitMs: number;
  #lastPurgeMs: number;
  #purging = false;
  readonly #purgeable = new Map<string, OffsetToCommit>();
  /** Of this thread, so far. */
  readonly commits = { count: 0, totalMs: 0, maxMs: 0 };

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#lastCommitMs = options.clock.monotonicMs();
    this.#lastPurgeMs = this.#lastCommitMs;
  }

  /** Whether the interval has passed, user code asked for it, or uncommitted state has reached its limit. */
  isDue(tasks: readonly ActiveTask[]): boolean {
    const { clock, commitIntervalMs } = this.#options;
    if (clock.monotonicMs() - this.#lastCommitMs >= commitIntervalMs) return true;
    return tasks.some(({ records }) => records.commitRequested) || this.isFull(tasks);
  }

  /** Whether uncommitted state has reached its limit. */
  isFull(tasks: readonly ActiveTask[]): boolean {
    let bytes = 0;
    for (const { stores } of tasks) bytes += stores.uncommittedBytes;
    return bytes >= this.#options.uncommittedBytesMax;
  }

  async commit(tasks: readonly ActiveTask[]): Promise<CommitOutcome> {
    const { output, clock } = this.#options;
    this.#lastCommitMs = clock.monotonicMs();
    const changed = tasks.filter((task) => task.needsCommit);
    if (changed.length === 0) return 'nothing';
    for (const task of changed) task.records.flush();
    const offsets = changed.flatMap((task) => task.offsetsToCommit());
    try {
      await output.flush();
      for (const task of changed) task.stores.writeUnlogged();
      await output.commit(offsets);
    } catch (error) {
      return this.#judge(error);
    }
    for (const task of changed) task.committed((topic, partition) => output.deliveredOffset(topic, partition));
    this.#notePurgeable(offsets);
    this.#count(clock.monotonicMs() - this.#lastCommitMs);
    return 'committed';
  }

  /** Deletes processed records of repartition topics, every so often and beside everything else. */
  purge(): void {
    const { clock, purgeIntervalMs, admin, logger } = this.#options;
    const nowMs = clock.monotonicMs();
    if (this.#purging || this.#purgeable.size === 0 || nowMs - this.#lastPurgeMs < purgeIntervalMs) return;
    this.#lastPurgeMs = nowMs;
    this.#purging = true;
    const offsets = [...this.#purgeable.values()];
    this.#purgeable.clear();
    admin
      .deleteRecords(offsets)
      .catch((error: unknown) => {
        logger.warn('processed records of repartition topics were not deleted; tried again later', {
          error: describeError(error),
        });
      })
      .finally(() => {
        this.#purging = false;
      });
  }

  #count(tookMs: number): void {
    this.commits.count++;
    this.commits.totalMs += tookMs;
    this.commits.maxMs = Math.max(this.commits.maxMs, tookMs);
  }

  #judge(error: unknown): 'later' | 'lost' {
    const setback = this.#options.output.judge(error);
    if (setback === 'fatal') throw error;
    const what = setback === 'later' ? 'the commit is put off' : 'the tasks begin anew from the last commit';
    this.#options.logger.info(what, { error: describeError(error) });
    return setback;
  }

  #notePurgeable(offsets: readonly OffsetToCommit[]): void {
    for (const offset of offsets) {
      const { topic, partition } = offset;
      if (this.#options.repartitionTopics.has(topic)) this.#purgeable.set(`${topic}:${partition}`, offset);
    }
  }
}
