import { expect, test } from 'vitest';
import { KsqlEngine } from './ksql-engine.ts';
import type { CommandStatusResult, SourceDescription } from './results.ts';
import { eventually, rowsOf, Service } from './test-support/service.ts';

// What statements do to each other is the same on every wire.
const WIRE = 'in process';

const ORDERS = `CREATE STREAM orders (id VARCHAR KEY, item VARCHAR, amount INT)
  WITH (KAFKA_TOPIC='orders', VALUE_FORMAT='JSON', PARTITIONS=1);`;
const BIG = 'CREATE STREAM big AS SELECT * FROM orders WHERE amount > 10 EMIT CHANGES;';

test('the first statement that fails ends the text, tells what was done, and leaves no trace', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  const missing = "CREATE STREAM wrong (id INT KEY) WITH (kafka_topic='missing', value_format='JSON');";
  const text = `${ORDERS} ${missing} ${BIG}`;
  await expect(engine.execute(text)).rejects.toMatchObject({
    name: 'KsqlStatementException',
    code: 'KSQL',
    rawMessage: expect.stringContaining("Topic 'missing' does not exist."),
    statement: missing,
    done: [{ kind: 'currentStatus', commandId: 'stream/`ORDERS`/create' }],
  });
  const [streams, queries] = await engine.execute('SHOW STREAMS; SHOW QUERIES;');
  expect(streams).toMatchObject({ streams: [{ name: 'ORDERS' }] });
  expect(queries).toMatchObject({ queries: [] });
  const topics = (await service.client.admin.listTopics()).map(({ name }) => name);
  expect(topics).not.toContain('missing');
  const [next] = await engine.execute(BIG);
  expect(next).toMatchObject({ commandSequenceNumber: 1, commandStatus: { queryId: 'CSAS_BIG_1' } });
});

test('a text that is no SQL runs nothing', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  await expect(engine.execute(`${ORDERS} CREATE STRAEM x;`)).rejects.toMatchObject({ name: 'ParseFailedException' });
  expect(await engine.execute('SHOW STREAMS;')).toMatchObject([{ streams: [] }]);
});

test('DROP follows the rules of ksqlDB, and DELETE TOPIC takes the topic along', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  await engine.execute(`${ORDERS} ${BIG}`);
  await expect(engine.execute('DROP STREAM orders;')).rejects.toThrow(
    'Cannot drop ORDERS.\nThe following streams and/or tables read from this source: [BIG].\n' +
      'You need to drop them before dropping ORDERS.',
  );
  await expect(engine.execute('DROP TABLE big;')).rejects.toThrow(
    'Incompatible data source type is STREAM, but statement was DROP TABLE',
  );
  const results = await engine.execute(
    'DROP STREAM big DELETE TOPIC; DROP STREAM orders; DROP STREAM IF EXISTS orders;',
  );
  expect(results).toMatchObject([
    { commandId: 'stream/`BIG`/drop', commandStatus: { message: 'Source `BIG` (topic: BIG) was dropped.' } },
    { commandStatus: { message: 'Source `ORDERS` (topic: orders) was dropped.' } },
    { kind: 'warning_entity', message: 'Source `ORDERS` does not exist.' },
  ]);
  const names = (await service.client.admin.listTopics()).map(({ name }) => name);
  expect(names).toContain('orders');
  expect(names).not.toContain('BIG');
});

test('TERMINATE ends a query for good: nothing of it stays on the brokers', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  await engine.execute(
    `${ORDERS} CREATE TABLE totals AS SELECT item, COUNT(*) AS n FROM orders GROUP BY item EMIT CHANGES;`,
  );
  await service.produce('orders', [{ key: 'a', value: { ITEM: 'tea', AMOUNT: 1 }, timestamp: 0 }]);
  await service.consume('TOTALS', 1);
  const [terminated] = await engine.execute('TERMINATE CTAS_TOTALS_1;');
  expect(terminated).toMatchObject({
    commandId: 'terminate/CTAS_TOTALS_1/execute',
    commandStatus: { message: 'Query terminated.' },
  });
  const own = '_confluent-ksql-test_query_CTAS_TOTALS_1';
  const topics = (await service.client.admin.listTopics()).map(({ name }) => name);
  expect(topics.filter((name) => name.startsWith(own))).toEqual([]);
  const groups = (await service.client.admin.listGroups()).map(({ groupId }) => groupId);
  expect(groups).not.toContain(own);
  await expect(engine.execute('TERMINATE CTAS_TOTALS_1;')).rejects.toThrow('Unknown queryId: CTAS_TOTALS_1');
});

