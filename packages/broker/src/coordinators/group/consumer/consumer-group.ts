import type { GroupChange } from './changes.ts';
import { type CommitClaim, checkCommitClaim } from './check-commit.ts';
import { isClassic } from './classic-members.ts';
import { ClassicSide } from './classic-side.ts';
import type { ConsumerGroupEnvironment, GroupKeeping, Upgrade } from './environment.ts';
import { GroupLife } from './group-life.ts';
import { ConsumerGroupState, type ConsumerGroupStatus, type ConsumerGroupView } from './group-state.ts';
import {
  decideHeartbeat,
  type HeartbeatAnswer,
  type HeartbeatClient,
  type HeartbeatRequest,
  isLeaving,
} from './heartbeat.ts';
import { topicsOf } from './subscriptions.ts';

/** What a consumer group needs from its coordinator, which keeps it. */
export type ConsumerGroupCoordinator = ConsumerGroupEnvironment & {
  readonly keep: (group: ConsumerGroup) => GroupKeeping;
};

/**
 * One group of the consumer protocol (KIP-848): the broker assigns, and each member goes to its target at its own pace.
 * What lasts is in the state, which only replayed records change; what a request means is decided by functions of that
 * state (`heartbeat.ts`, `advance.ts`, `reconcile.ts`); its life makes decisions so and keeps the deadlines.
 */
export class ConsumerGroup {
  readonly kind = 'consumer';
  readonly protocolType = 'consumer';
  readonly id: string;
  /** For members of the classic protocol. */
  readonly classic: ClassicSide;
  readonly #state: ConsumerGroupState;
  readonly #life: GroupLife;

  constructor(id: string, coordinator: ConsumerGroupCoordinator) {
    this.id = id;
    this.#state = new ConsumerGroupState(id);
    this.#life = new GroupLife(this.#state, coordinator, coordinator.keep(this));
    this.classic = new ClassicSide(this.#state, this.#life);
  }

  get view(): ConsumerGroupView {
    return this.#state;
  }

  get state(): ConsumerGroupStatus {
    return this.#life.isEnded ? 'Dead' : this.#state.status;
  }

  get isVacant(): boolean {
    return this.#state.members.size === 0;
  }

  replay(change: GroupChange): void {
    this.#state.apply(change);
    if (change.kind === 'facts' && change.value === null) this.#life.forget(change.memberId);
  }

  /** Resolves when what changed is durable. @throws BrokerError where the group refuses. */
  async heartbeat(
    request: HeartbeatRequest,
    client: HeartbeatClient,
    upgrade: Upgrade | null = null,
  ): Promise<HeartbeatAnswer> {
    const draft = this.#life.draft(upgrade);
    const answer = decideHeartbeat(draft, request, client, this.#life.context());
    if (isLeaving(request.memberEpoch) && this.#life.mayDowngrade(draft.group)) {
      await this.#life.downgrade(draft.group, true);
      return answer;
    }
    const stored = this.#life.commit(draft, upgrade);
    const member = this.#state.members.get(answer.memberId);
    if (member !== undefined && answer.memberEpoch >= 0) this.#life.heard(member);
    await stored;
    return answer;
  }

  /** @throws BrokerError where the member may not commit. */
  checkCommit(claim: CommitClaim): void {
    checkCommitClaim(this.#state, claim);
    const member = this.#state.members.get(claim.memberId);
    if (member !== undefined && isClassic(member) && !claim.inTransaction) this.#life.heard(member);
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
    this.#life.startSessions();
  }

  /** The group is another's from here on, or no more. */
  end(): void {
    this.#life.end();
  }
}
