import { assert, type Timer } from '@millrace/base';
import type { GroupMetadataValue, JoinGroupRequest, SyncGroupRequest } from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../../../lib/broker-error.ts';
import { type JoinAnswer, refusedJoin, refusedSync, type SyncAnswer } from './answers.ts';
import type { GroupEnvironment, JoiningClient } from './environment.ts';
import { Member } from './member.ts';
import { PendingMembers } from './pending-members.ts';
import { Roster } from './roster.ts';
import { type GroupState, moveTo } from './states.ts';
import { restoreRoster, storedGroup } from './stored-group.ts';

const NO_BYTES = new Uint8Array(0);

/** A new member may wait this long for its first round to begin: it can't send heartbeats while it waits. */
const JOIN_TIMEOUT_MS = 5 * 60_000;

/**
 * One group of the classic protocol: members join, the leader assigns, all sync, heartbeats follow, and any change begins
 * a new round. Members and rounds live in memory; what was agreed on is stored at the end of each round.
 */
export class ClassicGroup {
  readonly id: string;
  readonly #environment: GroupEnvironment;
  readonly #roster = new Roster();
  readonly #pending: PendingMembers;
  #state: GroupState = 'Empty';
  #generation = 0;
  #protocol: string | null = null;
  #round: Timer | null = null;
  #syncDeadline: Timer | null = null;
  /** While a fresh group waits for more members: whether one came since the last look. */
  #initialJoin: { readonly deadlineMs: number; newcomers: boolean } | null = null;
  #stateSinceMs: number;

  constructor(id: string, environment: GroupEnvironment) {
    this.id = id;
    this.#environment = environment;
    this.#pending = new PendingMembers(environment.timers);
    this.#stateSinceMs = environment.wallMs();
  }

  get state(): GroupState {
    return this.#state;
  }

  get generation(): number {
    return this.#generation;
  }

  get protocolType(): string | null {
    return this.#roster.protocolType;
  }

  get protocol(): string | null {
    return this.#protocol;
  }

  get members(): readonly Member[] {
    return this.#roster.all();
  }

  /** Whether nobody is in it and nobody is about to be. */
  get isVacant(): boolean {
    return this.#state === 'Empty' && this.#roster.size === 0 && this.#pending.size === 0;
  }

