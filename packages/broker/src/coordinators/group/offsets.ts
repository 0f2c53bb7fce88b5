import type { OffsetCommitKey, OffsetCommitValue } from '@millrace/protocol';

export type CommittedOffset = {
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string;
  readonly commitTimestamp: number;
};

/** An offset that stands when its transaction is committed, and how many offsets were replayed before it. */
type PendingOffset = { readonly key: OffsetCommitKey; readonly value: OffsetCommitValue; readonly order: number };

/** The committed offsets of one group, as replayed from the log, and those of transactions that are not decided. */
export class GroupOffsets {
  readonly #topics = new Map<string, Map<number, CommittedOffset & { readonly order: number }>>();
  readonly #pending = new Map<number, PendingOffset[]>();
  #order = 0;

  get isEmpty(): boolean {
    return this.#topics.size === 0 && this.#pending.size === 0;
  }

  /** How many offsets there are, those of open transactions included. */
  get size(): number {
    let size = 0;
    for (const partitions of this.#topics.values()) size += partitions.size;
    for (const pending of this.#pending.values()) size += pending.length;
    return size;
  }

  replay(key: OffsetCommitKey, value: OffsetCommitValue | null): void {
    if (value === null) {
      this.#delete(key);
      return;
    }
    this.#set(key, value, this.#order++);
  }

  /** An offset of a producer's transaction. */
  replayPending(producerId: number, key: OffsetCommitKey, value: OffsetCommitValue): void {
    const pending = this.#pending.get(producerId);
    const entry = { key, value, order: this.#order++ };
    if (pending === undefined) this.#pending.set(producerId, [entry]);
    else pending.push(entry);
  }

  /** A producer's transaction is decided: its offsets count, or never were. */
  endTransaction(producerId: number, isCommitted: boolean): void {
    const pending = this.#pending.get(producerId);
    this.#pending.delete(producerId);
    if (!isCommitted || pending === undefined) return;
    for (const { key, value, order } of pending) {
      // What was committed later than this offset, outside of its transaction, stands.
      if ((this.#topics.get(key.topic)?.get(key.partition)?.order ?? -1) < order) this.#set(key, value, order);
    }
  }

  get(topic: string, partition: number): CommittedOffset | undefined {
    return this.#topics.get(topic)?.get(partition);
  }

  /** Whether a transaction that is not decided may change the offset. */
  isUnstable(topic: string, partition: number): boolean {
    for (const pending of this.#pending.values()) {
      if (pending.some(({ key }) => key.topic === topic && key.partition === partition)) return true;
    }
    return false;
  }

  topics(): Iterable<string> {
    return this.#topics.keys();
  }

  partitions(topic: string): number[] {
    return [...(this.#topics.get(topic)?.keys() ?? [])].sort((left, right) => left - right);
  }

  /** The keys of all offsets, or of one topic's, pending ones included. */
  *keys(group: string, onlyTopic?: string): Iterable<OffsetCommitKey> {
    for (const topic of onlyTopic === undefined ? this.#topics.keys() : [onlyTopic]) {
      for (const partition of this.partitions(topic)) yield { group, topic, partition };
    }
    for (const pending of this.#pending.values()) {
      for (const { key } of pending) if (onlyTopic === undefined || key.topic === onlyTopic) yield key;
    }
  }

  #set({ topic, partition }: OffsetCommitKey, value: OffsetCommitValue, order: number): void {
    let partitions = this.#topics.get(topic);
    if (partitions === undefined) {
      partitions = new Map();
      this.#topics.set(topic, partitions);
    }
    const { offset, leaderEpoch, metadata, commitTimestamp } = value;
    partitions.set(partition, { offset, leaderEpoch, metadata, commitTimestamp, order });
  }

  #delete({ topic, partition }: OffsetCommitKey): void {
    const partitions = this.#topics.get(topic);
    partitions?.delete(partition);
    if (partitions?.size === 0) this.#topics.delete(topic);
    for (const [producerId, pending] of this.#pending) {
      const kept = pending.filter(({ key }) => key.topic !== topic || key.partition !== partition);
      if (kept.length > 0) this.#pending.set(producerId, kept);
      else this.#pending.delete(producerId);
    }
  }
}
