import { unreachable } from '@millrace/base';
import type { GroupChange } from './changes.ts';
import { type ConsumerMember, freshMember, hasRegex, isReconciled } from './member.ts';
import { NO_OWNED, NO_PARTITIONS, type TopicPartitions } from './partitions.ts';
import type { ResolvedRegex } from './resolved-regex.ts';

/** The states of a consumer group, by the names that clients are told. */
export type ConsumerGroupStatus = 'Empty' | 'Assigning' | 'Reconciling' | 'Stable' | 'Dead';

/** A consumer group as its records tell it: what lasts. Decisions read it, and only {@link apply} changes it. */
export type ConsumerGroupView = {
  readonly id: string;
  /** Raised by every change of members, subscriptions or topics. */
  readonly epoch: number;
  /** Of the topics that are subscribed to: tells when they changed. */
  readonly metadataHash: number;
  /** The epoch for which the target was computed; −1 before the first. */
  readonly targetEpoch: number;
  readonly targetTimestampMs: number;
  readonly members: ReadonlyMap<string, ConsumerMember>;
  readonly regexes: ReadonlyMap<string, ResolvedRegex>;
  staticMember(instanceId: string): ConsumerMember | undefined;
  target(memberId: string): TopicPartitions;
  hasTarget(memberId: string): boolean;
  /** Whether some member has a partition, or is still giving it away; also one that left for a while. */
  isOwned(topicId: string, partition: number): boolean;
  /** How many members subscribe by a regular expression. */
  subscribersOf(regex: string): number;
  readonly status: ConsumerGroupStatus;
};

export class ConsumerGroupState implements ConsumerGroupView {
  readonly id: string;
  readonly #members = new Map<string, ConsumerMember>();
  readonly #static = new Map<string, string>();
  readonly #targets = new Map<string, TopicPartitions>();
  readonly #regexes = new Map<string, ResolvedRegex>();
  readonly #owned = new Map<string, Set<number>>();
  #epoch = 0;
  #metadataHash = 0;
  #targetEpoch = -1;
  #targetTimestampMs = 0;

  constructor(id: string) {
    this.id = id;
  }

  /** A copy that goes its own way. */
  static from(other: ConsumerGroupState): ConsumerGroupState {
    const copy = new ConsumerGroupState(other.id);
    copy.#epoch = other.#epoch;
    copy.#metadataHash = other.#metadataHash;
    copy.#targetEpoch = other.#targetEpoch;
    copy.#targetTimestampMs = other.#targetTimestampMs;
    for (const [id, member] of other.#members) copy.#members.set(id, member);
    for (const [instanceId, id] of other.#static) copy.#static.set(instanceId, id);
    for (const [id, target] of other.#targets) copy.#targets.set(id, target);
    for (const [regex, resolved] of other.#regexes) copy.#regexes.set(regex, resolved);
    for (const [topicId, owned] of other.#owned) copy.#owned.set(topicId, new Set(owned));
    return copy;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get metadataHash(): number {
    return this.#metadataHash;
  }

  get targetEpoch(): number {
    return this.#targetEpoch;
  }

  get targetTimestampMs(): number {
    return this.#targetTimestampMs;
  }

  get members(): ReadonlyMap<string, ConsumerMember> {
    return this.#members;
  }

  get regexes(): ReadonlyMap<string, ResolvedRegex> {
    return this.#regexes;
  }

  get status(): ConsumerGroupStatus {
    if (this.#members.size === 0) return 'Empty';
    if (this.#epoch > this.#targetEpoch) return 'Assigning';
    for (const member of this.#members.values()) if (!isReconciled(member, this.#targetEpoch)) return 'Reconciling';
    return 'Stable';
  }

  staticMember(instanceId: string): ConsumerMember | undefined {
    const memberId = this.#static.get(instanceId);
    return memberId === undefined ? undefined : this.#members.get(memberId);
  }

  target(memberId: string): TopicPartitions {
    return this.#targets.get(memberId) ?? NO_PARTITIONS;
  }

  hasTarget(memberId: string): boolean {
    return this.#targets.has(memberId);
  }

  isOwned(topicId: string, partition: number): boolean {
    return this.#owned.get(topicId)?.has(partition) === true;
  }

  subscribersOf(regex: string): number {
    let count = 0;
    for (const member of this.#members.values()) if (hasRegex(member) && member.subscribedRegex === regex) count += 1;
    return count;
  }

  apply(change: GroupChange): void {
    switch (change.kind) {
      case 'epoch':
        this.#epoch = change.value?.epoch ?? 0;
        this.#metadataHash = change.value?.metadataHash ?? 0;
        return;
      case 'target-epoch':
        this.#targetEpoch = change.value?.epoch ?? -1;
        this.#targetTimestampMs = change.value?.timestampMs ?? 0;
        return;
      case 'target':
        if (change.value === null) this.#targets.delete(change.memberId);
        else this.#targets.set(change.memberId, change.value);
        return;
      case 'regex':
        if (change.value === null) this.#regexes.delete(change.regex);
        else this.#regexes.set(change.regex, change.value);
        return;
      case 'facts': {
        const before = this.#members.get(change.memberId);
        if (change.value === null) this.#remove(before);
        else this.#put({ ...(before ?? freshMember(change.memberId)), ...change.value }, before);
        return;
      }
      case 'assignment': {
        const before = this.#members.get(change.memberId);
        if (change.value !== null) this.#put({ ...(before ?? freshMember(change.memberId)), ...change.value }, before);
        // The tombstone of what a member has comes before that of the member.
        else if (before !== undefined) this.#put({ ...before, owned: NO_OWNED, revoking: NO_OWNED }, before);
        return;
      }
      default:
        unreachable(change);
    }
  }

  #put(member: ConsumerMember, before: ConsumerMember | undefined): void {
    this.#members.set(member.id, member);
    if (member.instanceId !== null) this.#static.set(member.instanceId, member.id);
    if (before?.owned === member.owned && before.revoking === member.revoking) return;
    if (before !== undefined) this.#release(before);
    this.#take(member);
  }

  #remove(member: ConsumerMember | undefined): void {
    if (member === undefined) return;
    this.#release(member);
    this.#members.delete(member.id);
    if (member.instanceId !== null && this.#static.get(member.instanceId) === member.id) {
      this.#static.delete(member.instanceId);
    }
  }

  #take({ owned, revoking }: ConsumerMember): void {
    for (const taken of [owned, revoking]) {
      for (const [topicId, partitions] of taken) {
        let known = this.#owned.get(topicId);
        if (known === undefined) {
          known = new Set();
          this.#owned.set(topicId, known);
        }
        for (const partition of partitions.keys()) known.add(partition);
      }
    }
  }

  #release({ owned, revoking }: ConsumerMember): void {
    for (const released of [owned, revoking]) {
      for (const [topicId, partitions] of released) {
        const known = this.#owned.get(topicId);
        for (const partition of partitions.keys()) known?.delete(partition);
        if (known?.size === 0) this.#owned.delete(topicId);
      }
    }
  }
}
