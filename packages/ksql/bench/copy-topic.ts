import { parseArgs } from 'node:util';
import { Client, cursorOver } from '@millrace/client';

// Writes the records of one topic to the same partitions of another: input that comes while something waits for it.

const { values: options } = parseArgs({
  options: { bootstrap: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
});
const { bootstrap: bootstrapServers, from, to } = options;
if (bootstrapServers === undefined || from === undefined || to === undefined) {
  throw new Error('usage: --bootstrap HOST:PORT --from TOPIC --to TOPIC');
}

await using client = new Client({ bootstrapServers });
await using producer = client.producer();
await using fetcher = client.fetcher();
const { partitions } = await client.topic(from);
const ends = await client.admin.listOffsets(
  partitions.map(({ partition }) => ({ topic: from, partition })),
  'latest',
);
for (const { partition } of ends) fetcher.assign(from, partition, 'earliest');
let left = ends.reduce((sum, { offset }) => sum + offset, 0);
while (left > 0) {
  for (const fetched of await fetcher.poll()) {
    const cursor = cursorOver(fetched);
    for (; cursor.next(); left--)
      producer.append(to, fetched.partition, cursor.key(), cursor.value(), cursor.timestamp);
    await producer.waitForRoom();
  }
}
await producer.flush();
