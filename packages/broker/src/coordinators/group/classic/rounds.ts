import type { Timer } from '@millrace/base';
import type { GroupMetadataValue, SyncGroupRequest } from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../../../lib/broker-error.ts';
import { type Agreement, joinAnswer, syncAnswer } from './agreement.ts';
import { refusedSync } from './answers.ts';
import type { GroupEnvironment } from './environment.ts';
import type { Member } from './member.ts';
import type { PendingMembers } from './pending-members.ts';
import type { Roster } from './roster.ts';
import type { Sessions } from './sessions.ts';
import { type GroupState, moveTo } from './states.ts';
import { storedGroup } from './stored-group.ts';

const NO_BYTES = new Uint8Array(0);

export type RoundParts = {
  readonly groupId: string;
  readonly environment: GroupEnvironment;
  readonly roster: Roster;
  readonly pending: PendingMembers;
  readonly sessions: Sessions;
};

/**
 * The rounds of a group, and with them its state: all are called, all join, the leader assigns, what was assigned is
 * stored, all are told. Any change begins the next round, also in the middle of one.
 */
export class Rounds implements Agreement {
  readonly #parts: RoundParts;
  #state: GroupState = 'Empty';
  #generation = 0;
  #protocol: string | null = null;
  #joinDeadline: Timer | null = null;
  #syncDeadline: Timer | null = null;
  /** While a fresh group waits for more members: whether one came since the last look. */
  #initialJoin: { readonly deadlineMs: number; newcomers: boolean } | null = null;
  #stateSinceMs: number;
  #roundSinceMs = 0;

  constructor(parts: RoundParts) {
    this.#parts = parts;
    this.#stateSinceMs = parts.environment.wallMs();
  }

  get state(): GroupState {
    return this.#state;
  }

  get generation(): number {
    return this.#generation;
  }

  get protocol(): string | null {
    return this.#protocol;
  }

  /** Since when the group is in its state, by the wall clock. */
  get stateSinceMs(): number {
    return this.#stateSinceMs;
  }

  /** Takes over what was stored of a group whose members are in the roster already. */
  restore(value: GroupMetadataValue): void {
    this.#generation = value.generation;
    this.#protocol = value.protocol;
    this.#state = value.members.length > 0 ? 'Stable' : 'Empty';
    if (value.currentStateTimestamp >= 0) this.#stateSinceMs = value.currentStateTimestamp;
  }

