import type { Timer } from '@millrace/base';
import type { Timers } from '../../../lib/timers.ts';

/** Ids that were given to new members who have not come again with them (KIP-394); each lasts for a session. */
export class PendingMembers {
  readonly #timers: Timers;
  readonly #deadlines = new Map<string, Timer>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  get size(): number {
    return this.#deadlines.size;
  }

  has(memberId: string): boolean {
    return this.#deadlines.has(memberId);
  }

  /** Expects a member; calls back when it did not come in time. */
  add(memberId: string, timeoutMs: number, onMissed: () => void): void {
    const deadline = this.#timers.set(timeoutMs, () => {
      this.#deadlines.delete(memberId);
      onMissed();
    });
    this.#deadlines.set(memberId, deadline);
  }

  /** The member came, or is not expected any more. */
  delete(memberId: string): void {
    this.#deadlines.get(memberId)?.clear();
    this.#deadlines.delete(memberId);
  }

  clear(): void {
    for (const memberId of [...this.#deadlines.keys()]) this.delete(memberId);
  }
}
