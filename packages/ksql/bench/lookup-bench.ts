import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http2 from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Broker } from '@millrace/broker';
import { KsqlEngine, KsqlServer } from '@millrace/ksql';

// What one lookup by key takes, one after the other: in this process, over HTTP/2 and over HTTP/1.1. Microseconds; one line
// of JSON.

const KEYS = 1_000;
const LOOKUPS = 2_000;
const WARM_UP = 500;
const LOOK_MS = 20;

const folder = await mkdtemp(join(tmpdir(), 'millrace-lookup-bench-'));
try {
  await using broker = await Broker.start({ data: join(folder, 'broker'), thread: true });
  await using engine = await KsqlEngine.start({
    bootstrapServers: broker.bootstrapServers,
    serviceId: 'bench_',
    stateDir: join(folder, 'state'),
    config: { 'auto.offset.reset': 'earliest', 'ksql.streams.commit.interval.ms': '100' },
  });
  await using server = await KsqlServer.start({ engine, port: 0 });
  await fill(engine);
  const inProcess = await timed(async (sql) => {
    const result = await engine.query(sql);
    for await (const _row of result.rows) return;
    throw new Error(`no row for ${sql}`);
  });
  const session = http2.connect(server.url);
  const overHttp2 = await timed((sql) => askHttp2(session, sql));
  session.close();
  const overHttp1 = await timed((sql) => askHttp1(server.url, sql));
  console.log(JSON.stringify({ inProcess, overHttp2, overHttp1 }));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function fill(engine: KsqlEngine): Promise<void> {
  await engine.execute(
    `CREATE STREAM orders (customer VARCHAR KEY, amount INT)
       WITH (KAFKA_TOPIC = 'orders', VALUE_FORMAT = 'JSON', PARTITIONS = 1);
     CREATE TABLE totals AS SELECT customer, SUM(amount) AS total FROM orders GROUP BY customer;`,
  );
  const inserter = engine.inserter('ORDERS');
  for (let at = 0; at < KEYS; at++) await inserter.insert(JSON.stringify({ CUSTOMER: keyAt(at), AMOUNT: at }));
  for (;;) {
    const { rows } = await engine.query(lookup(KEYS - 1));
    for await (const _row of rows) return;
    await delay(LOOK_MS);
  }
}

async function timed(ask: (sql: string) => Promise<void>) {
  const times: number[] = [];
  for (let at = 0; at < WARM_UP + LOOKUPS; at++) {
    const startMs = performance.now();
    await ask(lookup(at % KEYS));
    if (at >= WARM_UP) times.push((performance.now() - startMs) * 1000);
  }
  const sorted = times.sort((a, b) => a - b);
  const part = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)]!);
  return { p50Us: part(0.5), p99Us: part(0.99) };
}

async function askHttp2(session: http2.ClientHttp2Session, sql: string): Promise<void> {
  const stream = session.request({ ':method': 'POST', ':path': '/query-stream', 'content-type': 'application/json' });
  stream.setEncoding('utf8');
  stream.end(JSON.stringify({ sql }));
  let text = '';
  stream.on('data', (part: string) => {
    text += part;
  });
  await once(stream, 'end');
  requireRow(text);
}

async function askHttp1(url: string, sql: string): Promise<void> {
  const response = await fetch(`${url}/query-stream`, { method: 'POST', body: JSON.stringify({ sql }) });
  requireRow(await response.text());
}

/** The header, and the one row that each key has. */
function requireRow(text: string): void {
  if (!/\["C\d+",\d+\]/.test(text)) throw new Error(`no row in ${text}`);
}

function lookup(at: number): string {
  return `SELECT * FROM totals WHERE customer = '${keyAt(at)}';`;
}

function keyAt(at: number): string {
  return `C${String(at).padStart(4, '0')}`;
}
