import type {
  FetchRequestFetchPartition,
  FetchRequestFetchTopic,
  FetchRequestForgottenTopic,
} from '@millrace/protocol';

/** A partition that a client wants to read, and what it was told last. */
export type Wanted = {
  /** Empty in requests that name topics by id. */
  readonly topic: string;
  readonly topicId: string;
  partition: FetchRequestFetchPartition;
  /** −1 when the client was told nothing yet, or an error. */
  toldHighWatermark: number;
  toldLogStartOffset: number;
};

/** An epoch follows the one before, and 1 the greatest: 0 begins a session. */
export function nextEpoch(epoch: number): number {
  return epoch === 2 ** 31 - 1 ? 1 : epoch + 1;
}

/** All partitions of a request, in its order. */
export function wantedOf(topics: readonly FetchRequestFetchTopic[]): Wanted[] {
  return topics.flatMap(({ topic, topicId, partitions }) =>
    partitions.map((partition) => ({ topic, topicId, partition, toldHighWatermark: -1, toldLogStartOffset: -1 })),
  );
}

/**
 * What a client reads, kept from fetch to fetch (KIP-227): its requests only tell what changed, and answers leave out the
 * partitions of which there is nothing new.
 */
export class FetchSession {
  readonly id: number;
  /** Whether its requests name topics by id; they all do, or none. */
  readonly usesTopicIds: boolean;
  readonly createdMs: number;
  usedMs: number;
  /** The epoch that the next request must have. */
  epoch = 1;
  /** In the order in which they are read: what gave records goes to the end, so that each gets its turn. */
  readonly #partitions = new Map<string, Wanted>();

  constructor(id: number, usesTopicIds: boolean, nowMs: number) {
    this.id = id;
    this.usesTopicIds = usesTopicIds;
    this.createdMs = nowMs;
    this.usedMs = nowMs;
  }

  get size(): number {
    return this.#partitions.size;
  }

  get wanted(): Iterable<Wanted> {
    return this.#partitions.values();
  }

  /** Takes in what a request changes: what it lists is new or read from elsewhere now. */
  update(topics: readonly FetchRequestFetchTopic[], forgotten: readonly FetchRequestForgottenTopic[]): void {
    for (const { topic, topicId, partitions } of topics) {
      for (const partition of partitions) {
        const key = this.#key(topic, topicId, partition.partition);
        const known = this.#partitions.get(key);
        if (known !== undefined) known.partition = partition;
        else {
          this.#partitions.set(key, { topic, topicId, partition, toldHighWatermark: -1, toldLogStartOffset: -1 });
        }
      }
    }
    for (const { topic, topicId, partitions } of forgotten) {
      for (const partition of partitions) this.#partitions.delete(this.#key(topic, topicId, partition));
    }
  }

  /** Lets a partition that gave records be read after all others next time. */
  moveToEnd(wanted: Wanted): void {
    const key = this.#key(wanted.topic, wanted.topicId, wanted.partition.partition);
    if (!this.#partitions.delete(key)) return;
    this.#partitions.set(key, wanted);
  }

  #key(topic: string, topicId: string, partition: number): string {
    return `${this.usesTopicIds ? topicId : topic}/${partition}`;
  }
}
