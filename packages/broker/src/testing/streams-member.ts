import { assert } from '@millrace/base';
import {
  type ApiName,
  type ApiTypes,
  ErrorCode,
  type StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatRequestDefaults,
  type StreamsGroupHeartbeatRequestTopology,
  type StreamsGroupHeartbeatResponse,
} from '@millrace/protocol';

const REBALANCE_TIMEOUT_MS = 60_000;

/** Whatever takes requests for a broker. */
export type StreamsTarget = {
  send<A extends ApiName>(
    name: A,
    version: number,
    request: ApiTypes[A]['request'],
  ): Promise<ApiTypes[A]['response'] | null>;
};

type Topology = StreamsGroupHeartbeatRequestTopology;
type TaskList = readonly { readonly subtopologyId: string; readonly partitions: readonly number[] }[] | null;

/** Names of tasks as `subtopology_partition`, by what the member does with them. */
export type TestTasks = { readonly active: ReadonlySet<string>; readonly standby: ReadonlySet<string> };

const NOTHING: TestTasks = { active: new Set(), standby: new Set() };

/** A topology of `lines` → repartition topic → count with a store, as that of a word count. */
export function countTopology(epoch = 0, prefix = 'app'): Topology {
  const info = { partitions: 0, replicationFactor: 0, topicConfigs: [] };
  const none = { sourceTopicRegex: [], copartitionGroups: [] };
  return {
    epoch,
    subtopologies: [
      {
        ...none,
        subtopologyId: '0',
        sourceTopics: ['lines'],
        stateChangelogTopics: [],
        repartitionSinkTopics: [`${prefix}-words-repartition`],
        repartitionSourceTopics: [],
      },
      {
        ...none,
        subtopologyId: '1',
        sourceTopics: [],
        stateChangelogTopics: [
          { ...info, name: `${prefix}-counts-changelog`, topicConfigs: [{ key: 'cleanup.policy', value: 'compact' }] },
        ],
        repartitionSinkTopics: [],
        repartitionSourceTopics: [{ ...info, name: `${prefix}-words-repartition` }],
      },
    ],
  };
}

/** The client's side of the streams protocol, one heartbeat at a time: what it works on, and when it stops. */
export class TestStreamsMember {
  readonly id: string;
  readonly processId: string;
  readonly topology: Topology;
  readonly #groupId: string;
  epoch = 0;
  tasks: TestTasks = NOTHING;
  /** Whether it takes its time to give tasks away. */
  isSlow = false;
  lastHeardMs = 0;
  #told: TestTasks = NOTHING;
  #mustSayAll = false;

  constructor(groupId: string, id: string, processId: string = id, topology: Topology = countTopology()) {
    this.#groupId = groupId;
    this.id = id;
    this.processId = processId;
    this.topology = topology;
  }

  /** Sends a heartbeat and does as it is told; answers what it was told. */
  async heartbeat(
    server: StreamsTarget,
    more: Partial<StreamsGroupHeartbeatRequest> = {},
  ): Promise<StreamsGroupHeartbeatResponse> {
    const isJoining = this.epoch === 0;
    if (isJoining) this.tasks = NOTHING;
    const answer = await this.send(server, {
      ...(isJoining ? { topology: this.topology } : {}),
      ...(isJoining || this.#mustSayAll ? { rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS, processId: this.processId } : {}),
      ...this.#reported(),
      ...more,
    });
    this.#mustSayAll = false;
    this.#take(answer);
    return answer;
  }

  /** Sends a heartbeat whose answer never comes, and says everything again in the next. Answers whether it was heard. */
  async loseAnswer(server: StreamsTarget): Promise<boolean> {
    this.#mustSayAll = true;
    return (await this.send(server, this.#reported())).errorCode === ErrorCode.NONE;
  }

  async leave(server: StreamsTarget): Promise<StreamsGroupHeartbeatResponse> {
    this.tasks = NOTHING;
    return await this.send(server, { memberEpoch: -1 });
  }

  async send(
    server: StreamsTarget,
    more: Partial<StreamsGroupHeartbeatRequest>,
  ): Promise<StreamsGroupHeartbeatResponse> {
    const answer = await server.send('StreamsGroupHeartbeat', 0, {
      ...StreamsGroupHeartbeatRequestDefaults,
      groupId: this.#groupId,
      memberId: this.id,
      memberEpoch: this.epoch,
      endpointInformationEpoch: 0,
      ...more,
    });
    assert(answer !== null, 'the broker answers');
    return answer;
  }

  #reported(): Pick<StreamsGroupHeartbeatRequest, 'activeTasks' | 'standbyTasks' | 'warmupTasks'> {
    return { activeTasks: listed(this.tasks.active), standbyTasks: listed(this.tasks.standby), warmupTasks: [] };
  }

  #take({ errorCode, memberEpoch, activeTasks, standbyTasks }: StreamsGroupHeartbeatResponse): void {
    switch (errorCode) {
      case ErrorCode.NONE:
        this.epoch = memberEpoch;
        if (activeTasks !== null) this.#told = { active: named(activeTasks), standby: named(standbyTasks) };
        break;
      case ErrorCode.FENCED_MEMBER_EPOCH:
      case ErrorCode.UNKNOWN_MEMBER_ID:
      case ErrorCode.GROUP_ID_NOT_FOUND:
        // It gives up everything and joins again.
        this.epoch = 0;
        this.tasks = NOTHING;
        this.#told = NOTHING;
        return;
      default:
    }
    const { active, standby } = this.tasks;
    const gives =
      [...active].some((task) => !this.#told.active.has(task)) ||
      [...standby].some((task) => !this.#told.standby.has(task));
    // Nothing new is begun before the old was given away.
    if (!gives || !this.isSlow) this.tasks = this.#told;
  }
}

function named(list: TaskList): Set<string> {
  return new Set(list?.flatMap(({ subtopologyId, partitions }) => partitions.map((one) => `${subtopologyId}_${one}`)));
}

function listed(names: ReadonlySet<string>): { readonly subtopologyId: string; readonly partitions: number[] }[] {
  const subtopologies = new Map<string, number[]>();
  for (const name of names) {
    const [id, partition] = name.split('_') as [string, string];
    subtopologies.set(id, [...(subtopologies.get(id) ?? []), Number(partition)]);
  }
  return [...subtopologies].map(([subtopologyId, partitions]) => ({ subtopologyId, partitions }));
}
