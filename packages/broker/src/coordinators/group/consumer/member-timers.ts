import type { Timer } from '@millrace/base';
import type { Timers } from '../../../lib/timers.ts';

/**
 * Why a member may be out: it was not heard of, it did not give partitions away in time, or, being a classic one, it did
 * not join again or sync in time.
 */
export type Deadline = 'session' | 'rebalance' | 'join' | 'sync';

/** The deadlines of the members of one group. */
export class MemberTimers {
  readonly #timers: Timers;
  readonly #onMissed: (memberId: string, deadline: Deadline) => void;
  readonly #set = new Map<string, Map<Deadline, Timer>>();

  constructor(timers: Timers, onMissed: (memberId: string, deadline: Deadline) => void) {
    this.#timers = timers;
    this.#onMissed = onMissed;
  }

  has(memberId: string, deadline: Deadline): boolean {
    return this.#set.get(memberId)?.has(deadline) === true;
  }

  /** Sets a deadline, in the place of the one before. */
  set(memberId: string, deadline: Deadline, delayMs: number): void {
    this.clear(memberId, deadline);
    let ofMember = this.#set.get(memberId);
    if (ofMember === undefined) {
      ofMember = new Map();
      this.#set.set(memberId, ofMember);
    }
    const timer = this.#timers.set(delayMs, () => {
      this.#forget(memberId, deadline);
      this.#onMissed(memberId, deadline);
    });
    ofMember.set(deadline, timer);
  }

  clear(memberId: string, deadline: Deadline): void {
    this.#set.get(memberId)?.get(deadline)?.clear();
    this.#forget(memberId, deadline);
  }

  clearMember(memberId: string): void {
    for (const timer of this.#set.get(memberId)?.values() ?? []) timer.clear();
    this.#set.delete(memberId);
  }

  clearAll(): void {
    for (const memberId of [...this.#set.keys()]) this.clearMember(memberId);
  }

  #forget(memberId: string, deadline: Deadline): void {
    const ofMember = this.#set.get(memberId);
    ofMember?.delete(deadline);
    if (ofMember?.size === 0) this.#set.delete(memberId);
  }
}
