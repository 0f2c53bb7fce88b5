import type { NodeContext } from '../topology/running-node.ts';

/** What the two sides of one join share in one task. */
export class JoinClock {
  /** The highest timestamp on either side. */
  streamTimeMs = -1;
  /** No record that waits is older; null when that is not known, as after a restart. */
  oldestUnmatchedMs: number | null = null;
  /** Wall-clock time before which nobody looks again for records that have waited long enough. */
  nextEmitMs = 0;

  noticeUnmatched(timestamp: number): void {
    const oldest = this.oldestUnmatchedMs;
    if (oldest === null || timestamp < oldest) this.oldestUnmatchedMs = timestamp;
  }
}

/** The clocks of one join: one for each task. */
export class JoinClocks {
  readonly #byTask = new WeakMap<NodeContext, JoinClock>();

  of(context: NodeContext): JoinClock {
    const present = this.#byTask.get(context);
    if (present !== undefined) return present;
    const clock = new JoinClock();
    this.#byTask.set(context, clock);
    return clock;
  }
}
