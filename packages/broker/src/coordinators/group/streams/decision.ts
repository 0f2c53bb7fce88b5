import type { StreamsGroupHeartbeatRequest } from '@millrace/protocol';
import type { Topics } from '../consumer/subscriptions.ts';
import type { StreamsGroupChange } from './changes.ts';
import type { ConfiguredTopology, InternalTopic } from './configured-topology.ts';
import type { HeldTasks } from './tasks.ts';
import type { StreamsStatus } from './topic-problem.ts';
import type { Topology } from './topology.ts';

export type StreamsHeartbeatRequest = StreamsGroupHeartbeatRequest;
export type StreamsClient = { readonly clientId: string; readonly clientHost: string };

export type StreamsHeartbeatAnswer = {
  readonly memberId: string;
  readonly memberEpoch: number;
  /** What the member has from now on; null where nothing changed. */
  readonly tasks: HeldTasks | null;
  /** Whether it joined, or has other tasks than before: not where it is only told again. */
  readonly hasMoved: boolean;
  readonly statuses: readonly StreamsStatus[];
};

export type StreamsGroupSettings = {
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** A new target is computed no sooner than this after the one before. */
  readonly assignmentIntervalMs: number;
  /** How long a group that nobody was in waits for more members before the first target. */
  readonly initialDelayMs: number;
  readonly standbyCount: number;
  readonly sizeMax: number;
};

/** What decisions about a streams group go by, besides the group. */
export type StreamsContext = {
  readonly topics: Topics;
  /** Whether topics came, went or changed since the group was looked at last. */
  readonly topicsChanged: boolean;
  readonly nowMs: number;
  readonly settings: StreamsGroupSettings;
  /** Whether a group that was empty still waits for more members. */
  readonly isWaiting: boolean;
  readonly configure: (topology: Topology) => ConfiguredTopology;
};

export type StreamsDecision = {
  readonly changes: readonly StreamsGroupChange[];
  readonly answer: StreamsHeartbeatAnswer;
  /** Topics that have to be made before anybody gets tasks. */
  readonly missing: readonly InternalTopic[];
};
