import { describe, expect, test } from 'vitest';
import { eventually, rowsOf, Service, WIRES } from './test-support/service.ts';

const STATEMENTS = `
  CREATE STREAM IF NOT EXISTS orders (id VARCHAR KEY, item VARCHAR, amount INT)
    WITH (KAFKA_TOPIC='orders', VALUE_FORMAT='JSON', PARTITIONS=2);
  CREATE TABLE IF NOT EXISTS totals AS
    SELECT item, COUNT(*) AS orders, SUM(amount) AS total FROM orders GROUP BY item EMIT CHANGES;`;

function orders(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => ({
    key: `order-${from + index}`,
    value: { ITEM: (from + index) % 2 === 0 ? 'tea' : 'rice', AMOUNT: 1 },
    timestamp: from + index,
  }));
}

describe.each(WIRES)('an engine that starts again %s', (wire) => {
  test('goes on with its queries under their ids, with their state, and counts nothing twice', async () => {
    await using service = await Service.start(wire);
    const first = await service.engine();
    await first.execute(STATEMENTS);
    await service.produce('orders', orders(0, 10));
    const totals = 'SELECT item, orders FROM totals;';
    await eventually(
      () => rowsOf(first.query(totals)),
      (rows) => JSON.stringify(rows, asText).match(/"5"/g)?.length === 2,
    );
    await first.close();

    await service.produce('orders', orders(10, 14));
    const second = await service.engine();
    const results = await second.execute(`${STATEMENTS} SHOW QUERIES;`);
    expect(results.map(({ kind }) => kind)).toEqual(['warning_entity', 'warning_entity', 'queries']);
    expect(results[0]).toMatchObject({
      message: 'Cannot add stream `ORDERS`: A stream with the same name already exists.',
    });
    expect(results[2]).toMatchObject({
      queries: [{ id: 'CTAS_TOTALS_1', sinks: ['TOTALS'], sinkKafkaTopics: ['TOTALS'], state: 'RUNNING' }],
    });
    await eventually(
      () => rowsOf(second.query(totals)),
      (rows) => JSON.stringify(rows, asText).match(/"7"/g)?.length === 2,
    );
    const changes = await service.consume('TOTALS', 14);
    const counts = changes.filter(({ key }) => key === 'tea').map(({ value }) => JSON.parse(value!).ORDERS);
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('does not start what was terminated or dropped before', async () => {
    await using service = await Service.start(wire);
    const first = await service.engine();
    await first.execute(`${STATEMENTS}
      CREATE STREAM big AS SELECT * FROM orders WHERE amount > 10 EMIT CHANGES;
      TERMINATE CTAS_TOTALS_1; DROP STREAM big;`);
    await first.close();
    const second = await service.engine();
    const [queries, streams, tables] = await second.execute('SHOW QUERIES; SHOW STREAMS; SHOW TABLES;');
    expect(queries).toMatchObject({ queries: [] });
    expect(streams).toMatchObject({ streams: [{ name: 'ORDERS' }] });
    expect(tables).toMatchObject({ tables: [{ name: 'TOTALS' }] });
  });
});

describe.each(WIRES)('two engines of one service %s', (wire) => {
  test('know each other’s statements, give ids without clash, and divide the work', async () => {
    await using service = await Service.start(wire);
    const [one, two] = await Promise.all([service.engine('one'), service.engine('two')]);
    await one.execute(STATEMENTS);
    const [left, right] = await Promise.all([
      one.execute('CREATE STREAM teas AS SELECT * FROM orders EMIT CHANGES;'),
      two.execute('CREATE STREAM others AS SELECT * FROM orders EMIT CHANGES;'),
    ]);
    const ids = [left[0], right[0]].map((result) => result?.kind === 'currentStatus' && result.commandStatus.queryId);
    expect(new Set(ids).size).toBe(2);
    const [ofOne] = await one.execute('SHOW QUERIES;');
    const [ofTwo] = await two.execute('SHOW QUERIES;');
    expect(idsOf(ofTwo)).toEqual(idsOf(ofOne));
    expect(idsOf(ofOne)).toHaveLength(3);

    await service.produce('orders', orders(0, 20));
    const changes = await service.consume('TOTALS', 20);
    const last = new Map(changes.map(({ key, value }) => [key, JSON.parse(value!).ORDERS]));
    expect(Object.fromEntries(last)).toEqual({ tea: 10, rice: 10 });
  });

  test('answer for the keys that they hold, and name what others hold instead of leaving it out', async () => {
    await using service = await Service.start(wire);
    const engines = await Promise.all([service.engine('one'), service.engine('two')]);
    await engines[0].execute(STATEMENTS);
    await service.produce('orders', orders(0, 20));
    await service.consume('TOTALS', 20);
    const ask = async (sql: string) => {
      const answers = await Promise.allSettled(engines.map((engine) => rowsOf(engine.query(sql))));
      return answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : answer.reason.code));
    };
    const byKey = await eventually(
      () => ask("SELECT item, orders FROM totals WHERE item = 'tea';"),
      (answers) => answers.includes('ON_OTHER_ENGINE'),
    );
    expect(byKey).toContainEqual([['tea', 10n]]);
    expect(await ask('SELECT * FROM totals;')).toEqual(['ON_OTHER_ENGINE', 'ON_OTHER_ENGINE']);
  });
});

function idsOf(result: unknown): string[] {
  return (result as { readonly queries: readonly { readonly id: string }[] }).queries.map(({ id }) => id);
}

function asText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
