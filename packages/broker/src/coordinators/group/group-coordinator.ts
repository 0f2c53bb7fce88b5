import type { Clock, Logger, Random } from '@millrace/base';
import {
  type JoinGroupRequest,
  type LeaveGroupRequestMemberIdentity,
  type LeaveGroupResponseMemberResponse,
  type SyncGroupRequest,
  ZERO_UUID,
} from '@millrace/protocol';
import type { BrokerConfig } from '../../cluster/broker-config.ts';
import { BrokerError, errorCodeOf } from '../../lib/broker-error.ts';
import type { Timers } from '../../lib/timers.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import type { TransactionEnd } from '../../log/transaction-marker.ts';
import { type CoordinatorRecord, CoordinatorRuntime, type TransactionalProducer } from '../runtime.ts';
import type { JoinAnswer, SyncAnswer } from './classic/answers.ts';
import type { GroupEnvironment, JoiningClient } from './classic/environment.ts';
import { type Group, GroupShard } from './group-shard.ts';
import { coordinatorPartition } from './java-hash.ts';
import type { CommittedOffset } from './offsets.ts';
import { groupRecord, offsetRecord } from './records.ts';
import { subscribedTopics } from './subscriptions.ts';

const UUID_BYTES = 16;

export type GroupCoordinatorOptions = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly logger: Logger;
  readonly config: BrokerConfig;
  /** How many partitions the offsets topic has. */
  readonly partitionCount: () => number;
  /** The log of one of them; null while the topic was never needed. */
  readonly findLog: (partition: number) => PartitionLog | null;
  /** The same, its topic made if need be. */
  readonly makeLog: (partition: number) => PartitionLog;
};

export type OffsetToCommit = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string;
};

export type Committer = {
  readonly groupId: string;
  readonly memberId: string;
  readonly instanceId: string | null;
  /** −1 for someone who is in no group. */
  readonly generation: number;
};

export type GroupInShort = {
  readonly groupId: string;
  readonly protocolType: string;
  readonly state: string;
};

/** All groups of the broker and the offsets that they committed. */
export class GroupCoordinator {
  readonly #options: GroupCoordinatorOptions;
  readonly #runtime: CoordinatorRuntime<GroupShard>;

