import { type Closeable, type CloseOptions, MillraceError } from '@millrace/base';
import type { TopicPartition } from '../lib/topic-partition.ts';
import type { Assignor } from './assignor.ts';
import type { CommittedOffset, OffsetToCommit } from './offsets.ts';

/** Called between rounds, one at a time; the round goes on when the promise resolves. */
export type GroupListener = {
  /**
   * A round ended. `added` is what is new in `assignment.partitions`; called for every round, also when nothing is new.
   */
  readonly onAssigned: (assignment: GroupAssignment, added: readonly TopicPartition[]) => Promise<void> | void;
  /** These are given back in order: commit for them now, the member may still do so. */
  readonly onRevoked: (partitions: readonly TopicPartition[]) => Promise<void> | void;
  /** These were taken away: others may own them already, commits would be refused. Default: `onRevoked`. */
  readonly onLost?: (partitions: readonly TopicPartition[]) => Promise<void> | void;
};

export type GroupAssignment = {
  readonly generation: number;
  readonly memberId: string;
  readonly partitions: readonly TopicPartition[];
  /** The assignor's bytes for this member. */
  readonly userData: Uint8Array | null;
  readonly isLeader: boolean;
};

export type GroupMemberOptions = {
  readonly groupId: string;
  /** Makes the membership survive a restart within the session timeout (KIP-345). */
  readonly groupInstanceId?: string;
  readonly topics: readonly string[];
  readonly listener: GroupListener;
  /** In order of preference. Default: range, then cooperative-sticky, as Java's consumer. */
  readonly assignors?: readonly Assignor[];
  /** The coordinator drops a member that it does not hear for so long. Default: 45 s. */
  readonly sessionTimeoutMs?: number;
  /** Default: 3 s. */
  readonly heartbeatIntervalMs?: number;
  /** A member that does not call `poll` for so long leaves the group; members get this long to rejoin. Default: 5 min. */
  readonly maxPollIntervalMs?: number;
};

/** One member of a consumer group under the classic protocol: who owns what, and the group's offsets. */
export class GroupMember implements Closeable {
  constructor(options: GroupMemberOptions) {
    void options;
  }

  /** The current assignment; undefined before the first round and after the member was lost. */
  get assignment(): GroupAssignment | undefined {
    throw notYet();
  }

  /** The failure that ended the membership, e.g. `FENCED_INSTANCE_ID`, `GROUP_AUTHORIZATION_FAILED`. */
  get failure(): MillraceError | undefined {
    throw notYet();
  }

  /** Joins in the background and keeps the membership; resolves when the first round has ended. */
  join(options: { readonly signal?: AbortSignal } = {}): Promise<GroupAssignment> {
    void options;
    throw notYet();
  }

  /** Says that the owner is alive; without it the member leaves after `maxPollIntervalMs`. @throws the `failure`. */
  poll(): void {
    throw notYet();
  }

  /** Changes the subscription and rejoins. */
  subscribe(topics: readonly string[]): void {
    void topics;
    throw notYet();
  }

  /** Asks for a new round, e.g. when the assignor's user data changed. */
  requestRejoin(reason: string): void {
    void reason;
    throw notYet();
  }

  /**
   * @throws MillraceError `ILLEGAL_GENERATION`, `UNKNOWN_MEMBER_ID` or `FENCED_INSTANCE_ID` when others may own the
   *   partitions; `REBALANCE_IN_PROGRESS` (retriable after the round).
   */
  commit(offsets: readonly OffsetToCommit[], options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    void [offsets, options];
    throw notYet();
  }

  /** The committed offsets of these partitions; those without one are left out. */
  committed(
    partitions: readonly TopicPartition[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly CommittedOffset[]> {
    void [partitions, options];
    throw notYet();
  }

  /** Gives everything back and leaves at once; a static member stays known to the group. */
  leave(): Promise<void> {
    throw notYet();
  }

  /** As `leave`, with a limit. */
  close(options: CloseOptions = {}): Promise<void> {
    void options;
    throw notYet();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function notYet(): MillraceError {
  return new MillraceError('NOT_IMPLEMENTED', 'not built yet');
}
