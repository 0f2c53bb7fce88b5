import { describeError, type Logger } from '@millrace/base';
import type { JoinGroupRequest, LeaveGroupRequestMemberIdentity, SyncGroupRequest } from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../../../lib/broker-error.ts';
import type { Timers } from '../../../lib/timers.ts';
import type { CoordinatorRecord } from '../../runtime.ts';
import type { JoinAnswer, SyncAnswer } from '../classic/answers.ts';
import type { JoiningClient } from '../classic/environment.ts';
import { type ConsumerGroupSettings, type DecisionContext, removeMembers } from './advance.ts';
import type { GroupChange } from './changes.ts';
import { type CommitClaim, checkCommitClaim } from './check-commit.ts';
import {
  checkSyncProtocol,
  classicAssignment,
  decideClassicJoin,
  isClassic,
  mustRejoin,
  requireClassic,
} from './classic-members.ts';
import { Draft } from './draft.ts';
import { ConsumerGroupState, type ConsumerGroupStatus, type ConsumerGroupView } from './group-state.ts';
import {
  decideHeartbeat,
  type HeartbeatAnswer,
  type HeartbeatClient,
  type HeartbeatRequest,
  isLeaving,
  requireMember,
} from './heartbeat.ts';
import type { ConsumerMember } from './member.ts';
import { type Deadline, MemberTimers } from './member-timers.ts';
import { canDowngrade } from './migration.ts';
import { consumerGroupRecord } from './records.ts';
import { type Topics, topicsOf } from './subscriptions.ts';

/** What a consumer group needs from its coordinator. */
export type ConsumerGroupEnvironment = {
  readonly timers: Timers;
  readonly logger: Logger;
  readonly wallMs: () => number;
  readonly makeMemberId: () => string;
  readonly topics: () => Topics;
  readonly settings: (groupId: string) => ConsumerGroupSettings;
  readonly migrationPolicy: () => string;
  readonly classicSizeMax: () => number;
  /** Stores records and replays them, into this group where they are its; resolves when they are durable. */
  readonly store: (group: ConsumerGroup, records: readonly CoordinatorRecord[]) => Promise<void>;
  /** Resolves when what was stored before is durable. */
  readonly settled: (group: ConsumerGroup) => Promise<void>;
  /** Makes the group a classic one, once the changes are made; resolves when that is durable. */
  readonly downgrade: (group: ConsumerGroup, after: ConsumerGroupView, calls: boolean) => Promise<void>;
};

/** A group that becomes a consumer group with the first heartbeat. */
export type Upgrade = {
  readonly changes: readonly GroupChange[];
  /** Records that go before: the end of the classic group. */
  readonly records: readonly CoordinatorRecord[];
  /** Calls in who waits in the classic group. */
  readonly onDecided: () => void;
};

/**
 * One group of the consumer protocol (KIP-848): the broker assigns, and each member goes to its target at its own pace.
 * What lasts is in the state, which only replayed records change; what a request means is decided by functions of that
 * state (`heartbeat.ts`, `advance.ts`, `reconcile.ts`). Here are the deadlines of the members, and the order of things.
 */
export class ConsumerGroup {
  readonly kind = 'consumer';
  readonly protocolType = 'consumer';
  readonly id: string;
  readonly #environment: ConsumerGroupEnvironment;
  readonly #state: ConsumerGroupState;
  readonly #deadlines: MemberTimers;
  /** The topics that there were when the group was looked at last; null before the first time. */
  #seenTopics: Topics['topics'] | null = null;
  #isEnded = false;

  constructor(id: string, environment: ConsumerGroupEnvironment) {
    this.id = id;
    this.#environment = environment;
    this.#state = new ConsumerGroupState(id);
    this.#deadlines = new MemberTimers(environment.timers, (memberId, deadline) => this.#onMissed(memberId, deadline));
  }

  get view(): ConsumerGroupView {
    return this.#state;
  }

  get state(): ConsumerGroupStatus {
    return this.#isEnded ? 'Dead' : this.#state.status;
  }

  get isVacant(): boolean {
    return this.#state.members.size === 0;
  }

  replay(change: GroupChange): void {
    this.#state.apply(change);
    if (change.kind === 'facts' && change.value === null) this.#deadlines.clearMember(change.memberId);
  }

