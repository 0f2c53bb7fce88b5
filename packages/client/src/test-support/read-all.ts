import { RecordCursor } from '@millrace/protocol';
import type { Client } from '../client.ts';

export type ReadRecord = {
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly key: string | null;
  readonly value: string | null;
};

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString());

/** Every record of a topic, partition by partition, up to what was there when it began. */
export async function readAll(client: Client, name: string): Promise<readonly ReadRecord[]> {
  const { partitions } = await client.topic(name);
  const ends = await client.admin.listOffsets(
    partitions.map(({ partition }) => ({ topic: name, partition })),
    'latest',
  );
  const left = new Map(ends.filter(({ offset }) => offset > 0).map(({ partition, offset }) => [partition, offset]));
  const records: ReadRecord[] = [];
  await using fetcher = client.fetcher();
  for (const partition of left.keys()) fetcher.assign(name, partition, 'earliest');
  while (left.size > 0) {
    for (const fetched of await fetcher.poll()) {
      const { partition, fetchOffset, nextOffset } = fetched;
      const cursor = new RecordCursor(fetched.records, { fromOffset: fetchOffset, checkCrcs: true });
      while (cursor.next()) {
        const { offset, timestamp } = cursor;
        records.push({ partition, offset, timestamp, key: text(cursor.key()), value: text(cursor.value()) });
      }
      if (nextOffset >= (left.get(partition) ?? 0)) left.delete(partition);
    }
  }
  return records.sort((left, right) => left.partition - right.partition || left.offset - right.offset);
}
