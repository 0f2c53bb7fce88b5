import type { OffsetCommitKey, OffsetCommitValue } from '@millrace/protocol';

export type CommittedOffset = {
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string;
  readonly commitTimestamp: number;
};

/** The committed offsets of one group, as replayed from the log. */
export class GroupOffsets {
  readonly #topics = new Map<string, Map<number, CommittedOffset>>();

  get isEmpty(): boolean {
    return this.#topics.size === 0;
  }

  replay(key: OffsetCommitKey, value: OffsetCommitValue | null): void {
    if (value === null) {
      const partitions = this.#topics.get(key.topic);
      partitions?.delete(key.partition);
      if (partitions?.size === 0) this.#topics.delete(key.topic);
      return;
    }
    let partitions = this.#topics.get(key.topic);
    if (partitions === undefined) {
      partitions = new Map();
      this.#topics.set(key.topic, partitions);
    }
    const { offset, leaderEpoch, metadata, commitTimestamp } = value;
    partitions.set(key.partition, { offset, leaderEpoch, metadata, commitTimestamp });
  }

  get(topic: string, partition: number): CommittedOffset | undefined {
    return this.#topics.get(topic)?.get(partition);
  }

  topics(): Iterable<string> {
    return this.#topics.keys();
  }

  partitions(topic: string): number[] {
    return [...(this.#topics.get(topic)?.keys() ?? [])].sort((left, right) => left - right);
  }

  /** The keys of all offsets, or of one topic's. */
  *keys(group: string, onlyTopic?: string): Iterable<OffsetCommitKey> {
    for (const topic of onlyTopic === undefined ? this.#topics.keys() : [onlyTopic]) {
      for (const partition of this.partitions(topic)) yield { group, topic, partition };
    }
  }
}
