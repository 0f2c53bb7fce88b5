import { describeError, MillraceError } from '@millrace/base';
import type { AssignInput, Assignor, MemberAssignment } from '@millrace/client';
import { StreamsError } from '../../errors.ts';
import { resolvePartitionCounts } from '../layout/partition-counts.ts';
import { taskIdText } from '../layout/task-id.ts';
import { allTasks, partitionsOf, type TopologyLayout } from '../layout/topology-layout.ts';
import { heldBack } from './held-back.ts';
import { readyOwners } from './ready-owners.ts';
import { assignStandbys } from './standby-assignment.ts';
import { type AssignmentMember, assignTasks } from './sticky-assignment.ts';
import {
  type AssignmentData,
  decodeSubscription,
  encodeUserData,
  type MemberTasks,
  type SubscriptionData,
} from './user-data.ts';

/**
 * The name that all members of a group must share; Java's members say `stream`, and cannot share tasks with ours, nor
 * can members of ours that give all tasks back before a round.
 */
const ASSIGNOR_NAME = 'millrace-streams-cooperative';

const SHUTDOWN_REQUESTED =
  'A Kafka Streams client encountered a fatal error and requested a shutdown for the entire application.';

export type StreamsAssignorOptions = {
  readonly layout: TopologyLayout;
  /** Asked at each joining. */
  readonly subscription: () => SubscriptionData;
  /** Copies of each task with state, beside the active one. */
  readonly standbyReplicas: number;
  /** Copies that may be made at a time of tasks that are to move. */
  readonly warmupsMax: number;
  /** Tasks with no more offsets in their changelogs are restored so fast that they may move at once. */
  readonly acceptableRecoveryLag: number;
  /** How many offsets there are in the changelogs of each of these tasks. */
  readonly changelogSizes: (layout: TopologyLayout, tasks: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** The partition counts of all topics that are on the brokers. */
  readonly partitionCounts: () => Promise<ReadonlyMap<string, number>>;
  /** Makes the internal topics that are missing, given the counts of all source topics. */
  readonly ensureTopics: (layout: TopologyLayout, counts: ReadonlyMap<string, number>) => Promise<void>;
};

/**
 * Tasks instead of partitions: the leader finds out how many tasks there are, makes the internal topics they need,
 * and shares the tasks out. What cannot be assigned (a missing topic, unequal counts) is told to all members. Tasks
 * that move do so in two rounds: in the first, who has one is not given it any more, and joins again when it has let
 * go of it; in the second it goes to its new owner (KIP-429). All others go on meanwhile.
 */
export function streamsAssignor(options: StreamsAssignorOptions): Assignor {
  return {
    name: ASSIGNOR_NAME,
    rebalanceProtocol: 'cooperative',
    userData: () => encodeUserData(options.subscription()),
    async assign(input) {
      try {
        return await assign(options, input);
      } catch (error) {
        if (error instanceof MillraceError && error.retriable) throw error;
        const code = error instanceof MillraceError ? error.code : 'STREAMS_FAILED';
        const failed = encodeUserData({ kind: 'failed', code, message: describeError(error) });
        return new Map(input.members.map(({ memberId }) => [memberId, { partitions: [], userData: failed }]));
      }
    },
  };
}

async function assign(
  options: StreamsAssignorOptions,
  input: AssignInput,
): Promise<ReadonlyMap<string, MemberAssignment>> {
  const subscriptions = new Map(
    input.members.map(({ memberId, userData }) => [memberId, decodeSubscription(userData)] as const),
  );
  if ([...subscriptions.values()].some(({ wantsShutdown }) => wantsShutdown)) {
    throw new StreamsError('SHUTDOWN_REQUESTED', SHUTDOWN_REQUESTED);
  }
  const existing = await options.partitionCounts();
  const layout = options.layout.matching(existing.keys());
  const counts = resolvePartitionCounts({ ...layout.question, existing });
  await options.ensureTopics(layout, counts);
  const members = [...subscriptions].map(([memberId, data]) => toMember(memberId, data));
  // By partition first: whoever keeps the beginning of the list then keeps some of every sub-topology.
  const byPartition = [...allTasks(layout, counts)].sort(
    (a, b) => a.partition - b.partition || a.subTopology - b.subTopology,
  );
  const wanted = assignTasks(byPartition.map(taskIdText), members);
  const withState = byPartition.filter(({ subTopology }) => hasChangelog(layout, subTopology)).map(taskIdText);
  const { standbyReplicas: replicas, warmupsMax } = options;
  const heavy = members.length === 1 ? [] : await heavyTasks(options, layout, withState);
  const { active, warmups } = readyOwners({ wanted, members, heavyTasks: new Set(heavy), warmupsMax });
  const standbys = assignStandbys({ tasks: withState, replicas, members, active });
  const moves = heldBack(active, members);
  // A copy at its new owner is kept until the task comes.
  const hasCopyAt = (memberId: string): ((task: string) => boolean) => {
    const { readyTasks, activeTasks } = members.find((member) => member.memberId === memberId)!;
    return (task) => readyTasks.has(task) && !activeTasks.has(task);
  };
  const shares = [...moves].map(([memberId, { now, next }]) => {
    const copies = new Set([
      ...standbys.get(memberId)!,
      ...warmups.get(memberId)!,
      ...next.filter(hasCopyAt(memberId)),
    ]);
    return { memberId, tasks: now, pendingTasks: next, standbyTasks: [...copies] };
  });
  const shown: MemberTasks[] = shares.map(({ memberId, tasks, standbyTasks }) => {
    const { processId, applicationServer } = subscriptions.get(memberId)!;
    return { processId, applicationServer, tasks, standbyTasks };
  });
  return new Map(
    shares.map(({ memberId, tasks, pendingTasks, standbyTasks }) => {
      const data: AssignmentData = {
        kind: 'assigned',
        tasks,
        pendingTasks,
        standbyTasks,
        warmupTasks: warmups.get(memberId)!,
        members: shown,
        partitionCounts: Object.fromEntries(counts),
      };
      return [memberId, { partitions: partitionsOf(layout, tasks, counts), userData: encodeUserData(data) }];
    }),
  );
}

/** (Kafka Streams counts a client without state as caught up, too, where there is no more to restore than that.) */
async function heavyTasks(
  { changelogSizes, acceptableRecoveryLag }: StreamsAssignorOptions,
  layout: TopologyLayout,
  withState: readonly string[],
): Promise<readonly string[]> {
  const sizes = await changelogSizes(layout, withState);
  return withState.filter((task) => (sizes.get(task) ?? 0) > acceptableRecoveryLag);
}

function hasChangelog(layout: TopologyLayout, subTopology: number): boolean {
  return layout.subTopologies.some((candidate) => candidate.id === subTopology && candidate.loggedStores.length > 0);
}

function toMember(memberId: string, data: SubscriptionData): AssignmentMember {
  const { processId, activeTasks, pendingTasks, storedTasks, readyTasks } = data;
  return {
    memberId,
    processId,
    activeTasks: new Set(activeTasks),
    promisedTasks: new Set(pendingTasks),
    storedTasks: new Set(storedTasks),
    readyTasks: new Set(readyTasks),
  };
}
