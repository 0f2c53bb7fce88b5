// Three kinds of suspicious payments, found by SQL on the embedded broker: too many, too much, too far.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Broker } from 'millrace/broker';
import { KsqlEngine } from 'millrace/ksql';

const EMIT_INTERVAL_MS = 1_000;

const { values: options } = parseArgs({ options: { bootstrap: { type: 'string' } } });
await using broker = options.bootstrap === undefined ? await Broker.start() : null;
const bootstrapServers = options.bootstrap ?? broker!.bootstrapServers;
const config = { 'auto.offset.reset': 'earliest', 'commit.interval.ms': 100 };
await using engine = await KsqlEngine.start({ bootstrapServers, serviceId: 'anomalies', config });
await engine.execute(readFileSync(join(import.meta.dirname, 'anomalies.sql'), 'utf8'));

const noon = Date.UTC(2026, 10, 21, 12);
type Payment = { readonly second: number; readonly card: string; readonly city: string; readonly amount: number };
const payments: readonly Payment[] = [
  { second: 0, card: 'ada', city: 'Oslo', amount: 10 },
  { second: 1, card: 'bob', city: 'Rome', amount: 20 },
  { second: 3, card: 'bob', city: 'Rome', amount: 20 },
  { second: 4, card: 'bob', city: 'Rome', amount: 20 },
  { second: 9, card: 'bob', city: 'Rome', amount: 20 }, // the fourth in half a minute
  { second: 40, card: 'ada', city: 'Oslo', amount: 12 },
  { second: 90, card: 'ada', city: 'Oslo', amount: 8 },
  { second: 120, card: 'ada', city: 'Oslo', amount: 300 }, // much more than ever before
  { second: 300, card: 'bob', city: 'Lima', amount: 20 }, // five minutes from Rome
];
const writer = engine.inserter('payments');
for (const [index, { second, card, city, amount }] of payments.entries()) {
  // Which windows are over is looked at with a record, once in this time.
  if (index === payments.length - 1) await sleep(1.5 * EMIT_INTERVAL_MS);
  const row = { ROWTIME: noon + 1_000 * second, CARD: card, ID: `p${index}`, CITY: city, AMOUNT: amount };
  await writer.insert(JSON.stringify(row));
}

async function show(title: string, select: string): Promise<void> {
  console.log(title);
  const { rows } = await engine.query(select, { signal: AbortSignal.timeout(30_000) });
  for await (const row of rows) console.log(`  ${row.join(', ')}`);
}

const from = "FORMAT_TIMESTAMP(FROM_UNIXTIME(WINDOWSTART), 'HH:mm:ss')";
await show('Too many:', `SELECT card, ${from}, payments, spent FROM too_many EMIT CHANGES LIMIT 1;`);
await show('Too much:', 'SELECT card, id, amount, mean FROM too_much EMIT CHANGES LIMIT 1;');
await show('Too far:', 'SELECT card, id, city, other_id, other_city FROM too_far EMIT CHANGES LIMIT 4;');