test('PAUSE holds a query, also over a restart, and RESUME lets it go on where it was', async () => {
  await using service = await Service.start(WIRE);
  const first = await service.engine();
  await first.execute(`${ORDERS} ${BIG} PAUSE CSAS_BIG_1;`);
  await first.close();
  const engine = await service.engine();
  expect(await engine.execute('SHOW QUERIES;')).toMatchObject([{ queries: [{ id: 'CSAS_BIG_1', state: 'PAUSED' }] }]);
  const big = [1, 2, 3].map((n) => ({ key: `${n}`, value: { ITEM: 'tea', AMOUNT: 10 + n }, timestamp: n }));
  await service.produce('orders', big);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const ends = await service.client.admin.listOffsets([{ topic: 'BIG', partition: 0 }], 'latest');
  expect(ends).toMatchObject([{ offset: 0 }]);
  const [resumed] = await engine.execute('RESUME ALL; SHOW QUERIES;');
  expect(resumed).toMatchObject({ commandStatus: { message: 'Query resumed.' } });
  expect((await service.consume('BIG', 3)).map(({ key }) => key)).toEqual(['1', '2', '3']);
});

test('a push query waits for a slow reader, and he gets every row', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  await engine.execute(ORDERS);
  const count = 5_000;
  const { rows } = await engine.query(`SELECT amount FROM orders EMIT CHANGES LIMIT ${count};`);
  const all = Array.from({ length: count }, (_, n) => ({ key: 'k', value: { AMOUNT: n }, timestamp: n }));
  await service.produce('orders', all);
  const read: unknown[] = [];
  for await (const [amount] of rows) {
    read.push(amount);
    if (read.length === 1) await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect(read).toEqual(all.map(({ value }) => value.AMOUNT));
});

test('INSERT INTO … SELECT adds a second writer, and CREATE OR REPLACE another form of the first', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  await engine.execute(`${ORDERS} ${BIG}`);
  const [inserted] = await engine.execute('INSERT INTO big SELECT * FROM orders WHERE amount < 0 EMIT CHANGES;');
  expect(inserted).toMatchObject({ commandStatus: { queryId: 'INSERTQUERY_2' } });
  const replaced = BIG.replace('CREATE', 'CREATE OR REPLACE').replace('10', '20');
  expect(await engine.execute(replaced)).toMatchObject([{ commandStatus: { queryId: 'CSAS_BIG_1' } }]);
  const rekeyed = 'CREATE OR REPLACE STREAM big AS SELECT * FROM orders PARTITION BY amount;';
  await expect(engine.execute(rekeyed)).rejects.toThrow('Cannot upgrade data source');
  await service.produce(
    'orders',
    [15, -1, 25].map((n) => ({ key: `${n}`, value: { AMOUNT: n }, timestamp: 1 })),
  );
  const keys = (await service.consume('BIG', 2)).map(({ key }) => key);
  expect(keys.sort()).toEqual(['-1', '25']);
});

test('a push query is shown while it is read, and can be terminated', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  await engine.execute(ORDERS);
  const { queryId, rows } = await engine.query('SELECT * FROM orders EMIT CHANGES;');
  const reading = rows.next();
  const [shown, terminated, after] = await engine.execute(`SHOW QUERIES; TERMINATE ${queryId}; SHOW QUERIES;`);
  expect(shown).toMatchObject({ queries: [{ id: queryId, queryType: 'PUSH', state: 'RUNNING' }] });
  expect(terminated).toMatchObject({ kind: 'terminate_query', wasTerminated: true });
  expect(await reading).toMatchObject({ done: true });
  expect(after).toMatchObject({ queries: [] });
});

test('a source table can be asked like any other, and its query lives as long as it does', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  await service.createTopic('items');
  await service.produce('items', [{ key: 'tea', value: { NAME: 'Green tea' }, timestamp: 5 }]);
  await engine.execute(`CREATE SOURCE TABLE items (id VARCHAR PRIMARY KEY, name VARCHAR)
    WITH (KAFKA_TOPIC='items', VALUE_FORMAT='JSON');`);
  const ask = () => rowsOf(engine.query("SELECT id, name, rowtime FROM items WHERE id = 'tea';"));
  expect(await eventually(ask, (rows) => rows.length === 1)).toEqual([['tea', 'Green tea', 5n]]);
  await expect(engine.query('SELECT *, rowtime FROM items;')).rejects.toThrow('only support wildcards in the projects');
  await expect(engine.execute('TERMINATE CST_ITEMS_0;')).rejects.toThrow('because it is linked to a source table.');
  const [, queries] = await engine.execute('DROP TABLE items; SHOW QUERIES;');
  expect(queries).toMatchObject({ queries: [] });
});

