import type { CoordinatorRecord, Shard } from '../runtime.ts';
import { decodeShareRecord } from './records.ts';
import { type SharePartitionKey, type ShareSnapshot, StoredPartition } from './stored-partition.ts';

/** What is kept in one partition of `__share_group_state`: what groups did with the records of partitions. */
export class ShareShard implements Shard {
  readonly #partitions = new Map<string, { readonly key: SharePartitionKey; stored: StoredPartition }>();

  get(key: SharePartitionKey): StoredPartition | undefined {
    return this.#partitions.get(sharePartitionName(key))?.stored;
  }

  *all(): Iterable<{ readonly key: SharePartitionKey; readonly stored: StoredPartition }> {
    yield* this.#partitions.values();
  }

  get size(): number {
    return this.#partitions.size;
  }

  replay(record: CoordinatorRecord, _producerId: number | null, offset: number): void {
    const decoded = decodeShareRecord(record);
    switch (decoded.kind) {
      case 'snapshot':
        if (decoded.value === null) this.#partitions.delete(sharePartitionName(decoded.key));
        else this.#replaySnapshot(decoded.key, decoded.value, offset);
        return;
      case 'update': {
        // An update without its snapshot is what is left of a partition that was forgotten.
        if (decoded.value !== null) this.get(decoded.key)?.apply(decoded.value);
        return;
      }
      case 'unknown':
    }
  }

  /** Nobody writes to this topic in a transaction. */
  endTransaction(): void {}

  onLoaded(): void {}

  onUnloaded(): void {
    this.#partitions.clear();
  }

  #replaySnapshot(key: SharePartitionKey, snapshot: ShareSnapshot, offset: number): void {
    const name = sharePartitionName(key);
    const known = this.#partitions.get(name);
    if (known?.stored.stateEpoch === snapshot.stateEpoch) known.stored.renew(snapshot, offset);
    // What was known under another epoch does not count: who still holds on to it finds out by comparing.
    else this.#partitions.set(name, { key, stored: new StoredPartition(snapshot, offset) });
  }
}

/** The name of a partition that a group shares: what clients look for its coordinator by. */
export function sharePartitionName({ groupId, topicId, partition }: SharePartitionKey): string {
  return `${groupId}:${topicId}:${partition}`;
}
