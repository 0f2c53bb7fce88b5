import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from '@millrace/client';
import { KsqlEngine } from '@millrace/ksql';

// The benchmark jobs of streams, written in SQL, over input that is there already. One run prints one line of JSON in the
// terms of the hand-written app: time runs from the statement, on an engine that runs, to the commit of the last input
// offset.

const TIMEOUT_MS = 600_000;
const POLL_MS = 100;

const SOURCE = (name: string, topic: string): string => `CREATE STREAM ${name} (
    user_key VARCHAR KEY, id BIGINT, page VARCHAR, cents INT, region VARCHAR, time BIGINT, agent VARCHAR
  ) WITH (KAFKA_TOPIC = '${topic}', VALUE_FORMAT = 'JSON');`;

type SqlJob = {
  /** Beside `views`, over the topic `left-N`. */
  readonly sources?: (records: number) => string;
  readonly statement: string;
  /** Where the job reads as many records as in `left-N`. */
  readonly readsRight?: boolean;
};

const JOBS: Readonly<Record<string, SqlJob>> = {
  map: {
    statement: 'CREATE STREAM sales AS SELECT user_key, page, cents / 100.0 AS euros FROM views WHERE cents >= 5000;',
  },
  count: {
    statement:
      "CREATE TABLE counts WITH (VALUE_FORMAT = 'KAFKA') AS SELECT user_key, COUNT(*) AS n FROM views GROUP BY user_key;",
  },
  window: {
    statement: `CREATE TABLE counts WITH (VALUE_FORMAT = 'KAFKA') AS SELECT user_key, COUNT(*) AS n FROM views
      WINDOW TUMBLING (SIZE 1 MINUTE, GRACE PERIOD 0 SECONDS) GROUP BY user_key;`,
  },
  'table-join': {
    sources: () => `CREATE TABLE users (user_key VARCHAR PRIMARY KEY, name VARCHAR, level INT)
      WITH (KAFKA_TOPIC = 'users', VALUE_FORMAT = 'JSON');`,
    statement: `CREATE STREAM joined AS SELECT v.user_key, name, level, page, cents FROM views v
      JOIN users u ON v.user_key = u.user_key;`,
  },
  'stream-join': {
    sources: (records) => SOURCE('others', `right-${records}`),
    statement: `CREATE STREAM pairs AS SELECT v.user_key, v.id AS one, o.id AS other FROM views v
      JOIN others o WITHIN 10 SECONDS GRACE PERIOD 0 SECONDS ON v.user_key = o.user_key;`,
    readsRight: true,
  },
};

const { values: options } = parseArgs({
  options: {
    bootstrap: { type: 'string' },
    job: { type: 'string', default: 'count' },
    records: { type: 'string', default: '1000000' },
  },
});
const bootstrapServers = options.bootstrap;
const sqlJob = JOBS[options.job];
if (bootstrapServers === undefined || sqlJob === undefined) {
  throw new Error(`usage: --bootstrap HOST:PORT --job ${Object.keys(JOBS).join('|')} --records N`);
}
console.log(JSON.stringify(await measure(bootstrapServers, options.job, sqlJob, Number(options.records))));

async function measure(
  bootstrap: string,
  job: string,
  { sources = () => '', statement, readsRight = false }: SqlJob,
  recordsASide: number,
): Promise<object> {
  const topics = [`left-${recordsASide}`, ...(readsRight ? [`right-${recordsASide}`] : [])];
  const records = recordsASide * topics.length;
  const stateDir = await mkdtemp(join(tmpdir(), 'millrace-ksql-bench-'));
  const serviceId = `bench_${process.pid}_`;
  await using client = new Client({ bootstrapServers: bootstrap });
  try {
    await using engine = await KsqlEngine.start({
      bootstrapServers: bootstrap,
      serviceId,
      stateDir,
      config: { 'auto.offset.reset': 'earliest' },
    });
    await engine.execute(SOURCE('views', topics[0]!) + sources(recordsASide));
    // An engine that runs has read statements before: what the first one takes is measured by the job `start`.
    await engine.execute(`EXPLAIN ${statement}`);
    const before = process.cpuUsage();
    const startMs = performance.now();
    await engine.execute(statement);
    while (!(await isCommitted(client, serviceId, topics, records))) {
      if (performance.now() - startMs > TIMEOUT_MS) throw new Error('not done in time');
      await delay(POLL_MS);
    }
    const seconds = (performance.now() - startMs) / 1000;
    const cpu = process.cpuUsage(before);
    return {
      job,
      records,
      seconds,
      ratePerS: Math.round(records / seconds),
      applicationCpuS: (cpu.user + cpu.system) / 1e6,
      peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function isCommitted(
  client: Client,
  serviceId: string,
  topics: readonly string[],
  records: number,
): Promise<boolean> {
  const groups = (await client.admin.listGroups()).filter(({ groupId }) => groupId.includes(serviceId));
  for (const { groupId } of groups) {
    const offsets = await client.admin.listGroupOffsets(groupId);
    const sum = offsets.reduce((total, each) => total + (topics.includes(each.topic) ? each.offset : 0), 0);
    if (sum >= records) return true;
  }
  return false;
}
