// Orders joined to customers by foreign key, on the embedded broker: what the table of parcels is after each change.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Broker } from 'millrace/broker';
import { Client } from 'millrace/client';
import { KafkaStreams, type Serde, Serdes } from 'millrace/streams';
import { customerSerde, orderSerde, type Parcel, parcels } from './topology.ts';

const WAIT_MS_MAX = 20_000;

const { values: options } = parseArgs({ options: { bootstrap: { type: 'string' } } });
await using broker = options.bootstrap === undefined ? await Broker.start() : null;
const bootstrapServers = options.bootstrap ?? broker!.bootstrapServers;
await using client = new Client({ bootstrapServers });
const topics = ['orders', 'customers', 'parcels'].map((name) => ({ name, configs: { 'cleanup.policy': 'compact' } }));
await client.admin.createTopics(topics, { ignoreExisting: true });

await using app = new KafkaStreams(parcels(), { applicationId: 'parcels', bootstrapServers, commitIntervalMs: 100 });
await app.start();
await app.waitFor('RUNNING');
await using producer = client.producer();

async function put<T>(topic: string, serde: Serde<T>, key: string, value: T | null): Promise<void> {
  const bytes = value === null ? null : serde.serialize(value, topic);
  producer.append(topic, 0, Serdes.string().serialize(key, topic), bytes, Date.now());
  await producer.flush();
}

/** Asks the store of the running application until the table is as it should be, and prints it. */
async function show(title: string, wanted: Readonly<Record<string, string>>): Promise<void> {
  const deadline = performance.now() + WAIT_MS_MAX;
  for (;;) {
    const table: Record<string, string> = {};
    for await (const [order, { item, to }] of app.store<string, Parcel>('parcels').all()) {
      table[order] = `${item} to ${to}`;
    }
    if (JSON.stringify(table) === JSON.stringify(wanted)) break;
    if (performance.now() > deadline) throw new Error(`${title}: ${JSON.stringify(table)}`);
    await sleep(20);
  }
  console.log(title);
  for (const [order, parcel] of Object.entries(wanted)) console.log(`  ${order}: ${parcel}`);
}

await put('customers', customerSerde, 'c1', { name: 'Ada', city: 'London' });
await put('orders', orderSerde, 'o1', { customer: 'c1', item: 'tea' });
await put('orders', orderSerde, 'o2', { customer: 'c1', item: 'milk' });
await put('orders', orderSerde, 'o3', { customer: 'c2', item: 'ink' });
await show('Two orders of a customer; the third waits for its own:', {
  o1: 'tea to Ada, London',
  o2: 'milk to Ada, London',
});

await put('customers', customerSerde, 'c2', { name: 'Bob', city: 'Rome' });
await put('customers', customerSerde, 'c1', { name: 'Ada', city: 'Oslo' });
await show('Bob comes, Ada moves:', { o1: 'tea to Ada, Oslo', o2: 'milk to Ada, Oslo', o3: 'ink to Bob, Rome' });

await put('orders', orderSerde, 'o1', null);
await put('orders', orderSerde, 'o2', { customer: 'c2', item: 'milk' });
await show('One order is cancelled, one is for somebody else:', { o2: 'milk to Bob, Rome', o3: 'ink to Bob, Rome' });
