import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { Client } from '@millrace/client';
import { KsqlEngine } from '@millrace/ksql';

// What several simple queries over one source cost: CPU time for each record and query, and memory. One line of JSON.
// Needs input that is there (`streams-bench --load-only`) and `--expose-gc`. With `--live` the records come when all queries
// wait for them, else the queries start one after the other and read what is there.

const TIMEOUT_MS = 600_000;
const POLL_MS = 250;

const { values: options } = parseArgs({
  options: {
    bootstrap: { type: 'string' },
    queries: { type: 'string', default: '1' },
    records: { type: 'string', default: '500000' },
    live: { type: 'boolean', default: false },
  },
});
const [queries, records] = [Number(options.queries), Number(options.records)];
const bootstrapServers = options.bootstrap;
if (bootstrapServers === undefined) throw new Error('usage: --bootstrap HOST:PORT --queries N --records N');

const input = `left-${records}`;
const topic = options.live ? `live-${process.pid}` : input;
const serviceId = `bench_${process.pid}_`;
const stateDir = await mkdtemp(join(tmpdir(), 'millrace-queries-bench-'));
try {
  await using client = new Client({ bootstrapServers });
  if (options.live) {
    const { partitions } = await client.topic(input);
    // The records are years old: a broker that looks after its logs in the middle of a run would delete them.
    const configs = { 'retention.ms': '-1' };
    await client.admin.createTopics([{ name: topic, partitionCount: partitions.length, configs }]);
  }
  const config = { 'auto.offset.reset': 'earliest' };
  await using engine = await KsqlEngine.start({ bootstrapServers, serviceId, stateDir, config });
  await engine.execute(`CREATE STREAM views (user_key VARCHAR KEY, page VARCHAR, cents INT)
    WITH (KAFKA_TOPIC = '${topic}', VALUE_FORMAT = 'JSON');`);
  await engine.execute(`EXPLAIN ${statement(0)}`);
  if (options.live) await startAll(engine);
  globalThis.gc?.();
  const [cpuBefore, rssBefore, startMs] = [process.cpuUsage(), process.memoryUsage.rss(), performance.now()];
  if (options.live) await copyInput();
  else await startAll(engine);
  while ((await done(client)) < queries) {
    if (performance.now() - startMs > TIMEOUT_MS) throw new Error('not done in time');
    await delay(POLL_MS);
  }
  const cpu = process.cpuUsage(cpuBefore);
  globalThis.gc?.();
  const cpuUs = cpu.user + cpu.system;
  console.log(
    JSON.stringify({
      queries,
      records,
      cpuS: cpuUs / 1e6,
      cpuUsPerRecordAndQuery: cpuUs / records / queries,
      rssGrowthMiB: Math.round((process.memoryUsage.rss() - rssBefore) / 1024 / 1024),
    }),
  );
} finally {
  await rm(stateDir, { recursive: true, force: true });
}

async function startAll(engine: KsqlEngine): Promise<void> {
  for (let at = 0; at < queries; at++) await engine.execute(statement(at));
}

/** In a process of its own, whose CPU time does not count. */
async function copyInput(): Promise<void> {
  const script = join(import.meta.dirname, 'copy-topic.ts');
  await promisify(execFile)(process.execPath, [
    script,
    '--bootstrap',
    bootstrapServers!,
    '--from',
    input,
    '--to',
    topic,
  ]);
}

/** Reads all, lets one record in a hundred pass. */
function statement(at: number): string {
  return `CREATE STREAM out_${at} AS SELECT user_key, page FROM views WHERE cents >= 9900;`;
}

/** How many queries have committed the end of the source. */
async function done(client: Client): Promise<number> {
  let count = 0;
  for (const { groupId } of await client.admin.listGroups()) {
    if (!groupId.includes(serviceId)) continue;
    const offsets = await client.admin.listGroupOffsets(groupId);
    const sum = offsets.reduce((total, each) => total + (each.topic === topic ? each.offset : 0), 0);
    if (sum >= records) count++;
  }
  return count;
}
