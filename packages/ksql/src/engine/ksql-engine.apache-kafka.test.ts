import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ApacheKafka,
  apacheKafkaMissing,
  startApacheKafka,
} from '../../../client/src/test-support/apache-kafka.ts';
import { eventually, rowsOf, Service } from './test-support/service.ts';

// The same engine on Apache Kafka itself, where it and Java are at hand.

const missing = apacheKafkaMissing();
if (missing !== undefined) console.log(`skipping SQL on Apache Kafka: ${missing}`);

describe.skipIf(missing !== undefined)('an engine on Apache Kafka', () => {
  let kafka: ApacheKafka;

  beforeAll(async () => {
    kafka = await startApacheKafka(['group.initial.rebalance.delay.ms=0']);
  }, 120_000);

  afterAll(() => kafka?.stop(), 60_000);

  test('keeps its statements, goes on after a restart, and answers', { timeout: 90_000 }, async () => {
    await using service = await Service.at(kafka.bootstrapServers);
    const first = await service.engine();
    await first.execute(`
      CREATE STREAM orders (id VARCHAR KEY, item VARCHAR) WITH (KAFKA_TOPIC='orders', VALUE_FORMAT='JSON', PARTITIONS=2);
      CREATE TABLE totals AS SELECT item, COUNT(*) AS n FROM orders
        WINDOW TUMBLING (SIZE 1 MINUTE) GROUP BY item EMIT CHANGES;
      INSERT INTO orders (rowtime, id, item) VALUES (1000, 'a', 'tea');`);
    const totals = "SELECT windowstart, n FROM totals WHERE item = 'tea';";
    const has = (n: bigint) => (rows: readonly unknown[]) => (rows[0] as readonly unknown[] | undefined)?.[1] === n;
    await eventually(() => rowsOf(first.query(totals)), has(1n));
    await first.close();

    const second = await service.engine();
    await second.execute("INSERT INTO orders (rowtime, id, item) VALUES (2000, 'b', 'tea');");
    expect(await eventually(() => rowsOf(second.query(totals)), has(2n))).toEqual([[0n, 2n]]);
    const push = second.query('SELECT id FROM orders EMIT CHANGES LIMIT 2;');
    expect((await rowsOf(push)).flat().sort()).toEqual(['a', 'b']);
    const dropped = await second.execute('DROP TABLE totals DELETE TOPIC; SHOW TABLES;');
    expect(dropped[1]).toMatchObject({ tables: [] });
  });
});
