import type { Random } from '@millrace/base';
import { partitionForKey } from '@millrace/protocol';
import type { Partitioner } from './producer-options.ts';

/** Java's choice for records with a key: the same key goes to the same partition whichever client writes it. */
export const murmur2Partitioner: Partitioner = (key, partitionCount) =>
  key === null ? 0 : partitionForKey(key, partitionCount);

/**
 * Keyless records of a topic stay with one partition until its batch leaves, then move on: fewer, larger batches than
 * one after the other (KIP-480).
 */
export class StickyPartitions {
  readonly #random: Random;
  readonly #current = new Map<string, number>();

  constructor(random: Random) {
    this.#random = random;
  }

  choose(topic: string, partitionCount: number): number {
    const current = this.#current.get(topic);
    if (current !== undefined && current < partitionCount) return current;
    const chosen = this.#random.int(partitionCount);
    this.#current.set(topic, chosen);
    return chosen;
  }

  /** Called when a batch of this partition is complete. */
  batchClosed(topic: string, partition: number): void {
    if (this.#current.get(topic) === partition) this.#current.delete(topic);
  }
}
