import type { Closeable, CloseOptions, MillraceError } from '@millrace/base';
import type { TopicPartition } from '../lib/topic-partition.ts';
import type { GroupAssignment, GroupMembership } from './group-options.ts';
import type { CommittedOffset, GroupMetadata, OffsetToCommit } from './offsets.ts';

export type GroupCloseOptions = CloseOptions & { readonly groupMembership?: GroupMembership };

/**
 * One member of a consumer group: who owns what, and the group's offsets. It runs by itself once joined; only `poll`
 * must be called now and then by its owner. Which protocol it speaks is in its options; the owner need not know.
 */
export type GroupMember = Closeable & {
  /** The current assignment; undefined before the first one and after the member was lost. */
  readonly assignment: GroupAssignment | undefined;
  /** The failure that ended the membership, e.g. `FENCED_INSTANCE_ID`, `GROUP_AUTHORIZATION_FAILED`. */
  readonly failure: MillraceError | undefined;
  /** In whose name offsets are committed: what a transactional producer commits them with (KIP-447). */
  readonly groupMetadata: GroupMetadata;
  /** Joins in the background and keeps the membership; resolves with the first assignment. */
  join(options?: { readonly signal?: AbortSignal }): Promise<GroupAssignment>;
  /** Says that the owner is alive; without it the member leaves after `maxPollIntervalMs`. @throws the `failure`. */
  poll(): void;
  /** Changes the subscription. */
  subscribe(topics: readonly string[]): void;
  /** Asks for a new assignment, e.g. when the assignor's user data changed; of no effect where the broker assigns. */
  requestRejoin(reason: string): void;
  /**
   * @throws MillraceError `ILLEGAL_GENERATION`, `STALE_MEMBER_EPOCH`, `UNKNOWN_MEMBER_ID` or `FENCED_INSTANCE_ID`
   * when others may own the partitions; `REBALANCE_IN_PROGRESS` when a round must end first.
   */
  commit(offsets: readonly OffsetToCommit[], options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** The committed offsets of these partitions; those without one are left out. */
  committed(
    partitions: readonly TopicPartition[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly CommittedOffset[]>;
  /** Gives everything back and leaves at once; a static member stays known to the group. */
  leave(): Promise<void>;
  /**
   * The owner is asked to give back, then the coordinator is told; what takes longer is abandoned. Members stay or go
   * as `groupMembership` says; by default static ones stay, others go.
   */
  close(options?: GroupCloseOptions): Promise<void>;
};
