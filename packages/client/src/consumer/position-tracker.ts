import type { OffsetToCommit } from '../group/offsets.ts';
import { partitionKey, type TopicPartition } from '../lib/topic-partition.ts';

type Position = TopicPartition & { offset: number; committed: number };

/** How far the user has come in each owned partition, and how much of it is committed. */
export class PositionTracker {
  readonly #positions = new Map<string, Position>();

  own({ topic, partition }: TopicPartition): void {
    this.#positions.set(partitionKey(topic, partition), { topic, partition, offset: -1, committed: -1 });
  }

  disown({ topic, partition }: TopicPartition): void {
    this.#positions.delete(partitionKey(topic, partition));
  }

  owns(topic: string, partition: number): boolean {
    return this.#positions.has(partitionKey(topic, partition));
  }

  /** Everything before this offset is done. A partition that was given away meanwhile is passed over. */
  reach(topic: string, partition: number, offset: number): void {
    const position = this.#positions.get(partitionKey(topic, partition));
    if (position !== undefined) position.offset = offset;
  }

  /** What is to be committed: all owned partitions that moved, or those of the list. */
  uncommitted(only?: readonly TopicPartition[]): readonly OffsetToCommit[] {
    const positions =
      only === undefined
        ? [...this.#positions.values()]
        : only.flatMap(({ topic, partition }) => this.#positions.get(partitionKey(topic, partition)) ?? []);
    return positions
      .filter(({ offset, committed }) => offset >= 0 && offset !== committed)
      .map(({ topic, partition, offset }) => ({ topic, partition, offset }));
  }

  markCommitted(offsets: readonly OffsetToCommit[]): void {
    for (const { topic, partition, offset } of offsets) {
      const position = this.#positions.get(partitionKey(topic, partition));
      if (position !== undefined) position.committed = offset;
    }
  }
}