  /** Calls all members into a round, unless one is on, and ends its joining if all are there. */
  begin(): void {
    if (this.#state !== 'PreparingRebalance') {
      const wasEmpty = this.#state === 'Empty';
      if (this.#state === 'CompletingRebalance') this.#refuseSyncs(new BrokerError('REBALANCE_IN_PROGRESS').errorCode);
      this.#syncDeadline?.clear();
      if (this.#state !== 'CompletingRebalance') this.#roundSinceMs = this.#parts.environment.wallMs();
      this.#move('PreparingRebalance');
      const { roster, environment } = this.#parts;
      const delayMs = wasEmpty ? environment.initialRebalanceDelayMs() : 0;
      if (delayMs > 0) {
        this.#initialJoin = { deadlineMs: environment.wallMs() + roster.rebalanceTimeoutMs(), newcomers: false };
        this.#joinDeadline = environment.timers.set(delayMs, () => this.#onInitialDelay(delayMs));
        return;
      }
      this.#joinDeadline = environment.timers.set(roster.rebalanceTimeoutMs(), () => this.#completeJoin());
    }
    this.completeIfAllJoined();
  }

  /** A member that was never there before joins the round that is about to begin, or has begun. */
  onNewcomer(): void {
    if (this.#initialJoin !== null) this.#initialJoin.newcomers = true;
  }

  completeIfAllJoined(): void {
    const { pending, roster } = this.#parts;
    if (this.#state !== 'PreparingRebalance' || this.#initialJoin !== null || pending.size > 0) return;
    if (roster.all().every((member) => member.isJoining)) this.#completeJoin();
  }

  /** The leader's assignment: stored first, then told to all. */
  async assign(request: SyncGroupRequest): Promise<void> {
    const { roster, sessions } = this.#parts;
    const generation = this.#generation;
    const isCurrent = (): boolean => this.#state === 'CompletingRebalance' && this.#generation === generation;
    const given = new Map(request.assignments.map(({ memberId, assignment }) => [memberId, assignment]));
    const assignments = new Map(roster.all().map(({ id }) => [id, Buffer.from(given.get(id) ?? NO_BYTES)]));
    try {
      await this.store(assignments);
    } catch (error) {
      if (!isCurrent()) return;
      this.#refuseSyncs(errorCodeOf(error));
      this.begin();
      return;
    }
    if (!isCurrent()) return;
    this.#move('Stable');
    this.#syncDeadline?.clear();
    for (const member of roster.all()) {
      member.assignment = assignments.get(member.id) ?? NO_BYTES;
      member.answerSync(syncAnswer(roster, this, member));
      sessions.heard(member);
    }
    const { groupId, environment } = this.#parts;
    const durationMs = environment.wallMs() - this.#roundSinceMs;
    const { protocol } = this;
    environment.logger.info('a group rebalanced', { groupId, generation, members: roster.size, protocol, durationMs });
  }

  /** Stores the group as it is; resolves when that is durable. */
  store(assignments: ReadonlyMap<string, Uint8Array> | null): Promise<void> {
    const { groupId, environment, roster } = this.#parts;
    const { generation, protocol, stateSinceMs } = this;
    return environment.store(groupId, storedGroup(roster, { generation, protocol, stateSinceMs, assignments }));
  }

  /** The group is no more. */
  end(): void {
    this.#state = moveTo(this.#state, 'Dead');
    this.#joinDeadline?.clear();
    this.#syncDeadline?.clear();
  }

  /** A fresh group waits again as long as members keep coming, up to the longest rebalance timeout. */
  #onInitialDelay(delayMs: number): void {
    const initial = this.#initialJoin;
    if (initial === null) return;
    const { environment } = this.#parts;
    const leftMs = initial.deadlineMs - environment.wallMs();
    if (initial.newcomers && leftMs > 0) {
      initial.newcomers = false;
      this.#joinDeadline = environment.timers.set(Math.min(delayMs, leftMs), () => this.#onInitialDelay(delayMs));
      return;
    }
    this.#initialJoin = null;
    this.#completeJoin();
  }

  /** Ends the joining part of a round: whoever is not there is out, unless it is static and may come back. */
  #completeJoin(): void {
    if (this.#state !== 'PreparingRebalance') return;
    const { roster, environment, sessions } = this.#parts;
    this.#joinDeadline?.clear();
    for (const member of roster.all()) if (!member.isJoining && member.instanceId === null) this.#expel(member);
    const timeoutMs = roster.rebalanceTimeoutMs();
    if (roster.size > 0 && !roster.electJoined()) {
      // Only static members are left, and none has come: they have until their sessions end.
      this.#joinDeadline = environment.timers.set(timeoutMs, () => this.#completeJoin());
      return;
    }
    this.#generation += 1;
    if (roster.size === 0) {
      this.#protocol = null;
      roster.leaderId = null;
      this.#move('Empty');
      this.store(null).catch(() => {});
      return;
    }
    this.#protocol = roster.selectProtocol();
    this.#move('CompletingRebalance');
    for (const member of roster.all()) {
      sessions.heard(member);
      member.answerJoin(joinAnswer(roster, this, member));
    }
    this.#syncDeadline = environment.timers.set(timeoutMs, () => this.#expelUnsynced());
  }

  /** Members that joined and then never synced hold up nobody for ever. */
  #expelUnsynced(): void {
    if (this.#state !== 'CompletingRebalance') return;
    for (const member of this.#parts.roster.all()) if (!member.isSyncing) this.#expel(member);
    this.begin();
  }

  #expel(member: Member): void {
    this.#parts.sessions.end(member);
    this.#parts.roster.remove(member);
  }

  #refuseSyncs(errorCode: number): void {
    for (const member of this.#parts.roster.all()) {
      member.assignment = NO_BYTES;
      member.answerSync(refusedSync(errorCode));
    }
  }

  #move(state: GroupState): void {
    this.#state = moveTo(this.#state, state);
    this.#stateSinceMs = this.#parts.environment.wallMs();
  }
}
