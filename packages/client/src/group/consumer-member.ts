import { describeError, type MillraceError, type Random } from '@millrace/base';
import { ErrorCode } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { withCoordinator } from '../cluster/with-coordinator.ts';
import { backoffMs } from '../lib/backoff.ts';
import { asMillraceError, closedError, throwIfError, timedOut } from '../lib/errors.ts';
import { groupByTopic, type TopicPartition, withoutPartitions } from '../lib/topic-partition.ts';
import { Bell, sleep } from '../lib/wait.ts';
import {
  type ConsumerHeartbeat,
  consumerHeartbeat,
  JOIN_EPOCH,
  LEAVE_EPOCH,
  type PartitionsById,
  STATIC_LEAVE_EPOCH,
} from './consumer-heartbeat.ts';
import type { GroupCloseOptions, GroupMember } from './group-member.ts';
import { GroupOffsets } from './group-offsets.ts';
import type { GroupAssignment, GroupMembership } from './group-options.ts';
import type { GroupSettings } from './group-settings.ts';
import type { CommittedOffset, Committer, GroupMetadata, OffsetToCommit } from './offsets.ts';

const CLOSE_TIMEOUT_MS_DEFAULT = 30_000;
/** The coordinator no longer counts us as a member: what we owned is lost, and we join again. */
const EXPELLED: ReadonlySet<string> = new Set(['UNKNOWN_MEMBER_ID', 'FENCED_MEMBER_EPOCH']);
/** A commit waits for so many heartbeats that may bring a newer epoch. */
const STALE_COMMITS_MAX = 3;

/**
 * A member under the consumer protocol (KIP-848): the broker assigns. Two things go on side by side: heartbeats, which say
 * what is owned and hear what shall be, and the way from the one to the other, during which the owner is called.
 */
export class ConsumerMember implements GroupMember {
  readonly #cluster: Cluster;
  readonly #lane: string;
  readonly #settings: GroupSettings;
  readonly #offsets: GroupOffsets;
  /** Rung when there is something to say to the coordinator. */
  readonly #news = new Bell();
  /** Rung when there is something to do for the owner. */
  readonly #work = new Bell();
  /** Rung after each heartbeat, each change for the owner, and at the end. */
  readonly #changed = new Bell();
  readonly #leaving = new AbortController();
  readonly #memberId: string;
  #topics: readonly string[];
  #epoch = JOIN_EPOCH;
  #intervalMs: number;
  /** What the coordinator wants us to have; undefined while it did not say. */
  #target: PartitionsById | undefined;
  /** The target that the owner was told of last. */
  #adopted: PartitionsById | undefined;
  #owned: readonly TopicPartition[] = [];
  #assignment: GroupAssignment | undefined;
  #isLost = false;
  #isIdle = false;
  #mustSayAll = true;
  #hasNewTopics = false;
  #hasNewOwned = false;
  #failureCount = 0;
  #lastPollMs = 0;
  /** How many wait for the first assignment: who waits can't poll. */
  #waiting = 0;
  #running: Promise<unknown> | undefined;
  #failure: MillraceError | undefined;
  #closing: Promise<void> | undefined;

  constructor(cluster: Cluster, lane: string, settings: GroupSettings, topics: readonly string[]) {
    this.#cluster = cluster;
    this.#lane = lane;
    this.#settings = settings;
    this.#topics = topics;
    this.#intervalMs = settings.heartbeatIntervalMs;
    this.#memberId = makeMemberId(cluster.settings.random);
    this.#offsets = new GroupOffsets(cluster, lane, settings.groupId);
  }

  get assignment(): GroupAssignment | undefined {
    return this.#assignment;
  }

  get failure(): MillraceError | undefined {
    return this.#failure;
  }

  get groupMetadata(): GroupMetadata {
    return this.#identity();
  }