const property = (name: string, value: string | null, others: object) => ({
  ...{ name, value, overwritten: false, isDefault: false, level: 'SERVER', editable: false },
  ...others,
});

test('SET, DEFINE and properties hold for the statements after them in the same text', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  const name = '$' + '{what}';
  const results = await engine.execute(
    `DEFINE what = 'orders'; SET 'ksql.streams.commit.interval.ms' = '70';
     CREATE STREAM ${name} (id VARCHAR KEY) WITH (KAFKA_TOPIC='${name}', VALUE_FORMAT='JSON', PARTITIONS=1);
     SHOW VARIABLES; SHOW PROPERTIES; UNDEFINE what; SHOW VARIABLES;`,
    { properties: { 'ksql.output.topic.name.prefix': 'p_' } },
  );
  expect(results[2]).toMatchObject({ commandId: 'stream/`ORDERS`/create' });
  expect(results[3]).toMatchObject({ variables: [{ name: 'WHAT', value: 'orders' }] });
  expect(results[4]).toMatchObject({
    properties: expect.arrayContaining([
      property('ksql.streams.commit.interval.ms', '70', { overwritten: true, editable: true }),
      property('ksql.output.topic.name.prefix', 'p_', { overwritten: true }),
      property('ksql.service.id', 'test_', {}),
      property('ksql.persistence.default.format.value', null, { isDefault: true }),
      property('ksql.streams.auto.offset.reset', 'earliest', { level: 'QUERY', editable: true }),
    ]),
  });
  expect(results[6]).toMatchObject({ variables: [] });
});

test('a stream over a topic that is not there is refused with a way out', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  await expect(
    engine.execute("CREATE STREAM s (id VARCHAR KEY) WITH (KAFKA_TOPIC='none', VALUE_FORMAT='JSON');"),
  ).rejects.toThrow(
    "Topic 'none' does not exist. If you want to create a new topic for the stream/table please re-run the statement " +
      "providing the required 'PARTITIONS' configuration in the WITH clause (and optionally 'REPLICAS').",
  );
});

test('DESCRIBE and EXPLAIN tell what a source is and what a query does', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  await engine.execute(`${ORDERS} ${BIG}`);
  const [described, explained, planned] = await engine.execute(
    'DESCRIBE orders; EXPLAIN CSAS_BIG_1; EXPLAIN SELECT id FROM orders EMIT CHANGES;',
  );
  expect(described).toMatchObject({
    kind: 'sourceDescription',
    name: 'ORDERS',
    type: 'STREAM',
    fields: [
      { name: 'ID', type: 'STRING', namespace: 'KEY' },
      { name: 'ITEM', type: 'STRING', namespace: 'VALUE' },
      { name: 'AMOUNT', type: 'INTEGER', namespace: 'VALUE' },
    ],
    readQueries: [{ id: 'CSAS_BIG_1' }],
    sourceConstraints: ['BIG'],
  });
  expect(explained).toMatchObject({
    kind: 'queryDescription',
    id: 'CSAS_BIG_1',
    sources: ['ORDERS'],
    sinks: ['BIG'],
    state: 'RUNNING',
    topology: expect.stringContaining('Source: KSTREAM-SOURCE-0000000000 (topics: [orders])'),
  });
  expect(explained).toMatchObject({
    queryText: expect.stringMatching(/^CREATE STREAM BIG WITH \(.*EMIT CHANGES;$/s),
    consumerGroupId: '_confluent-ksql-test_query_CSAS_BIG_1',
    windowType: null,
    executionPlan: expect.stringContaining(
      '\t\t > [ PROJECT ] | Schema: `ID` STRING KEY, `ITEM` STRING, `AMOUNT` INTEGER | Logger: CSAS_BIG_1.Project',
    ),
  });
  expect(planned).toMatchObject({
    ...{ id: '', sinks: [], state: null, consumerGroupId: '' },
    queryText: 'SELECT id FROM orders EMIT CHANGES;',
    fields: [{ name: 'ID', namespace: 'VALUE' }],
  });
});

