import { unreachable } from '@millrace/base';
import type { AssignmentConfig, StreamsGroupChange } from './changes.ts';
import { freshStreamsMember, isReconciled, type StreamsMember } from './member.ts';
import { NO_TASKS, type Tasks } from './tasks.ts';
import type { Topology } from './topology.ts';

/** Groups begin at this epoch, and so does their target: the first epoch that a member works at is the next. */
const INITIAL_EPOCH = 1;

/** The states of a streams group, by the names that clients are told. */
export type StreamsGroupStatus = 'Empty' | 'NotReady' | 'Assigning' | 'Reconciling' | 'Stable' | 'Dead';

/** A streams group as its records tell it: what lasts. Decisions read it; only {@link StreamsGroupState.apply} changes it. */
export type StreamsGroupView = {
  readonly id: string;
  /** Raised by every change of members, topology, topics or configs. */
  readonly epoch: number;
  readonly metadataHash: number;
  readonly validatedTopologyEpoch: number;
  readonly assignmentConfigs: readonly AssignmentConfig[];
  /** Null before the first member. */
  readonly topology: Topology | null;
  /** The epoch for which the target was computed. */
  readonly targetEpoch: number;
  readonly targetTimestampMs: number;
  readonly members: ReadonlyMap<string, StreamsMember>;
  target(memberId: string): Tasks;
  hasTarget(memberId: string): boolean;
  readonly status: StreamsGroupStatus;
};

export class StreamsGroupState implements StreamsGroupView {
  readonly id: string;
  readonly #members = new Map<string, StreamsMember>();
  readonly #targets = new Map<string, Tasks>();
  #epoch = INITIAL_EPOCH;
  #metadataHash = 0;
  #validatedTopologyEpoch = -1;
  #assignmentConfigs: readonly AssignmentConfig[] = [];
  #topology: Topology | null = null;
  #targetEpoch = INITIAL_EPOCH;
  #targetTimestampMs = 0;

  constructor(id: string) {
    this.id = id;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get metadataHash(): number {
    return this.#metadataHash;
  }

  get validatedTopologyEpoch(): number {
    return this.#validatedTopologyEpoch;
  }

  get assignmentConfigs(): readonly AssignmentConfig[] {
    return this.#assignmentConfigs;
  }

  get topology(): Topology | null {
    return this.#topology;
  }

  get targetEpoch(): number {
    return this.#targetEpoch;
  }

  get targetTimestampMs(): number {
    return this.#targetTimestampMs;
  }

  get members(): ReadonlyMap<string, StreamsMember> {
    return this.#members;
  }

  get status(): StreamsGroupStatus {
    if (this.#members.size === 0) return 'Empty';
    if (this.#topology === null || this.#topology.epoch !== this.#validatedTopologyEpoch) return 'NotReady';
    if (this.#epoch > this.#targetEpoch) return 'Assigning';
    for (const member of this.#members.values()) if (!isReconciled(member, this.#targetEpoch)) return 'Reconciling';
    return 'Stable';
  }

  target(memberId: string): Tasks {
    return this.#targets.get(memberId) ?? NO_TASKS;
  }

  hasTarget(memberId: string): boolean {
    return this.#targets.has(memberId);
  }

  apply(change: StreamsGroupChange): void {
    switch (change.kind) {
      case 'epoch':
        this.#epoch = change.value?.epoch ?? INITIAL_EPOCH;
        this.#metadataHash = change.value?.metadataHash ?? 0;
        this.#validatedTopologyEpoch = change.value?.validatedTopologyEpoch ?? -1;
        this.#assignmentConfigs = change.value?.assignmentConfigs ?? [];
        return;
      case 'topology':
        this.#topology = change.value;
        return;
      case 'target-epoch':
        this.#targetEpoch = change.value?.epoch ?? INITIAL_EPOCH;
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
      default:
        unreachable(change);
    }
  }

  #memberOf(memberId: string): StreamsMember {
    return this.#members.get(memberId) ?? freshStreamsMember(memberId);
  }
}