  async join(options: { readonly signal?: AbortSignal } = {}): Promise<GroupAssignment> {
    this.poll();
    this.#running ??= Promise.all([this.#keepUp(), this.#serve()]);
    this.#waiting += 1;
    try {
      while (this.#assignment === undefined) {
        if (this.#failure !== undefined) throw this.#failure;
        await this.#changed.wait(this.#clock, Number.POSITIVE_INFINITY, options.signal);
      }
      return this.#assignment;
    } finally {
      this.#waiting -= 1;
      this.#lastPollMs = this.#clock.monotonicMs();
    }
  }

  poll(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closing !== undefined) throw closedError('group member');
    this.#lastPollMs = this.#clock.monotonicMs();
    if (!this.#isIdle) return;
    this.#isIdle = false;
    this.#news.notify();
  }

  subscribe(topics: readonly string[]): void {
    this.#topics = topics;
    this.#hasNewTopics = true;
    this.#news.notify();
  }

  requestRejoin(): void {
    this.#news.notify();
  }

  async commit(offsets: readonly OffsetToCommit[], options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    for (let stale = 0; ; stale++) {
      const member = this.#identity();
      if (member.generation <= JOIN_EPOCH) throwIfError(ErrorCode.UNKNOWN_MEMBER_ID, 'committing', { ...member });
      try {
        return await this.#offsets.commit(member, offsets, options.signal);
      } catch (thrown) {
        const error = asMillraceError(thrown);
        if (EXPELLED.has(error.code)) this.#expelled(member.generation);
        if (error.code === 'FENCED_INSTANCE_ID') this.#fail(error);
        if (error.code !== 'STALE_MEMBER_EPOCH' || stale >= STALE_COMMITS_MAX) throw thrown;
        // The next heartbeat brings the epoch that we have by now.
        this.#news.notify();
        await this.#changed.wait(this.#clock, this.#intervalMs, options.signal);
      }
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

  get #clock() {
    return this.#cluster.settings.clock;
  }

  get #isLeaving(): boolean {
    return this.#leaving.signal.aborted;
  }

  get #isOver(): boolean {
    return this.#isLeaving || this.#failure !== undefined;
  }

  #identity(): Committer {
    const { groupId, groupInstanceId } = this.#settings;
    return { groupId, groupInstanceId, memberId: this.#memberId, generation: this.#epoch };
  }

