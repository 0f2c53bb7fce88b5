import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeError, type Timer } from '@millrace/base';
import type { BrokerConfig } from '../../cluster/broker-config.ts';
import { BrokerError } from '../../lib/broker-error.ts';
import type { Timers } from '../../lib/timers.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import { coordinatorPartition } from '../java-hash.ts';
import { repeat } from '../repeat.ts';
import { type CoordinatorRecord, CoordinatorRuntime, type RuntimeOptions } from '../runtime.ts';
import { snapshotRecord, tombstone, updateRecord } from './records.ts';
import { ShareShard, sharePartitionName } from './share-shard.ts';
import type { SharePartitionKey, ShareUpdate, StateBatch, StoredPartition } from './stored-partition.ts';

/** How often the beginning of the state topic is given up that nobody needs any more. */
const PRUNE_INTERVAL_MS = 300_000;

/** Records of a partition of the state topic that may be useless before snapshots are written only to be rid of them. */
const USELESS_RECORDS_MAX = 10_000;

/** Snapshots that are written in one turn of the event loop. */
const SNAPSHOTS_AT_ONCE = 500;

export type ShareCoordinatorOptions = Omit<RuntimeOptions<ShareShard>, 'makeShard'> & {
  readonly timers: Timers;
  readonly config: BrokerConfig;
  /** How many partitions the state topic has. */
  readonly partitionCount: () => number;
  /** Gives up the beginning of a log, for good. */
  readonly deleteRecordsBefore: (log: PartitionLog, offset: number) => void;
};

/** What a group did with the records of a partition since it was stored last. */
export type ShareChange = {
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly batches: readonly StateBatch[];
  /** Offsets from the start on that are done with, after the change. */
  readonly completeCount: number;
};

/** Where the state of a partition begins. */
export type ShareBeginning = {
  /** −1 where the group has not begun to read. */
  readonly startOffset: number;
  /** Raised beyond the one before, in any case. */
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  readonly batches?: readonly StateBatch[];
};

/**
 * Keeps what share groups did with records (KIP-932): a snapshot of each partition of each group, and what changed since,
 * in `__share_group_state`. It only keeps; who delivers, and remembers who has what, is `sharing/`.
 */
export class ShareCoordinator {
  readonly #options: ShareCoordinatorOptions;
  readonly #runtime: CoordinatorRuntime<ShareShard>;
  #pruning: Timer | null = null;

  constructor(options: ShareCoordinatorOptions) {
    this.#options = options;
    this.#runtime = new CoordinatorRuntime({ ...options, makeShard: () => new ShareShard() });
  }

  /** Begins to prune the state topic now and then. */
  start(): void {
    const { timers, logger } = this.#options;
    const intervalMs = (): number => PRUNE_INTERVAL_MS;
    this.#pruning = repeat({ timers, logger, name: 'pruning of share group state', intervalMs }, () => this.prune());
  }

  /**
   * What is stored of a partition. It stays the same object as long as nobody set its state anew, and what is stored of it
   * follows what is written.
   */
  find(key: SharePartitionKey): StoredPartition | undefined {
    return this.#runtime.shard(this.#partitionOf(key)).get(key);
  }

  /**
   * Begins the state of a partition, or begins it anew: what was known before does not count any more. Resolves when that
   * is durable.
   *
   * @throws BrokerError when it could not be stored.
   */
  reset(key: SharePartitionKey, { startOffset, stateEpoch, leaderEpoch, batches = [] }: ShareBeginning): Promise<void> {
    const known = this.find(key);
    const nowMs = this.#options.clock.wallMs();
    const snapshot = {
      snapshotEpoch: known === undefined ? 0 : known.snapshotEpoch + 1,
      stateEpoch: known === undefined ? stateEpoch : Math.max(stateEpoch, known.stateEpoch + 1),
      leaderEpoch,
      startOffset,
      createdMs: nowMs,
      writtenMs: nowMs,
      batches,
    };
    return this.#write(key, [snapshotRecord(key, snapshot)]);
  }

