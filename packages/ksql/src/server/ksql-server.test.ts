import { FakeClock } from '@millrace/base/testing';
import { expect, test } from 'vitest';
import { eventually, Service } from '../engine/test-support/service.ts';
import { KsqlServer } from './ksql-server.ts';

const WIRE = 'in process';
const ORDERS = `CREATE STREAM orders (id STRING KEY, item STRING, amount DECIMAL(6, 2), weight DOUBLE, sold BIGINT)
  WITH (kafka_topic = 'orders', partitions = 1, value_format = 'JSON');`;

async function serverOf(service: Service, config: Readonly<Record<string, string>> = {}): Promise<KsqlServer> {
  return KsqlServer.start({ engine: await service.engine('one', { config }), port: 0 });
}

function post(server: KsqlServer, path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.ksql.v1+json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The lines of an answer, as they come. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

test('statements are answered by an object each, under the names of ksqlDB', async () => {
  await using service = await Service.start(WIRE);
  await using server = await serverOf(service);
  const response = await post(server, '/ksql', {
    ksql: `${ORDERS} SET 'poll.ms' = '7'; SHOW STREAMS; DESCRIBE orders;`,
  });
  expect(response.status).toBe(200);
  const [created, shown, described, ...others] = (await response.json()) as Record<string, unknown>[];
  expect(others).toEqual([]);
  expect(created).toEqual({
    '@type': 'currentStatus',
    statementText: ORDERS,
    commandId: 'stream/`ORDERS`/create',
    commandStatus: { status: 'SUCCESS', message: 'Stream created', queryId: null },
    commandSequenceNumber: 0,
    warnings: [],
  });
  expect(shown).toMatchObject({
    '@type': 'streams',
    streams: [{ type: 'STREAM', name: 'ORDERS', topic: 'orders', keyFormat: 'KAFKA', isWindowed: false }],
  });
  expect(described).toMatchObject({
    '@type': 'sourceDescription',
    sourceDescription: {
      fields: [
        { name: 'ID', type: 'KEY', schema: { type: 'STRING', fields: null, memberSchema: null } },
        { name: 'ITEM' },
        { name: 'AMOUNT', schema: { type: 'DECIMAL', parameters: { precision: 6, scale: 2 } } },
        { name: 'WEIGHT' },
        { name: 'SOLD' },
      ],
    },
  });
});

test('a statement that fails is told with what came of those before it', async () => {
  await using service = await Service.start(WIRE);
  await using server = await serverOf(service);
  const response = await post(server, '/ksql', { ksql: `${ORDERS} ASSERT TOPIC nothing TIMEOUT 1 MILLISECONDS;` });
  expect(response.status).toBe(417);
  expect(await response.json()).toMatchObject({
    '@type': 'statement_error',
    error_code: 41700,
    message: expect.stringContaining('Topic NOTHING does not exist'),
    statementText: 'ASSERT TOPIC nothing TIMEOUT 1 MILLISECONDS;',
    entities: [{ '@type': 'currentStatus' }],
  });
});

test.each([
  ['a query for /ksql', '/ksql', { ksql: 'SELECT * FROM orders;' }, 400, 40002],
  ['a text that is no SQL', '/ksql', { ksql: 'SELEC;' }, 400, 40001],
  ['a body that is no JSON', '/ksql', '{"ksql', 400, 40000],
  ['a body without statements', '/ksql', {}, 400, 40000],
  ['a query that is not open', '/close-query', { queryId: 'x' }, 400, 40000],
  ['an endpoint that is none', '/nothing', {}, 404, 40400],
])('%s is refused', async (_what, path, body, status, code) => {
  await using service = await Service.start(WIRE);
  await using server = await serverOf(service);
  const response = await post(server, path, body);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error_code: code, message: expect.any(String) });
});