test('DESCRIBE EXTENDED tells how far the queries are that write a source', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  await engine.execute(`${ORDERS} ${BIG} SET 'auto.offset.reset' = 'earliest';
    CREATE TABLE w AS SELECT item, COUNT(*) AS n FROM orders WINDOW HOPPING (SIZE 2 HOURS, ADVANCE BY 1 HOUR) GROUP BY item;`);
  await service.produce('orders', [{ key: 'a', value: { ITEM: 'tea', AMOUNT: 11 }, timestamp: 0 }]);
  await service.consume('BIG', 1);
  const describe = async () => (await engine.execute('DESCRIBE big EXTENDED;'))[0] as SourceDescription;
  const { partitions, replication, queryOffsets } = await eventually(describe, ({ queryOffsets: [own] }) => {
    return own?.topics[0]?.partitions[0]?.consumerOffset === 1;
  });
  expect({ partitions, replication, queryOffsets }).toEqual({
    partitions: 1,
    replication: 1,
    queryOffsets: [
      {
        groupId: '_confluent-ksql-test_query_CSAS_BIG_1',
        topics: [
          {
            topic: 'orders',
            partitions: [{ partition: 0, logStartOffset: 0, logEndOffset: 1, consumerOffset: 1 }],
          },
        ],
      },
    ],
  });
  expect(await engine.execute('EXPLAIN CTAS_W_2;')).toMatchObject([
    { windowType: 'HOPPING', overrides: { 'auto.offset.reset': 'earliest' } },
  ]);
});

test('a request that names a command sees what the command did', async () => {
  await using service = await Service.start(WIRE);
  const [one, other] = [await service.engine('one'), await service.engine('other')];
  const [created] = (await one.execute(ORDERS)) as [CommandStatusResult];
  const { commandSequenceNumber } = created;
  const [shown] = await other.execute('SHOW STREAMS;', { commandSequenceNumber });
  expect(shown).toMatchObject({ streams: [{ name: 'ORDERS' }] });
  const late = other.execute('SHOW STREAMS;', { commandSequenceNumber: 7, commandTimeoutMs: 20 });
  await expect(late).rejects.toMatchObject({
    code: 'COMMAND_TIMEOUT',
    message: expect.stringContaining(
      'Timed out while waiting for a previous command to execute. command sequence number: 7',
    ),
  });
});

test('an engine that was closed takes no more statements, and may be closed again', async () => {
  await using service = await Service.start(WIRE);
  const engine = await service.engine();
  await engine.execute(`${ORDERS} ${BIG}`);
  const { rows } = await engine.query('SELECT * FROM orders EMIT CHANGES;');
  const reading = rows.next();
  await engine.close();
  await engine.close();
  expect(await reading).toMatchObject({ done: true });
  await expect(engine.execute('SHOW STREAMS;')).rejects.toMatchObject({ code: 'CLOSED' });
  await expect(engine.query('SELECT * FROM orders EMIT CHANGES;')).rejects.toMatchObject({ code: 'CLOSED' });
});

test('a query that can not start is in error, and the engine and the others go on', async () => {
  await using service = await Service.start(WIRE);
  const holder = await service.engine('shared');
  await holder.execute(`${ORDERS} ${BIG}`);
  // The state folder of the query is in use by the first engine.
  const engine = await service.engine('shared');
  await engine.execute('CREATE STREAM small AS SELECT * FROM orders WHERE amount < 10 EMIT CHANGES;');
  const states = async (asked: KsqlEngine) => {
    const [result] = await asked.execute('SHOW QUERIES;');
    return result?.kind === 'queries' ? result.queries.map(({ id, state }) => `${id} ${state}`) : [];
  };
  expect((await states(engine))[0]).toBe('CSAS_BIG_1 ERROR');
  expect((await states(holder))[0]).toBe('CSAS_BIG_1 RUNNING');
  await engine.execute('TERMINATE CSAS_BIG_1;');
  expect(await states(engine)).toHaveLength(1);
});

test('without a broker an engine does not start, and says why within its limit', async () => {
  const started = KsqlEngine.start({ bootstrapServers: '127.0.0.1:1', retryTimeoutMs: 200 });
  await expect(started).rejects.toMatchObject({ name: 'MillraceError', retriable: true });
});

test('when its broker is gone, statements fail within their limit and closing does not hang', async () => {
  const service = await Service.start('TCP');
  const engine = await service.engine('one', { retryTimeoutMs: 200 });
  await engine.execute(`${ORDERS} ${BIG}`);
  await service.loseBroker();
  await expect(engine.execute('DROP STREAM big;')).rejects.toMatchObject({ retriable: true });
  await engine.close({ timeoutMs: 500 });
  await service[Symbol.asyncDispose]();
});
