import { expect } from 'vitest';
import { Serdes } from '../../serdes/serdes.ts';
import { eventually, type TestCluster, textOf } from './cluster.ts';

/** What readers of committed records see of each word: its counts, in their order. */
export async function committedCounts(cluster: TestCluster, topic = 'words'): Promise<ReadonlyMap<string, number[]>> {
  const read = await cluster.read(topic, Serdes.long(), 'read_committed');
  const words = Map.groupBy(read, ({ key }) => textOf(key));
  return new Map([...words].map(([word, records]) => [word, records.map(({ value }) => value!)]));
}

/** Waits until so many words are counted as there must be, each update written; then each must be counted 1, 2, 3, …. */
export async function everyWordIsCountedOnce(
  cluster: TestCluster,
  expected: Readonly<Record<string, number>>,
  topic = 'words',
): Promise<void> {
  const total = Object.values(expected).reduce((sum, count) => sum + count, 0);
  const counts = await eventually(async () => {
    const seen = await committedCounts(cluster, topic);
    return [...seen.values()].reduce((sum, { length }) => sum + length, 0) >= total && seen;
  }, `${total} words are counted`);
  for (const [word, count] of Object.entries(expected)) {
    expect(counts.get(word), word).toEqual(Array.from({ length: count }, (_, at) => at + 1));
  }
}
