import type { ConsumerRecord, OffsetToCommit, TopicPartition } from '@millrace/client';

/** How far records were handed on, and how far that is committed. */
export class ReadOffsets {
  readonly #next = new Map<string, OffsetToCommit>();

  /** These records are done. */
  note(records: readonly ConsumerRecord[]): void {
    const last = records.at(-1);
    if (last === undefined) return;
    const { topic, partition, offset } = last;
    this.#next.set(`${topic}:${partition}`, { topic, partition, offset: offset + 1 });
  }

  /** What is to be committed, of all partitions or of some; taken once. */
  take(only?: readonly TopicPartition[]): readonly OffsetToCommit[] {
    const keys = only?.map(({ topic, partition }) => `${topic}:${partition}`) ?? [...this.#next.keys()];
    return keys.flatMap((key) => {
      const offset = this.#next.get(key);
      this.#next.delete(key);
      return offset ?? [];
    });
  }
}
