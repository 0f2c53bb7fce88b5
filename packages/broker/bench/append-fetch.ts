import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Broker } from '@millrace/broker';
import { type Connection, MetadataRequestDefaults, RecordBatchBuilder, ZERO_UUID } from '@millrace/protocol';

// The append and the fetch path inside one process, without sockets: what the log itself costs.
//
//   node packages/broker/bench/append-fetch.ts [--records 2000000] [--batch 1000] [--bytes 100] [--json]

const TOPIC = 'bench';
const FETCH_BYTES = 1024 * 1024;
const IN_FLIGHT = 5;

type Result = { readonly job: string; readonly records: number; readonly seconds: number; readonly cpuSeconds: number };

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '2000000' },
    batch: { type: 'string', default: '1000' },
    bytes: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
  },
});
const records = Number(values.records);
const batchRecords = Number(values.batch);
const recordBytes = Number(values.bytes);

function makeBatches(): Uint8Array[] {
  const key = Buffer.alloc(8, 'k');
  const value = Buffer.alloc(recordBytes - key.byteLength, 'v');
  const now = Date.now();
  return Array.from({ length: Math.ceil(records / batchRecords) }, () => {
    const builder = new RecordBatchBuilder(batchRecords * (recordBytes + 16));
    for (let index = 0; index < batchRecords; index++) builder.append(now, key, value);
    return builder.build();
  });
}

async function measure(job: string, run: () => Promise<number>): Promise<Result> {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  const count = await run();
  const seconds = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { job, records: count, seconds, cpuSeconds: (user + system) / 1e6 };
}

async function append(connection: Connection, batches: readonly Uint8Array[]): Promise<number> {
  const inFlight: Promise<unknown>[] = [];
  for (const bytes of batches) {
    const partitionData = [{ index: 0, records: bytes }];
    const topicData = [{ name: TOPIC, topicId: ZERO_UUID, partitionData }];
    inFlight.push(connection.send('Produce', 11, { transactionalId: null, acks: -1, timeoutMs: 0, topicData }));
    if (inFlight.length >= IN_FLIGHT) await inFlight.shift();
  }
  await Promise.all(inFlight);
  return batches.length * batchRecords;
}

async function fetchAll(connection: Connection): Promise<number> {
  let offset = 0;
  for (;;) {
    const partition = {
      partition: 0,
      currentLeaderEpoch: -1,
      fetchOffset: offset,
      lastFetchedEpoch: -1,
      logStartOffset: -1,
      partitionMaxBytes: FETCH_BYTES,
      replicaDirectoryId: ZERO_UUID,
      highWatermark: -1,
    };
    const answer = await connection.send('Fetch', 11, {
      clusterId: null,
      replicaId: -1,
      replicaState: { replicaId: -1, replicaEpoch: -1 },
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      isolationLevel: 0,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [{ topic: TOPIC, topicId: ZERO_UUID, partitions: [partition] }],
      forgottenTopicsData: [],
      rackId: '',
    });
    const { records: bytes, highWatermark } = answer.responses[0]!.partitions[0]!;
    if (bytes === null || bytes.byteLength === 0) return highWatermark;
    offset += (bytes.byteLength / batchBytes) * batchRecords;
  }
}

const batches = makeBatches();
const batchBytes = batches[0]!.byteLength;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-bench-'));
try {
  await using broker = await Broker.start({ data: folder, port: -1 });
  const connection = await broker.connect();
  await connection.send('Metadata', 9, { ...MetadataRequestDefaults, topics: [{ topicId: ZERO_UUID, name: TOPIC }] });
  const results = [
    await measure('append', () => append(connection, batches)),
    await measure('fetch', () => fetchAll(connection)),
  ];
  if (values.json) console.log(JSON.stringify({ batchRecords, recordBytes, results }));
  else for (const result of results) console.log(line(result));
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}

function line({ job, records: count, seconds, cpuSeconds }: Result): string {
  const rate = (per: number): string => `${(count / per / 1e6).toFixed(2)} M records/s`;
  return `${job}: ${rate(seconds)} (${rate(cpuSeconds)} of CPU), ${count} records of ${recordBytes} bytes, ${batchRecords} a batch`;
}
