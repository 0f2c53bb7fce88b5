import { assert } from '@millrace/base';
import type { GroupMetadataValue, JoinGroupRequest, SyncGroupRequest } from '@millrace/protocol';
import { BrokerError } from '../../../lib/broker-error.ts';
import { subscribedTopics } from '../subscriptions.ts';
import { syncAnswer } from './agreement.ts';
import type { JoinAnswer, SyncAnswer } from './answers.ts';
import type { GroupEnvironment, JoiningClient } from './environment.ts';
import { Joining } from './joining.ts';
import type { Member } from './member.ts';
import { PendingMembers } from './pending-members.ts';
import { Roster } from './roster.ts';
import { Rounds } from './rounds.ts';
import { Sessions } from './sessions.ts';
import type { GroupState } from './states.ts';
import { restoreRoster } from './stored-group.ts';

/**
 * One group of the classic protocol: members join, the leader assigns, all sync, heartbeats follow, and any change begins
 * a new round. Members and rounds live in memory; what was agreed on is stored at the end of each round.
 */
export class ClassicGroup {
  readonly kind = 'classic';
  readonly id: string;
  readonly #roster = new Roster();
  readonly #pending: PendingMembers;
  readonly #sessions: Sessions;
  readonly #rounds: Rounds;
  readonly #joining: Joining;

  constructor(id: string, environment: GroupEnvironment) {
    this.id = id;
    this.#pending = new PendingMembers(environment.timers);
    this.#sessions = new Sessions(environment.timers, (member) => this.#onSilent(member));
    const parts = {
      groupId: id,
      environment,
      roster: this.#roster,
      pending: this.#pending,
      sessions: this.#sessions,
    };
    this.#rounds = new Rounds(parts);
    this.#joining = new Joining(parts, this.#rounds);
  }

  get state(): GroupState {
    return this.#rounds.state;
  }

  get generation(): number {
    return this.#rounds.generation;
  }

  get protocolType(): string | null {
    return this.#roster.protocolType;
  }

  get protocol(): string | null {
    return this.#rounds.protocol;
  }

  get members(): readonly Member[] {
    return this.#roster.all();
  }

  /** Whether nobody is in it and nobody is about to be. */
  get isVacant(): boolean {
    return this.state === 'Empty' && this.#roster.size === 0 && this.#pending.size === 0;
  }

  /** Answers when the round is complete. @throws BrokerError where the group refuses. */
  join(request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    this.#checkAlive();
    return this.#joining.join(request, client);
  }

