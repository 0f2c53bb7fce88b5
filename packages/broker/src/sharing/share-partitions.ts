import type { Clock, Logger } from '@millrace/base';
import type { ShareGroups } from '../coordinators/group/share/share-groups.ts';
import type { ShareBeginning, ShareCoordinator } from '../coordinators/share/share-coordinator.ts';
import { sharePartitionName } from '../coordinators/share/share-shard.ts';
import { NO_START, type SharePartitionKey, type StoredPartition } from '../coordinators/share/stored-partition.ts';
import { BrokerError } from '../lib/broker-error.ts';
import type { Timers } from '../lib/timers.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { notShared, SharePartition } from './share-partition.ts';

export type SharePartitionsOptions = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly state: ShareCoordinator;
  readonly groups: ShareGroups;
  /** The log of a partition; null for one that is no more. */
  readonly findLog: (topicId: string, partition: number) => PartitionLog | null;
};

/**
 * The partitions that share groups read now. One is there from a fetch on as long as some member fetches from it or has a
 * record: the memory that all take is bounded by that. What must outlive it is stored.
 */
export class SharePartitions {
  readonly #options: SharePartitionsOptions;
  readonly #partitions = new Map<string, SharePartition>();

  constructor(options: SharePartitionsOptions) {
    this.#options = options;
  }

  /** Partitions that are read now. */
  all(): Iterable<SharePartition> {
    return this.#partitions.values();
  }

  /** A partition that is read already, as it stands. */
  find(key: SharePartitionKey): SharePartition | undefined {
    const name = sharePartitionName(key);
    const known = this.#partitions.get(name);
    if (known === undefined) return undefined;
    const isCurrent = !known.isEnded && known.log.isOnline && this.#options.state.find(key) === known.stored;
    if (isCurrent) return known;
    // Its topic is gone, its log failed, or somebody set its state anew.
    this.#drop(name, known);
    return undefined;
  }

  /**
   * A partition to be read by a member of its group.
   *
   * @throws BrokerError `UNKNOWN_TOPIC_OR_PARTITION` where there is no such partition, or none for this group.
   */
  open(key: SharePartitionKey): SharePartition {
    const known = this.find(key);
    if (known !== undefined) return known;
    const { state, groups, findLog } = this.#options;
    const log = findLog(key.topicId, key.partition);
    if (log === null) throw new BrokerError('UNKNOWN_TOPIC_OR_PARTITION');
    const groupEpoch = groups.epochOfReader(key);
    if (groupEpoch === null) throw notShared(key);
    const stored = this.#begin(key, log, groupEpoch);
    const name = sharePartitionName(key);
    const { clock, timers, logger } = this.#options;
    const opened: SharePartition = new SharePartition(key, log, stored, {
      ...{ clock, timers, logger, state },
      settings: () => groups.delivery(key.groupId),
      onOver: () => this.#drop(name, opened),
    });
    this.#partitions.set(name, opened);
    return opened;
  }

  /**
   * What is stored of a partition, made where there is nothing yet. What a power cut took from the end of the log never was:
   * other records are there, of a later leader epoch than the group has seen. Who is answered from it waits until it is
   * durable (`SharePartition.settled`).
   */
  #begin(key: SharePartitionKey, log: PartitionLog, groupEpoch: number): StoredPartition {
    const { state } = this.#options;
    const { leaderEpoch } = log;
    const known = state.find(key);
    const seenEnd = known === undefined ? 0 : (log.endOfEpoch(known.leaderEpoch)?.endOffset ?? log.highWatermark);
    const beginning =
      known === undefined
        ? { startOffset: NO_START, stateEpoch: groupEpoch, leaderEpoch }
        : known.leaderEpoch < leaderEpoch && known.endOffset > seenEnd
          ? { ...truncated(known, seenEnd), stateEpoch: known.stateEpoch + 1, leaderEpoch }
          : null;
    // What follows it waits for it, and fails with it.
    if (beginning !== null) state.reset(key, beginning).catch(() => {});
    const stored = state.find(key);
    if (stored === undefined) throw new BrokerError('COORDINATOR_NOT_AVAILABLE');
    return stored;
  }

  /** Lets go of a partition that nobody has a record of. */
  letGo(key: SharePartitionKey): void {
    const known = this.#partitions.get(sharePartitionName(key));
    if (known !== undefined && !known.isInUse) this.#drop(sharePartitionName(key), known);
  }

  close(): void {
    for (const [name, partition] of [...this.#partitions]) this.#drop(name, partition);
  }

  #drop(name: string, partition: SharePartition): void {
    if (this.#partitions.get(name) === partition) this.#partitions.delete(name);
    partition.end();
  }
}

function truncated(stored: StoredPartition, endOffset: number): Pick<ShareBeginning, 'startOffset' | 'batches'> {
  const deliveries = [...stored.batches].filter(({ first }) => first < endOffset);
  const batches = deliveries.map((batch) => ({ ...batch, last: Math.min(batch.last, endOffset - 1) }));
  return { startOffset: Math.min(stored.startOffset, endOffset), batches };
}
