import { assert } from '@millrace/base';
import {
  type ApiName,
  type ApiTypes,
  type ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatRequestDefaults,
  type ConsumerGroupHeartbeatResponse,
  ErrorCode,
} from '@millrace/protocol';

const VERSION = 1;
const REBALANCE_TIMEOUT_MS = 60_000;

/** Whatever gives connections to a broker. */
export type MemberTarget = {
  connect(): Promise<{
    send<A extends ApiName>(
      name: A,
      version: number,
      request: ApiTypes[A]['request'],
    ): Promise<ApiTypes[A]['response'] | null>;
  }>;
};

export type MemberWishes = {
  readonly topics?: readonly string[] | null;
  readonly regex?: string | null;
  readonly instanceId?: string | null;
  readonly serverAssignor?: string | null;
};

/** The client's side of the consumer protocol, one heartbeat at a time: what it may read, and when it stops reading it. */
export class TestConsumerMember {
  readonly id: string;
  readonly wishes: MemberWishes;
  readonly #groupId: string;
  epoch = 0;
  /** `topicId-partition` of all that it reads. */
  reading: ReadonlySet<string> = new Set();
  /** Whether it takes its time to give partitions away. */
  isSlow = false;
  lastHeardMs = 0;
  #assigned: ReadonlySet<string> = new Set();
  #mustSayAll = false;

  constructor(groupId: string, id: string, wishes: MemberWishes = {}) {
    this.#groupId = groupId;
    this.id = id;
    this.wishes = wishes;
  }

  /** Sends a heartbeat and does as it is told; answers what it was told. */
  async heartbeat(
    broker: MemberTarget,
    more: Partial<ConsumerGroupHeartbeatRequest> = {},
  ): Promise<ConsumerGroupHeartbeatResponse> {
    const isJoining = this.epoch === 0;
    if (isJoining) this.reading = new Set();
    const answer = await this.send(broker, {
      ...(isJoining || this.#mustSayAll ? this.#whole() : {}),
      topicPartitions: listed(this.reading),
      ...more,
    });
    this.#mustSayAll = false;
    this.#take(answer);
    return answer;
  }

  /** Sends a heartbeat whose answer never comes, and says everything again in the next. Answers whether it was heard. */
  async loseAnswer(broker: MemberTarget): Promise<boolean> {
    this.#mustSayAll = true;
    return (await this.send(broker, { topicPartitions: listed(this.reading) })).errorCode === ErrorCode.NONE;
  }

  /** Leaves for good, or, as a static member, for a while. */
  async leave(broker: MemberTarget, memberEpoch: -1 | -2 = -1): Promise<ConsumerGroupHeartbeatResponse> {
    this.reading = new Set();
    return await this.send(broker, { memberEpoch });
  }

  async send(
    broker: MemberTarget,
    more: Partial<ConsumerGroupHeartbeatRequest>,
  ): Promise<ConsumerGroupHeartbeatResponse> {
    const connection = await broker.connect();
    const answer = await connection.send('ConsumerGroupHeartbeat', VERSION, {
      ...ConsumerGroupHeartbeatRequestDefaults,
      groupId: this.#groupId,
      memberId: this.id,
      memberEpoch: this.epoch,
      instanceId: this.wishes.instanceId ?? null,
      rackId: null,
      serverAssignor: null,
      subscribedTopicNames: null,
      topicPartitions: null,
      ...more,
    });
    assert(answer !== null, 'the broker answers');
    return answer;
  }

  #whole(): Partial<ConsumerGroupHeartbeatRequest> {
    return {
      rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
      subscribedTopicNames: this.wishes.topics === undefined ? ['t'] : this.wishes.topics,
      subscribedTopicRegex: this.wishes.regex ?? null,
      serverAssignor: this.wishes.serverAssignor ?? null,
    };
  }

  #take({ errorCode, memberEpoch, assignment }: ConsumerGroupHeartbeatResponse): void {
    switch (errorCode) {
      case ErrorCode.NONE:
        this.epoch = memberEpoch;
        if (assignment !== null) this.#assigned = named(assignment.topicPartitions);
        break;
      case ErrorCode.FENCED_MEMBER_EPOCH:
      case ErrorCode.UNKNOWN_MEMBER_ID:
      case ErrorCode.GROUP_ID_NOT_FOUND:
        // It gives up everything and joins again.
        this.epoch = 0;
        this.reading = new Set();
        this.#assigned = new Set();
        return;
      default:
    }
    const gives = [...this.reading].some((name) => !this.#assigned.has(name));
    // Nothing new is read before the old was given away.
    if (!gives || !this.isSlow) this.reading = this.#assigned;
  }
}

function named(topics: readonly { readonly topicId: string; readonly partitions: readonly number[] }[]): Set<string> {
  return new Set(topics.flatMap(({ topicId, partitions }) => partitions.map((partition) => `${topicId}-${partition}`)));
}

function listed(names: ReadonlySet<string>): { readonly topicId: string; readonly partitions: number[] }[] {
  const topics = new Map<string, number[]>();
  for (const name of names) {
    const topicId = name.slice(0, name.lastIndexOf('-'));
    const partition = Number(name.slice(name.lastIndexOf('-') + 1));
    topics.set(topicId, [...(topics.get(topicId) ?? []), partition]);
  }
  return [...topics].map(([topicId, partitions]) => ({ topicId, partitions }));
}
