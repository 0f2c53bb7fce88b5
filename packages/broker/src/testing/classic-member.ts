import {
  ConsumerProtocolSubscriptionDefaults,
  consumerProtocolAssignmentCodec,
  consumerProtocolSubscriptionCodec,
  decodeVersioned,
  ErrorCode,
  encodeVersioned,
  type JoinGroupResponse,
} from '@millrace/protocol';
import type { TestBroker } from './test-broker.ts';

export const CLASSIC_SESSION_MS = 10_000;
const REBALANCE_TIMEOUT_MS = 30_000;

/**
 * The client's side of the classic protocol, eager: it reads what it was assigned until it hears that a round is on, or
 * that it is out. Its leader gives each partition of topic `t` to the members in turn.
 */
export class TestClassicMember {
  readonly #broker: TestBroker;
  readonly #groupId: string;
  readonly #partitions: number;
  readonly instanceId: string | null;
  memberId = '';
  generation = -1;
  reading: readonly number[] = [];
  /** When the broker heard of it last, and did not send it away. */
  lastHeardMs = 0;
  #isJoining = false;

  constructor(broker: TestBroker, groupId: string, partitions: number, instanceId: string | null = null) {
    this.#broker = broker;
    this.#groupId = groupId;
    this.#partitions = partitions;
    this.instanceId = instanceId;
  }

  /** Does the next thing that its protocol has it do; joining goes on by itself, since it waits for others. */
  async step(): Promise<void> {
    if (this.#isJoining) return;
    // A broker that stops ends the connection on which the join waits.
    if (this.generation < 0) void this.join().catch(() => this.#stop(ErrorCode.NOT_COORDINATOR));
    else await this.heartbeat();
  }

  async heartbeat(): Promise<number> {
    const { errorCode } = await this.#broker.send('Heartbeat', 4, {
      groupId: this.#groupId,
      memberId: this.memberId,
      generationId: this.generation,
      groupInstanceId: this.instanceId,
    });
    if (errorCode === ErrorCode.NONE) this.lastHeardMs = this.#broker.clock.monotonicMs();
    else this.#stop(errorCode);
    return errorCode;
  }

  /** Joins and syncs, once for each id that it is given. */
  async join(): Promise<void> {
    this.#isJoining = true;
    try {
      const joined = await this.#join();
      if (joined.errorCode === ErrorCode.MEMBER_ID_REQUIRED) {
        this.memberId = joined.memberId;
        this.#isJoining = false;
        return;
      }
      if (joined.errorCode !== ErrorCode.NONE) {
        this.#stop(joined.errorCode);
        return;
      }
      this.memberId = joined.memberId;
      await this.#sync(joined);
    } finally {
      this.#isJoining = false;
    }
  }

  async leave(): Promise<void> {
    const members = [{ memberId: this.memberId, groupInstanceId: this.instanceId, reason: null }];
    this.#stop(ErrorCode.UNKNOWN_MEMBER_ID);
    await this.#broker.send('LeaveGroup', 5, { groupId: this.#groupId, memberId: '', members });
  }

  async #join(): Promise<JoinGroupResponse> {
    const metadata = encodeVersioned(consumerProtocolSubscriptionCodec, 3, {
      ...ConsumerProtocolSubscriptionDefaults,
      topics: ['t'],
      userData: null,
      ownedPartitions: [],
    });
    return await this.#broker.send('JoinGroup', 9, {
      groupId: this.#groupId,
      sessionTimeoutMs: CLASSIC_SESSION_MS,
      rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
      memberId: this.memberId,
      groupInstanceId: this.instanceId,
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata }],
      reason: null,
    });
  }

  async #sync(joined: JoinGroupResponse): Promise<void> {
    const ids = joined.members.map(({ memberId }) => memberId);
    const assignments = ids.map((memberId, index) => ({
      memberId,
      assignment: encodeVersioned(consumerProtocolAssignmentCodec, 3, {
        assignedPartitions: [{ topic: 't', partitions: this.#every(ids.length, index) }],
        userData: null,
      }),
    }));
    const synced = await this.#broker.send('SyncGroup', 5, {
      groupId: this.#groupId,
      generationId: joined.generationId,
      memberId: joined.memberId,
      groupInstanceId: this.instanceId,
      protocolType: 'consumer',
      protocolName: 'range',
      assignments: joined.skipAssignment ? [] : assignments,
    });
    if (synced.errorCode !== ErrorCode.NONE) {
      this.#stop(synced.errorCode);
      return;
    }
    this.generation = joined.generationId;
    this.lastHeardMs = this.#broker.clock.monotonicMs();
    const { assignedPartitions } = decodeVersioned(consumerProtocolAssignmentCodec, synced.assignment);
    this.reading = assignedPartitions.flatMap(({ partitions }) => partitions);
  }

  #every(members: number, index: number): number[] {
    const all = Array.from({ length: this.#partitions }, (_, partition) => partition);
    return all.filter((partition) => partition % members === index);
  }

  #stop(errorCode: number): void {
    this.generation = -1;
    this.reading = [];
    if (errorCode === ErrorCode.UNKNOWN_MEMBER_ID) this.memberId = '';
  }
}