  /** Resolves when what changed is durable. @throws BrokerError where the group refuses. */
  async heartbeat(
    request: HeartbeatRequest,
    client: HeartbeatClient,
    upgrade: Upgrade | null = null,
  ): Promise<HeartbeatAnswer> {
    const draft = this.#draft(upgrade);
    const answer = decideHeartbeat(draft, request, client, this.#context());
    if (isLeaving(request.memberEpoch) && this.#mayDowngrade(draft.group)) {
      await this.#environment.downgrade(this, draft.group, true);
      return answer;
    }
    const stored = this.#commit(draft, upgrade);
    const member = this.#state.members.get(answer.memberId);
    if (member !== undefined && answer.memberEpoch >= 0) this.#heard(member);
    await stored;
    return answer;
  }

  /** A JoinGroup of a classic member: answered at once. @throws BrokerError where the group refuses. */
  async join(request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    const draft = this.#draft(null);
    const hadConsumers = [...this.#state.members.values()].some((member) => !isClassic(member));
    const { answer, isJoined } = decideClassicJoin(draft, request, client, this.#context());
    if (!isJoined) return answer;
    if (hadConsumers && this.#mayDowngrade(draft.group)) {
      // It took the place of the last member of the consumer protocol: the classic group goes on as it stands.
      await this.#environment.downgrade(this, draft.group, false);
      return { ...answer, generationId: draft.group.epoch };
    }
    const stored = this.#commit(draft, null);
    const member = this.#state.members.get(answer.memberId);
    if (member !== undefined) {
      this.#deadlines.clear(member.id, 'join');
      this.#deadlines.set(member.id, 'sync', member.rebalanceTimeoutMs);
      this.#heard(member);
    }
    await stored;
    return answer;
  }

  /** @throws BrokerError where the group refuses, `REBALANCE_IN_PROGRESS` when there is more to join for. */
  async sync(request: SyncGroupRequest): Promise<SyncAnswer> {
    const { memberId, groupInstanceId, generationId } = request;
    const member = requireClassic(this.#state, memberId, groupInstanceId, generationId);
    checkSyncProtocol(member, request);
    if (this.#state.epoch > member.epoch && member.state !== 'unrevoked') throw this.#callIn(member);
    this.#deadlines.clear(memberId, 'sync');
    this.#heard(member);
    await this.#environment.settled(this);
    return classicAssignment(member, this.#environment.topics());
  }

  /** A heartbeat of a classic member. @throws BrokerError where the group refuses, `REBALANCE_IN_PROGRESS`. */
  classicHeartbeat(memberId: string, instanceId: string | null, generation: number): void {
    const member = requireClassic(this.#state, memberId, instanceId, generation);
    this.#heard(member);
    if (mustRejoin(this.#state, member)) throw this.#callIn(member);
  }

  /**
   * Removes members by LeaveGroup: classic ones by their own, static ones by that of an admin, who knows no member id.
   * Answers an error code for each.
   */
  async leave(identities: readonly LeaveGroupRequestMemberIdentity[]): Promise<number[]> {
    const leaving = new Set<string>();
    const codes = identities.map(({ memberId, groupInstanceId }) => {
      try {
        leaving.add(this.#leaver(memberId, groupInstanceId).id);
        return 0;
      } catch (error) {
        return errorCodeOf(error);
      }
    });
    if (leaving.size > 0) await this.#remove([...leaving]);
    return codes;
  }

  /** @throws BrokerError where the member may not commit. */
  checkCommit(claim: CommitClaim): void {
    checkCommitClaim(this.#state, claim);
    const member = this.#state.members.get(claim.memberId);
    if (member !== undefined && isClassic(member) && !claim.inTransaction) this.#heard(member);
  }

  /** Since when committed offsets of topics that nobody wants are of no use: each since its commit. */
  offsetsUnusedSince(): 'commit' {
    return 'commit';
  }

  /** The topics that members want. */
  subscribedTopics(): ReadonlySet<string> {
    const topics = new Set<string>();
    for (const member of this.#state.members.values()) {
      for (const topic of topicsOf(member, this.#state.regexes)) topics.add(topic);
    }
    return topics;
  }

  /** Gives every member of a group that was loaded a whole session to be heard of again. */
  startSessions(): void {
    for (const member of this.#state.members.values()) {
      this.#heard(member);
      if (member.state === 'unrevoked') this.#deadlines.set(member.id, 'rebalance', member.rebalanceTimeoutMs);
    }
  }

  /** The group is another's from here on, or no more. */
  end(): void {
    this.#isEnded = true;
    this.#deadlines.clearAll();
  }

  #draft(upgrade: Upgrade | null): Draft {
    if (this.#isEnded) throw new BrokerError('COORDINATOR_NOT_AVAILABLE');
    const draft = new Draft(this.#state);
    if (upgrade !== null) draft.add(...upgrade.changes);
    return draft;
  }

  #context(): DecisionContext {
    const { topics, settings, wallMs, makeMemberId } = this.#environment;
    const now = topics();
    return {
      topics: now,
      topicsChanged: now.topics !== this.#seenTopics,
      nowMs: wallMs(),
      settings: settings(this.id),
      makeMemberId,
    };
  }

  /** Makes a decision so: stored, replayed, deadlines set. Resolves when it is durable. */
  #commit(draft: Draft, upgrade: Upgrade | null): Promise<void> {
    upgrade?.onDecided();
    this.#seenTopics = this.#environment.topics().topics;
    // It may speak of what another request has changed and is still waiting for.
    if (draft.changes.length === 0) return this.#environment.settled(this);
    const { changes } = draft;
    const records = changes.map((change) => consumerGroupRecord(this.id, change));
    const stored = this.#environment.store(this, [...(upgrade?.records ?? []), ...records]);
    for (const change of changes) this.#onChanged(change);
    if (upgrade !== null) this.startSessions();
    return stored;
  }

  #onChanged(change: GroupChange): void {
    if (change.kind === 'target-epoch' && change.value !== null) {
      const { epoch: groupEpoch } = change.value;
      const members = this.#state.members.size;
      this.#environment.logger.info('a group rebalanced', { groupId: this.id, groupEpoch, members });
    }
    if (change.kind !== 'assignment') return;
    const member = this.#state.members.get(change.memberId);
    // Classic members have deadlines of their own for joining and syncing.
    if (member?.state === 'unrevoked' && !isClassic(member)) {
      this.#deadlines.set(member.id, 'rebalance', member.rebalanceTimeoutMs);
    } else {
      this.#deadlines.clear(change.memberId, 'rebalance');
    }
  }

  #heard(member: ConsumerMember): void {
    const { sessionTimeoutMs } = member.classic ?? this.#environment.settings(this.id);
    this.#deadlines.set(member.id, 'session', sessionTimeoutMs);
  }

  /** A classic member has to join again; it has its rebalance timeout for that. */
  #callIn(member: ConsumerMember): BrokerError {
    if (!this.#deadlines.has(member.id, 'join')) this.#deadlines.set(member.id, 'join', member.rebalanceTimeoutMs);
    return new BrokerError('REBALANCE_IN_PROGRESS');
  }

  #leaver(memberId: string, instanceId: string | null): ConsumerMember {
    const known = instanceId === null ? undefined : this.#state.staticMember(instanceId);
    if (known !== undefined && memberId === '') return known;
    const member = requireMember(this.#state, memberId, instanceId);
    // Those of the consumer protocol leave by a heartbeat.
    if (!isClassic(member)) throw new BrokerError('UNKNOWN_MEMBER_ID');
    return member;
  }

  #onMissed(memberId: string, deadline: Deadline): void {
    const { logger } = this.#environment;
    logger.info('a member is out of its group', { groupId: this.id, memberId, missed: deadline });
    this.#remove([memberId]).catch((error: unknown) => {
      logger.error('a member that is out could not be removed', { groupId: this.id, error: describeError(error) });
    });
  }

  async #remove(memberIds: readonly string[]): Promise<void> {
    const draft = this.#draft(null);
    const known = memberIds.filter((memberId) => this.#state.members.has(memberId));
    if (known.length === 0) return;
    removeMembers(draft, known, this.#context());
    if (this.#mayDowngrade(draft.group)) await this.#environment.downgrade(this, draft.group, true);
    else await this.#commit(draft, null);
  }

  #mayDowngrade(after: ConsumerGroupView): boolean {
    return canDowngrade(after, this.#environment.migrationPolicy(), this.#environment.classicSizeMax());
  }
}
