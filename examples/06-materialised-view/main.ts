// Tables that SQL keeps up to date, asked as one asks a database: in this process, and by a service with a client of its own.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Broker } from 'millrace/broker';
import { KsqlEngine, KsqlServer } from 'millrace/ksql';
import { customerService } from './service.ts';

const WAIT_MS_MAX = 20_000;

const { values: options } = parseArgs({ options: { bootstrap: { type: 'string' } } });
await using broker = options.bootstrap === undefined ? await Broker.start() : null;
const bootstrapServers = options.bootstrap ?? broker!.bootstrapServers;
const config = { 'auto.offset.reset': 'earliest', 'commit.interval.ms': 100 };
await using engine = await KsqlEngine.start({ bootstrapServers, serviceId: 'view', config });
await engine.execute(readFileSync(join(import.meta.dirname, 'view.sql'), 'utf8'));

async function rowsOf(select: string): Promise<string[]> {
  const rows: string[] = [];
  for await (const row of (await engine.query(select)).rows) rows.push(row.join(', '));
  return rows.sort();
}

/** Asks until the view has taken in what was written, and prints the answer. */
async function show(title: string, select: string, wanted: readonly string[]): Promise<void> {
  const deadline = performance.now() + WAIT_MS_MAX;
  for (;;) {
    const rows = await rowsOf(select);
    if (rows.join('\n') === wanted.join('\n')) break;
    if (performance.now() > deadline) throw new Error(`${title} ${rows.join('; ')}`);
    await sleep(20);
  }
  console.log(title);
  for (const row of wanted) console.log(`  ${row}`);
}

const nine = Date.UTC(2026, 10, 21, 9);
const minute = 60_000;
await engine.execute(`
  INSERT INTO orders (ROWTIME, customer, item, amount) VALUES (${nine + minute}, 'ada', 'tea', 3.20);
  INSERT INTO orders (ROWTIME, customer, item, amount) VALUES (${nine + 5 * minute}, 'bob', 'ink', 12);
  INSERT INTO orders (ROWTIME, customer, item, amount) VALUES (${nine + 50 * minute}, 'ada', 'milk', 0.99);
`);
await show('By key:', "SELECT * FROM customers WHERE customer = 'ada';", ['ada, 2, 4.19, milk']);
await show('By a condition:', 'SELECT customer, spent FROM customers WHERE spent > 4;', ['ada, 4.19', 'bob, 12.00']);

await engine.execute(
  `INSERT INTO orders (ROWTIME, customer, item, amount) VALUES (${nine + 70 * minute}, 'ada', 'tea', 3.20);`,
);
await show('After one more order:', "SELECT * FROM customers WHERE customer IN ('ada', 'bob');", [
  'ada, 3, 7.39, tea',
  'bob, 1, 12.00, ink',
]);
const from = "FORMAT_TIMESTAMP(FROM_UNIXTIME(WINDOWSTART), 'HH:mm')";
await show(
  'Hours of one customer, from nine o’clock on:',
  `SELECT ${from}, orders FROM hourly WHERE customer = 'ada' AND WINDOWSTART >= ${nine};`,
  ['09:00, 2', '10:00, 1'],
);

// Any client of ksqlDB can ask, too: here a service that speaks HTTP to its own clients.
await using server = await KsqlServer.start({ engine, port: 0 });
const service = customerService(server.url).listen(0, '127.0.0.1');
await once(service, 'listening');
const { port } = service.address() as AddressInfo;
console.log('From a service:');
for (const name of ['bob', 'eve']) {
  const answer = await fetch(`http://127.0.0.1:${port}/customers/${name}`, { headers: { connection: 'close' } });
  console.log(`  ${answer.status} ${await answer.text()}`.trimEnd());
}
service.close();
