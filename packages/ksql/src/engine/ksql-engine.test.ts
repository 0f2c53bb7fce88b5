import { describe, expect, test } from 'vitest';
import { eventually, rowsOf, Service, WIRES } from './test-support/service.ts';

const ORDERS = `CREATE STREAM orders (id VARCHAR KEY, item VARCHAR, amount INT)
  WITH (KAFKA_TOPIC='orders', VALUE_FORMAT='JSON', PARTITIONS=2);`;

describe.each(WIRES)('an engine %s', (wire) => {
  test('CREATE STREAM makes the topic, and tells what ksqlDB tells', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine();
    const results = await engine.execute(`${ORDERS} SHOW STREAMS;`);
    expect(results).toMatchObject([
      {
        kind: 'currentStatus',
        commandId: 'stream/`ORDERS`/create',
        commandSequenceNumber: 0,
        commandStatus: { status: 'SUCCESS', message: 'Stream created', queryId: null },
      },
      { kind: 'streams', streams: [{ name: 'ORDERS', topic: 'orders', keyFormat: 'KAFKA', valueFormat: 'JSON' }] },
    ]);
    const [topic] = await service.client.admin.describeTopics(['orders']);
    expect(topic?.partitions).toHaveLength(2);
  });

  test('CREATE STREAM AS SELECT keeps a topic up to date, with the partitions of its source', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine();
    const results = await engine.execute(`${ORDERS}
      CREATE STREAM big AS SELECT id, item, amount * 2 AS twice FROM orders WHERE amount > 10 EMIT CHANGES;`);
    expect(results[1]).toMatchObject({
      commandStatus: { message: 'Created query with ID CSAS_BIG_1', queryId: 'CSAS_BIG_1' },
    });
    await service.produce('orders', [
      { key: 'a', value: { ITEM: 'tea', AMOUNT: 20 }, timestamp: 1000 },
      { key: 'b', value: { ITEM: 'salt', AMOUNT: 1 }, timestamp: 2000 },
      { key: 'c', value: { ITEM: 'rice', AMOUNT: 50 }, timestamp: 3000 },
    ]);
    const records = await service.consume('BIG', 2);
    expect(records.sort((left, right) => left.timestamp - right.timestamp)).toEqual([
      { key: 'a', value: '{"ITEM":"tea","TWICE":40}', timestamp: 1000 },
      { key: 'c', value: '{"ITEM":"rice","TWICE":100}', timestamp: 3000 },
    ]);
    const [topic] = await service.client.admin.describeTopics(['BIG']);
    expect(topic?.partitions).toHaveLength(2);
  });

  test('a stream is joined to a table and counted in windows', async () => {
    await using service = await Service.start(wire);
    await service.createTopic('orders', 2);
    await service.createTopic('items', 2);
    const engine = await service.engine();
    await service.produce('items', [
      { key: 'tea', value: { NAME: 'Green tea' }, timestamp: 0 },
      { key: 'rice', value: { NAME: 'Red rice' }, timestamp: 0 },
    ]);
    await engine.execute(`
      CREATE STREAM orders (item VARCHAR KEY, amount INT) WITH (KAFKA_TOPIC='orders', VALUE_FORMAT='JSON');
      CREATE TABLE items (id VARCHAR PRIMARY KEY, name VARCHAR) WITH (KAFKA_TOPIC='items', VALUE_FORMAT='JSON');
      CREATE TABLE sales AS
        SELECT o.item AS item, LATEST_BY_OFFSET(i.name) AS name, COUNT(*) AS orders, SUM(o.amount) AS amount
        FROM orders o JOIN items i ON o.item = i.id
        WINDOW TUMBLING (SIZE 1 MINUTE)
        GROUP BY o.item EMIT CHANGES;`);
    await service.produce('orders', [
      { key: 'tea', value: { AMOUNT: 2 }, timestamp: 1_000 },
      { key: 'rice', value: { AMOUNT: 5 }, timestamp: 2_000 },
      { key: 'tea', value: { AMOUNT: 3 }, timestamp: 59_000 },
      { key: 'tea', value: { AMOUNT: 7 }, timestamp: 61_000 },
      { key: 'salt', value: { AMOUNT: 1 }, timestamp: 62_000 },
    ]);
    const ask = () => rowsOf(engine.query('SELECT * FROM sales;'));
    const isDone = (all: readonly unknown[]) => all.length === 3 && JSON.stringify(all, asText).includes('"2",5]');
    const rows = await eventually(ask, isDone);
    expect(new Set(rows.map((row) => JSON.stringify(row, asText)))).toEqual(
      new Set([
        '["tea","0","60000","Green tea","2",5]',
        '["tea","60000","120000","Green tea","1",7]',
        '["rice","0","60000","Red rice","1",5]',
      ]),
    );
  });
});

