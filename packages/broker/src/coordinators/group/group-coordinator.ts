import type { Clock, Logger, Random, Timer } from '@millrace/base';
import type {
  JoinGroupRequest,
  LeaveGroupRequestMemberIdentity,
  LeaveGroupResponseMemberResponse,
  SyncGroupRequest,
} from '@millrace/protocol';
import type { BrokerConfig } from '../../cluster/broker-config.ts';
import type { ClusterImage } from '../../cluster/cluster-image.ts';
import { BrokerError, errorCodeOf } from '../../lib/broker-error.ts';
import type { Timers } from '../../lib/timers.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import type { TransactionEnd } from '../../log/transaction-marker.ts';
import { repeat } from '../repeat.ts';
import { CoordinatorRuntime } from '../runtime.ts';
import type { ShareCoordinator } from '../share/share-coordinator.ts';
import type { JoinAnswer, SyncAnswer } from './classic/answers.ts';
import type { ClassicGroup } from './classic/classic-group.ts';
import type { JoiningClient } from './classic/environment.ts';
import { CommittedOffsets, checkGroupId } from './committed-offsets.ts';
import { checkHeartbeat } from './consumer/check-heartbeat.ts';
import type { ClassicSide } from './consumer/classic-side.ts';
import type { ConsumerGroup } from './consumer/consumer-group.ts';
import type { Upgrade } from './consumer/environment.ts';
import type { HeartbeatAnswer, HeartbeatClient, HeartbeatRequest } from './consumer/heartbeat.ts';
import { checkUpgrade, upgradeChanges } from './consumer/migration.ts';
import type { Topics } from './consumer/subscriptions.ts';
import { preferredAssignor } from './consumer/target-assignment.ts';
import { groupEnvironments } from './environments.ts';
import { GroupIndex } from './group-index.ts';
import { groupRemoval } from './group-removal.ts';
import { GroupSettings } from './group-settings.ts';
import { type Group, GroupShard } from './group-shard.ts';
import { groupRecord, offsetRecord } from './records.ts';
import { ShareGroups } from './share/share-groups.ts';
import type { StreamsGroup } from './streams/streams-group.ts';
import { StreamsGroups } from './streams/streams-groups.ts';

const MINUTE_MS = 60_000;

export type GroupCoordinatorOptions = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly logger: Logger;
  readonly config: BrokerConfig;
  /** The topics that there are, and what was set for groups by configs of their own. */
  readonly image: () => Topics & Pick<ClusterImage, 'groupConfigs' | 'leaderEpoch'>;
  /** How many partitions the offsets topic has. */
  readonly partitionCount: () => number;
  /** The log of one of them; null while the topic was never needed. */
  readonly findLog: (partition: number) => PartitionLog | null;
  /** The same, its topic made if need be. */
  readonly makeLog: (partition: number) => PartitionLog;
  /** What share groups did with records. */
  readonly shareState: ShareCoordinator;
};

export type MemberOfGroup = {
  readonly groupId: string;
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly generation: number;
};

/**
 * All groups of the broker, of each type: who is in them, and what they are. What they committed is in `offsets`; what is
 * of share groups alone in `share`, of streams groups alone in `streams`.
 */
export class GroupCoordinator {
  readonly offsets: CommittedOffsets;
  readonly share: ShareGroups;
  readonly streams: StreamsGroups;
  readonly #options: GroupCoordinatorOptions;
  readonly #settings: GroupSettings;
  readonly #runtime: CoordinatorRuntime<GroupShard>;
  readonly #groups: GroupIndex;
  #expiry: Timer | null = null;

