import type { Timers } from '../../../lib/timers.ts';
import type { Member } from './member.ts';

/** Who is alive: a member that is not heard of for its session is reported once. */
export class Sessions {
  readonly #timers: Timers;
  readonly #onSilent: (member: Member) => void;

  constructor(timers: Timers, onSilent: (member: Member) => void) {
    this.#timers = timers;
    this.#onSilent = onSilent;
  }

  /** Gives a member a whole session to be heard of again. */
  heard(member: Member): void {
    this.keepAlive(member, member.sessionTimeoutMs);
  }

  keepAlive(member: Member, timeoutMs: number): void {
    member.session?.clear();
    member.session = this.#timers.set(timeoutMs, () => {
      // Who waits for an answer of ours is not silent.
      if (member.isJoining || member.isSyncing) this.heard(member);
      else this.#onSilent(member);
    });
  }

  end(member: Member): void {
    member.session?.clear();
    member.session = null;
  }
}
