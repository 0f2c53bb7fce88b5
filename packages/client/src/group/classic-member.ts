import { assert, describeError, type MillraceError } from '@millrace/base';
import { ErrorCode, type JoinGroupResponse } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { withCoordinator } from '../cluster/with-coordinator.ts';
import { backoffMs } from '../lib/backoff.ts';
import { asMillraceError, closedError, throwIfError, timedOut } from '../lib/errors.ts';
import { type TopicPartition, withoutPartitions } from '../lib/topic-partition.ts';
import { Bell, sleep } from '../lib/wait.ts';
import type { MemberAssignment } from './assignor.ts';
import type { GroupCloseOptions, GroupMember } from './group-member.ts';
import { GroupOffsets } from './group-offsets.ts';
import type { GroupAssignment, GroupMembership } from './group-options.ts';
import type { GroupSettings } from './group-settings.ts';
import { Heartbeats } from './heartbeats.ts';
import { assignAsLeader, countPartitions } from './lead.ts';
import { heartbeat, joinGroup, leaveGroup, subscriptionsOf, syncGroup } from './membership-requests.ts';
import type { CommittedOffset, Committer, GroupMetadata, OffsetToCommit } from './offsets.ts';

const CLOSE_TIMEOUT_MS_DEFAULT = 30_000;
const NO_GENERATION = -1;
const NO_MEMBER_ID = '';
/** The coordinator no longer counts us as a member of this generation: what we owned is lost. */
const EXPELLED: ReadonlySet<string> = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION']);

/**
 * A member under the classic protocol: its leader assigns, in rounds. Rounds and heartbeats do not wait for the owner, except
 * that the owner must call `poll` now and then.
 */
export class ClassicMember implements GroupMember {
  readonly #cluster: Cluster;
  readonly #lane: string;
  readonly #settings: GroupSettings;
  readonly #offsets: GroupOffsets;
  readonly #heartbeats: Heartbeats;
  readonly #wake = new Bell();
  readonly #roundEnded = new Bell();
  readonly #leaving = new AbortController();
  readonly #stopListening: () => void;
  #topics: readonly string[];
  #memberId = NO_MEMBER_ID;
  #generation = NO_GENERATION;
  #owned: readonly TopicPartition[] = [];
  #assignment: GroupAssignment | undefined;
  /** What the last round that this member led was made from. */
  #ledCounts: ReadonlyMap<string, number> | undefined;
  #rejoinReason: string | undefined;
  #failureCount = 0;
  #lastPollMs = 0;
  /** The owner did not poll for too long: not a member until it does. */
  #isIdle = false;
  #running: Promise<void> | undefined;
  #failure: MillraceError | undefined;
  #closing: Promise<void> | undefined;

  constructor(cluster: Cluster, lane: string, settings: GroupSettings, topics: readonly string[]) {
    this.#cluster = cluster;
    this.#lane = lane;
    this.#settings = settings;
    this.#topics = topics;
    this.#offsets = new GroupOffsets(cluster, lane, settings.groupId);
    const { clock } = cluster.settings;
    const { heartbeatIntervalMs } = this.#settings;
    this.#heartbeats = new Heartbeats({ clock, intervalMs: heartbeatIntervalMs, beat: () => this.#beat() });
    this.#stopListening = cluster.onRefresh(() => this.#checkPartitionCounts());
  }

  get assignment(): GroupAssignment | undefined {
    return this.#assignment;
  }

  get failure(): MillraceError | undefined {
    return this.#failure;
  }

