import { type Clock, describeError, type Logger } from '@millrace/base';
import type { ClusterImage } from '../../../cluster/cluster-image.ts';
import { BrokerError, errorCodeOf } from '../../../lib/broker-error.ts';
import type { ShareCoordinator } from '../../share/share-coordinator.ts';
import type { SharePartitionKey, StoredPartition } from '../../share/stored-partition.ts';
import type { Topics } from '../consumer/subscriptions.ts';
import type { GroupIndex } from '../group-index.ts';
import type { DeliverySettings, GroupSettings } from '../group-settings.ts';
import type { Claims } from './changes.ts';
import {
  checkShareHeartbeat,
  claimsAfter,
  INITIAL_EPOCH,
  LEAVE_EPOCH,
  type ShareClient,
  type ShareHeartbeatAnswer,
  type ShareHeartbeatRequest,
} from './heartbeat.ts';
import type { ShareGroup } from './share-group.ts';

const NO_CLAIMS: Claims = new Map();

export type ShareGroupsOptions = {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly image: () => Topics & Pick<ClusterImage, 'leaderEpoch'>;
  readonly settings: GroupSettings;
  readonly state: ShareCoordinator;
};

export type StartOffset = { readonly topic: string; readonly partition: number; readonly offset: number };

/** What is said about one thing that was asked for: null where all is well. */
export type Refusal = { readonly errorCode: number; readonly errorMessage: string | null } | null;

/** What is of share groups alone: their members' heartbeats, and where they begin to read. */
export class ShareGroups {
  readonly #groups: GroupIndex;
  readonly #options: ShareGroupsOptions;

  constructor(groups: GroupIndex, options: ShareGroupsOptions) {
    this.#groups = groups;
    this.#options = options;
  }

  /**
   * A heartbeat of a member, by which it joins and leaves, too. Resolves when what changed is durable.
   *
   * @throws BrokerError where the group refuses.
   */
  async heartbeat(request: ShareHeartbeatRequest, client: ShareClient): Promise<ShareHeartbeatAnswer> {
    checkShareHeartbeat(request);
    const { groupId, memberEpoch } = request;
    const known = this.#groups.find(groupId);
    if (known === undefined && memberEpoch !== 0) {
      const what = memberEpoch === LEAVE_EPOCH ? 'Group' : 'Share group';
      throw new BrokerError('GROUP_ID_NOT_FOUND', `${what} ${groupId} not found.`);
    }
    const group = known ?? this.#groups.shardOf(groupId).freshShare(groupId);
    return await onlyShare(group).heartbeat(request, client);
  }

  heartbeatIntervalMs(groupId: string): number {
    return this.#options.settings.share(groupId).heartbeatIntervalMs;
  }

  delivery(groupId: string): DeliverySettings {
    return this.#options.settings.delivery(groupId);
  }

  /** The partitions of which a group has a state, or will have one; none for what is no share group. */
  claims(groupId: string): Claims {
    const group = this.#groups.find(groupId);
    return group?.kind === 'share' ? group.view.claims : NO_CLAIMS;
  }

  /** The epoch of a group that may read a partition; null where it may not. */
  epochOfReader({ groupId, topicId, partition }: SharePartitionKey): number | null {
    const group = this.#groups.find(groupId);
    if (group?.kind !== 'share') return null;
    return group.view.claims.get(topicId)?.partitions.includes(partition) === true ? group.view.epoch : null;
  }

  /** What a group did with a partition, as far as it is stored. */
  stored(key: SharePartitionKey): StoredPartition | undefined {
    return this.#options.state.find(key);
  }

  /**
   * Lets a group that nobody is in begin to read elsewhere; makes the group if need be. Answers for each partition.
   * Resolves when that is durable.
   *
   * @throws BrokerError `NON_EMPTY_GROUP`, `GROUP_ID_NOT_FOUND`, `INVALID_GROUP_ID`.
   */
  async alterOffsets(groupId: string, wanted: readonly StartOffset[]): Promise<Refusal[]> {
    if (groupId === '') throw new BrokerError('INVALID_GROUP_ID');
    const known = this.#groups.find(groupId) ?? this.#groups.shardOf(groupId).freshShare(groupId);
    const group = this.#requireVacant(onlyShare(known));
    const { topics, topicsById, leaderEpoch } = this.#options.image();
    const unknown = refusal(new BrokerError('UNKNOWN_TOPIC_OR_PARTITION'));
    const found = wanted.map(({ topic, partition, offset }) => {
      const image = topics.get(topic);
      if (image === undefined || partition < 0 || partition >= image.partitionCount) return null;
      return { key: { groupId, topicId: image.id, partition }, offset };
    });
    if (group.view.epoch === 0 && found.every((one) => one === null)) return found.map(() => unknown);
    const targets = found.map((one) => new Map(one === null ? [] : [[one.key.topicId, [one.key.partition]]]));
    await this.#claim(group, claimsAfter(group.view.claims, targets, { topicsById }));
    const stateEpoch = group.view.epoch;
    return await Promise.all(
      found.map(async (one) => {
        if (one === null) return unknown;
        const reset = { startOffset: one.offset, stateEpoch, leaderEpoch };
        return await this.#options.state.reset(one.key, reset).then(() => null, refusal);
      }),
    );
  }

