/**
 * An app with a broker in its process, which catches up on millions of records again and again for some seconds, while a
 * client of another process goes on with its small work. Prints what the other one found, and how much was read here.
 *
 *   node scripts/bench/slicing-app.ts thread|embedded [--records N] [--seconds N]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Broker } from '@millrace/broker';
import { Client } from '@millrace/client';
import { RecordCursor } from '@millrace/protocol';

const PARTITIONS = 4;
const SLICE_RECORDS = 1024;
const SESSION = { sessionTimeoutMs: 1000, heartbeatIntervalMs: 200 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { records: { type: 'string', default: '2000000' }, seconds: { type: 'string', default: '10' } },
});
const isThread = positionals[0] === 'thread';
const recordCount = Number(values.records);

const folder = mkdtempSync(join(tmpdir(), 'millrace-slicing-'));
const broker = await Broker.start({ data: folder, thread: isThread });
const client = new Client(isThread ? { bootstrapServers: broker.bootstrapServers } : { dial: () => broker.connect() });
await client.admin.createTopics([
  { name: 'history', partitionCount: PARTITIONS },
  { name: 'app', partitionCount: 1 },
]);
await load();

let joins = 0;
const member = client.consumer({
  groupId: 'app',
  topics: 'app',
  ...SESSION,
  onAssigned: () => {
    joins += 1;
  },
});
const membership = (async () => {
  for await (const _batch of member.batches());
})();

const foreign = spawn(process.execPath, [join(import.meta.dirname, 'slicing-foreign.ts'), broker.bootstrapServers], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const lines = createInterface({ input: foreign.stdout })[Symbol.asyncIterator]();
await lines.next();
foreign.stdin.write('begin\n');
const joinsBefore = joins;
const begun = performance.now();
const until = begun + Number(values.seconds) * 1000;
let read = 0;
while (performance.now() < until) read += await catchUp();
const recordsPerS = read / ((performance.now() - begun) / 1000);
foreign.stdin.write('end\n');
const found = JSON.parse((await lines.next()).value ?? '{}') as Readonly<Record<string, number>>;
const evictions = (found.joins ?? 0) + joins - joinsBefore;
process.stdout.write(`${JSON.stringify({ ...found, evictions, appRecordsPerS: recordsPerS })}\n`);
await once(foreign, 'exit');
await member.close();
await membership;
await client.close();
await broker.close();
rmSync(folder, { recursive: true, force: true });

async function load(): Promise<void> {
  await using producer = client.producer({});
  const value = Buffer.alloc(100, 'x');
  for (let index = 0; index < recordCount; index++) {
    producer.append('history', index % PARTITIONS, null, value, Date.now());
    if (index % SLICE_RECORDS === 0 && !producer.hasRoom) await producer.waitForRoom();
  }
  await producer.flush();
}

/** Reads all that there is, at full speed; the part that this app does of its own accord takes no break. */
async function catchUp(): Promise<number> {
  await using fetcher = client.fetcher();
  for (let partition = 0; partition < PARTITIONS; partition++) fetcher.assign('history', partition, 'earliest');
  let count = 0;
  while (count < recordCount) {
    for (const { records, fetchOffset } of await fetcher.poll()) {
      const cursor = new RecordCursor(records, { fromOffset: fetchOffset });
      while (cursor.next()) count += 1;
    }
  }
  return count;
}
