import type { JoinGroupRequestProtocol } from '@millrace/protocol';
import { NO_OWNED, type OwnedPartitions, sameOwned } from './partitions.ts';

/**
 * How far a member is on the way to its target: it has it (`stable`), it has to give partitions away first
 * (`unrevoked`), or it waits for partitions that others still have (`unreleased`).
 */
export type MemberState = 'stable' | 'unrevoked' | 'unreleased';

/** What a member of the classic protocol has that others have not. */
export type ClassicFacts = {
  readonly sessionTimeoutMs: number;
  readonly protocols: readonly JoinGroupRequestProtocol[];
};

/** What a member says of itself. */
export type MemberFacts = {
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** Sorted, each once. */
  readonly subscribedTopics: readonly string[];
  /** Null or empty for none. */
  readonly subscribedRegex: string | null;
  readonly rebalanceTimeoutMs: number;
  readonly serverAssignor: string | null;
  /** Null for a member of the consumer protocol. */
  readonly classic: ClassicFacts | null;
};

/** What a member has: as far as the coordinator knows, and told the member or is about to. */
export type MemberAssignment = {
  readonly epoch: number;
  /** The epoch before: a member whose last answer was lost comes with it. */
  readonly previousEpoch: number;
  readonly state: MemberState;
  readonly owned: OwnedPartitions;
  /** What it was told to give away, and may still read. */
  readonly revoking: OwnedPartitions;
};

export type ConsumerMember = { readonly id: string } & MemberFacts & MemberAssignment;

/** The epoch of a member that is about to leave, or that is not there yet. */
export const LEAVE_EPOCH = -1;

/** The epoch of a static member that left for a while; its place is kept for its session. */
export const STATIC_LEAVE_EPOCH = -2;

export function freshMember(id: string): ConsumerMember {
  return {
    id,
    instanceId: null,
    rackId: null,
    clientId: '',
    clientHost: '',
    subscribedTopics: [],
    subscribedRegex: null,
    rebalanceTimeoutMs: -1,
    serverAssignor: null,
    classic: null,
    epoch: 0,
    previousEpoch: 0,
    state: 'stable',
    owned: NO_OWNED,
    revoking: NO_OWNED,
  };
}

export function factsOf(member: ConsumerMember): MemberFacts {
  const { instanceId, rackId, clientId, clientHost, subscribedTopics, subscribedRegex } = member;
  const { rebalanceTimeoutMs, serverAssignor, classic } = member;
  return {
    instanceId,
    rackId,
    clientId,
    clientHost,
    subscribedTopics,
    subscribedRegex,
    rebalanceTimeoutMs,
    serverAssignor,
    classic,
  };
}

export function assignmentOf({ epoch, previousEpoch, state, owned, revoking }: ConsumerMember): MemberAssignment {
  return { epoch, previousEpoch, state, owned, revoking };
}

export function isReconciled(member: ConsumerMember, targetEpoch: number): boolean {
  return member.state === 'stable' && member.epoch === targetEpoch;
}

export function hasRegex(member: MemberFacts): member is MemberFacts & { readonly subscribedRegex: string } {
  return member.subscribedRegex !== null && member.subscribedRegex !== '';
}

export function sameTopics(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((topic, index) => right[index] === topic);
}

/** Whether a member says the very same of itself. */
export function sameFacts(left: MemberFacts, right: MemberFacts): boolean {
  return (
    left.instanceId === right.instanceId &&
    left.rackId === right.rackId &&
    left.clientId === right.clientId &&
    left.clientHost === right.clientHost &&
    left.subscribedRegex === right.subscribedRegex &&
    left.rebalanceTimeoutMs === right.rebalanceTimeoutMs &&
    left.serverAssignor === right.serverAssignor &&
    sameTopics(left.subscribedTopics, right.subscribedTopics) &&
    sameClassicFacts(left.classic, right.classic)
  );
}

/** Whether a member has the same, in the same epoch. */
export function sameAssignment(left: MemberAssignment, right: MemberAssignment): boolean {
  return (
    left.epoch === right.epoch &&
    left.state === right.state &&
    sameOwned(left.owned, right.owned) &&
    sameOwned(left.revoking, right.revoking)
  );
}

function sameClassicFacts(left: ClassicFacts | null, right: ClassicFacts | null): boolean {
  if (left === null || right === null) return left === right;
  return (
    left.sessionTimeoutMs === right.sessionTimeoutMs &&
    left.protocols.length === right.protocols.length &&
    left.protocols.every(({ name, metadata }, index) => {
      const other = right.protocols[index]!;
      return name === other.name && Buffer.compare(metadata, other.metadata) === 0;
    })
  );
}