  /**
   * Forgets what a group that nobody is in did with topics. Answers for each topic. Resolves when that is durable.
   *
   * @throws BrokerError `NON_EMPTY_GROUP`, `GROUP_ID_NOT_FOUND`, `INVALID_GROUP_ID`.
   */
  async deleteOffsets(groupId: string, topicNames: readonly string[]): Promise<Refusal[]> {
    if (groupId === '') throw new BrokerError('INVALID_GROUP_ID');
    const known = this.#groups.find(groupId);
    if (known === undefined) throw new BrokerError('GROUP_ID_NOT_FOUND', `Group ${groupId} not found.`);
    const group = this.#requireVacant(onlyShare(known));
    const { topics } = this.#options.image();
    const ids = topicNames.map((name) => topics.get(name)?.id ?? null);
    await this.#forgetTopics(group, new Set(ids.filter((id) => id !== null)));
    return ids.map((id) => (id === null ? refusal(new BrokerError('UNKNOWN_TOPIC_OR_PARTITION')) : null));
  }

  /** Forgets all that a group did. Resolves when that is durable. @throws BrokerError */
  async forgetState(group: ShareGroup): Promise<void> {
    await this.#options.state.forget(keysOf(group, group.view.claims.keys()));
  }

  /** Forgets what groups did with topics that are no more. */
  async forgetTopics(topicIds: ReadonlySet<string>): Promise<void> {
    for (const group of [...this.#groups.all()]) {
      if (group.kind !== 'share') continue;
      await this.#forgetTopics(group, topicIds).catch((error: unknown) => {
        this.#options.logger.error('the state of deleted topics stays', {
          groupId: group.id,
          error: describeError(error),
        });
      });
    }
  }

  async #forgetTopics(group: ShareGroup, topicIds: ReadonlySet<string>): Promise<void> {
    const forgotten = [...group.view.claims.keys()].filter((topicId) => topicIds.has(topicId));
    if (forgotten.length === 0) return;
    await this.#options.state.forget(keysOf(group, forgotten));
    // Who has come meanwhile begins anew, and must be known to.
    if (!group.isVacant && forgotten.some((topicId) => this.#options.image().topicsById.has(topicId))) return;
    const left = new Map([...group.view.claims].filter(([topicId]) => !topicIds.has(topicId)));
    await group.commit([{ kind: 'claims', value: left }]);
  }

  /** Lets a group know of partitions, of which there is a state from now on. */
  async #claim(group: ShareGroup, claims: Claims): Promise<void> {
    if (claims === group.view.claims && group.view.epoch > 0) return;
    const timestampMs = this.#options.clock.wallMs();
    await group.commit([
      ...(group.view.epoch > 0
        ? []
        : ([
            { kind: 'epoch', value: { epoch: INITIAL_EPOCH, metadataHash: 0 } },
            { kind: 'target-epoch', value: { epoch: INITIAL_EPOCH, timestampMs } },
          ] as const)),
      { kind: 'claims', value: claims },
    ]);
  }

  #requireVacant(group: ShareGroup): ShareGroup {
    if (!group.isVacant) throw new BrokerError('NON_EMPTY_GROUP');
    return group;
  }
}

function keysOf(group: ShareGroup, topicIds: Iterable<string>): SharePartitionKey[] {
  return [...topicIds].flatMap((topicId) =>
    (group.view.claims.get(topicId)?.partitions ?? []).map((partition) => ({ groupId: group.id, topicId, partition })),
  );
}

function refusal(error: unknown): Refusal {
  return { errorCode: errorCodeOf(error), errorMessage: error instanceof Error ? error.message : String(error) };
}

/** @throws BrokerError `GROUP_ID_NOT_FOUND` for a group of another type. */
function onlyShare<G extends { readonly id: string; readonly kind: string }>(group: G): Extract<G, ShareGroup> {
  if (group.kind === 'share') return group as Extract<G, ShareGroup>;
  throw new BrokerError('GROUP_ID_NOT_FOUND', `Group ${group.id} is not a share group.`);
}
