/**
 * A client of another process: a member of a group with a short session, which sends a record every few milliseconds and
 * measures how long its answer takes. Prints `ready`, measures from a line `begin` on standard input to a line `end`, and
 * prints what it found.
 *
 *   node scripts/bench/slicing-foreign.ts HOST:PORT
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Client } from '@millrace/client';

const SEND_INTERVAL_MS = 5;
const SESSION = { sessionTimeoutMs: 1000, heartbeatIntervalMs: 200 };
const WARM_UP_RECORDS = 400;

const client = new Client({ bootstrapServers: process.argv[2]!, clientId: 'foreign' });
await client.admin.createTopics([{ name: 'foreign', partitionCount: 1 }]);
let joins = 0;
const consumer = client.consumer({
  groupId: 'foreign',
  topics: 'foreign',
  ...SESSION,
  onAssigned: () => {
    joins += 1;
  },
});
const reading = (async () => {
  for await (const _batch of consumer.batches());
})();
const producer = client.producer({ lingerMs: 0 });

let latencies: number[] = [];
let sent = 0;
const inWork = new Set<Promise<void>>();
async function sendOne(): Promise<void> {
  const begun = performance.now();
  await producer.send({ topic: 'foreign', partition: 0, value: Buffer.alloc(100, 'x') });
  latencies.push(performance.now() - begun);
  sent += 1;
}
const timer = setInterval(() => {
  const one = sendOne().finally(() => inWork.delete(one));
  inWork.add(one);
}, SEND_INTERVAL_MS);

while (sent < WARM_UP_RECORDS) await new Promise((resolve) => setTimeout(resolve, SEND_INTERVAL_MS));
process.stdout.write('ready\n');
const lines = createInterface({ input: process.stdin });
await once(lines, 'line');
latencies = [];
const joinsBefore = joins;
await once(lines, 'line');
clearInterval(timer);
await Promise.all(inWork);
const sorted = [...latencies].sort((a, b) => a - b);
const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
const found = { records: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1), joins: joins - joinsBefore };
process.stdout.write(`${JSON.stringify(found)}\n`);
lines.close();
await consumer.close();
await reading;
await client.close();
