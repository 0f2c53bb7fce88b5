/** Partitions by topic id, each with the epoch of the group at which its owner got it. */
export type OwnedPartitions = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Partitions by topic id, in ascending order. */
export type TopicPartitions = ReadonlyMap<string, readonly number[]>;

export const NO_OWNED: OwnedPartitions = new Map();
export const NO_PARTITIONS: TopicPartitions = new Map();

export function samePartitions(left: TopicPartitions, right: TopicPartitions): boolean {
  if (left.size !== right.size) return false;
  for (const [topicId, partitions] of left) {
    const other = right.get(topicId);
    if (other === undefined || other.length !== partitions.length) return false;
    if (!partitions.every((partition, index) => other[index] === partition)) return false;
  }
  return true;
}

export function sameOwned(left: OwnedPartitions, right: OwnedPartitions): boolean {
  if (left === right) return true;
  if (left.size !== right.size) return false;
  for (const [topicId, partitions] of left) {
    const other = right.get(topicId);
    if (other === undefined || other.size !== partitions.size) return false;
    for (const [partition, epoch] of partitions) if (other.get(partition) !== epoch) return false;
  }
  return true;
}

/** The partitions of one or several lists without their epochs. */
export function withoutEpochs(...lists: readonly OwnedPartitions[]): TopicPartitions {
  const collector = new PartitionCollector();
  for (const owned of lists) {
    for (const [topicId, partitions] of owned) {
      for (const partition of partitions.keys()) collector.add(topicId, partition);
    }
  }
  return collector.collected();
}

/** The partitions, all got at one epoch. */
export function ownedSince(partitions: TopicPartitions, epoch: number): OwnedPartitions {
  return new Map([...partitions].map(([topicId, list]) => [topicId, new Map(list.map((one) => [one, epoch]))]));
}

/** A list of topics and partitions as messages carry it. */
export function toList(partitions: TopicPartitions): { readonly topicId: string; readonly partitions: number[] }[] {
  return [...partitions].map(([topicId, list]) => ({ topicId, partitions: [...list] }));
}

/** The other way round; what it was read from may go. */
export function fromList(
  topics: readonly { readonly topicId: string; readonly partitions: readonly number[] }[],
): TopicPartitions {
  return new Map(topics.map(({ topicId, partitions }) => [topicId, [...partitions]]));
}

/** Collects partitions by topic. */
export class PartitionCollector {
  readonly #topics = new Map<string, number[]>();

  add(topicId: string, partition: number): void {
    const known = this.#topics.get(topicId);
    if (known === undefined) this.#topics.set(topicId, [partition]);
    else known.push(partition);
  }

  collected(): TopicPartitions {
    for (const partitions of this.#topics.values()) partitions.sort(ascending);
    return this.#topics;
  }
}

export function ascending(left: number, right: number): number {
  return left - right;
}