  constructor(options: GroupCoordinatorOptions) {
    this.#options = options;
    const { clock, logger, findLog, makeLog } = options;
    this.#runtime = new CoordinatorRuntime({
      clock,
      logger,
      findLog,
      makeLog,
      makeShard: (partition) => new GroupShard(partition, this.#environment(partition)),
    });
  }

  /** @throws BrokerError where the group refuses. */
  async join(request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    checkGroupId(request.groupId);
    const { config } = this.#options;
    const { sessionTimeoutMs } = request;
    const isInRange =
      sessionTimeoutMs >= config.number('group.min.session.timeout.ms') &&
      sessionTimeoutMs <= config.number('group.max.session.timeout.ms');
    if (!isInRange) throw new BrokerError('INVALID_SESSION_TIMEOUT');
    const shard = this.#shardOf(request.groupId);
    if (shard.get(request.groupId) === undefined && request.memberId !== '') throw new BrokerError('UNKNOWN_MEMBER_ID');
    return await shard.getOrMake(request.groupId).classic.join(request, client);
  }

  /** @throws BrokerError where the group refuses. */
  async sync(request: SyncGroupRequest): Promise<SyncAnswer> {
    return await this.#requireGroup(request.groupId).classic.sync(request);
  }

  /** @throws BrokerError where the group refuses. */
  heartbeat({ groupId, memberId, instanceId, generation }: Committer): void {
    this.#requireGroup(groupId).classic.heartbeat(memberId, instanceId, generation);
  }

  /** Answers for each member; what one did wrong does not keep the others in. @throws BrokerError `INVALID_GROUP_ID` */
  leave(groupId: string, members: readonly LeaveGroupRequestMemberIdentity[]): LeaveGroupResponseMemberResponse[] {
    checkGroupId(groupId);
    const group = this.#shardOf(groupId).get(groupId);
    return members.map(({ memberId, groupInstanceId }) => {
      try {
        if (group === undefined) throw new BrokerError('UNKNOWN_MEMBER_ID');
        group.classic.leave(memberId, groupInstanceId);
        return { memberId, groupInstanceId, errorCode: 0 };
      } catch (error) {
        return { memberId, groupInstanceId, errorCode: errorCodeOf(error) };
      }
    });
  }

  /**
   * Resolves when the offsets are durable; in a producer's transaction they only count when that is committed.
   *
   * @throws BrokerError where the group refuses.
   */
  async commit(
    committer: Committer,
    offsets: readonly OffsetToCommit[],
    producer: TransactionalProducer | null = null,
  ): Promise<void> {
    const { groupId, memberId, instanceId, generation } = committer;
    checkGroupId(groupId);
    const shard = this.#shardOf(groupId);
    const group = shard.get(groupId);
    if (group === undefined && generation >= 0) throw new BrokerError('ILLEGAL_GENERATION');
    (group ?? shard.getOrMake(groupId)).classic.checkCommit(memberId, instanceId, generation, producer !== null);
    const commitTimestamp = this.#options.clock.wallMs();
    const records = offsets.map(({ topic, partition, offset, leaderEpoch, metadata }) =>
      offsetRecord(
        { group: groupId, topic, partition },
        { offset, leaderEpoch, metadata, commitTimestamp, expireTimestamp: -1, topicId: ZERO_UUID },
      ),
    );
    await this.#runtime.write(this.partitionOf(groupId), records, producer);
  }

  /** Ends a producer's transaction in a partition of the offsets topic. Resolves when that is durable. */
  endTransaction(partition: number, end: TransactionEnd): Promise<void> {
    return this.#runtime.endTransaction(partition, end);
  }

  /** The partition of the offsets topic that a group's offsets are in. */
  partitionOf(groupId: string): number {
    return coordinatorPartition(groupId, this.#options.partitionCount());
  }

  /** Whether a transaction that is not decided may change the committed offset. */
  isUnstable(groupId: string, topic: string, partition: number): boolean {
    return this.#shardOf(groupId).get(groupId)?.offsets.isUnstable(topic, partition) ?? false;
  }

  /** The committed offset, or undefined where there is none. */
  committed(groupId: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.#shardOf(groupId).get(groupId)?.offsets.get(topic, partition);
  }

  /** Topics and partitions for which a group has offsets. */
  committedPartitions(groupId: string): { readonly topic: string; readonly partitions: readonly number[] }[] {
    const offsets = this.#shardOf(groupId).get(groupId)?.offsets;
    if (offsets === undefined) return [];
    return [...offsets.topics()].map((topic) => ({ topic, partitions: offsets.partitions(topic) }));
  }

  /**
   * Removes offsets; answers an error code for each partition.
   *
   * @throws BrokerError `GROUP_ID_NOT_FOUND`, `NON_EMPTY_GROUP` for a group of unknown protocol.
   */
  async deleteOffsets(
    groupId: string,
    wanted: readonly { readonly topic: string; readonly partition: number }[],
  ): Promise<number[]> {
    const group = this.#shardOf(groupId).get(groupId);
    if (group === undefined || group.classic.state === 'Dead') throw new BrokerError('GROUP_ID_NOT_FOUND');
    const subscribed = new Set<string>();
    if (group.classic.state !== 'Empty') {
      const metadata = group.classic.metadataOfMembers();
      if (metadata === null) throw new BrokerError('NON_EMPTY_GROUP');
      for (const bytes of metadata) for (const topic of subscribedTopics(bytes)) subscribed.add(topic);
    }
    const records: CoordinatorRecord[] = [];
    const codes = wanted.map(({ topic, partition }) => {
      if (subscribed.has(topic)) return new BrokerError('GROUP_SUBSCRIBED_TO_TOPIC').errorCode;
      if (group.offsets.get(topic, partition) !== undefined) {
        records.push(offsetRecord({ group: groupId, topic, partition }, null));
      }
      return 0;
    });
    await this.#write(groupId, records);
    return codes;
  }

  /** @throws BrokerError `GROUP_ID_NOT_FOUND`, `NON_EMPTY_GROUP`, `INVALID_GROUP_ID`. */
  async delete(groupId: string): Promise<void> {
    checkGroupId(groupId);
    const group = this.#shardOf(groupId).get(groupId);
    if (group === undefined || group.classic.state === 'Dead') throw new BrokerError('GROUP_ID_NOT_FOUND');
    if (!group.classic.isVacant) throw new BrokerError('NON_EMPTY_GROUP');
    const tombstones = [...group.offsets.keys(groupId)].map((key) => offsetRecord(key, null));
    await this.#write(groupId, [...tombstones, groupRecord(groupId, null)]);
  }

  /** Removes what groups committed for topics that are no more. */
  async forgetTopics(topics: readonly string[]): Promise<void> {
    for (const group of this.#everyGroup()) {
      const groupId = group.classic.id;
      const records = topics.flatMap((topic) =>
        [...group.offsets.keys(groupId, topic)].map((key) => offsetRecord(key, null)),
      );
      await this.#write(groupId, records);
    }
  }

  group(groupId: string): Group | undefined {
    return this.#shardOf(groupId).get(groupId);
  }

  list(): GroupInShort[] {
    return [...this.#everyGroup()].map(({ classic }) => ({
      groupId: classic.id,
      protocolType: classic.protocolType ?? '',
      state: classic.state,
    }));
  }

  close(): void {
    this.#runtime.close();
  }

  *#everyGroup(): Iterable<Group> {
    for (let partition = 0; partition < this.#options.partitionCount(); partition++) {
      yield* this.#runtime.shard(partition).all();
    }
  }

  #requireGroup(groupId: string): Group {
    checkGroupId(groupId);
    const group = this.#shardOf(groupId).get(groupId);
    if (group === undefined) throw new BrokerError('UNKNOWN_MEMBER_ID');
    return group;
  }

  #shardOf(groupId: string): GroupShard {
    return this.#runtime.shard(this.partitionOf(groupId));
  }

  #write(groupId: string, records: readonly CoordinatorRecord[]): Promise<void> {
    return this.#runtime.write(this.partitionOf(groupId), records);
  }

  #environment(partition: number): GroupEnvironment {
    const { clock, timers, random, config } = this.#options;
    return {
      timers,
      wallMs: () => clock.wallMs(),
      makeMemberId: (prefix) => `${prefix}-${makeUuid(random)}`,
      initialRebalanceDelayMs: () => config.number('group.initial.rebalance.delay.ms'),
      sizeMax: () => config.number('group.max.size'),
      store: (groupId, value) => this.#runtime.write(partition, [groupRecord(groupId, value)]),
    };
  }
}

function checkGroupId(groupId: string): void {
  if (groupId === '') throw new BrokerError('INVALID_GROUP_ID');
}

/** A random UUID in the usual form with dashes. */
function makeUuid(random: Random): string {
  const bytes = Buffer.from(Array.from({ length: UUID_BYTES }, () => random.int(256)));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
