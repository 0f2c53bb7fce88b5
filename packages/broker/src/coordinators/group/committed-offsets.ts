import type { Clock } from '@millrace/base';
import { ZERO_UUID } from '@millrace/protocol';
import { BrokerError } from '../../lib/broker-error.ts';
import type { CoordinatorRecord, TransactionalProducer } from '../runtime.ts';
import { checkFetchClaim } from './consumer/check-commit.ts';
import type { Topics } from './consumer/subscriptions.ts';
import type { GroupIndex } from './group-index.ts';
import { groupRemoval } from './group-removal.ts';
import { expiredOffsets } from './offset-expiry.ts';
import type { CommittedOffset } from './offsets.ts';
import { offsetRecord } from './records.ts';
import { checkStreamsFetch } from './streams/check-commit.ts';

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
  /** The generation, or the epoch of the member; −1 for someone who is in no group. */
  readonly generation: number;
  /** The version of OffsetCommit that asks. */
  readonly version: number;
};

type TopicPartition = { readonly topic: string; readonly partition: number };

/** Tombstones are written in batches of about so many. */
const RECORDS_AT_ONCE = 1000;

/** From this version of OffsetCommit on clients are told that a group is not there. */
const GROUP_NOT_FOUND_VERSION = 9;

/** What groups committed: how far they have read. */
export class CommittedOffsets {
  readonly #groups: GroupIndex;
  readonly #clock: Clock;
  readonly #topics: () => Topics;

  constructor(groups: GroupIndex, clock: Clock, topics: () => Topics) {
    this.#groups = groups;
    this.#clock = clock;
    this.#topics = topics;
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
    const { groupId } = committer;
    checkGroupId(groupId);
    this.#checkCommit(committer, offsets, producer !== null);
    const commitTimestamp = this.#clock.wallMs();
    const records = offsets.map(({ topic, partition, offset, leaderEpoch, metadata }) =>
      offsetRecord(
        { group: groupId, topic, partition },
        { offset, leaderEpoch, metadata, commitTimestamp, expireTimestamp: -1, topicId: ZERO_UUID },
      ),
    );
    await this.#groups.write(groupId, records, producer);
  }

  /** Resolves when what is known of a group's offsets is durable, and may be told. @throws BrokerError */
  settled(groupId: string): Promise<void> {
    return this.#groups.settled(groupId);
  }

  /** Whether a member may ask for offsets. @throws BrokerError `STALE_MEMBER_EPOCH`, `UNKNOWN_MEMBER_ID`, … */
  checkFetch(groupId: string, memberId: string | null, memberEpoch: number): void {
    const group = this.#groups.find(groupId);
    if (group?.kind === 'consumer') checkFetchClaim(group.view, memberId, memberEpoch);
    if (group?.kind === 'streams') checkStreamsFetch(group.view, memberId, memberEpoch);
  }

  /** The committed offset, or undefined where there is none. */
  get(groupId: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.#groups.offsets(groupId)?.get(topic, partition);
  }

  /** Whether a transaction that is not decided may change the committed offset. */
  isUnstable(groupId: string, topic: string, partition: number): boolean {
    return this.#groups.offsets(groupId)?.isUnstable(topic, partition) ?? false;
  }

  /** Topics and partitions for which a group has offsets. */
  partitions(groupId: string): { readonly topic: string; readonly partitions: readonly number[] }[] {
    const offsets = this.#groups.offsets(groupId);
    if (offsets === undefined) return [];
    return [...offsets.topics()].map((topic) => ({ topic, partitions: offsets.partitions(topic) }));
  }

  /**
   * Removes offsets; answers an error code for each partition.
   *
   * @throws BrokerError `GROUP_ID_NOT_FOUND`, `NON_EMPTY_GROUP` for a group of unknown protocol.
   */
  async delete(groupId: string, wanted: readonly TopicPartition[]): Promise<number[]> {
    const group = this.#groups.find(groupId);
    const isThere = group !== undefined && group.state !== 'Dead' && group.kind !== 'share';
    if (!isThere) throw new BrokerError('GROUP_ID_NOT_FOUND');
    const records: CoordinatorRecord[] = [];
    const offsets = this.#groups.offsets(groupId);
    const subscribed = group.subscribedTopics();
    const codes = wanted.map(({ topic, partition }) => {
      if (subscribed.has(topic)) return new BrokerError('GROUP_SUBSCRIBED_TO_TOPIC').errorCode;
      if (offsets?.get(topic, partition) !== undefined) {
        records.push(offsetRecord({ group: groupId, topic, partition }, null));
      }
      return 0;
    });
    await this.#groups.write(groupId, records);
    return codes;
  }

  /**
   * Removes the offsets that nobody needs any more, and groups that nobody is in and that have none left, of one partition
   * of the offsets topic.
   */
  async expire(partition: number, retentionMs: number): Promise<void> {
    const nowMs = this.#clock.wallMs();
    let records: CoordinatorRecord[] = [];
    for (const group of this.#groups.ofPartition(partition)) {
      // It has no committed offsets, and would lose what it has done when it is only silent.
      if (group.kind === 'share') continue;
      const offsets = this.#groups.offsets(group.id);
      const expired = offsets === undefined ? [] : expiredOffsets(group, offsets, { nowMs, retentionMs });
      records.push(...expired.map((key) => offsetRecord(key, null)));
      if (expired.length === (offsets?.size ?? 0) && group.isVacant) records.push(...groupRemoval(group));
      if (records.length < RECORDS_AT_ONCE) continue;
      await this.#groups.writeTo(partition, records);
      records = [];
    }
    await this.#groups.writeTo(partition, records);
  }

  /** Removes what groups committed for topics that are no more. */
  async forgetTopics(topics: readonly string[]): Promise<void> {
    for (const { id } of this.#groups.all()) {
      const offsets = this.#groups.offsets(id);
      if (offsets === undefined) continue;
      const records = topics.flatMap((topic) => [...offsets.keys(id, topic)].map((key) => offsetRecord(key, null)));
      await this.#groups.write(id, records);
    }
  }

  #checkCommit(committer: Committer, offsets: readonly OffsetToCommit[], inTransaction: boolean): void {
    const { groupId, memberId, instanceId, generation: epoch, version } = committer;
    const group = this.#groups.find(groupId);
    if (group === undefined) {
      if (epoch < 0) return;
      const tellsOfGroups = !inTransaction && version >= GROUP_NOT_FOUND_VERSION;
      throw new BrokerError(tellsOfGroups ? 'GROUP_ID_NOT_FOUND' : 'ILLEGAL_GENERATION');
    }
    if (group.kind === 'share') throw new BrokerError('GROUP_ID_NOT_FOUND');
    if (group.kind === 'classic') {
      group.checkCommit(memberId, instanceId, epoch, inTransaction);
      return;
    }
    if (group.kind === 'streams') {
      group.checkCommit({ memberId, instanceId, epoch, partitions: offsets, inTransaction, version });
      return;
    }
    const { topics } = this.#topics();
    const partitions = offsets.map(({ topic, partition }) => ({ topicId: topics.get(topic)?.id ?? '', partition }));
    group.checkCommit({ memberId, instanceId, epoch, partitions, inTransaction, version });
  }
}

/** @throws BrokerError `INVALID_GROUP_ID` */
export function checkGroupId(groupId: string): void {
  if (groupId === '') throw new BrokerError('INVALID_GROUP_ID');
}
