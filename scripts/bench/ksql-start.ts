import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packedCommand } from './packed.ts';
import { freePort, type Spread, spread } from './shared.ts';

const LOOK_MS = 5;
const TIMEOUT_MS = 60_000;
const STATEMENTS = `CREATE STREAM orders (customer VARCHAR KEY, amount INT)
    WITH (KAFKA_TOPIC = 'orders', VALUE_FORMAT = 'JSON', PARTITIONS = 1);
  CREATE TABLE totals AS SELECT customer, SUM(amount) AS total FROM orders GROUP BY customer;
  INSERT INTO orders VALUES ('ada', 7);`;
const QUERY = "SELECT total FROM totals WHERE customer = 'ada';";

const SETTINGS = ['ksql.streams.auto.offset.reset=earliest', 'ksql.streams.commit.interval.ms=100'];

/**
 * From the spawn of the packed `millrace ksql-server --embedded`, with a table from before and a warm compile cache, to the
 * first answer of a pull query; milliseconds.
 */
export async function firstAnswers(rounds: number): Promise<Spread> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-ksql-'));
  const command = packedCommand();
  try {
    // The first start makes the table, the second fills the compile cache for what a start with a table needs.
    await answered(command, folder, STATEMENTS);
    await answered(command, folder, null);
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await answered(command, folder, null));
    return spread(times);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function answered(command: string, folder: string, statements: string | null): Promise<number> {
  const [port, brokerPort] = [await freePort(), await freePort()];
  const args = [
    command,
    'ksql-server',
    '--embedded',
    '--port',
    String(port),
    '--state-dir',
    join(folder, 'state'),
    '--log-level',
    'warn',
  ];
  const env = { ...process.env, MILLRACE_DATA: join(folder, 'broker'), MILLRACE_PORT: String(brokerPort) };
  const startMs = performance.now();
  const server = spawn(process.execPath, [...args, ...SETTINGS.flatMap((setting) => ['--set', setting])], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    const url = `http://127.0.0.1:${port}`;
    if (statements !== null) await until(() => post(`${url}/ksql`, statements), startMs);
    await until(async () => (await post(`${url}/query`, QUERY))?.includes('[7]') === true, startMs);
    return performance.now() - startMs;
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

/** The text of the answer, or null while there is none. */
async function post(url: string, ksql: string): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.ksql.v1+json' },
      body: JSON.stringify({ ksql, streamsProperties: {} }),
    });
    const text = await response.text();
    return response.ok ? text : null;
  } catch {
    return null;
  }
}

async function until(look: () => Promise<unknown>, startMs: number): Promise<void> {
  while (!(await look())) {
    if (performance.now() - startMs > TIMEOUT_MS) throw new Error(`no answer within ${TIMEOUT_MS} ms`);
    await delay(LOOK_MS);
  }
}