  /**
   * Stores a change, as an update or, now and then, as a snapshot. Resolves when it is durable.
   *
   * @throws BrokerError `FENCED_STATE_EPOCH` where the state was set anew or is gone; when it could not be stored.
   */
  async write(key: SharePartitionKey, stored: StoredPartition, change: ShareChange): Promise<void> {
    if (this.find(key) !== stored) throw new BrokerError('FENCED_STATE_EPOCH');
    const { clock, config } = this.#options;
    const { completeCount, ...same } = change;
    const update: ShareUpdate = { ...same, snapshotEpoch: stored.snapshotEpoch };
    const isSnapshot = stored.updates >= config.number('share.coordinator.snapshot.update.records.per.snapshot');
    const record = isSnapshot
      ? snapshotRecord(key, stored.snapshotAfter(update, clock.wallMs()))
      : updateRecord(key, update, completeCount);
    await this.#write(key, [record]);
  }

  /** Forgets partitions of which something is stored. Resolves when that is durable. @throws BrokerError */
  async forget(keys: readonly SharePartitionKey[]): Promise<void> {
    const records = new Map<number, CoordinatorRecord[]>();
    for (const key of keys) {
      if (this.find(key) === undefined) continue;
      const partition = this.#partitionOf(key);
      const known = records.get(partition);
      if (known === undefined) records.set(partition, [tombstone(key)]);
      else known.push(tombstone(key));
    }
    await Promise.all([...records].map(([partition, list]) => this.#runtime.write(partition, list)));
  }

  /** Gives up the beginnings of the state topic's partitions that no snapshot needs any more. */
  async prune(): Promise<void> {
    const { partitionCount, findLog, logger } = this.#options;
    for (let partition = 0; partition < partitionCount(); partition++) {
      const log = findLog(partition);
      if (log === null) continue;
      try {
        await this.#prunePartition(partition, log);
      } catch (error) {
        logger.error('share group state was not pruned', { partition, error: describeError(error) });
      }
      await nextTurn();
    }
  }

  close(): void {
    this.#pruning?.clear();
    this.#runtime.close();
  }

  async #prunePartition(partition: number, log: PartitionLog): Promise<void> {
    const shard = this.#runtime.shard(partition);
    const useless = log.logEndOffset - log.logStartOffset - 2 * shard.size;
    // Idle groups have old snapshots: they are written anew where they hold back much, and then all at once.
    if (useless > USELESS_RECORDS_MAX) await this.#renewSnapshots(partition, shard, log.logEndOffset);
    let needed = log.highWatermark;
    for (const { stored } of shard.all()) needed = Math.min(needed, stored.snapshotOffset);
    // The snapshots that make others useless must be durable first.
    await this.#runtime.settled(partition);
    if (needed > log.logStartOffset) this.#options.deleteRecordsBefore(log, needed);
  }

  async #renewSnapshots(partition: number, shard: ShareShard, endOffset: number): Promise<void> {
    const oldest = endOffset - USELESS_RECORDS_MAX / 2;
    const old = [...shard.all()].filter(({ stored }) => stored.snapshotOffset < oldest);
    for (let next = 0; next < old.length; next += SNAPSHOTS_AT_ONCE) {
      const nowMs = this.#options.clock.wallMs();
      const records = old
        .slice(next, next + SNAPSHOTS_AT_ONCE)
        // Another request may have forgotten it meanwhile.
        .filter(({ key, stored }) => shard.get(key) === stored)
        .map(({ key, stored }) => snapshotRecord(key, stored.snapshot(nowMs)));
      await this.#runtime.write(partition, records);
    }
  }

  #write(key: SharePartitionKey, records: readonly CoordinatorRecord[]): Promise<void> {
    return this.#runtime.write(this.#partitionOf(key), records);
  }

  #partitionOf(key: SharePartitionKey): number {
    return coordinatorPartition(sharePartitionName(key), this.#options.partitionCount());
  }
}
