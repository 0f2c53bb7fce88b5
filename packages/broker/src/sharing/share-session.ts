import type { SharePartitionKey } from '../coordinators/share/stored-partition.ts';

/** A partition that a member fetches from. */
export type SharedPartition = { readonly topicId: string; readonly partition: number };

/** Partitions that a member does not fetch from any more. */
export type ForgottenTopic = { readonly topicId: string; readonly partitions: readonly number[] };

/** The topics of a request, as far as a session goes by them. */
export type SharedTopics = readonly {
  readonly topicId: string;
  readonly partitions: readonly { readonly partitionIndex: number }[];
}[];

/**
 * What a member of a share group fetches from, kept from request to request: they only tell what changed. While it lasts,
 * the member may have records.
 */
export class ShareSession {
  readonly groupId: string;
  readonly memberId: string;
  /** The epoch that the next request must have. */
  epoch = 1;
  /** Whether it was ended, or another one took its place: nothing must be given to it any more. */
  isEnded = false;
  readonly #partitions = new Map<string, SharedPartition>();
  readonly #touched = new Map<string, SharePartitionKey>();
  readonly #stopListening: () => void;

  /** @param stopListening whether the client goes is nobody's concern any more. */
  constructor(groupId: string, memberId: string, stopListening: () => void) {
    this.groupId = groupId;
    this.memberId = memberId;
    this.#stopListening = stopListening;
  }

  get size(): number {
    return this.#partitions.size;
  }

  /** In the order in which they are to be read now: each comes first in its turn. */
  get partitions(): readonly SharedPartition[] {
    const all = [...this.#partitions.values()];
    const first = all.length === 0 ? 0 : this.epoch % all.length;
    return [...all.slice(first), ...all.slice(0, first)];
  }

  /** The partitions of which the member was given records; also those that it does not fetch from any more. */
  get touched(): Iterable<SharePartitionKey> {
    return this.#touched.values();
  }

  /** The member was given records of a partition. */
  touch(key: SharePartitionKey): void {
    this.#touched.set(`${key.topicId}/${key.partition}`, key);
  }

  update(topics: SharedTopics, forgotten: readonly ForgottenTopic[]): void {
    for (const { topicId, partitions } of topics) {
      for (const { partitionIndex: partition } of partitions) {
        this.#partitions.set(`${topicId}/${partition}`, { topicId, partition });
      }
    }
    for (const { topicId, partitions } of forgotten) {
      for (const partition of partitions) this.#partitions.delete(`${topicId}/${partition}`);
    }
  }

  end(): void {
    this.isEnded = true;
    this.#stopListening();
  }
}
