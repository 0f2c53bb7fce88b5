import type { StreamsMemberAssignment, StreamsMemberFacts } from './member.ts';
import type { Tasks } from './tasks.ts';
import type { Topology } from './topology.ts';

export type AssignmentConfig = { readonly key: string; readonly value: string };

/** What the epoch of a streams group stands for. */
export type StreamsEpoch = {
  readonly epoch: number;
  /** Of the topics that the topology needs: tells when they changed. */
  readonly metadataHash: number;
  /** The epoch of the topology whose topics were found to be as it needs them; −1 for none. */
  readonly validatedTopologyEpoch: number;
  /** What the assignor goes by, sorted by key. */
  readonly assignmentConfigs: readonly AssignmentConfig[];
};

/** What may happen to a streams group: each is one record of `__consumer_offsets`; null values are tombstones. */
export type StreamsGroupChange =
  | { readonly kind: 'epoch'; readonly value: StreamsEpoch | null }
  | { readonly kind: 'topology'; readonly value: Topology | null }
  | { readonly kind: 'facts'; readonly memberId: string; readonly value: StreamsMemberFacts | null }
  | { readonly kind: 'target-epoch'; readonly value: { readonly epoch: number; readonly timestampMs: number } | null }
  | { readonly kind: 'target'; readonly memberId: string; readonly value: Tasks | null }
  | { readonly kind: 'assignment'; readonly memberId: string; readonly value: StreamsMemberAssignment | null };

/** Everything of a member is gone. */
export function streamsMemberRemoved(memberId: string): StreamsGroupChange[] {
  return [
    { kind: 'assignment', memberId, value: null },
    { kind: 'target', memberId, value: null },
    { kind: 'facts', memberId, value: null },
  ];
}
