import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, rowsOf, Service } from './test-support/service.ts';

// The same engine on Apache Kafka itself, where it and Java are at hand.

const KAFKA = join(import.meta.dirname, '../../../../../shared/kafka');

function hasKafka(): boolean {
  if (!existsSync(join(KAFKA, 'kafka-up'))) return false;
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, 'java')));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  // The controller listens a thousand ports further up.
  return 20_000 + (address.port % 10_000);
}

if (!hasKafka()) console.log('skipping SQL on Apache Kafka: ../shared/kafka or java is missing');

describe.skipIf(!hasKafka())('an engine on Apache Kafka', () => {
  let folder = '';
  let bootstrap = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-kafka-'));
    const where = ['--port', String(await freePort()), '--dir', join(folder, 'kafka')];
    const set = ['--set', 'group.initial.rebalance.delay.ms=0'];
    const printed = execFileSync(join(KAFKA, 'kafka-up'), [...where, ...set], { encoding: 'utf8' });
    bootstrap = /bootstrap=(\S+)/.exec(printed)![1]!;
  }, 120_000);

  afterAll(() => {
    execFileSync(join(KAFKA, 'kafka-down'), [join(folder, 'kafka')], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test('keeps its statements, goes on after a restart, and answers', { timeout: 90_000 }, async () => {
    await using service = await Service.at(bootstrap);
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