  constructor(options: GroupCoordinatorOptions) {
    this.#options = options;
    const { clock, logger, findLog, makeLog, partitionCount, image } = options;
    this.#settings = new GroupSettings(options.config, (groupId) => image().groupConfigs.get(groupId) ?? {});
    const parts = { ...options, topics: image, settings: this.#settings, groups: () => this.#groups };
    this.#runtime = new CoordinatorRuntime({
      clock,
      logger,
      findLog,
      makeLog,
      makeShard: () => new GroupShard(groupEnvironments(parts)),
    });
    this.#groups = new GroupIndex(this.#runtime, partitionCount);
    this.offsets = new CommittedOffsets(this.#groups, clock, image);
    this.share = new ShareGroups(this.#groups, { ...options, settings: this.#settings, state: options.shareState });
    this.streams = new StreamsGroups(this.#groups, this.#settings);
  }

  /** Begins to look now and then for offsets and groups that nobody needs any more. */
  start(): void {
    const { config, timers, logger } = this.#options;
    const intervalMs = (): number => config.number('offsets.retention.check.interval.ms');
    this.#expiry = repeat({ timers, logger, name: 'expiry of offsets', intervalMs }, async () => {
      const retentionMs = config.number('offsets.retention.minutes') * MINUTE_MS;
      for (const partition of this.#groups.partitions()) {
        await this.offsets.expire(partition, retentionMs);
        // One partition at a time: who waits for the loop is served in between.
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
  }

  /**
   * A heartbeat of a member of the consumer protocol, by which it joins and leaves, too. A classic group becomes a consumer
   * group by the first one, if that is allowed. Resolves when what changed is durable.
   *
   * @throws BrokerError where the group refuses.
   */
  async consumerHeartbeat(request: HeartbeatRequest, client: HeartbeatClient): Promise<HeartbeatAnswer> {
    if (!this.#settings.speaks('consumer')) throw new BrokerError('UNSUPPORTED_VERSION');
    checkHeartbeat(request, client, this.#settings.assignors());
    const { groupId, memberEpoch } = request;
    const shard = this.#groups.shardOf(groupId);
    const known = shard.get(groupId);
    if (known?.kind === 'consumer') return await known.heartbeat(request, client);
    if (known?.kind === 'share' || known?.kind === 'streams') {
      throw new BrokerError('GROUP_ID_NOT_FOUND', `Group ${groupId} is not a consumer group.`);
    }
    if (memberEpoch !== 0) throw new BrokerError('GROUP_ID_NOT_FOUND', `Group ${groupId} not found.`);
    const upgrade = known === undefined ? null : this.#upgrade(known);
    return await shard.freshConsumer(groupId).heartbeat(request, client, upgrade);
  }

  heartbeatIntervalMs(groupId: string): number {
    return this.#settings.of(groupId).heartbeatIntervalMs;
  }

  /** The assignor that most members of a group ask for. */
  assignorOf(group: ConsumerGroup): string {
    return preferredAssignor(group.view, this.#settings.assignors()[0] ?? '');
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
    const shard = this.#groups.shardOf(request.groupId);
    const known = shard.get(request.groupId);
    if (known === undefined && request.memberId !== '') throw new BrokerError('UNKNOWN_MEMBER_ID');
    const group = known ?? shard.makeClassic(request.groupId);
    // A group of the other protocols that everybody left is a classic one again for whoever comes.
    if ((group.kind === 'consumer' || group.kind === 'streams') && group.isVacant) {
      return await this.#joinAnew(group, request, client);
    }
    return await classicSide(group, 'INCONSISTENT_GROUP_PROTOCOL').join(request, client);
  }

  /** @throws BrokerError where the group refuses. */
  async sync(request: SyncGroupRequest): Promise<SyncAnswer> {
    const group = this.#require(request.groupId);
    return await classicSide(group, 'UNKNOWN_MEMBER_ID').sync(request);
  }

  /** @throws BrokerError where the group refuses. */
  heartbeat({ groupId, memberId, instanceId, generation }: MemberOfGroup): void {
    const group = this.#require(groupId);
    classicSide(group, 'UNKNOWN_MEMBER_ID').heartbeat(memberId, instanceId, generation);
  }

  /** Answers for each member; what one did wrong does not keep the others in. @throws BrokerError `INVALID_GROUP_ID` */
  async leave(
    groupId: string,
    members: readonly LeaveGroupRequestMemberIdentity[],
  ): Promise<LeaveGroupResponseMemberResponse[]> {
    checkGroupId(groupId);
    const group = this.#groups.find(groupId);
    const codes = group?.kind === 'consumer' ? await group.classic.leave(members) : members.map(leaveClassic);
    return members.map(({ memberId, groupInstanceId }, index) => ({
      memberId,
      groupInstanceId,
      errorCode: codes[index]!,
    }));

    function leaveClassic({ memberId, groupInstanceId }: LeaveGroupRequestMemberIdentity): number {
      try {
        if (group?.kind !== 'classic') throw new BrokerError('UNKNOWN_MEMBER_ID');
        group.leave(memberId, groupInstanceId);
        return 0;
      } catch (error) {
        return errorCodeOf(error);
      }
    }
  }

  /** Ends a producer's transaction in a partition of the offsets topic. Resolves when that is durable. */
  endTransaction(partition: number, end: TransactionEnd): Promise<void> {
    return this.#runtime.endTransaction(partition, end);
  }

  /** The partition of the offsets topic that a group's offsets are in. */
  partitionOf(groupId: string): number {
    return this.#groups.partitionOf(groupId);
  }

  group(groupId: string): Group | undefined {
    return this.#groups.find(groupId);
  }

  list(): Iterable<Group> {
    return this.#groups.all();
  }

  /** @throws BrokerError `GROUP_ID_NOT_FOUND`, `NON_EMPTY_GROUP`. */
  async delete(groupId: string): Promise<void> {
    const group = this.#groups.find(groupId);
    if (group === undefined || group.state === 'Dead') throw new BrokerError('GROUP_ID_NOT_FOUND');
    if (!group.isVacant) throw new BrokerError('NON_EMPTY_GROUP');
    // First what it did: a group that is gone could not tell what there is of it.
    if (group.kind === 'share') {
      await this.share.forgetState(group);
      if (!group.isVacant) throw new BrokerError('NON_EMPTY_GROUP');
    }
    const keys = [...(this.#groups.offsets(groupId)?.keys(groupId) ?? [])];
    await this.#groups.write(groupId, [...keys.map((key) => offsetRecord(key, null)), ...groupRemoval(group)]);
  }

  close(): void {
    this.#expiry?.clear();
    this.#runtime.close();
  }

  #upgrade(group: ClassicGroup): Upgrade | null {
    const { config, image, clock } = this.#options;
    checkUpgrade(group, config.text('group.consumer.migration.policy') ?? '', this.#settings.of(group.id).sizeMax);
    if (group.isVacant && group.generation === 0) return null;
    return {
      changes: upgradeChanges(group, image(), clock.wallMs()),
      records: [groupRecord(group.id, null)],
      onDecided: () => group.callIn(),
    };
  }

  async #joinAnew(
    group: ConsumerGroup | StreamsGroup,
    request: JoinGroupRequest,
    client: JoiningClient,
  ): Promise<JoinAnswer> {
    await this.#groups.write(group.id, groupRemoval(group));
    const shard = this.#groups.shardOf(group.id);
    // Another one may have been faster.
    const known = shard.get(group.id);
    return await (known?.kind === 'classic' ? known : shard.makeClassic(group.id)).join(request, client);
  }

  #require(groupId: string): Group {
    checkGroupId(groupId);
    const group = this.#groups.find(groupId);
    if (group === undefined) throw new BrokerError('UNKNOWN_MEMBER_ID');
    return group;
  }
}

/** Who answers members of the classic protocol; share and streams groups have none, and say so. @throws BrokerError */
function classicSide(
  group: Group,
  refusal: 'INCONSISTENT_GROUP_PROTOCOL' | 'UNKNOWN_MEMBER_ID',
): ClassicGroup | ClassicSide {
  switch (group.kind) {
    case 'classic':
      return group;
    case 'consumer':
      return group.classic;
    case 'share':
    case 'streams':
      throw new BrokerError(refusal);
  }
}