  /** One heartbeat after the other, at the broker's interval or as soon as there is news. */
  async #keepUp(): Promise<void> {
    while (!this.#isOver) {
      // Who joins owns nothing: what was lost must have been taken from its owner before.
      if (this.#isIdle || (this.#epoch === JOIN_EPOCH && this.#owned.length > 0)) {
        await this.#news.wait(this.#clock, this.#intervalMs);
        continue;
      }
      try {
        await this.#beat();
        this.#failureCount = 0;
        if (!this.#hasNewOwned && !this.#hasNewTopics && !this.#isOver) {
          await this.#news.wait(this.#clock, this.#intervalMs);
        }
      } catch (thrown) {
        await this.#failed(asMillraceError(thrown));
      }
    }
  }

  async #beat(): Promise<void> {
    const unpolledMs = this.#clock.monotonicMs() - this.#lastPollMs;
    if (this.#waiting === 0 && unpolledMs > this.#settings.maxPollIntervalMs) {
      await this.#leaveIdle();
      return;
    }
    const heartbeat = this.#heartbeat();
    this.#hasNewOwned = false;
    this.#hasNewTopics = false;
    this.#mustSayAll = true;
    const answer = await this.#send(heartbeat);
    this.#mustSayAll = false;
    this.#epoch = answer.memberEpoch;
    if (answer.heartbeatIntervalMs > 0) this.#intervalMs = answer.heartbeatIntervalMs;
    if (answer.assignment !== null) this.#target = answer.assignment.topicPartitions;
    this.#work.notify();
    this.#changed.notify();
  }

  /** What a heartbeat says: all when it joins or the last one failed, else what is new. */
  #heartbeat(): ConsumerHeartbeat {
    const { groupId, groupInstanceId, maxPollIntervalMs, serverAssignor } = this.#settings;
    const all = this.#mustSayAll || this.#epoch === JOIN_EPOCH;
    return {
      groupId,
      groupInstanceId,
      memberId: this.#memberId,
      epoch: this.#epoch,
      membership: all ? { rebalanceTimeoutMs: maxPollIntervalMs, serverAssignor } : null,
      topics: all || this.#hasNewTopics ? this.#topics : null,
      owned: all || this.#hasNewOwned ? this.#byId(this.#owned) : null,
    };
  }

  #send(heartbeat: ConsumerHeartbeat) {
    return withCoordinator(this.#cluster, heartbeat.groupId, this.#lane, (link) => consumerHeartbeat(link, heartbeat));
  }

  /** What a failed heartbeat means: another try, a new membership, or the end. */
  async #failed(error: MillraceError): Promise<void> {
    if (this.#isLeaving) return;
    const { groupId } = this.#settings;
    this.#cluster.settings.logger.debug('a heartbeat failed', { groupId, error: describeError(error) });
    const isGone = error.code === 'GROUP_ID_NOT_FOUND' && this.#epoch > JOIN_EPOCH;
    if (EXPELLED.has(error.code) || isGone) {
      this.#expelled(this.#epoch);
    } else if (error.retriable) {
      await sleep(this.#clock, backoffMs(this.#cluster.settings, ++this.#failureCount), this.#leaving.signal).catch(
        () => {},
      );
    } else {
      this.#fail(error);
    }
  }

  #expelled(epoch: number): void {
    // The member may have joined anew while the request was on the way.
    if (epoch !== this.#epoch || epoch <= JOIN_EPOCH) return;
    this.#epoch = JOIN_EPOCH;
    this.#target = undefined;
    this.#adopted = undefined;
    this.#isLost = true;
    this.#work.notify();
  }

  /** What is to be done for the owner, one thing after the other. */
  async #serve(): Promise<void> {
    while (!this.#isOver) {
      try {
        if (this.#isLost) await this.#lose();
        else if (this.#target !== this.#adopted) await this.#adopt(this.#target!);
        else await this.#work.wait(this.#clock, Number.POSITIVE_INFINITY);
      } catch (thrown) {
        if (!this.#isLeaving) this.#fail(asMillraceError(thrown));
      }
    }
  }

  /** First what must go, then what came: never is anything read that another may still read. */
  async #adopt(target: PartitionsById): Promise<void> {
    const wanted = await this.#named(target);
    if (wanted === null || this.#isLost || this.#isOver) return;
    const revoked = withoutPartitions(this.#owned, wanted);
    if (revoked.length > 0) {
      await this.#settings.listener.onRevoked(revoked);
      this.#own(withoutPartitions(this.#owned, revoked));
    }
    if (this.#isLost || this.#isOver || this.#target !== target) return;
    const added = withoutPartitions(wanted, this.#owned);
    this.#own(wanted);
    this.#adopted = target;
    this.#assignment = {
      generation: this.#epoch,
      memberId: this.#memberId,
      partitions: wanted,
      userData: null,
      isLeader: false,
    };
    await this.#settings.listener.onAssigned(this.#assignment, added);
    this.#lastPollMs = this.#clock.monotonicMs();
    this.#changed.notify();
  }

  async #lose(): Promise<void> {
    const lost = this.#owned;
    this.#isLost = false;
    this.#assignment = undefined;
    const { listener } = this.#settings;
    if (lost.length > 0) await (listener.onLost ?? listener.onRevoked)(lost);
    this.#own([]);
  }

  #own(partitions: readonly TopicPartition[]): void {
    this.#owned = partitions;
    this.#hasNewOwned = true;
    this.#news.notify();
  }

  /** The partitions by the names of their topics; null while a topic is not known yet, which is asked for. */
  async #named(target: PartitionsById): Promise<readonly TopicPartition[] | null> {
    for (const topic of this.#topics) this.#cluster.want(topic);
    const names = (): ReadonlyMap<string, string> => this.#cluster.metadata.topicNames;
    if (target.some(({ topicId }) => !names().has(topicId))) await this.#cluster.refresh();
    if (target.some(({ topicId }) => !names().has(topicId))) {
      await sleep(this.#clock, backoffMs(this.#cluster.settings, 1), this.#leaving.signal).catch(() => {});
      return null;
    }
    return target.flatMap(({ topicId, partitions }) =>
      partitions.map((partition) => ({ topic: names().get(topicId)!, partition })),
    );
  }

  #byId(partitions: readonly TopicPartition[]): PartitionsById {
    const { topics } = this.#cluster.metadata;
    return groupByTopic(partitions, ({ partition }) => partition).flatMap(({ topic, items }) => {
      const topicId = topics.get(topic)?.topicId;
      return topicId === undefined ? [] : [{ topicId, partitions: items }];
    });
  }

  /** The owner is stuck or busy for too long: others take over, as the coordinator would see to otherwise. */
  async #leaveIdle(): Promise<void> {
    const { groupId, maxPollIntervalMs } = this.#settings;
    this.#cluster.settings.logger.warn('left a group: poll was not called for too long', {
      groupId,
      maxPollIntervalMs,
    });
    this.#isIdle = true;
    await this.#tellCoordinator();
    this.#expelled(this.#epoch);
  }

  /** A static member leaves for a while, unless told otherwise: it may come back within its session and go on. */
  async #tellCoordinator(membership?: GroupMembership): Promise<void> {
    if (this.#epoch <= JOIN_EPOCH) return;
    const { groupId, groupInstanceId } = this.#settings;
    if (groupInstanceId === null && membership === 'remain') return;
    const epoch = groupInstanceId === null || membership === 'leave' ? LEAVE_EPOCH : STATIC_LEAVE_EPOCH;
    const saying = { groupId, groupInstanceId, memberId: this.#memberId, membership: null, topics: null, owned: null };
    try {
      await this.#send({ ...saying, epoch });
    } catch (thrown) {
      this.#cluster.settings.logger.debug('the coordinator could not be told', { error: describeError(thrown) });
    }
  }

  #fail(error: MillraceError): void {
    this.#failure ??= error;
    this.#assignment = undefined;
    for (const bell of [this.#news, this.#work, this.#changed]) bell.notify();
  }

  async #close({ timeoutMs = CLOSE_TIMEOUT_MS_DEFAULT, groupMembership }: GroupCloseOptions): Promise<void> {
    this.#leaving.abort(closedError('group member'));
    this.#news.notify();
    this.#work.notify();
    const orderly = this.#leaveOrderly(groupMembership);
    const late = sleep(this.#clock, timeoutMs).then(() => {
      throw timedOut(`leaving group '${this.#settings.groupId}'`, timeoutMs);
    });
    try {
      await Promise.race([orderly, late]);
    } finally {
      late.catch(() => {});
      this.#failure ??= closedError('group member');
      this.#changed.notify();
      this.#cluster.parts.delete(this);
      await this.#cluster.releaseLane(this.#lane);
    }
  }

  async #leaveOrderly(membership: GroupMembership | undefined): Promise<void> {
    await this.#running;
    const owned = this.#owned;
    const { listener } = this.#settings;
    const isLost = this.#isLost || this.#epoch <= JOIN_EPOCH;
    if (owned.length > 0) await (isLost ? (listener.onLost ?? listener.onRevoked) : listener.onRevoked)(owned);
    this.#owned = [];
    this.#assignment = undefined;
    await this.#tellCoordinator(membership);
  }
}

/** A random UUID in Kafka's text form: members make their own ids (KIP-1082). */
function makeMemberId(random: Random): string {
  return Buffer.from(Array.from({ length: 16 }, () => random.int(256))).toString('base64url');
}
