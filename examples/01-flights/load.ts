import { type Client, type Producer, partitionForKey } from 'millrace/client';
import { type Flight, type Keyed, readAirports, readFlights } from './data.ts';

const PARTITIONS = 3;

// Event times are of 2001: with the default retention a broker would delete such records within minutes.
const KEEP = { 'retention.ms': '-1' };

/** Creates the topics of both sides, and fills the table of airports, unless an earlier run did. */
export async function prepareTopics(client: Client): Promise<void> {
  const names = ['flights', 'airports', 'delays-by-topology', 'delays-by-sql'];
  await client.admin.createTopics(
    names.map((name) => ({ name, partitionCount: PARTITIONS, configs: KEEP })),
    { ignoreExisting: true },
  );
  await produceMissing(client, 'airports', readAirports(), () => {});
}

/**
 * Streams in those of the first `count` flights that are not there yet, at their event time. Resolves with how many
 * were there before.
 */
export function streamFlights(client: Client, count: number, onProgress: (done: number) => void): Promise<number> {
  return produceMissing<Flight>(client, 'flights', readFlights().slice(0, count), onProgress);
}

/**
 * Appends what is missing of a list whose order never changes. How far an earlier run came is told by the log itself:
 * a partition that ends at offset n has the first n records of those that belong to it.
 */
async function produceMissing<T>(
  client: Client,
  topic: string,
  records: readonly Keyed<T>[],
  onProgress: (done: number) => void,
): Promise<number> {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic, partition }));
  const ends = await client.admin.listOffsets(partitions, 'latest');
  const missing = ends.map(({ offset }) => offset);
  const before = missing.reduce((sum, offset) => sum + offset, 0);
  await using producer: Producer = client.producer();
  const encoder = new TextEncoder();
  let done = 0;
  for (const { key, value, timestamp } of records) {
    const keyBytes = encoder.encode(key);
    const partition = partitionForKey(keyBytes, PARTITIONS);
    done++;
    if (missing[partition]! > 0) {
      missing[partition]!--;
      continue;
    }
    if (!producer.hasRoom) await producer.waitForRoom();
    producer.append(topic, partition, keyBytes, encoder.encode(JSON.stringify(value)), timestamp);
    if (done % 1000 === 0) {
      await producer.flush();
      onProgress(done);
    }
  }
  await producer.flush();
  onProgress(records.length);
  return before;
}
