import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { expect, test } from 'vitest';
import { KsqlStatementException } from '../lib/ksql-exception.ts';
import { KsqlEngine } from './ksql-engine.ts';

test('an engine survives its broker: statements fail meanwhile, and go on when it is back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-ksql-'));
  const data = join(folder, 'broker');
  const first = await Broker.start({ data });
  const port = Number(first.bootstrapServers.split(':')[1]);
  const engine = await KsqlEngine.start({
    bootstrapServers: first.bootstrapServers,
    retryTimeoutMs: 500,
    stateDir: join(folder, 'state'),
    config: { 'auto.offset.reset': 'earliest', 'commit.interval.ms': '50' },
  });
  await engine.execute(`
    CREATE STREAM orders (id VARCHAR KEY, amount INT) WITH (KAFKA_TOPIC='orders', VALUE_FORMAT='JSON', PARTITIONS=1);
    CREATE TABLE counts AS SELECT id, COUNT(*) AS n FROM orders GROUP BY id EMIT CHANGES;
    INSERT INTO orders VALUES ('a', 1);`);
  await first.close();
  const insert = (): Promise<unknown> => engine.execute("INSERT INTO orders VALUES ('a', 1);");
  await expect(insert()).rejects.toMatchObject({ name: 'KsqlStatementException' });
  await expect(engine.execute('DROP TABLE counts;')).rejects.toMatchObject({ name: 'KsqlStatementException' });

  const second = await Broker.start({ data, port });
  await insertedAtLast(insert);
  const [created] = await engine.execute('CREATE STREAM more AS SELECT * FROM orders EMIT CHANGES;');
  expect(created).toMatchObject({ kind: 'currentStatus', commandStatus: { status: 'SUCCESS' } });
  const rows: unknown[] = [];
  for await (const row of (await engine.query('SELECT amount FROM more EMIT CHANGES LIMIT 2;')).rows) rows.push(row);
  expect(rows).toEqual([[1], [1]]);
  await engine.close();
  await second.close();
  await rm(folder, { recursive: true, force: true });
});

/** The way back to a broker takes a moment, as long as the pauses between two tries. */
async function insertedAtLast(insert: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await insert();
      return;
    } catch (thrown) {
      if (!(thrown instanceof KsqlStatementException && thrown.retriable)) throw thrown;
    }
  }
}
