import type { TopicPartition } from '../lib/topic-partition.ts';
import type { Assignor } from './assignor.ts';

/**
 * Called one at a time; the round goes on when the promise resolves. Heartbeats go on meanwhile. Whatever it throws
 * ends the membership.
 */
export type GroupListener = {
  /**
   * A round begins in which partitions are kept (cooperative, classic protocol only): whoever owns them may go on
   * with them, but not commit, until `onRevoked`, `onAssigned` or `onLost` is called, since the generation may change
   * at any moment.
   */
  readonly onRoundBegins?: () => Promise<void> | void;
  /**
   * A round ended. `added` is what is new in `assignment.partitions`; called for every round, also when nothing is
   * new.
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

/** Whether the group is told that the member goes, or finds out after the session. */
export type GroupMembership = 'leave' | 'remain';

export type GroupProtocol = 'classic' | 'consumer';

export type GroupMemberOptions = {
  readonly groupId: string;
  /** Makes the membership survive a restart within the session timeout (KIP-345). */
  readonly groupInstanceId?: string;
  readonly topics: readonly string[];
  /**
   * Who assigns: with `classic` a member that leads, in rounds; with `consumer` the broker (KIP-848, Kafka 4), and
   * members that keep their partitions do not stop for others. Default: `classic`.
   */
  readonly groupProtocol?: GroupProtocol;
  /** Under `consumer`: the broker's assignor, `uniform` or `range`. Default: the broker's first. */
  readonly serverAssignor?: string;
  readonly listener: GroupListener;
  /** Under `classic`: in order of preference. Default: range, then cooperative-sticky, as Java's consumer. */
  readonly assignors?: readonly Assignor[];
  /** Under `classic`: the coordinator drops a member that it does not hear for so long. Default: 45 s. */
  readonly sessionTimeoutMs?: number;
  /** Default: 3 s; under `consumer` the broker says it. */
  readonly heartbeatIntervalMs?: number;
  /**
   * A member that does not call `poll` for so long leaves the group; members get this long to rejoin. Default: 5 min.
   */
  readonly maxPollIntervalMs?: number;
};
