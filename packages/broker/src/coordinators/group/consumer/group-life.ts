import { describeError } from '@millrace/base';
import { BrokerError } from '../../../lib/broker-error.ts';
import { type DecisionContext, removeMembers } from './advance.ts';
import type { GroupChange } from './changes.ts';
import { isClassic } from './classic-members.ts';
import { Draft } from './draft.ts';
import type { ConsumerGroupEnvironment, GroupKeeping, Upgrade } from './environment.ts';
import type { ConsumerGroupState, ConsumerGroupView } from './group-state.ts';
import type { ConsumerMember } from './member.ts';
import { type Deadline, MemberTimers } from './member-timers.ts';
import { canDowngrade } from './migration.ts';
import { consumerGroupRecord } from './records.ts';
import type { Topics } from './subscriptions.ts';

/** What goes on around the state of a group: decisions become true, and members that miss a deadline are out. */
export class GroupLife {
  readonly #state: ConsumerGroupState;
  readonly #environment: ConsumerGroupEnvironment;
  readonly #keeping: GroupKeeping;
  readonly #deadlines: MemberTimers;
  /** The topics that there were when the group was looked at last; null before the first time. */
  #seenTopics: Topics['topics'] | null = null;
  #isEnded = false;

  constructor(state: ConsumerGroupState, environment: ConsumerGroupEnvironment, keeping: GroupKeeping) {
    this.#state = state;
    this.#environment = environment;
    this.#keeping = keeping;
    this.#deadlines = new MemberTimers(environment.timers, (memberId, deadline) => this.#onMissed(memberId, deadline));
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Begins a decision. @throws BrokerError `COORDINATOR_NOT_AVAILABLE` when the group is no more. */
  draft(upgrade: Upgrade | null = null): Draft {
    if (this.#isEnded) throw new BrokerError('COORDINATOR_NOT_AVAILABLE');
    const draft = new Draft(this.#state);
    if (upgrade !== null) draft.add(...upgrade.changes);
    return draft;
  }

  /** What the decision goes by. */
  context(): DecisionContext {
    const { settings, wallMs, makeMemberId } = this.#environment;
    const topics = this.topics();
    const topicsChanged = topics.topics !== this.#seenTopics;
    return { topics, topicsChanged, nowMs: wallMs(), settings: settings(this.#state.id), makeMemberId };
  }

  topics(): Topics {
    return this.#environment.topics();
  }

  /** Makes a decision so: stored, replayed, deadlines set. Resolves when it is durable. */
  commit(draft: Draft, upgrade: Upgrade | null = null): Promise<void> {
    upgrade?.onDecided();
    this.#seenTopics = this.topics().topics;
    // The answer may speak of what another request has changed and is still waiting for.
    if (draft.changes.length === 0) return this.settled();
    const records = draft.changes.map((change) => consumerGroupRecord(this.#state.id, change));
    const stored = this.#keeping.store([...(upgrade?.records ?? []), ...records]);
    for (const change of draft.changes) this.#onChanged(change);
    if (upgrade !== null) this.startSessions();
    return stored;
  }

  /** Resolves when all that is known is durable, and may be told. */
  settled(): Promise<void> {
    return this.#keeping.settled();
  }

  /** Removes those of the members that are there; the group becomes a classic one if only such members are left. */
  async remove(memberIds: readonly string[]): Promise<void> {
    const draft = this.draft();
    const known = memberIds.filter((memberId) => this.#state.members.has(memberId));
    if (known.length === 0) return;
    removeMembers(draft, known, this.context());
    if (this.mayDowngrade(draft.group)) await this.downgrade(draft.group, true);
    else await this.commit(draft);
  }

  mayDowngrade(after: ConsumerGroupView): boolean {
    return canDowngrade(after, this.#environment.migrationPolicy(), this.#environment.classicSizeMax());
  }

  downgrade(after: ConsumerGroupView, calls: boolean): Promise<void> {
    return this.#keeping.downgrade(after, calls);
  }

  /** Gives a member a whole session to be heard of again. */
  heard(member: ConsumerMember): void {
    const { sessionTimeoutMs } = member.classic ?? this.#environment.settings(this.#state.id);
    this.#deadlines.set(member.id, 'session', sessionTimeoutMs);
  }

  /** The same for every member of a group that was loaded, or taken over. */
  startSessions(): void {
    for (const member of this.#state.members.values()) {
      this.heard(member);
      this.#expectRevocation(member);
    }
  }

  /** A classic member has joined: it has to sync now. */
  expectSync(member: ConsumerMember): void {
    this.#deadlines.clear(member.id, 'join');
    this.#deadlines.set(member.id, 'sync', member.rebalanceTimeoutMs);
  }

  onSynced(member: ConsumerMember): void {
    this.#deadlines.clear(member.id, 'sync');
  }

  /** A classic member has to join again, and has its rebalance timeout for that. Answers what it is told. */
  callIn(member: ConsumerMember): BrokerError {
    if (!this.#deadlines.has(member.id, 'join')) this.#deadlines.set(member.id, 'join', member.rebalanceTimeoutMs);
    return new BrokerError('REBALANCE_IN_PROGRESS');
  }

  forget(memberId: string): void {
    this.#deadlines.clearMember(memberId);
  }

  /** The group is another's from here on, or no more. */
  end(): void {
    this.#isEnded = true;
    this.#deadlines.clearAll();
  }

  #onChanged(change: GroupChange): void {
    if (change.kind === 'target-epoch' && change.value !== null) {
      const { epoch: groupEpoch } = change.value;
      const members = this.#state.members.size;
      this.#environment.logger.info('a group rebalanced', { groupId: this.#state.id, groupEpoch, members });
    }
    if (change.kind !== 'assignment') return;
    const member = this.#state.members.get(change.memberId);
    this.#deadlines.clear(change.memberId, 'rebalance');
    if (member !== undefined) this.#expectRevocation(member);
  }

  /** Classic members have deadlines of their own, for joining and syncing. */
  #expectRevocation(member: ConsumerMember): void {
    if (member.state !== 'unrevoked' || isClassic(member)) return;
    this.#deadlines.set(member.id, 'rebalance', member.rebalanceTimeoutMs);
  }

  #onMissed(memberId: string, deadline: Deadline): void {
    const { logger } = this.#environment;
    const groupId = this.#state.id;
    logger.info('a member is out of its group', { groupId, memberId, missed: deadline });
    this.remove([memberId]).catch((error: unknown) => {
      logger.error('a member that is out could not be removed', { groupId, error: describeError(error) });
    });
  }
}