function asText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

describe.each(WIRES)('queries %s', (wire) => {
  test('INSERT VALUES writes in the formats of the source, and its rows come out of a push query', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine();
    await engine.execute(ORDERS);
    const inserted = await engine.execute(`
      INSERT INTO orders (id, item, amount) VALUES ('a', 'tea', 1 + 1);
      INSERT INTO orders (rowtime, id, amount) VALUES (1234, 'b', 7);`);
    expect(inserted).toMatchObject([
      { kind: 'inserted', topic: 'orders' },
      { kind: 'inserted', topic: 'orders' },
    ]);
    const result = await engine.query('SELECT id, item, amount, rowtime FROM orders EMIT CHANGES LIMIT 2;');
    expect(result.schema).toEqual([
      { name: 'ID', type: 'STRING' },
      { name: 'ITEM', type: 'STRING' },
      { name: 'AMOUNT', type: 'INTEGER' },
      { name: 'ROWTIME', type: 'BIGINT' },
    ]);
    const rows = await rowsOf(Promise.resolve(result));
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual(['a', 'tea', 2, expect.any(BigInt)]);
    expect(rows).toContainEqual(['b', null, 7, 1234n]);
  });

  test('a push query begins with what comes next, and leaves nothing behind', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine('one', { config: { 'auto.offset.reset': 'latest' } });
    await engine.execute(`${ORDERS} INSERT INTO orders VALUES ('old', 'tea', 1);`);
    const result = await engine.query('SELECT id FROM orders EMIT CHANGES;');
    const first = result.rows.next();
    const insert = () => engine.execute("INSERT INTO orders VALUES ('new', 'tea', 1);");
    // The query has its place in the topic some time after it was started.
    const row = await Promise.race([first, repeatedly(insert)]);
    expect(row).toEqual({ done: false, value: ['new'] });
    await result.rows.return!();
    const topics = await service.client.admin.listTopics();
    expect(topics.filter(({ name }) => name.includes('transient'))).toEqual([]);
    const groups = await service.client.admin.listGroups();
    expect(groups.filter(({ groupId }) => groupId.includes('transient'))).toEqual([]);
  });

  test('a pull query finds keys, ranges of windows and rows by condition', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine();
    await engine.execute(`${ORDERS}
      CREATE TABLE per_item AS SELECT item, COUNT(*) AS orders, SUM(amount) AS total FROM orders
        GROUP BY item HAVING SUM(amount) > 1 EMIT CHANGES;
      CREATE TABLE per_minute AS SELECT item, COUNT(*) AS orders FROM orders
        WINDOW TUMBLING (SIZE 1 MINUTE) GROUP BY item EMIT CHANGES;
      INSERT INTO orders (rowtime, id, item, amount) VALUES (1000, 'a', 'tea', 1);
      INSERT INTO orders (rowtime, id, item, amount) VALUES (61000, 'b', 'tea', 4);
      INSERT INTO orders (rowtime, id, item, amount) VALUES (2000, 'c', 'rice', 9);
      INSERT INTO orders (rowtime, id, item, amount) VALUES (3000, 'd', 'salt', 1);`);
    const ask = (sql: string) => () => rowsOf(engine.query(sql));
    const count = 'SELECT orders FROM per_minute;';
    await eventually(ask(count), (rows) => rows.length === 4);
    await eventually(ask('SELECT item FROM per_item;'), (rows) => rows.length === 2);

    expect(await ask("SELECT * FROM per_item WHERE item = 'tea';")()).toEqual([['tea', 2n, 5]]);
    expect(await ask("SELECT total + 1 AS more FROM per_item WHERE item IN ('rice', 'none');")()).toEqual([[10]]);
    expect(await ask("SELECT * FROM per_item WHERE item = 'salt';")()).toEqual([]);
    expect(await ask('SELECT item FROM per_item WHERE total > 5;')()).toEqual([['rice']]);
    expect(await ask('SELECT item FROM per_item LIMIT 1;')()).toHaveLength(1);
    expect(
      await ask("SELECT item, windowstart, orders FROM per_minute WHERE item = 'tea' AND windowstart > 0;")(),
    ).toEqual([['tea', 60_000n, 1n]]);
    expect(await ask("SELECT rowtime FROM per_minute WHERE item = 'tea' AND windowend <= 60000;")()).toEqual([[1000n]]);
  });

  test('a pull query finds the sessions of a key, and hopping windows by their bounds', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine();
    await engine.execute(`${ORDERS}
      CREATE TABLE visits AS SELECT item, COUNT(*) AS n FROM orders WINDOW SESSION (10 SECONDS) GROUP BY item EMIT CHANGES;
      CREATE TABLE rates AS SELECT item, COUNT(*) AS n FROM orders
        WINDOW HOPPING (SIZE 20 SECONDS, ADVANCE BY 10 SECONDS) GROUP BY item EMIT CHANGES;`);
    await service.produce(
      'orders',
      [1_000, 5_000, 50_000].map((timestamp) => ({ key: 'k', value: { ITEM: 'tea', AMOUNT: 1 }, timestamp })),
    );
    const visits = () => rowsOf(engine.query("SELECT * FROM visits WHERE item = 'tea';"));
    expect(await eventually(visits, (rows) => rows.length === 2)).toEqual([
      ['tea', 1_000n, 5_000n, 2n],
      ['tea', 50_000n, 50_000n, 1n],
    ]);
    const late = "SELECT n FROM visits WHERE item = 'tea' AND windowstart >= '1970-01-01T00:00:20';";
    expect(await rowsOf(engine.query(late))).toEqual([[1n]]);
    await expect(rowsOf(engine.query('SELECT * FROM visits;'))).rejects.toThrow('can only be asked for keys');
    const rates = () =>
      rowsOf(engine.query("SELECT windowstart, n FROM rates WHERE item = 'tea' AND windowend > 30000;"));
    expect(await eventually(rates, (rows) => rows.length === 2)).toEqual([
      [40_000n, 1n],
      [50_000n, 1n],
    ]);
  });

  test('a push query on a table tells of deleted rows by their key and window', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine();
    await engine.execute(`${ORDERS}
      CREATE TABLE few AS SELECT item, COUNT(*) AS n FROM orders WINDOW TUMBLING (SIZE 1 SECOND)
        GROUP BY item HAVING COUNT(*) < 2 EMIT CHANGES;`);
    const result = await engine.query('SELECT windowstart, windowend, item, n FROM few EMIT CHANGES LIMIT 2;');
    const order = { key: 'k', value: { ITEM: 'tea', AMOUNT: 1 }, timestamp: 1_500 };
    await service.produce('orders', [order, order]);
    expect(await rowsOf(Promise.resolve(result))).toEqual([
      [1_000n, 2_000n, 'tea', 1n],
      [1_000n, 2_000n, 'tea', null],
    ]);
  });

  test('LIMIT has no place in what runs for good', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine();
    await expect(engine.execute(`${ORDERS} CREATE STREAM s AS SELECT * FROM orders LIMIT 3;`)).rejects.toThrow(
      "CREATE STREAM AS SELECT statements don't support LIMIT clause.",
    );
  });

  test('a table made of a join can be asked', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine();
    await engine.execute(`
      CREATE TABLE items (id VARCHAR PRIMARY KEY, name VARCHAR) WITH (KAFKA_TOPIC='items', VALUE_FORMAT='JSON', PARTITIONS=1);
      CREATE TABLE prices (id VARCHAR PRIMARY KEY, price INT) WITH (KAFKA_TOPIC='prices', VALUE_FORMAT='JSON', PARTITIONS=1);
      CREATE TABLE offers AS SELECT i.id AS id, name, price * 2 AS twice FROM items i JOIN prices p ON i.id = p.id EMIT CHANGES;
      INSERT INTO items VALUES ('tea', 'Green tea'); INSERT INTO prices VALUES ('tea', 3);
      INSERT INTO items VALUES ('rice', 'Red rice');`);
    const ask = () => rowsOf(engine.query("SELECT * FROM offers WHERE id = 'tea';"));
    expect(await eventually(ask, (rows) => rows.length === 1)).toEqual([['tea', 'Green tea', 6]]);
    expect(await rowsOf(engine.query('SELECT name FROM offers;'))).toEqual([['Green tea']]);
  });

  test('a pull query on a stream reads it from its beginning to its present end', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine();
    await engine.execute(ORDERS);
    expect(await rowsOf(engine.query('SELECT * FROM orders;'))).toEqual([]);
    await service.produce('orders', [
      { key: 'a', value: { ITEM: 'tea', AMOUNT: 1 }, timestamp: 1 },
      { key: 'b', value: 'no object', timestamp: 2 },
      { key: 'c', value: { ITEM: 'rice', AMOUNT: 5 }, timestamp: 3 },
    ]);
    const all = await rowsOf(engine.query('SELECT *, rowtime FROM orders;'));
    expect(new Set(all)).toEqual(
      new Set([
        ['a', 'tea', 1, 1n],
        ['c', 'rice', 5, 3n],
      ]),
    );
    const some = 'SELECT id, amount * 2 AS twice FROM orders WHERE amount > 1 LIMIT 1;';
    expect(await rowsOf(engine.query(some))).toEqual([['c', 10]]);
  });

  test('records that can not be read are passed over', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine();
    await engine.execute(ORDERS);
    await service.produce('orders', [
      { key: 'a', value: 'no object', timestamp: 1 },
      { key: 'b', value: { ITEM: 'tea', AMOUNT: 'no number' }, timestamp: 2 },
      { key: 'c', value: { ITEM: 'tea', AMOUNT: 3 }, timestamp: 3 },
    ]);
    const query = engine.query('SELECT id, amount FROM orders EMIT CHANGES LIMIT 1;');
    expect(await rowsOf(query)).toEqual([['c', 3]]);
  });

  test('what can not be pulled is refused in the words of ksqlDB', async () => {
    await using service = await Service.start(wire);
    const engine = await service.engine();
    await engine.execute(`${ORDERS}
      CREATE TABLE items (id VARCHAR PRIMARY KEY, name VARCHAR) WITH (KAFKA_TOPIC='items', VALUE_FORMAT='JSON', PARTITIONS=1);`);
    await expect(engine.query('SELECT * FROM items;')).rejects.toThrow(
      "The `ITEMS` table isn't queryable. To derive a queryable table, you can do " +
        "'CREATE TABLE QUERYABLE_ITEMS AS SELECT * FROM ITEMS'.",
    );
    await expect(engine.query('SELECT COUNT(*) FROM items GROUP BY id;')).rejects.toThrow(
      "Pull queries don't support GROUP BY clauses. See https://cnfl.io/queries for more info.",
    );
    await expect(engine.query('SELECT * FROM nothing;')).rejects.toThrow('NOTHING does not exist.');
  });
});

async function repeatedly(act: () => Promise<unknown>): Promise<never> {
  for (;;) {
    await act();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
