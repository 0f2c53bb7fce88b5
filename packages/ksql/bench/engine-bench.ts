import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { Client } from '@millrace/client';
import { KsqlEngine } from '@millrace/ksql';

// What a statement costs on an engine that runs: the time until its query does its work, and the memory of one more simple
// query over a shared source. One line of JSON. Needs `--expose-gc`, or memory counts what nobody holds any more.

const QUERIES = 20;
const WARM_UP = 5;
const LOOK_MS = 1;
const TIMEOUT_MS = 60_000;

const folder = await mkdtemp(join(tmpdir(), 'millrace-engine-bench-'));
try {
  await using broker = await Broker.start({ data: join(folder, 'broker'), thread: true });
  const { bootstrapServers } = broker;
  await using client = new Client({ bootstrapServers });
  await using engine = await KsqlEngine.start({
    bootstrapServers,
    serviceId: 'bench_',
    stateDir: join(folder, 'state'),
    config: { 'auto.offset.reset': 'earliest' },
  });
  await engine.execute(
    "CREATE STREAM src (k VARCHAR KEY, v INT) WITH (KAFKA_TOPIC='src', VALUE_FORMAT='JSON', PARTITIONS=1);" +
      "INSERT INTO src VALUES ('a', 1);",
  );
  const times: { readonly answeredMs: number; readonly firstRowMs: number }[] = [];
  for (let at = 0; at < WARM_UP; at++) await timed(engine, client, `warm_${at}`);
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  for (let at = 0; at < QUERIES; at++) times.push(await timed(engine, client, `out_${at}`));
  globalThis.gc?.();
  const memoryMiB = (process.memoryUsage.rss() - before) / 1024 / 1024 / QUERIES;
  console.log(
    JSON.stringify({
      answeredMs: spread(times.map(({ answeredMs }) => answeredMs)),
      firstRowMs: spread(times.map(({ firstRowMs }) => firstRowMs)),
      memoryPerQueryMiB: Number(memoryMiB.toFixed(1)),
    }),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** From the statement to its answer, and to the first row in the topic of its results. */
async function timed(engine: KsqlEngine, client: Client, name: string) {
  const startMs = performance.now();
  await engine.execute(`CREATE STREAM ${name} AS SELECT k, v + 1 AS w FROM src WHERE v > 0;`);
  const answeredMs = performance.now() - startMs;
  const place = [{ topic: name.toUpperCase(), partition: 0 }];
  for (;;) {
    const [end] = await client.admin.listOffsets(place, 'latest');
    if (end!.offset > 0) return { answeredMs, firstRowMs: performance.now() - startMs };
    if (performance.now() - startMs > TIMEOUT_MS) throw new Error(`${name} wrote nothing`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function spread(values: readonly number[]): { readonly min: number; readonly median: number; readonly max: number } {
  const sorted = values.map((value) => Math.round(value * 10) / 10).sort((a, b) => a - b);
  return { min: sorted[0]!, median: sorted[Math.floor(sorted.length / 2)]!, max: sorted.at(-1)! };
}