test('rows come exactly: all digits of a BIGINT, the scale of a DECIMAL, a DOUBLE as Java spells it', async () => {
  await using service = await Service.start(WIRE);
  await using server = await serverOf(service);
  const insert = "INSERT INTO orders VALUES ('a', 'tea', 1.50, 2, 9007199254740993);";
  await post(server, '/ksql', { ksql: `${ORDERS} ${insert}` });
  const response = await post(server, '/query', { ksql: 'SELECT * FROM orders EMIT CHANGES LIMIT 1;' });
  const [header, ...lines] = (await response.text()).split('\n');
  const schema = '`ID` STRING, `ITEM` STRING, `AMOUNT` DECIMAL(6, 2), `WEIGHT` DOUBLE, `SOLD` BIGINT';
  expect(header).toMatch(/^\[\{"header":\{"queryId":"transient_ORDERS_\d+","schema":"/);
  expect(header).toContain(`"schema":"${schema}"}},`);
  expect(lines).toEqual([
    '{"row":{"columns":["a","tea",1.50,2.0,9007199254740993]}},',
    '{"finalMessage":"Limit Reached"}]',
    '',
  ]);
});

const TABLE = `CREATE TABLE stock (id STRING PRIMARY KEY, amount INT)
  WITH (kafka_topic = 'stock', partitions = 1, value_format = 'JSON');
  CREATE TABLE known AS SELECT * FROM stock;`;

test('a pull query names the key in its header, and a deleted row of a push query is a tombstone', async () => {
  await using service = await Service.start(WIRE);
  await using server = await serverOf(service);
  await post(server, '/ksql', { ksql: TABLE });
  const insert = "INSERT INTO stock VALUES ('a', 1); INSERT INTO stock VALUES ('b', 2);";
  await post(server, '/ksql', { ksql: insert });
  const pull = async (): Promise<string> => (await post(server, '/query', { ksql: 'SELECT * FROM known;' })).text();
  const rows = await eventually(pull, (text) => text.includes('"b"'));
  expect(rows).toContain('"schema":"`ID` STRING KEY, `AMOUNT` INTEGER"');
  const push = await post(server, '/query', { ksql: 'SELECT * FROM stock EMIT CHANGES LIMIT 3;' });
  await service.produce('stock', [{ key: 'a', value: null, timestamp: 1 }]);
  expect(await push.text()).toContain('{"row":{"columns":["a",null],"tombstone":true}}');
});

test('/query-stream has a header line and an array a row, and /close-query ends it', async () => {
  await using service = await Service.start(WIRE);
  await using server = await serverOf(service);
  await post(server, '/ksql', { ksql: `${ORDERS} INSERT INTO orders (id, item) VALUES ('a', 'tea');` });
  const response = await post(server, '/query-stream', { sql: 'SELECT id, item FROM orders EMIT CHANGES;' });
  expect(response.headers.get('content-type')).toBe('application/vnd.ksqlapi.delimited.v1');
  const lines = linesOf(response);
  const header = JSON.parse((await lines.next()).value as string) as { queryId: string };
  expect(header).toEqual({
    queryId: expect.stringMatching(/^transient_/),
    columnNames: ['ID', 'ITEM'],
    columnTypes: ['STRING', 'STRING'],
  });
  expect(await lines.next()).toEqual({ done: false, value: '["a","tea"]' });
  const close = () => post(server, '/close-query', { queryId: header.queryId });
  expect((await close()).status).toBe(200);
  expect(await lines.next()).toEqual({ done: true, value: undefined });
  expect((await close()).status).toBe(400);
});

test('a push query from now on misses nothing that is written after its header, and has the name of its kind', async () => {
  await using service = await Service.start(WIRE);
  const config = { 'auto.offset.reset': 'latest', 'ksql.query.push.v2.enabled': 'true' };
  await using server = await KsqlServer.start({ engine: await service.engine('one', { config }), port: 0 });
  await post(server, '/ksql', { ksql: `${ORDERS} CREATE STREAM sold AS SELECT * FROM orders;` });
  const [own, scalable] = await Promise.all([
    post(server, '/query', { ksql: 'SELECT id FROM orders EMIT CHANGES LIMIT 1;' }),
    post(server, '/query', { ksql: 'SELECT id FROM sold EMIT CHANGES LIMIT 1;' }),
  ]);
  await post(server, '/ksql', { ksql: "INSERT INTO orders (id) VALUES ('a');" });
  const texts = await Promise.all([own.text(), scalable.text()]);
  for (const text of texts) expect(text).toContain('{"row":{"columns":["a"]}}');
  expect(texts[0]).toContain('"queryId":"transient_ORDERS_');
  expect(texts[1]).toContain('"queryId":"SCALABLE_PUSH_QUERY_SOLD_');
});

test('a push query from now on tells of a table what changes from now on', async () => {
  await using service = await Service.start(WIRE);
  await using server = await serverOf(service, { 'ksql.query.push.v2.enabled': 'true', 'auto.offset.reset': 'latest' });
  await server.engine.execute(`${ORDERS} SET 'auto.offset.reset' = 'earliest';
    CREATE TABLE counts AS SELECT id, COUNT(*) AS n FROM orders GROUP BY id;
    INSERT INTO orders (id) VALUES ('a'); INSERT INTO orders (id) VALUES ('b');`);
  await service.consume('COUNTS', 2);
  const response = await post(server, '/query', { ksql: 'SELECT * FROM counts WHERE n > 1 EMIT CHANGES LIMIT 1;' });
  await server.engine.execute("INSERT INTO orders (id) VALUES ('c'); INSERT INTO orders (id) VALUES ('b');");
  expect((await response.text()).split(',\n')).toEqual([
    expect.stringContaining('"queryId":"SCALABLE_PUSH_QUERY_COUNTS_'),
    '{"row":{"columns":["b",2]}}',
    '{"finalMessage":"Limit Reached"}]\n',
  ]);
});

test('a push query ends when its connection does', async () => {
  await using service = await Service.start(WIRE);
  await using server = await serverOf(service);
  await post(server, '/ksql', { ksql: ORDERS });
  const controller = new AbortController();
  const response = await fetch(`${server.url}/query`, {
    method: 'POST',
    body: JSON.stringify({ ksql: 'SELECT * FROM orders EMIT CHANGES;' }),
    signal: controller.signal,
  });
  await response.body!.getReader().read();
  const queries = async (): Promise<string> => (await post(server, '/ksql', { ksql: 'SHOW QUERIES;' })).text();
  expect(await queries()).toContain('"queryType":"PUSH"');
  controller.abort();
  await eventually(queries, (text) => !text.includes('PUSH'));
});

test('/info and /healthcheck tell of the service and of the brokers', async () => {
  await using service = await Service.start(WIRE);
  await using server = await serverOf(service);
  const info = await (await fetch(server.url)).json();
  expect(info).toMatchObject({
    KsqlServerInfo: { ksqlServiceId: 'test_', kafkaClusterId: expect.any(String), serverStatus: 'RUNNING' },
  });
  const health = await fetch(`${server.url}/healthcheck`);
  expect([health.status, await health.json()]).toMatchObject([200, { isHealthy: true }]);
});

test('/healthcheck asks the brokers now and then, however often it is asked itself', async () => {
  await using service = await Service.start(WIRE);
  const clock = new FakeClock();
  await using server = await KsqlServer.start({ engine: await service.engine(), port: 0, clock });
  const health = async () => (await fetch(`${server.url}/healthcheck`)).status;
  expect(await health()).toBe(200);
  await service.loseBroker();
  expect(await health()).toBe(200);
  clock.advance(5_000);
  expect(await health()).toBe(503);
});

test('closing ends open queries with a complete answer, and may be done twice', async () => {
  await using service = await Service.start(WIRE);
  const server = await serverOf(service);
  await post(server, '/ksql', { ksql: ORDERS });
  const response = await post(server, '/query', { ksql: 'SELECT * FROM orders EMIT CHANGES;' });
  const closing = Promise.all([server.close(), server.close()]);
  expect(JSON.parse(await response.text())).toHaveLength(1);
  await closing;
});
