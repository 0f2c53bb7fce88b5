/**
 * How fast the client is: a million records of 100 bytes with keys of 8, four partitions, acks all, idempotent.
 *
 *   node packages/client/bench/throughput.bench.ts [--wire thread|tcp|local] [--bootstrap HOST:PORT] [--records N]
 *     [--compression CODEC] [--rounds N] [--json]
 *
 * `thread` (the default) is our broker in a worker with its data in a temporary folder, over TCP; `tcp` and `local` have
 * it in this very isolate; `--bootstrap` takes any running broker. Three jobs, each on what the one before left:
 * `produce` appends and flushes, `consume` walks over every record with a cursor, `passThrough` reads, copies each
 * record to another topic and flushes. The last line with `--json` holds the last round.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Broker } from '@millrace/broker';
import { Client, type Producer } from '@millrace/client';
import { type CompressionType, RecordCursor } from '@millrace/protocol';

const PARTITION_COUNT = 4;
const VALUE = Buffer.alloc(92, 'x');
const KEYS = Array.from({ length: 1000 }, (_, index) => Buffer.from(String(index).padStart(8, '0')));
/** How many records are appended between two looks at the producer's buffer. */
const SLICE_RECORDS = 1024;

const { values: args } = parseArgs({
  options: {
    wire: { type: 'string', default: 'thread' },
    bootstrap: { type: 'string' },
    records: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    compression: { type: 'string', default: 'none' },
    json: { type: 'boolean', default: false },
  },
});
const recordCount = Number(args.records);
const compression = args.compression as CompressionType;

type Result = { readonly recordsPerS: number; readonly cpuS: number };

async function measure(run: () => Promise<void>): Promise<Result> {
  const cpuBefore = process.cpuUsage();
  const startMs = performance.now();
  await run();
  const wallS = (performance.now() - startMs) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  return { recordsPerS: recordCount / wallS, cpuS: (cpu.user + cpu.system) / 1e6 };
}

async function produce(producer: Producer, topic: string): Promise<void> {
  const nowMs = Date.now();
  for (let index = 0; index < recordCount; index++) {
    producer.append(topic, index % PARTITION_COUNT, KEYS[index % KEYS.length]!, VALUE, nowMs);
    if (index % SLICE_RECORDS === 0 && !producer.hasRoom) await producer.waitForRoom();
  }
  await producer.flush();
}

async function consume(client: Client, topic: string, each: (cursor: RecordCursor) => void): Promise<void> {
  await using fetcher = client.fetcher();
  for (let partition = 0; partition < PARTITION_COUNT; partition++) fetcher.assign(topic, partition, 'earliest');
  for (let count = 0; count < recordCount; ) {
    for (const fetched of await fetcher.poll()) {
      const cursor = new RecordCursor(fetched.records, { fromOffset: fetched.fetchOffset });
      for (; cursor.next(); count++) each(cursor);
    }
  }
}

async function passThrough(client: Client, producer: Producer, from: string, to: string): Promise<void> {
  let partition = 0;
  await consume(client, from, (cursor) => {
    producer.append(to, partition++ % PARTITION_COUNT, cursor.key(), cursor.value(), cursor.timestamp);
  });
  await producer.flush();
}

async function round(client: Client, number: number): Promise<Readonly<Record<string, Result>>> {
  const [from, to] = [`bench-${process.pid}-${number}`, `bench-${process.pid}-${number}-copy`];
  const topics = [from, to].map((name) => ({ name, partitionCount: PARTITION_COUNT }));
  await client.admin.createTopics(topics);
  await using producer = client.producer({ compression });
  let bytes = 0;
  const results = {
    produce: await measure(() => produce(producer, from)),
    consume: await measure(() =>
      consume(client, from, (cursor) => {
        bytes += cursor.valueEnd - cursor.valueStart;
      }),
    ),
    passThrough: await measure(() => passThrough(client, producer, from, to)),
  };
  if (bytes !== recordCount * VALUE.length) throw new Error(`${bytes} bytes of values were read`);
  await client.admin.deleteTopics([from, to]);
  return results;
}

const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
const isThread = args.wire === 'thread';
const broker = args.bootstrap === undefined ? await Broker.start({ data: folder, thread: isThread }) : undefined;
const client = new Client(
  args.wire === 'local' && broker !== undefined
    ? { dial: () => broker.connect() }
    : { bootstrapServers: args.bootstrap ?? broker!.bootstrapServers },
);
try {
  let last: Readonly<Record<string, Result>> = {};
  for (let number = 0; number < Number(args.rounds); number++) {
    last = await round(client, number);
    if (args.json) continue;
    const line = Object.entries(last).map(
      ([job, { recordsPerS, cpuS }]) => `${job} ${(recordsPerS / 1e6).toFixed(2)} M/s (${cpuS.toFixed(2)} CPU-s)`,
    );
    console.log(line.join(', '));
  }
  if (args.json) console.log(JSON.stringify(last));
} finally {
  await client.close();
  await broker?.close();
  rmSync(folder, { recursive: true, force: true });
}
