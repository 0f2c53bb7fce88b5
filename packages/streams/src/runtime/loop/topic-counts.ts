import type { FetchedPartition } from '@millrace/client';
import { recordBatches } from '@millrace/protocol';
import { type Metric, metricsOf } from './metrics.ts';

type Counts = { consumed: number; consumedBytes: number; produced: number };

/**
 * What a thread was given of each topic and has delivered to each, changelogs included (KIP-846, without its tags of tasks and
 * nodes). Counted by batch: a record costs nothing.
 */
export class TopicCounts {
  readonly #topics = new Map<string, Counts>();

  /** Batches that a fetch gave a task; what lies before the offset that was asked for is not counted. */
  consumed({ topic, records, fetchOffset }: FetchedPartition): void {
    const counts = this.#counts(topic);
    for (const { isControl, recordCount, lastOffset, sizeInBytes } of recordBatches(records)) {
      if (isControl || lastOffset < fetchOffset) continue;
      counts.consumed += Math.min(recordCount, lastOffset + 1 - fetchOffset);
      counts.consumedBytes += sizeInBytes;
    }
  }

  produced(topic: string, recordCount: number): void {
    this.#counts(topic).produced += recordCount;
  }

  metrics(tags: Readonly<Record<string, string>>): readonly Metric[] {
    return [...this.#topics].flatMap(([topic, { consumed, consumedBytes, produced }]) =>
      metricsOf(
        'stream-topic-metrics',
        { ...tags, 'topic-name': topic },
        {
          'records-consumed-total': consumed,
          'bytes-consumed-total': consumedBytes,
          'records-produced-total': produced,
        },
      ),
    );
  }

  #counts(topic: string): Counts {
    const known = this.#topics.get(topic);
    if (known !== undefined) return known;
    const made = { consumed: 0, consumedBytes: 0, produced: 0 };
    this.#topics.set(topic, made);
    return made;
  }
}
