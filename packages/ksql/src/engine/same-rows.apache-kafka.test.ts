import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ApacheKafka,
  apacheKafkaMissing,
  startApacheKafka,
} from '../../../client/src/test-support/apache-kafka.ts';
import { Service, WIRES } from './test-support/service.ts';

// What statements come to must not depend on whose broker they run on.

const STATEMENTS = `
  CREATE STREAM orders (id VARCHAR KEY, item VARCHAR, amount INT)
    WITH (KAFKA_TOPIC='orders', VALUE_FORMAT='JSON');
  CREATE STREAM payments (id VARCHAR KEY, cents BIGINT) WITH (KAFKA_TOPIC='payments', VALUE_FORMAT='JSON');
  CREATE TABLE items (item VARCHAR PRIMARY KEY, price INT) WITH (KAFKA_TOPIC='items', VALUE_FORMAT='JSON');

  CREATE STREAM large AS SELECT id, UCASE(item) AS item, amount * 2 AS twice FROM orders WHERE amount > 3;
  CREATE TABLE per_minute AS SELECT item, COUNT(*) AS n, SUM(amount) AS total FROM orders
    WINDOW TUMBLING (SIZE 1 MINUTE, GRACE PERIOD 1 DAY) GROUP BY item;
  CREATE STREAM priced AS SELECT o.item, o.id, o.amount * i.price AS price FROM orders o
    JOIN items i ON o.item = i.item;
  CREATE STREAM paid AS SELECT o.id, o.item, p.cents FROM orders o
    JOIN payments p WITHIN 10 SECONDS GRACE PERIOD 1 DAY ON o.id = p.id;`;

const ORDERS = 200;
const PARTITIONS = 2;
const NAMES = ['tea', 'rice', 'salt', 'figs', 'oil'];
/** Not all items have a price. */
const PRICED = NAMES.slice(0, 4);

const orders = Array.from({ length: ORDERS }, (_, at) => ({
  key: `order-${at % 150}`,
  value: { ITEM: NAMES[at % NAMES.length]!, AMOUNT: (at * 7) % 10 },
  timestamp: 100_000 + at * 1_000,
}));
const payments = orders.map(({ key, timestamp }, at) => ({
  key,
  value: { CENTS: at * 100 },
  // Every fourth comes too late.
  timestamp: timestamp + (at % 4 === 0 ? 10_001 : at % 10_000),
}));
const items = PRICED.map((key, at) => ({ key, value: { PRICE: at + 1 }, timestamp: 1 }));

/** How many rows each sink gets when every change is forwarded. */
const COUNTS: Readonly<Record<string, number>> = {
  LARGE: orders.filter(({ value }) => value.AMOUNT > 3).length,
  PER_MINUTE: ORDERS,
  PRICED: orders.filter(({ value }) => PRICED.includes(value.ITEM)).length,
  PAID: orders.flatMap(({ key, timestamp }) =>
    payments.filter((each) => each.key === key && Math.abs(each.timestamp - timestamp) <= 10_000),
  ).length,
};

/**
 * What can be told of all sinks without knowing which of two partitions came first: of streams all rows, of tables the
 * last one of each key.
 */
async function rowsOn(service: Service): Promise<Readonly<Record<string, readonly string[]>>> {
  for (const topic of ['orders', 'payments', 'items']) await service.createTopic(topic, PARTITIONS);
  // The input is complete before the first query reads: what meets what is then decided by its time alone.
  await service.produce('items', items);
  await service.produce('orders', orders);
  await service.produce('payments', payments);
  const engine = await service.engine();
  await engine.execute(STATEMENTS);
  const rows: Record<string, readonly string[]> = {};
  for (const [topic, count] of Object.entries(COUNTS)) {
    const consumed = await service.consume(topic, count);
    const told = topic === 'PER_MINUTE' ? [...new Map(consumed.map((row) => [row.key, row])).values()] : consumed;
    rows[topic] = told.map((row) => JSON.stringify(row)).sort();
  }
  // Nothing comes after the rows that had to come.
  await engine.close();
  for (const [topic, count] of Object.entries(COUNTS))
    expect([topic, await written(service, topic)]).toEqual([topic, count]);
  return rows;
}

async function written({ client }: Service, topic: string): Promise<number> {
  const { partitions } = await client.topic(topic);
  const ends = await client.admin.listOffsets(
    partitions.map(({ partition }) => ({ topic, partition })),
    'latest',
  );
  return ends.reduce((sum, { offset }) => sum + offset, 0);
}

const missing = apacheKafkaMissing();
if (missing !== undefined) console.log(`skipping SQL on Apache Kafka: ${missing}`);

describe.skipIf(missing !== undefined)('the same statements over the same input', () => {
  let kafka: ApacheKafka;
  let onKafka: Awaited<ReturnType<typeof rowsOn>>;

  beforeAll(async () => {
    kafka = await startApacheKafka(['group.initial.rebalance.delay.ms=0']);
    await using service = await Service.at(kafka.bootstrapServers);
    onKafka = await rowsOn(service);
  }, 180_000);

  afterAll(() => kafka?.stop(), 60_000);

  test.each(WIRES)(
    'give the same rows on the embedded broker (%s) as on Apache Kafka',
    async (wire) => {
      await using service = await Service.start(wire);
      const rows = await rowsOn(service);
      expect(rows).toEqual(onKafka);
    },
    90_000,
  );
});
