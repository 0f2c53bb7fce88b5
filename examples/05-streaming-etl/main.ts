// Extract, transform, load in SQL, on the embedded broker: raw lines of tills become typed sales in Avro.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Broker } from 'millrace/broker';
import { KsqlEngine, MemorySchemaRegistry } from 'millrace/ksql';

const { values: options } = parseArgs({ options: { bootstrap: { type: 'string' } } });
await using broker = options.bootstrap === undefined ? await Broker.start() : null;
const bootstrapServers = options.bootstrap ?? broker!.bootstrapServers;

// HttpSchemaRegistry takes the place of this one where other programs read the topic.
const schemaRegistry = new MemorySchemaRegistry();
const config = { 'auto.offset.reset': 'earliest', 'commit.interval.ms': 100 };
await using engine = await KsqlEngine.start({ bootstrapServers, serviceId: 'etl', schemaRegistry, config });
await engine.execute(readFileSync(join(import.meta.dirname, 'etl.sql'), 'utf8'));

await engine.execute(`
  INSERT INTO shops (id, city, manager) VALUES ('s1', 'Oslo', 'Ada');
  INSERT INTO shops (id, city, manager) VALUES ('s2', 'Rome', 'Bob');
  INSERT INTO tills (shop, sold_at, item, price) VALUES ('s1', '2026-11-21 09:00:00', ' green tea', '3,20');
  INSERT INTO tills (shop, sold_at, item, price) VALUES ('s2', '2026-11-21 09:00:05', 'ink', '12');
  INSERT INTO tills (shop, sold_at, item, price) VALUES ('s2', '2026-11-21 09:00:07', 'ink', 'free');
  INSERT INTO tills (shop, sold_at, item, price) VALUES ('s1', 'yesterday', 'milk', '0,99');
  INSERT INTO tills (shop, sold_at, item, price) VALUES ('s2', '2026-11-21 09:01:00', 'Paper ', '4,5');
`);

async function show(title: string, select: string): Promise<void> {
  console.log(title);
  const { rows } = await engine.query(select, { signal: AbortSignal.timeout(30_000) });
  for await (const row of rows) console.log(`  ${row.join(', ')}`);
}

const time = "FORMAT_TIMESTAMP(FROM_UNIXTIME(ROWTIME), 'HH:mm:ss')";
await show('Sales:', `SELECT ${time}, city, item, amount FROM sales EMIT CHANGES LIMIT 3;`);
await show('Rejected:', 'SELECT shop, reason FROM rejected EMIT CHANGES LIMIT 2;');
console.log('Registered for the topic sales:');
const { fields } = JSON.parse(schemaRegistry.latest('sales-value')!.text) as { fields: { name: string }[] };
console.log(`  ${fields.map(({ name }) => name).join(', ')}`);
