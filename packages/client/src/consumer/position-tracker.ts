import type { OffsetToCommit } from '../group/offsets.ts';
import { partitionKey, type TopicPartition } from '../lib/topic-partition.ts';

type Position = TopicPartition & { offset: number; committed: number };

/**
 * The reading of a partition without a break: from when it was assigned, or from a seek, to the next of these. What was
 * fetched in an earlier stretch must not be handed out, nor count as done.
 */
export type Stretch = Readonly<TopicPartition>;

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

  /** The stretch that goes on now; undefined for a partition that is not owned. */
  stretchOf(topic: string, partition: number): Stretch | undefined {
    return this.#positions.get(partitionKey(topic, partition));
  }

  goesOn(stretch: Stretch): boolean {
    return this.stretchOf(stretch.topic, stretch.partition) === stretch;
  }

  /** The user goes on at another offset: a new stretch. */
  seek(topic: string, partition: number, offset: number): void {
    const key = partitionKey(topic, partition);
    const position = this.#positions.get(key);
    if (position !== undefined) this.#positions.set(key, { ...position, offset });
  }

  /** Everything before this offset is done. A stretch that is over is passed over. */
  reach(stretch: Stretch, offset: number): void {
    const position = this.#positions.get(partitionKey(stretch.topic, stretch.partition));
    if (position !== undefined && position === stretch) position.offset = offset;
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
