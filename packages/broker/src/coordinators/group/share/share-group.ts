import { describeError, type Logger } from '@millrace/base';
import { BrokerError } from '../../../lib/broker-error.ts';
import type { Timers } from '../../../lib/timers.ts';
import type { CoordinatorRecord } from '../../runtime.ts';
import { MemberTimers } from '../consumer/member-timers.ts';
import type { Topics } from '../consumer/subscriptions.ts';
import type { ShareGroupChange } from './changes.ts';
import { ShareGroupState, type ShareGroupView } from './group-state.ts';
import {
  decideShareHeartbeat,
  removeShareMembers,
  type ShareClient,
  type ShareContext,
  type ShareGroupSettings,
  type ShareHeartbeatAnswer,
  type ShareHeartbeatRequest,
} from './heartbeat.ts';
import { shareGroupRecord } from './records.ts';

/** What a share group needs from its coordinator. */
export type ShareGroupEnvironment = {
  readonly timers: Timers;
  readonly logger: Logger;
  readonly wallMs: () => number;
  readonly topics: () => Topics;
  readonly settings: (groupId: string) => ShareGroupSettings;
  /** Stores records and replays them, into this group where they are its; resolves when they are durable. */
  readonly store: (group: ShareGroup, records: readonly CoordinatorRecord[]) => Promise<void>;
  /** Resolves when what was stored before is durable. */
  readonly settled: (group: ShareGroup) => Promise<void>;
};

/**
 * One share group (KIP-932): members that read the same partitions side by side, each record with one of them at a time.
 * Here is who is in it and who may read from where; what became of the records is in `coordinators/share/` and `sharing/`.
 */
export class ShareGroup {
  readonly kind = 'share';
  readonly protocolType = 'share';
  readonly id: string;
  readonly #environment: ShareGroupEnvironment;
  readonly #state = new ShareGroupState();
  readonly #deadlines: MemberTimers;
  /** The topics that there were when the group was looked at last; null before the first time. */
  #seenTopics: Topics['topics'] | null = null;
  #isEnded = false;

  constructor(id: string, environment: ShareGroupEnvironment) {
    this.id = id;
    this.#environment = environment;
    this.#deadlines = new MemberTimers(environment.timers, (memberId) => this.#onMissed(memberId));
  }

  get view(): ShareGroupView {
    return this.#state;
  }

  get state(): 'Empty' | 'Stable' | 'Dead' {
    if (this.#isEnded) return 'Dead';
    return this.isVacant ? 'Empty' : 'Stable';
  }

  get isVacant(): boolean {
    return this.#state.members.size === 0;
  }

  replay(change: ShareGroupChange): void {
    this.#state.apply(change);
    if (change.kind === 'facts' && change.value === null) this.#deadlines.clearMember(change.memberId);
  }

  /** Resolves when what changed is durable. @throws BrokerError where the group refuses. */
  async heartbeat(request: ShareHeartbeatRequest, client: ShareClient): Promise<ShareHeartbeatAnswer> {
    if (this.#isEnded) throw new BrokerError('COORDINATOR_NOT_AVAILABLE');
    const { changes, answer } = decideShareHeartbeat(this.id, this.#state, request, client, this.#context());
    const stored = this.commit(changes);
    if (answer.memberEpoch >= 0) this.#heard(answer.memberId);
    await stored;
    return answer;
  }

  /** Makes changes so. Resolves when they, and all that was changed before, are durable. */
  commit(changes: readonly ShareGroupChange[]): Promise<void> {
    this.#seenTopics = this.#environment.topics().topics;
    // The answer may speak of what another request has changed and is still waiting for.
    if (changes.length === 0) return this.#environment.settled(this);
    return this.#environment.store(
      this,
      changes.map((change) => shareGroupRecord(this.id, change)),
    );
  }

  /** Nothing is committed for this group. */
  offsetsUnusedSince(): null {
    return null;
  }

  /** The topics that members want. */
  subscribedTopics(): ReadonlySet<string> {
    const topics = new Set<string>();
    for (const member of this.#state.members.values()) for (const name of member.subscribedTopics) topics.add(name);
    return topics;
  }

  /** Gives every member of a group that was loaded a whole session to be heard of again. */
  startSessions(): void {
    for (const memberId of this.#state.members.keys()) this.#heard(memberId);
  }

  /** The group is no more. */
  end(): void {
    this.#isEnded = true;
    this.#deadlines.clearAll();
  }

  #context(): ShareContext {
    const { settings, topics: image, wallMs } = this.#environment;
    const topics = image();
    const topicsChanged = topics.topics !== this.#seenTopics;
    return { topics, topicsChanged, nowMs: wallMs(), settings: settings(this.id) };
  }

  #heard(memberId: string): void {
    const { sessionTimeoutMs } = this.#environment.settings(this.id);
    this.#deadlines.set(memberId, 'session', sessionTimeoutMs);
  }

  #onMissed(memberId: string): void {
    const { logger } = this.#environment;
    logger.info('a member is out of its group', { groupId: this.id, memberId, missed: 'session' });
    if (this.#isEnded || !this.#state.members.has(memberId)) return;
    this.commit(removeShareMembers(this.#state, [memberId], this.#context())).catch((error: unknown) => {
      logger.error('a member that is out could not be removed', { groupId: this.id, error: describeError(error) });
    });
  }
}
