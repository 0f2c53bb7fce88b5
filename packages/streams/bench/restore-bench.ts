import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Broker } from '@millrace/broker';
import { Client } from '@millrace/client';
import { partitionForKey } from '@millrace/protocol';
import { KafkaStreams, Serdes, StreamsBuilder, type Topology } from '@millrace/streams';
import { createTopic, PARTITIONS } from './load.ts';

// A store of many keys: how long its restoration from the changelog takes beside the same batched writes to RocksDB
// alone, and how long a start takes with the state in place. The broker runs in a thread of this process.

const RECORDS_PER_PAUSE = 1_000;
/** About as many as a fetched megabyte of the changelog has. */
const ROWS_PER_BATCH = 16_000;
const LOOK_EVERY_MS = 500;
/** As the engine opens its databases. */
const ENGINE_SETTINGS = {
  createIfMissing: true,
  cacheSize: 16 << 20,
  memtableMemoryBudget: 8 << 20,
  compaction: 'universal',
  walCompression: false,
};
const APPLICATION_ID = 'restore-bench';

const NO_COST: Cost = { ms: 0, cpuMs: 0 };

const { values: options } = parseArgs({ options: { keys: { type: 'string', default: '1000000' } } });
const keyCount = Number(options.keys);
const encoder = new TextEncoder();
const folder = await mkdtemp(join(tmpdir(), 'millrace-restore-'));
try {
  const config = { 'group.initial.rebalance.delay.ms': '0' };
  await using broker = await Broker.start({ data: join(folder, 'broker'), thread: true, config });
  const wire = { bootstrapServers: broker.bootstrapServers };
  await using client = new Client({ ...wire, clientId: APPLICATION_ID });
  await fill(client);
  await run(client, wire, 'first', { untilCounted: true });
  const restarted = await run(client, wire, 'first', { untilCounted: false });
  const restored = await run(client, wire, 'second', { untilCounted: false });
  const alone = await rocksDbAlone(join(folder, 'alone'));
  const result = {
    keys: keyCount,
    restartMs: Math.round(restarted.running.ms),
    restartCpuMs: Math.round(restarted.running.cpuMs),
    restoredAtRestart: restarted.restoredCount,
    restoreMs: Math.round(restored.restore.ms),
    restoreCpuMs: Math.round(restored.restore.cpuMs),
    restoredCount: restored.restoredCount,
    rocksDbAloneMs: Math.round(alone.ms),
    rocksDbAloneCpuMs: Math.round(alone.cpuMs),
    ratio: Number((restored.restore.ms / alone.ms).toFixed(2)),
    cpuRatio: Number((restored.restore.cpuMs / alone.cpuMs).toFixed(2)),
  };
  console.log(JSON.stringify(result));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function fill(client: Client): Promise<void> {
  await createTopic(client, 'keys');
  await using producer = client.producer();
  for (let at = 0; at < keyCount; at++) {
    const key = keyOf(at);
    producer.append('keys', partitionForKey(key, PARTITIONS), key, key, 1_700_000_000_000 + at);
    if (at % RECORDS_PER_PAUSE === 0) await producer.waitForRoom();
  }
  await producer.flush();
}

function topology(): Topology {
  const builder = new StreamsBuilder();
  const strings = Serdes.string();
  builder
    .stream('keys', { key: strings, value: strings })
    .groupByKey({ key: strings, value: strings })
    .count({ as: 'counts', key: strings, value: Serdes.long() });
  return builder.build();
}

/** CPU time is of the whole process: the broker's thread and RocksDB's own count too. */
type Cost = { readonly ms: number; readonly cpuMs: number };
type Run = { readonly running: Cost; readonly restore: Cost; readonly restoredCount: number };

function costSoFar(): Cost {
  const { user, system } = process.cpuUsage();
  return { ms: performance.now(), cpuMs: (user + system) / 1_000 };
}

function costSince(from: Cost): Cost {
  const to = costSoFar();
  return { ms: to.ms - from.ms, cpuMs: to.cpuMs - from.cpuMs };
}

/** Runs the application until it is RUNNING, or until it has counted every key. */
async function run(
  client: Client,
  wire: { readonly bootstrapServers: string },
  stateDir: string,
  { untilCounted }: { readonly untilCounted: boolean },
): Promise<Run> {
  const start = costSoFar();
  let restoreStart: Cost | undefined;
  let restore = NO_COST;
  let restoredCount = 0;
  await using streams = new KafkaStreams(topology(), {
    ...wire,
    applicationId: APPLICATION_ID,
    commitIntervalMs: 5_000,
    stateDir: join(folder, stateDir),
    restoreListener: {
      onRestoreStart: () => {
        restoreStart ??= costSoFar();
      },
      onRestoreEnd: (_changelog, _store, total) => {
        if (restoreStart !== undefined) restore = costSince(restoreStart);
        restoredCount += total;
      },
    },
  });
  await streams.start();
  await streams.waitFor('RUNNING');
  const running = costSince(start);
  // By what is committed: a look at the store would count a million rows each time.
  while (untilCounted && (await committed(client)) < keyCount) await delay(LOOK_EVERY_MS);
  return { running, restore, restoredCount };
}

async function committed(client: Client): Promise<number> {
  const offsets = await client.admin.listGroupOffsets(APPLICATION_ID);
  return offsets.reduce((sum, { offset }) => sum + offset, 0);
}

type Batch = { _put(key: Uint8Array, value: Uint8Array): void; _writeSync(options: object): void; _closeSync(): void };
type Database = { open(options: object): Promise<void>; close(): Promise<void>; _chainedBatch(): Batch };
type Rocks = { readonly RocksLevel: new (path: string) => Database };

/** As many rows of the same size in as many databases, with the settings of the engine, in the order of a changelog. */
async function rocksDbAlone(path: string): Promise<Cost> {
  const { RocksLevel } = createRequire(import.meta.url)('@nxtedition/rocksdb') as Rocks;
  const rows = Array.from({ length: PARTITIONS }, (): Uint8Array[] => []);
  for (let at = 0; at < keyCount; at++) {
    const key = keyOf(at);
    rows[partitionForKey(key, PARTITIONS)]!.push(new Uint8Array([0, 1, ...key]));
  }
  const value = new Uint8Array(16);
  await mkdir(path, { recursive: true });
  const start = costSoFar();
  for (const [partition, keys] of rows.entries()) {
    const database = new RocksLevel(join(path, String(partition)));
    await database.open(ENGINE_SETTINGS);
    for (let from = 0; from < keys.length; from += ROWS_PER_BATCH) {
      const batch = database._chainedBatch();
      for (const key of keys.slice(from, from + ROWS_PER_BATCH)) batch._put(key, value);
      batch._writeSync({ sync: false });
      batch._closeSync();
    }
    await database.close();
  }
  return costSince(start);
}

/** Spread over the key space, as keys of applications are: not in ascending order. */
function keyOf(at: number): Uint8Array {
  return encoder.encode(`key-${(Math.imul(at, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}`);
}
