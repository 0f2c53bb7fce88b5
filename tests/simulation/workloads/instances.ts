import { Wire } from '@millrace/broker/testing';
import type { Client } from '@millrace/client';
import {
  ErrorCode,
  type StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatRequestDefaults,
  type StreamsGroupHeartbeatResponse,
  ZERO_UUID,
} from '@millrace/protocol';
import { type ClientProcess, INPUT, type Scene } from '../scene.ts';
import { STREAMS_GROUP, STREAMS_SESSION_MS, TaskOwners } from '../task-owners.ts';

const ANSWER_TIMEOUT_MS = 2_000;
const HEARTBEAT_INTERVAL_MS = 600;
const REBALANCE_TIMEOUT_MS = 60_000;
const COMMIT_VERSION = 9;
const HOSTS = 2;
const SUBTOPOLOGY = '0';

const TOPOLOGY = {
  epoch: 0,
  subtopologies: [
    {
      subtopologyId: SUBTOPOLOGY,
      sourceTopics: [INPUT],
      sourceTopicRegex: [],
      stateChangelogTopics: [
        { name: `${STREAMS_GROUP}-changelog`, partitions: 0, replicationFactor: 0, topicConfigs: [] },
      ],
      repartitionSinkTopics: [],
      repartitionSourceTopics: [],
      copartitionGroups: [],
    },
  ],
};

/** Lets the group keep a standby of each task. */
export async function configureInstances(client: Client): Promise<void> {
  const change = { name: 'streams.num.standby.replicas', value: '1', operation: 'set' as const };
  await client.admin.incrementalAlterConfigs({ type: 'group', name: STREAMS_GROUP }, [change]);
}

/**
 * Instances of an application in a streams group (KIP-1071), some of them on one host. They work on what they are told to,
 * commit for it, and now and then for what they have lost already.
 */
export function startInstances(scene: Scene): TaskOwners {
  const owners = new TaskOwners(scene);
  for (let index = 0; index < scene.plan.instances; index++) {
    scene.keepRunning(`instance-${index}`, (process) => live(scene, process, owners, `host-${index % HOSTS}`));
  }
  return owners;
}

async function live(scene: Scene, process: ClientProcess, owners: TaskOwners, host: string): Promise<void> {
  for (;;) {
    const socket = scene.connect(process);
    const wire = new Wire(socket);
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy());
    const instance = new Instance({
      scene,
      process,
      owners,
      wire,
      id: `${process.name}-${process.random.int(1e9)}`,
      host,
    });
    process.onKilled(() => instance.stop());
    await instance.run();
    instance.stop();
    wire.destroy();
    await process.sleep(scene.world.between(50, 500));
  }
}

type InstanceParts = {
  readonly scene: Scene;
  readonly process: ClientProcess;
  readonly owners: TaskOwners;
  readonly wire: Wire;
  readonly id: string;
  readonly host: string;
};

/** One member from joining to leaving, or until it does not know whether it is one. */
class Instance {
  readonly #parts: InstanceParts;
  #epoch = 0;
  #active: ReadonlySet<number> = new Set();
  #standby: readonly number[] = [];
  /** What it had once, with the epoch in which it had it. */
  #lost: { readonly partition: number; readonly epoch: number } | null = null;
  #heardMs = Number.NEGATIVE_INFINITY;

  constructor(parts: InstanceParts) {
    this.#parts = parts;
  }