  async join(options: { readonly signal?: AbortSignal } = {}): Promise<GroupAssignment> {
    this.poll();
    if (this.#running === undefined) {
      this.#rejoinReason = 'first join';
      this.#running = this.#run();
    }
    while (this.#assignment === undefined) {
      if (this.#failure !== undefined) throw this.#failure;
      await this.#roundEnded.wait(this.#cluster.settings.clock, Number.POSITIVE_INFINITY, options.signal);
    }
    return this.#assignment;
  }

  poll(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closing !== undefined) throw closedError('group member');
    this.#lastPollMs = this.#cluster.settings.clock.monotonicMs();
    if (!this.#isIdle) return;
    this.#isIdle = false;
    this.requestRejoin('the owner polls again');
  }

  subscribe(topics: readonly string[]): void {
    this.#topics = topics;
    this.requestRejoin('the subscription changed');
  }

  requestRejoin(reason: string): void {
    this.#rejoinReason ??= reason;
    this.#wake.notify();
  }

  async commit(offsets: readonly OffsetToCommit[], options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const member = this.#identity();
    if (member.generation === NO_GENERATION) throwIfError(ErrorCode.UNKNOWN_MEMBER_ID, 'committing', { ...member });
    try {
      await this.#offsets.commit(member, offsets, options.signal);
    } catch (thrown) {
      this.#refused(member, asMillraceError(thrown));
      throw thrown;
    }
  }

  committed(
    partitions: readonly TopicPartition[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly CommittedOffset[]> {
    return this.#offsets.committed(partitions, options.signal);
  }

  leave(): Promise<void> {
    return this.close();
  }

  close(options: GroupCloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get groupMetadata(): GroupMetadata {
    return this.#identity();
  }

  #identity(): Committer {
    const { groupId, groupInstanceId } = this.#settings;
    return { groupId, groupInstanceId, memberId: this.#memberId, generation: this.#generation };
  }

  get #isLeaving(): boolean {
    return this.#leaving.signal.aborted;
  }

  /** The life of the membership: a round whenever there is a reason for one. */
  async #run(): Promise<void> {
    while (!this.#isLeaving && this.#failure === undefined) {
      try {
        if (this.#generation === NO_GENERATION && this.#owned.length > 0) await this.#lose();
        else if (this.#rejoinReason !== undefined && !this.#isIdle) await this.#round(this.#rejoinReason);
        else await this.#wake.wait(this.#cluster.settings.clock, Number.POSITIVE_INFINITY);
      } catch (thrown) {
        await this.#failed(asMillraceError(thrown));
      }
    }
  }

  async #round(reason: string): Promise<void> {
    if (this.#settings.isCooperative) await this.#settings.listener.onRoundBegins?.();
    else if (this.#owned.length > 0) await this.#giveBack(this.#owned);
    if (this.#isLeaving) return;
    this.#rejoinReason = undefined;
    try {
      const answer = await this.#join(reason);
      const assignments = await this.#assignmentsToBring(answer);
      const mine = await this.#atCoordinator((link) =>
        syncGroup(link, {
          member: this.#identity(),
          protocolName: answer.protocolName,
          assignments,
          timeoutMs: this.#settings.roundTimeoutMs,
        }),
      );
      await this.#adopt(mine, answer.leader === answer.memberId);
      this.#failureCount = 0;
    } catch (thrown) {
      this.#rejoinReason ??= reason;
      throw thrown;
    }
  }

  async #join(reason: string): Promise<JoinGroupResponse> {
    this.#heartbeats.stop();
    const { assignors, sessionTimeoutMs, maxPollIntervalMs, roundTimeoutMs } = this.#settings;
    const answer = await this.#atCoordinator((link) =>
      joinGroup(link, {
        member: this.#identity(),
        topics: this.#topics,
        ownedPartitions: this.#owned,
        assignors,
        sessionTimeoutMs,
        rebalanceTimeoutMs: maxPollIntervalMs,
        timeoutMs: roundTimeoutMs,
        reason,
      }),
    );
    // The coordinator wants to know whom it counts before it counts (KIP-394).
    if (answer.errorCode === ErrorCode.MEMBER_ID_REQUIRED) {
      this.#memberId = answer.memberId;
      return await this.#join(reason);
    }
    const { groupId } = this.#settings;
    throwIfError(answer.errorCode, `joining group '${groupId}'`, { groupId, memberId: this.#memberId });
    this.#memberId = answer.memberId;
    this.#generation = answer.generationId;
    this.#heartbeats.start();
    return answer;
  }

  async #assignmentsToBring(answer: JoinGroupResponse): Promise<ReadonlyMap<string, MemberAssignment>> {
    this.#ledCounts = undefined;
    // A static leader that came back is told to leave the assignment as it is (KIP-814).
    if (answer.leader !== answer.memberId || answer.skipAssignment) return new Map();
    const members = subscriptionsOf(answer);
    const lead = await assignAsLeader(this.#cluster, this.#settings.assignors, answer.protocolName, members);
    this.#ledCounts = lead.partitionCounts;
    return lead.assignments;
  }

  async #adopt(mine: MemberAssignment, isLeader: boolean): Promise<void> {
    const revoked = withoutPartitions(this.#owned, mine.partitions);
    if (revoked.length > 0) {
      await this.#giveBack(revoked);
      this.#rejoinReason ??= 'partitions were given back for others';
    }
    const added = withoutPartitions(mine.partitions, this.#owned);
    this.#owned = mine.partitions;
    this.#assignment = {
      generation: this.#generation,
      memberId: this.#memberId,
      partitions: mine.partitions,
      userData: mine.userData,
      isLeader,
    };
    this.#cluster.settings.logger.info('joined a group', {
      groupId: this.#settings.groupId,
      generation: this.#generation,
      partitionCount: mine.partitions.length,
    });
    await this.#settings.listener.onAssigned(this.#assignment, added);
    this.#lastPollMs = this.#cluster.settings.clock.monotonicMs();
    this.#roundEnded.notify();
  }

  async #giveBack(partitions: readonly TopicPartition[]): Promise<void> {
    await this.#settings.listener.onRevoked(partitions);
    this.#owned = withoutPartitions(this.#owned, partitions);
  }

  async #lose(): Promise<void> {
    const lost = this.#owned;
    this.#owned = [];
    this.#assignment = undefined;
    const { listener } = this.#settings;
    await (listener.onLost ?? listener.onRevoked)(lost);
  }

  /** What a failed round or callback means: another try, or the end. */
  async #failed(error: MillraceError): Promise<void> {
    if (this.#isLeaving) return;
    const { logger, clock } = this.#cluster.settings;
    logger.debug('a round of a group failed', { groupId: this.#settings.groupId, error: describeError(error) });
    if (EXPELLED.has(error.code)) {
      this.#forgetMembership(error.code);
    } else if (error.code === 'REBALANCE_IN_PROGRESS') {
      this.#rejoinReason ??= 'another round began';
    } else if (error.retriable) {
      await sleep(clock, backoffMs(this.#cluster.settings, ++this.#failureCount), this.#leaving.signal).catch(() => {});
    } else {
      this.#fail(error);
    }
  }

  #fail(error: MillraceError): void {
    this.#failure = error;
    this.#heartbeats.stop();
    this.#assignment = undefined;
    this.#roundEnded.notify();
    this.#wake.notify();
  }

  #forgetMembership(reason: string): void {
    this.#heartbeats.stop();
    this.#generation = NO_GENERATION;
    // Of an old generation, but known: joining under another id would leave a ghost behind until its session ends.
    if (reason !== 'ILLEGAL_GENERATION') this.#memberId = NO_MEMBER_ID;
    this.requestRejoin(reason);
  }

  /** An answer to a heartbeat or a commit that was sent as this member. */
  #refused(member: Committer, error: MillraceError): void {
    // The member may have changed while the request was on the way.
    if (member.memberId !== this.#memberId || member.generation !== this.#generation) return;
    if (EXPELLED.has(error.code)) this.#forgetMembership(error.code);
    else if (error.code === 'REBALANCE_IN_PROGRESS') this.requestRejoin('the group is rebalancing');
    else if (error.code === 'FENCED_INSTANCE_ID') this.#fail(error);
  }

  async #beat(): Promise<void> {
    const { clock } = this.#cluster.settings;
    if (clock.monotonicMs() - this.#lastPollMs > this.#settings.maxPollIntervalMs) {
      await this.#leaveIdle();
      return;
    }
    // A topic that is subscribed to and missing is looked for more often than metadata grows old.
    if (this.#topics.some((topic) => this.#ledCounts?.has(topic) === false)) this.#cluster.refreshSoon();
    const member = this.#identity();
    try {
      await withCoordinator(this.#cluster, member.groupId, this.#lane, (link) => heartbeat(link, member));
    } catch (thrown) {
      this.#cluster.settings.logger.debug('a heartbeat failed', { error: describeError(thrown) });
      this.#refused(member, asMillraceError(thrown));
    }
  }

  /** The owner is stuck or busy for too long: others take over, as the coordinator would see to otherwise. */
  async #leaveIdle(): Promise<void> {
    const { groupId, maxPollIntervalMs } = this.#settings;
    this.#cluster.settings.logger.warn('left a group: poll was not called for too long', {
      groupId,
      maxPollIntervalMs,
    });
    this.#isIdle = true;
    await this.#tellCoordinator('the owner did not poll in time');
    this.#forgetMembership('the owner did not poll in time');
  }

  /** A static member does not leave unless it is told to: it may come back within its session and go on (KIP-345). */
  async #tellCoordinator(reason: string, membership?: GroupMembership): Promise<void> {
    const member = this.#identity();
    const stays = (membership ?? (member.groupInstanceId === null ? 'leave' : 'remain')) === 'remain';
    if (member.memberId === NO_MEMBER_ID || stays) return;
    try {
      await withCoordinator(this.#cluster, member.groupId, this.#lane, (link) => leaveGroup(link, member, reason));
    } catch (thrown) {
      this.#cluster.settings.logger.debug('the coordinator could not be told', { error: describeError(thrown) });
    }
  }

  /** The leader watches the topics of the group: a new partition needs an owner. */
  #checkPartitionCounts(): void {
    const led = this.#ledCounts;
    if (led === undefined || this.#isLeaving) return;
    const now = countPartitions(this.#cluster, this.#topics);
    const hasChanged = [...now].some(([topic, count]) => led.get(topic) !== count);
    if (hasChanged) this.requestRejoin('the partitions of a topic changed');
  }

  /** Joins and syncs wait at the broker, so they have a connection of their own: commits must not wait behind them. */
  #atCoordinator<T>(run: Parameters<typeof withCoordinator<T>>[3]): Promise<T> {
    return withCoordinator(this.#cluster, this.#settings.groupId, `${this.#lane}-join`, run);
  }

  async #close({ timeoutMs = CLOSE_TIMEOUT_MS_DEFAULT, groupMembership }: GroupCloseOptions): Promise<void> {
    const { clock } = this.#cluster.settings;
    this.#stopListening();
    this.#leaving.abort(closedError('group member'));
    this.#wake.notify();
    const orderly = this.#leaveOrderly(groupMembership);
    const late = sleep(clock, timeoutMs).then(() => {
      throw timedOut(`leaving group '${this.#settings.groupId}'`, timeoutMs);
    });
    try {
      await Promise.race([orderly, late]);
    } finally {
      late.catch(() => {});
      this.#heartbeats.stop();
      this.#failure ??= closedError('group member');
      this.#roundEnded.notify();
      this.#cluster.parts.delete(this);
      await this.#cluster.releaseLane(this.#lane);
    }
  }

  async #leaveOrderly(membership: GroupMembership | undefined): Promise<void> {
    await this.#cluster.releaseLane(`${this.#lane}-join`);
    await this.#running;
    if (this.#owned.length > 0) await (this.#generation === NO_GENERATION ? this.#lose() : this.#giveBack(this.#owned));
    assert(this.#owned.length === 0, 'a member that leaves owns nothing');
    this.#assignment = undefined;
    await this.#tellCoordinator('the consumer is being closed', membership);
  }
}
