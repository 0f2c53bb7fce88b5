import { type HeldTasks, NO_HELD_TASKS, sameHeldTasks } from './tasks.ts';

/**
 * How far a member is on the way to its target: it has it (`stable`), it has to give tasks away first (`unrevoked`), or it
 * waits for tasks that others still have (`unreleased`).
 */
export type StreamsMemberState = 'stable' | 'unrevoked' | 'unreleased';

export type Endpoint = { readonly host: string; readonly port: number };

export type ClientTag = { readonly key: string; readonly value: string };

/** What a member says of itself. */
export type StreamsMemberFacts = {
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly topologyEpoch: number;
  /** Members of one process share its disk: a task has one place in it. */
  readonly processId: string;
  /** Where interactive queries reach it; null where they don't. */
  readonly userEndpoint: Endpoint | null;
  /** Sorted by key. */
  readonly clientTags: readonly ClientTag[];
};

/** What a member has: as far as the coordinator knows, and told the member or is about to. */
export type StreamsMemberAssignment = {
  readonly epoch: number;
  /** The epoch before: a member whose last answer was lost comes with it. */
  readonly previousEpoch: number;
  readonly state: StreamsMemberState;
  readonly held: HeldTasks;
  /** What it was told to give away, and may still work on. */
  readonly revoking: HeldTasks;
};

export type StreamsMember = { readonly id: string } & StreamsMemberFacts & StreamsMemberAssignment;

export function freshStreamsMember(id: string): StreamsMember {
  return {
    id,
    instanceId: null,
    rackId: null,
    clientId: '',
    clientHost: '',
    rebalanceTimeoutMs: -1,
    topologyEpoch: -1,
    processId: '',
    userEndpoint: null,
    clientTags: [],
    epoch: 0,
    previousEpoch: 0,
    state: 'stable',
    held: NO_HELD_TASKS,
    revoking: NO_HELD_TASKS,
  };
}

export function assignmentOf(member: StreamsMemberAssignment): StreamsMemberAssignment {
  const { epoch, previousEpoch, state, held, revoking } = member;
  return { epoch, previousEpoch, state, held, revoking };
}

export function isReconciled({ state, epoch }: StreamsMemberAssignment, targetEpoch: number): boolean {
  return state === 'stable' && epoch === targetEpoch;
}

/** Whether a member says the very same of itself. */
export function sameStreamsFacts(left: StreamsMemberFacts, right: StreamsMemberFacts): boolean {
  return (
    left.instanceId === right.instanceId &&
    left.rackId === right.rackId &&
    left.clientId === right.clientId &&
    left.clientHost === right.clientHost &&
    left.rebalanceTimeoutMs === right.rebalanceTimeoutMs &&
    left.topologyEpoch === right.topologyEpoch &&
    left.processId === right.processId &&
    left.userEndpoint?.host === right.userEndpoint?.host &&
    left.userEndpoint?.port === right.userEndpoint?.port &&
    left.clientTags.length === right.clientTags.length &&
    left.clientTags.every(({ key, value }, at) => {
      const other = right.clientTags[at]!;
      return key === other.key && value === other.value;
    })
  );
}

/** Whether a member has the same, in the same epoch. */
export function sameStreamsAssignment(left: StreamsMemberAssignment, right: StreamsMemberAssignment): boolean {
  return (
    left.epoch === right.epoch &&
    left.state === right.state &&
    sameHeldTasks(left.held, right.held) &&
    sameHeldTasks(left.revoking, right.revoking)
  );
}
