import type { TopicPartition } from '@millrace/client';

/** Where to go on with an input. */
export type NextOffset = TopicPartition & { readonly offset: number };

/**
 * How far inputs have been processed: by topic, then by partition, the offset of the last record that counts. Plain
 * data, so that it can be handed from one service to another. (Kafka Streams: Position, KIP-796.)
 */
export type Position = Readonly<Record<string, Readonly<Record<number, number>>>>;

export const NO_POSITION: Position = {};

/** The position right before these; where a partition is named twice, the later one counts. */
export function positionBefore(next: readonly NextOffset[]): Position {
  const begun = next.filter(({ offset }) => offset > 0);
  const topics = [...Map.groupBy(begun, ({ topic }) => topic)];
  return Object.fromEntries(
    topics.map(([topic, each]) => {
      return [topic, Object.fromEntries(each.map(({ partition, offset }) => [partition, offset - 1]))];
    }),
  );
}

/** The position that has everything that any of these has. */
export function mergePositions(...positions: readonly Position[]): Position {
  const merged = new Map<string, Map<string, number>>();
  for (const [topic, offsets] of positions.flatMap((position) => Object.entries(position))) {
    const known = merged.get(topic) ?? new Map<string, number>();
    merged.set(topic, known);
    for (const [partition, offset] of Object.entries(offsets)) {
      known.set(partition, Math.max(known.get(partition) ?? offset, offset));
    }
  }
  return Object.fromEntries([...merged].map(([topic, offsets]) => [topic, Object.fromEntries(offsets)]));
}

/**
 * Whether a partition of a store is as far as `bound` asks, which counts only as far as it names that partition of a
 * topic.
 */
export function hasReached(position: Position, bound: Position, partition: number): boolean {
  return Object.entries(bound).every(([topic, offsets]) => {
    const wanted = offsets[partition];
    if (wanted === undefined) return true;
    const reached = position[topic]?.[partition];
    return reached !== undefined && reached >= wanted;
  });
}