  async run(): Promise<void> {
    const { scene, process } = this.#parts;
    const { world } = scene;
    for (let nextMs = 0; ; await process.sleep(world.between(1, 200))) {
      if (process.monotonicMs() >= nextMs) {
        nextMs = process.monotonicMs() + HEARTBEAT_INTERVAL_MS;
        if (!(await this.#heartbeat())) return;
      }
      if (process.monotonicMs() - this.#heardMs >= STREAMS_SESSION_MS) return;
      for (const partition of this.#active) {
        if (world.chance(20) && !(await this.#commit(partition, this.#epoch))) return;
      }
      // As one does that was held up on its way.
      if (this.#lost !== null && world.chance(10)) await this.#commit(this.#lost.partition, this.#lost.epoch);
      if (scene.isStorming && world.chance(2)) return await this.#leave();
    }
  }

  stop(): void {
    this.#parts.owners.stop(this.#parts.id);
  }

  /** Whether it is a member. */
  async #heartbeat(): Promise<boolean> {
    const { process, host } = this.#parts;
    const sentMs = process.monotonicMs();
    const isJoining = this.#epoch === 0;
    const answer = await this.#send({
      ...(isJoining ? { topology: TOPOLOGY, rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS, processId: host } : {}),
      activeTasks: listed([...this.#active]),
      standbyTasks: listed(this.#standby),
      warmupTasks: [],
    });
    // An answer that comes after the session may speak of a world that has gone on.
    const isLate = process.monotonicMs() - sentMs >= STREAMS_SESSION_MS;
    if (answer === null || answer.errorCode !== ErrorCode.NONE || isLate) return false;
    this.#heardMs = sentMs;
    process.setTimer(sentMs + STREAMS_SESSION_MS - process.monotonicMs(), () => this.#onSilence());
    if (answer.activeTasks !== null) this.#take(answer);
    this.#epoch = answer.memberEpoch;
    return true;
  }

  #take({ activeTasks, standbyTasks }: StreamsGroupHeartbeatResponse): void {
    const { owners, id } = this.#parts;
    const told = new Set(partitionsOf(activeTasks));
    for (const partition of this.#active) if (!told.has(partition)) this.#lost = { partition, epoch: this.#epoch };
    this.#active = told;
    this.#standby = partitionsOf(standbyTasks);
    owners.work(id, new Set([...told].map((partition) => taskName(partition))));
  }

  /** Without an answer for its session it is out, and knows it. */
  #onSilence(): void {
    const { process } = this.#parts;
    if (process.monotonicMs() - this.#heardMs >= STREAMS_SESSION_MS) this.stop();
  }

  async #commit(partition: number, epoch: number): Promise<boolean> {
    const { owners, wire, id } = this.#parts;
    const sentAt = owners.now();
    const offsets = { committedOffset: sentAt, committedLeaderEpoch: -1, committedMetadata: null };
    const answer = await wire.send('OffsetCommit', COMMIT_VERSION, {
      groupId: STREAMS_GROUP,
      generationIdOrMemberEpoch: epoch,
      memberId: id,
      groupInstanceId: null,
      retentionTimeMs: -1,
      topics: [{ name: INPUT, topicId: ZERO_UUID, partitions: [{ partitionIndex: partition, ...offsets }] }],
    });
    const code = answer?.topics[0]?.partitions[0]?.errorCode;
    if (code === ErrorCode.NONE) owners.taken(id, taskName(partition), sentAt);
    return answer !== null;
  }

  async #leave(): Promise<void> {
    this.stop();
    await this.#send({ memberEpoch: -1 });
  }

  #send(more: Partial<StreamsGroupHeartbeatRequest>): Promise<StreamsGroupHeartbeatResponse | null> {
    return this.#parts.wire.send('StreamsGroupHeartbeat', 0, {
      ...StreamsGroupHeartbeatRequestDefaults,
      groupId: STREAMS_GROUP,
      memberId: this.#parts.id,
      memberEpoch: this.#epoch,
      endpointInformationEpoch: 0,
      ...more,
    });
  }
}

function taskName(partition: number): string {
  return `${SUBTOPOLOGY}_${partition}`;
}

function listed(
  partitions: readonly number[],
): { readonly subtopologyId: string; readonly partitions: readonly number[] }[] {
  return partitions.length === 0 ? [] : [{ subtopologyId: SUBTOPOLOGY, partitions }];
}

function partitionsOf(tasks: StreamsGroupHeartbeatResponse['activeTasks']): number[] {
  return (tasks ?? []).flatMap(({ partitions }) => partitions);
}