  /** Answers when the leader has assigned. @throws BrokerError where the group refuses. */
  sync(request: SyncGroupRequest): Promise<SyncAnswer> {
    this.#checkAlive();
    const member = this.#requireCurrent(request.memberId, request.groupInstanceId, request.generationId);
    const { protocolType, protocolName } = request;
    const differs =
      (protocolType !== null && protocolType !== this.protocolType) ||
      (protocolName !== null && protocolName !== this.protocol);
    if (differs) throw new BrokerError('INCONSISTENT_GROUP_PROTOCOL');
    switch (this.state) {
      case 'CompletingRebalance': {
        const answer = member.waitForAssignment();
        if (member.id === this.#roster.leaderId) void this.#rounds.assign(request);
        return answer;
      }
      case 'Stable':
        this.#sessions.heard(member);
        return Promise.resolve(syncAnswer(this.#roster, this.#rounds, member));
      case 'PreparingRebalance':
        throw new BrokerError('REBALANCE_IN_PROGRESS');
      case 'Empty':
      case 'Dead':
        throw new BrokerError('UNKNOWN_MEMBER_ID');
    }
  }

  /** @throws BrokerError where the group refuses, `REBALANCE_IN_PROGRESS` to call the member into a round. */
  heartbeat(memberId: string, instanceId: string | null, generation: number): void {
    this.#checkAlive();
    const member = this.#requireCurrent(memberId, instanceId, generation);
    if (this.state === 'Empty') throw new BrokerError('UNKNOWN_MEMBER_ID');
    this.#sessions.heard(member);
    if (this.state === 'PreparingRebalance') throw new BrokerError('REBALANCE_IN_PROGRESS');
  }

  /** @throws BrokerError `UNKNOWN_MEMBER_ID`, `FENCED_INSTANCE_ID`. */
  leave(memberId: string, instanceId: string | null): void {
    this.#checkAlive();
    if (instanceId === null && this.#pending.has(memberId)) {
      this.#pending.delete(memberId);
      this.#rounds.completeIfAllJoined();
      return;
    }
    const known = instanceId === null ? memberId : this.#roster.staticMemberId(instanceId);
    // An admin removes a static member by its instance id alone.
    const member = this.#roster.require(instanceId !== null && memberId === '' ? (known ?? '') : memberId, instanceId);
    this.#remove(member);
  }

  /**
   * Whether offsets may be committed on behalf of a member, which counts as hearing of it.
   *
   * @throws BrokerError `UNKNOWN_MEMBER_ID`, `FENCED_INSTANCE_ID`, `ILLEGAL_GENERATION`, `REBALANCE_IN_PROGRESS`.
   */
  checkCommit(memberId: string, instanceId: string | null, generation: number, inTransaction = false): void {
    this.#checkAlive();
    // Without a generation: someone who assigns partitions by itself, or an admin, while nobody is in the group.
    if (generation < 0 && this.#roster.size === 0) return;
    if (generation < 0 && memberId === '' && instanceId === null) {
      // A transactional producer before KIP-447 does not say for whom it commits.
      if (inTransaction) return;
      throw new BrokerError('UNKNOWN_MEMBER_ID');
    }
    const member = this.#requireCurrent(memberId, instanceId, generation);
    if (inTransaction) return;
    this.#sessions.heard(member);
    if (this.state === 'CompletingRebalance') throw new BrokerError('REBALANCE_IN_PROGRESS');
  }

  /**
   * The topics that members want.
   *
   * @throws BrokerError `NON_EMPTY_GROUP` while members are in it of whom nobody can tell.
   */
  subscribedTopics(): ReadonlySet<string> {
    if (this.state === 'Empty') return new Set();
    if (this.protocolType !== 'consumer' || this.protocol === null) throw new BrokerError('NON_EMPTY_GROUP');
    return new Set(this.members.flatMap((member) => subscribedTopics(member.metadata(this.protocol))));
  }

  /**
   * Since when committed offsets of topics that nobody wants are of no use: a time of the wall clock, or each since its
   * commit; null while nobody can tell.
   */
  offsetsUnusedSince(): number | 'commit' | null {
    if (this.state === 'Empty') return this.protocolType === null ? 'commit' : this.#rounds.stateSinceMs;
    return this.state === 'Stable' && this.protocolType === 'consumer' ? 'commit' : null;
  }

  /** Who waits for a round to go on is told to join again: the group is about to become another. */
  callIn(): void {
    const { errorCode } = new BrokerError('REBALANCE_IN_PROGRESS');
    for (const member of this.members) member.refuse(errorCode);
  }

  /** Calls all members into a round. */
  beginRound(): void {
    this.#rounds.begin();
  }

  /** Ends the group: who waits in it is told. */
  die(errorCode: number): void {
    this.#rounds.end();
    this.#pending.clear();
    for (const member of this.members) {
      this.#sessions.end(member);
      member.refuse(errorCode);
    }
  }

  /** Takes over what was stored, before anything else happens to the group. */
  restore(value: GroupMetadataValue): void {
    assert(this.#roster.size === 0, 'a group is restored before it lives');
    restoreRoster(this.#roster, value);
    this.#rounds.restore(value);
  }

  /** Gives every member of a restored group a whole session to be heard of again. */
  startSessions(): void {
    for (const member of this.members) this.#sessions.heard(member);
  }

  #onSilent(member: Member): void {
    if (this.#roster.get(member.id) === member && this.state !== 'Dead') this.#remove(member);
  }

  #remove(member: Member): void {
    this.#sessions.end(member);
    member.refuse(new BrokerError('UNKNOWN_MEMBER_ID').errorCode);
    this.#roster.remove(member);
    if (this.state === 'Stable' || this.state === 'CompletingRebalance') this.#rounds.begin();
    else this.#rounds.completeIfAllJoined();
  }

  #requireCurrent(memberId: string, instanceId: string | null, generation: number): Member {
    const member = this.#roster.require(memberId, instanceId);
    if (generation !== this.generation) throw new BrokerError('ILLEGAL_GENERATION');
    return member;
  }

  #checkAlive(): void {
    if (this.state === 'Dead') throw new BrokerError('COORDINATOR_NOT_AVAILABLE');
  }
}
