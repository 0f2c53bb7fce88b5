import { coordinatorPartition } from '../java-hash.ts';
import type { CoordinatorRecord, CoordinatorRuntime, TransactionalProducer } from '../runtime.ts';
import type { Group, GroupShard } from './group-shard.ts';
import type { GroupOffsets } from './offsets.ts';

/** Finds groups and their offsets, wherever they are stored. */
export class GroupIndex {
  readonly #runtime: CoordinatorRuntime<GroupShard>;
  readonly #partitionCount: () => number;

  constructor(runtime: CoordinatorRuntime<GroupShard>, partitionCount: () => number) {
    this.#runtime = runtime;
    this.#partitionCount = partitionCount;
  }

  *partitions(): Iterable<number> {
    for (let partition = 0; partition < this.#partitionCount(); partition++) yield partition;
  }

  /** The partition of the offsets topic that a group is stored in. */
  partitionOf(groupId: string): number {
    return coordinatorPartition(groupId, this.#partitionCount());
  }

  shardOf(groupId: string): GroupShard {
    return this.#runtime.shard(this.partitionOf(groupId));
  }

  find(groupId: string): Group | undefined {
    return this.shardOf(groupId).get(groupId);
  }

  offsets(groupId: string): GroupOffsets | undefined {
    return this.shardOf(groupId).offsets(groupId);
  }

  *all(): Iterable<Group> {
    for (const partition of this.partitions()) yield* this.#runtime.shard(partition).all();
  }

  /** The groups that are stored in a partition; loads it, if need be and it has a log. */
  ofPartition(partition: number): Iterable<Group> {
    return [...this.#runtime.shard(partition).all()];
  }

  /** Resolves when all that is known of a group is durable. @throws BrokerError when it could not be stored. */
  settled(groupId: string): Promise<void> {
    return this.#runtime.settled(this.partitionOf(groupId));
  }

  /** Stores records of groups of one partition; resolves when they are durable. @throws BrokerError */
  writeTo(partition: number, records: readonly CoordinatorRecord[]): Promise<void> {
    return this.#runtime.write(partition, records);
  }

  /** Stores records of one group; resolves when they are durable. @throws BrokerError */
  write(
    groupId: string,
    records: readonly CoordinatorRecord[],
    producer: TransactionalProducer | null = null,
  ): Promise<void> {
    return this.#runtime.write(this.partitionOf(groupId), records, producer);
  }
}