  /** Answers when the round is complete. @throws BrokerError where the group refuses. */
  join(request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    this.#checkAlive();
    if (!this.#roster.accepts(request.protocolType, request.protocols)) {
      throw new BrokerError('INCONSISTENT_GROUP_PROTOCOL');
    }
    const isKnown = this.#roster.get(request.memberId) !== undefined || this.#pending.has(request.memberId);
    if (!isKnown && this.#roster.size >= this.#environment.sizeMax()) throw new BrokerError('GROUP_MAX_SIZE_REACHED');
    return request.memberId === '' ? this.#joinNew(request, client) : this.#joinKnown(request, client);
  }

  /** Answers when the leader has assigned. @throws BrokerError where the group refuses. */
  sync(request: SyncGroupRequest): Promise<SyncAnswer> {
    this.#checkAlive();
    const member = this.#requireCurrent(request.memberId, request.groupInstanceId, request.generationId);
    const { protocolType, protocolName } = request;
    const differs =
      (protocolType !== null && protocolType !== this.protocolType) ||
      (protocolName !== null && protocolName !== this.#protocol);
    if (differs) throw new BrokerError('INCONSISTENT_GROUP_PROTOCOL');
    switch (this.#state) {
      case 'CompletingRebalance': {
        const answer = new Promise<SyncAnswer>((resolve) => {
          member.syncing = resolve;
        });
        if (member.id === this.#roster.leaderId) void this.#assign(request);
        return answer;
      }
      case 'Stable':
        this.#heard(member);
        return Promise.resolve(this.#syncAnswer(member));
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
    if (this.#state === 'Empty') throw new BrokerError('UNKNOWN_MEMBER_ID');
    this.#heard(member);
    if (this.#state === 'PreparingRebalance') throw new BrokerError('REBALANCE_IN_PROGRESS');
  }

  /** @throws BrokerError `UNKNOWN_MEMBER_ID`, `FENCED_INSTANCE_ID`. */
  leave(memberId: string, instanceId: string | null): void {
    this.#checkAlive();
    if (instanceId === null && this.#pending.has(memberId)) {
      this.#pending.delete(memberId);
      this.#completeIfAllJoined();
      return;
    }
    const known = instanceId === null ? memberId : this.#roster.staticMemberId(instanceId);
    // An admin removes a static member by its instance id alone.
    const member = this.#roster.require(instanceId !== null && memberId === '' ? (known ?? '') : memberId, instanceId);
    this.#removeMember(member);
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
    this.#heard(member);
    if (this.#state === 'CompletingRebalance') throw new BrokerError('REBALANCE_IN_PROGRESS');
  }

  /** The topics that members of a stable consumer group subscribe to, or null where nobody can tell. */
  metadataOfMembers(): readonly Uint8Array[] | null {
    if (this.protocolType !== 'consumer' || this.#protocol === null) return null;
    return this.members.map((member) => member.metadata(this.#protocol));
  }

  /** Ends the group: who waits in it is told. */
  die(errorCode: number): void {
    this.#state = moveTo(this.#state, 'Dead');
    this.#round?.clear();
    this.#syncDeadline?.clear();
    this.#pending.clear();
    for (const member of this.members) {
      member.session?.clear();
      this.#answerJoin(member, refusedJoin(member.id, errorCode));
      this.#answerSync(member, refusedSync(errorCode));
    }
  }

  /** Takes over what was stored, before anything else happens to the group. */
  restore(value: GroupMetadataValue): void {
    assert(this.#roster.size === 0, 'a group is restored before it lives');
    this.#generation = value.generation;
    this.#protocol = value.protocol;
    restoreRoster(this.#roster, value);
    this.#state = value.members.length > 0 ? 'Stable' : 'Empty';
  }

  /** Gives every member of a restored group a whole session to be heard of again. */
  startSessions(): void {
    for (const member of this.members) this.#heard(member);
  }

  #joinNew(request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    const instanceId = request.groupInstanceId;
    const memberId = this.#environment.makeMemberId(instanceId ?? client.clientId);
    const known = instanceId === null ? undefined : this.#roster.staticMemberId(instanceId);
    if (known !== undefined) return this.#replaceStatic(this.#roster.get(known)!, memberId, request, client);
    if (instanceId === null && client.requireKnownMemberId) {
      this.#pending.add(memberId, request.sessionTimeoutMs, () => this.#completeIfAllJoined());
      return Promise.resolve(refusedJoin(memberId, new BrokerError('MEMBER_ID_REQUIRED').errorCode));
    }
    return this.#addMember(memberId, request, client);
  }

  #joinKnown(request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    if (this.#pending.has(request.memberId)) {
      this.#pending.delete(request.memberId);
      return this.#addMember(request.memberId, request, client);
    }
    const member = this.#roster.require(request.memberId, request.groupInstanceId);
    const isUnchanged = member.matches(request.protocols);
    switch (this.#state) {
      case 'PreparingRebalance':
        return this.#rejoin(member, request);
      case 'CompletingRebalance':
        // It did not get the answer of this round: here it is again.
        if (isUnchanged) return Promise.resolve(this.#joinAnswer(member));
        return this.#rejoin(member, request);
      case 'Stable':
        if (member.id !== this.#roster.leaderId && isUnchanged) return Promise.resolve(this.#joinAnswer(member));
        return this.#rejoin(member, request);
      case 'Empty':
      case 'Dead':
        throw new BrokerError('UNKNOWN_MEMBER_ID');
    }
  }

  #addMember(memberId: string, request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    const member = new Member({
      id: memberId,
      instanceId: request.groupInstanceId,
      clientId: client.clientId,
      clientHost: client.clientHost,
      sessionTimeoutMs: request.sessionTimeoutMs,
      rebalanceTimeoutMs: request.rebalanceTimeoutMs >= 0 ? request.rebalanceTimeoutMs : request.sessionTimeoutMs,
      protocols: request.protocols,
    });
    if (this.#roster.size === 0) this.#roster.protocolType = request.protocolType;
    this.#roster.add(member);
    if (this.#initialJoin !== null) this.#initialJoin.newcomers = true;
    const answer = this.#waitForRound(member);
    this.#keepAlive(member, JOIN_TIMEOUT_MS);
    this.#prepareRound();
    return answer;
  }

  #rejoin(member: Member, request: JoinGroupRequest): Promise<JoinAnswer> {
    this.#update(member, request);
    const answer = this.#waitForRound(member);
    this.#prepareRound();
    return answer;
  }

  #update(member: Member, request: JoinGroupRequest): void {
    member.protocols = request.protocols;
    member.sessionTimeoutMs = request.sessionTimeoutMs;
    if (request.rebalanceTimeoutMs >= 0) member.rebalanceTimeoutMs = request.rebalanceTimeoutMs;
  }

  /** A static member restarted: the process before it is fenced, and nobody else notices unless it wants another thing. */
  async #replaceStatic(
    member: Member,
    memberId: string,
    request: JoinGroupRequest,
    client: JoiningClient,
  ): Promise<JoinAnswer> {
    const oldId = member.id;
    const wasLeader = this.#roster.leaderId === oldId;
    const fenced = new BrokerError('FENCED_INSTANCE_ID').errorCode;
    this.#answerJoin(member, refusedJoin(oldId, fenced));
    this.#answerSync(member, refusedSync(fenced));
    this.#roster.rename(member, memberId);
    const isUnchanged = member.matches(request.protocols);
    this.#update(member, request);
    member.clientId = client.clientId;
    member.clientHost = client.clientHost;
    if (this.#state === 'Stable' && isUnchanged && this.#roster.selectProtocol() === this.#protocol) {
      this.#heard(member);
      await this.#store(null);
      const answer = this.#joinAnswer(member);
      if (!wasLeader) return answer;
      // The lead is its own, but there is nothing to assign: an old client is told that the old id leads.
      return client.supportsSkippingAssignment
        ? { ...answer, skipAssignment: true }
        : { ...answer, leader: oldId, members: [] };
    }
    const answer = this.#waitForRound(member);
    this.#keepAlive(member, JOIN_TIMEOUT_MS);
    this.#prepareRound();
    return answer;
  }

  #waitForRound(member: Member): Promise<JoinAnswer> {
    // Asked twice: only the newest request is still listened to.
    this.#answerJoin(member, refusedJoin(member.id, new BrokerError('REBALANCE_IN_PROGRESS').errorCode));
    return new Promise((resolve) => {
      member.joining = resolve;
    });
  }

  /** Calls all members into a round, unless one is on, and ends it if all are there. */
  #prepareRound(): void {
    if (this.#state !== 'PreparingRebalance') {
      const wasEmpty = this.#state === 'Empty';
      if (this.#state === 'CompletingRebalance') this.#refuseSyncs(new BrokerError('REBALANCE_IN_PROGRESS').errorCode);
      this.#syncDeadline?.clear();
      this.#move('PreparingRebalance');
      const delayMs = wasEmpty ? this.#environment.initialRebalanceDelayMs() : 0;
      if (delayMs > 0) {
        const deadlineMs = this.#environment.wallMs() + this.#roster.rebalanceTimeoutMs();
        this.#initialJoin = { deadlineMs, newcomers: false };
        this.#round = this.#environment.timers.set(delayMs, () => this.#onInitialDelay(delayMs));
        return;
      }
      const timeoutMs = this.#roster.rebalanceTimeoutMs();
      this.#round = this.#environment.timers.set(timeoutMs, () => this.#completeRound());
    }
    this.#completeIfAllJoined();
  }

  /** A fresh group waits again as long as members keep coming, up to the longest rebalance timeout. */
  #onInitialDelay(delayMs: number): void {
    const initial = this.#initialJoin;
    if (initial === null) return;
    const leftMs = initial.deadlineMs - this.#environment.wallMs();
    if (initial.newcomers && leftMs > 0) {
      initial.newcomers = false;
      this.#round = this.#environment.timers.set(Math.min(delayMs, leftMs), () => this.#onInitialDelay(delayMs));
      return;
    }
    this.#initialJoin = null;
    this.#completeRound();
  }

  #completeIfAllJoined(): void {
    if (this.#state !== 'PreparingRebalance' || this.#initialJoin !== null || this.#pending.size > 0) return;
    if (this.members.every((member) => member.joining !== null)) this.#completeRound();
  }

  /** Ends the joining part of a round: whoever is not there is out, unless it is static and may come back. */
  #completeRound(): void {
    if (this.#state !== 'PreparingRebalance') return;
    this.#round?.clear();
    for (const member of this.members) {
      if (member.joining !== null || member.instanceId !== null) continue;
      member.session?.clear();
      this.#roster.remove(member);
    }
    if (this.#roster.size > 0 && !this.#roster.electJoined()) {
      // Only static members are left, and none has come: they have until their sessions end.
      this.#round = this.#environment.timers.set(this.#roster.rebalanceTimeoutMs(), () => this.#completeRound());
      return;
    }
    this.#generation += 1;
    if (this.#roster.size === 0) {
      this.#protocol = null;
      this.#roster.leaderId = null;
      this.#move('Empty');
      this.#store(null).catch(() => {});
      return;
    }
    this.#protocol = this.#roster.selectProtocol();
    this.#move('CompletingRebalance');
    for (const member of this.members) {
      this.#heard(member);
      this.#answerJoin(member, this.#joinAnswer(member));
    }
    const timeoutMs = this.#roster.rebalanceTimeoutMs();
    this.#syncDeadline = this.#environment.timers.set(timeoutMs, () => this.#expelSilent());
  }

  /** Members that joined and then never synced hold up nobody for ever. */
  #expelSilent(): void {
    if (this.#state !== 'CompletingRebalance') return;
    for (const member of this.members) {
      if (member.syncing !== null) continue;
      member.session?.clear();
      this.#roster.remove(member);
    }
    this.#prepareRound();
  }

  /** The leader's assignment: stored first, then told to all. */
  async #assign(request: SyncGroupRequest): Promise<void> {
    const generation = this.#generation;
    const isCurrent = (): boolean => this.#state === 'CompletingRebalance' && this.#generation === generation;
    const given = new Map(request.assignments.map(({ memberId, assignment }) => [memberId, assignment]));
    const assignments = new Map(this.members.map(({ id }) => [id, Buffer.from(given.get(id) ?? NO_BYTES)]));
    try {
      await this.#store(assignments);
    } catch (error) {
      if (!isCurrent()) return;
      this.#refuseSyncs(errorCodeOf(error));
      this.#prepareRound();
      return;
    }
    if (!isCurrent()) return;
    this.#move('Stable');
    this.#syncDeadline?.clear();
    for (const member of this.members) {
      member.assignment = assignments.get(member.id) ?? NO_BYTES;
      this.#answerSync(member, this.#syncAnswer(member));
      this.#heard(member);
    }
  }

  #store(assignments: ReadonlyMap<string, Uint8Array> | null): Promise<void> {
    const facts = { generation: this.#generation, protocol: this.#protocol, stateSinceMs: this.#stateSinceMs };
    return this.#environment.store(this.id, storedGroup(this.#roster, { ...facts, assignments }));
  }

  #refuseSyncs(errorCode: number): void {
    for (const member of this.members) {
      member.assignment = NO_BYTES;
      this.#answerSync(member, refusedSync(errorCode));
    }
  }

  #removeMember(member: Member): void {
    member.session?.clear();
    const unknown = new BrokerError('UNKNOWN_MEMBER_ID').errorCode;
    this.#answerJoin(member, refusedJoin(member.id, unknown));
    this.#answerSync(member, refusedSync(unknown));
    this.#roster.remove(member);
    if (this.#state === 'Stable' || this.#state === 'CompletingRebalance') this.#prepareRound();
    else this.#completeIfAllJoined();
  }

  #heard(member: Member): void {
    this.#keepAlive(member, member.sessionTimeoutMs);
  }

  #keepAlive(member: Member, timeoutMs: number): void {
    member.session?.clear();
    member.session = this.#environment.timers.set(timeoutMs, () => this.#onSilence(member));
  }

  /** Who waits for an answer of ours is not silent. */
  #onSilence(member: Member): void {
    if (this.#roster.get(member.id) !== member || this.#state === 'Dead') return;
    if (member.joining !== null || member.syncing !== null) this.#heard(member);
    else this.#removeMember(member);
  }

  #requireCurrent(memberId: string, instanceId: string | null, generation: number): Member {
    const member = this.#roster.require(memberId, instanceId);
    if (generation !== this.#generation) throw new BrokerError('ILLEGAL_GENERATION');
    return member;
  }

  #checkAlive(): void {
    if (this.#state === 'Dead') throw new BrokerError('COORDINATOR_NOT_AVAILABLE');
  }

  #move(state: GroupState): void {
    this.#state = moveTo(this.#state, state);
    this.#stateSinceMs = this.#environment.wallMs();
  }

  #joinAnswer(member: Member): JoinAnswer {
    const isLeader = member.id === this.#roster.leaderId;
    return {
      errorCode: 0,
      generationId: this.#generation,
      protocolType: this.protocolType,
      protocolName: this.#protocol,
      leader: this.#roster.leaderId ?? '',
      skipAssignment: false,
      memberId: member.id,
      members: isLeader
        ? this.members.map((other) => ({
            memberId: other.id,
            groupInstanceId: other.instanceId,
            metadata: other.metadata(this.#protocol),
          }))
        : [],
    };
  }

  #syncAnswer(member: Member): SyncAnswer {
    const { protocolType } = this;
    return { errorCode: 0, protocolType, protocolName: this.#protocol, assignment: member.assignment };
  }

  #answerJoin(member: Member, answer: JoinAnswer): void {
    const resolve = member.joining;
    member.joining = null;
    resolve?.(answer);
  }

  #answerSync(member: Member, answer: SyncAnswer): void {
    const resolve = member.syncing;
    member.syncing = null;
    resolve?.(answer);
  }
}
