import { unreachable } from '@millrace/base';
import { NO_PARTITIONS, type TopicPartitions } from '../consumer/partitions.ts';
import type { Claims, ShareGroupChange } from './changes.ts';
import { freshShareMember, type ShareMember } from './member.ts';

const NO_CLAIMS: Claims = new Map();

/** A share group as its records tell it: what lasts. Decisions read it, and only {@link ShareGroupState.apply} changes it. */
export type ShareGroupView = {
  /** Raised by every change of members, subscriptions or topics. */
  readonly epoch: number;
  /** Of the topics that are subscribed to: tells when they changed. */
  readonly metadataHash: number;
  /** The epoch for which the target was computed; −1 before the first. */
  readonly targetEpoch: number;
  readonly targetTimestampMs: number;
  readonly members: ReadonlyMap<string, ShareMember>;
  /** The partitions of whose delivery the group has, or may have, a state. */
  readonly claims: Claims;
  target(memberId: string): TopicPartitions;
};

export class ShareGroupState implements ShareGroupView {
  readonly #members = new Map<string, ShareMember>();
  readonly #targets = new Map<string, TopicPartitions>();
  #claims: Claims = NO_CLAIMS;
  #epoch = 0;
  #metadataHash = 0;
  #targetEpoch = -1;
  #targetTimestampMs = 0;

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

  get members(): ReadonlyMap<string, ShareMember> {
    return this.#members;
  }

  get claims(): Claims {
    return this.#claims;
  }

  target(memberId: string): TopicPartitions {
    return this.#targets.get(memberId) ?? NO_PARTITIONS;
  }

  apply(change: ShareGroupChange): void {
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
      case 'facts':
        if (change.value === null) this.#members.delete(change.memberId);
        else this.#members.set(change.memberId, { ...this.#memberOf(change.memberId), ...change.value });
        return;
      case 'assignment':
        // The tombstone of what a member has comes before that of the member.
        if (change.value === null) return;
        this.#members.set(change.memberId, { ...this.#memberOf(change.memberId), ...change.value });
        return;
      case 'claims':
        this.#claims = change.value ?? NO_CLAIMS;
        return;
      default:
        unreachable(change);
    }
  }

  #memberOf(memberId: string): ShareMember {
    return this.#members.get(memberId) ?? freshShareMember(memberId);
  }
}
