import http2 from 'node:http2';
import { expect, test } from 'vitest';
import { eventually, Service } from '../engine/test-support/service.ts';
import { KsqlServer } from './ksql-server.ts';

const STREAM = `CREATE STREAM s (id STRING KEY, v BIGINT, price DECIMAL(6, 2))
  WITH (kafka_topic = 's', partitions = 1, value_format = 'JSON');`;

async function serverOf(service: Service): Promise<KsqlServer> {
  const server = await KsqlServer.start({ engine: await service.engine(), port: 0 });
  await server.engine.execute(STREAM);
  return server;
}

const post = (server: KsqlServer, path: string, body: string) =>
  fetch(`${server.url}${path}`, { method: 'POST', body });

/** A request on HTTP/2 without TLS; the text of the answer as it comes. */
function http2Post(server: KsqlServer, path: string, body: string) {
  const session = http2.connect(server.url);
  const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/json' });
  stream.setEncoding('utf8');
  let text = '';
  stream.on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise<void>((resolve) => stream.once('close', resolve));
  stream.end(body);
  return { text: () => text, ended, stop: () => session.close(), stream };
}

test('rows of /inserts-stream are written and answered one by one; a bad one does not end the others', async () => {
  await using service = await Service.start('in process');
  await using server = await serverOf(service);
  const lines = [
    '{"target":"s"}',
    '{"ID":"a","V":9007199254740993,"PRICE":1.10}',
    '{"ID":"b","V":"no number"}',
    '{"id":"c","v":2}',
  ];
  const response = await post(server, '/inserts-stream', `${lines.join('\n')}\n`);
  expect(response.status).toBe(200);
  const answers = (await response.text()).trim().split('\n');
  expect(answers.map((line) => JSON.parse(line))).toEqual([
    { status: 'ok', seq: 0 },
    { status: 'error', seq: 1, error_code: 40000, message: expect.stringContaining("Can't coerce string to type") },
    { status: 'ok', seq: 2 },
  ]);
  const records = await service.consume('s', 2);
  expect(records.map(({ key, value }) => [key, value])).toEqual([
    ['a', '{"V":9007199254740993,"PRICE":1.10}'],
    ['c', '{"V":2,"PRICE":null}'],
  ]);
  const refused = await post(server, '/inserts-stream', '{"target":"nope"}\n');
  expect(await refused.json()).toMatchObject({ error_code: 40000, message: expect.stringContaining('unknown stream') });
});

test('decimals and times of rows for /inserts-stream may be texts', async () => {
  await using service = await Service.start('in process');
  await using server = await serverOf(service);
  await server.engine.execute(`CREATE STREAM w (id STRING KEY, p DECIMAL(6, 2), t TIMESTAMP, d DATE, m TIME)
    WITH (kafka_topic = 'w', partitions = 1, value_format = 'JSON');`);
  const rows = [
    '{"ID":"a","P":"12.50","T":"2026-11-21T10:00:00.123","D":"2026-11-21","M":"10:00:01"}',
    '{"ID":"b","p":1.25,"t":"no time"}',
    '{"ID":"c","P":1.25,"D":3}',
  ];
  const answers = await (await post(server, '/inserts-stream', ['{"target":"w"}', ...rows, ''].join('\n'))).text();
  expect(
    answers
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).status),
  ).toEqual(['ok', 'error', 'ok']);
  const records = await service.consume('w', 2);
  expect(records.map(({ value }) => value)).toEqual([
    '{"P":12.50,"T":1795255200123,"D":20778,"M":36001000}',
    '{"P":1.25,"T":null,"D":3,"M":null}',
  ]);
});

test('queries are answered over HTTP/2 without TLS on the same port, and end with the server', async () => {
  await using service = await Service.start('in process');
  const server = await serverOf(service);
  await server.engine.execute("INSERT INTO s (id, v) VALUES ('a', 1);");
  const sql = 'SELECT id, v FROM s EMIT CHANGES;';
  const push = http2Post(server, '/query-stream', JSON.stringify({ sql }));
  await eventually(
    async () => push.text(),
    (text) => text.includes('["a",1]'),
  );
  expect((await fetch(`${server.url}/info`)).status).toBe(200);
  const limited = http2Post(server, '/query-stream', JSON.stringify({ sql: sql.replace(';', ' LIMIT 1;') }));
  await limited.ended;
  expect(limited.text().split('\n')[1]).toBe('["a",1]');
  limited.stop();
  await server.close();
  await push.ended;
  push.stop();
});

test('PRINT tells what the bytes look like, then each record as a line', async () => {
  await using service = await Service.start('in process');
  await using server = await serverOf(service);
  await server.engine.execute("INSERT INTO s (ROWTIME, id, v) VALUES (1500, 'a', 1);");
  const response = await post(server, '/query', JSON.stringify({ ksql: "PRINT 's' FROM BEGINNING LIMIT 1;" }));
  expect((await response.text()).split('\n')).toEqual([
    'Key format: KAFKA_STRING',
    'Value format: JSON or KAFKA_STRING',
    'rowtime: 1970/01/01 00:00:01.500 Z, key: a, value: {"V":1,"PRICE":null}, partition: 0',
    '',
  ]);
  const missing = await post(server, '/query-stream', JSON.stringify({ sql: "PRINT 'nope' FROM BEGINNING;" }));
  expect(await missing.json()).toMatchObject({ message: expect.stringContaining("Could not find topic 'nope'") });
});

test('commands, the cluster and settings can be asked about', async () => {
  await using service = await Service.start('in process');
  await using server = await serverOf(service);
  const get = async (path: string): Promise<unknown> => (await fetch(`${server.url}${path}`)).json();
  expect(await get('/status')).toEqual({ commandStatuses: { 'stream/`S`/create': 'SUCCESS' } });
  expect(await get('/status/stream/S/create')).toMatchObject({ status: 'SUCCESS', message: 'Stream created' });
  expect(await get('/status/stream/T/create')).toMatchObject({ error_code: 40400 });
  const host = new URL(server.url).host;
  expect(await get('/clusterStatus')).toMatchObject({ clusterStatus: { [host]: { hostAlive: true } } });
  expect(await get('/is_valid_property/auto.offset.reset')).toBe(true);
  expect(await get('/is_valid_property/nonsense')).toMatchObject({ error_code: 40000 });
  const clusterId = { scope: { path: [], clusters: { 'ksql-cluster': 'test_' } }, id: '' };
  expect(await get('/v1/metadata')).toMatchObject({ version: expect.stringMatching(/^\d+\./), clusterId });
  expect(await get('/v1/metadata/id')).toMatchObject(clusterId);
});

test('a service is ended for good: its queries, the topics that are named, the command topic', async () => {
  await using service = await Service.start('in process');
  await using server = await serverOf(service);
  await server.engine.execute(`CREATE STREAM gone WITH (kafka_topic='sink-gone') AS SELECT * FROM s;
    CREATE TABLE kept AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
    INSERT INTO s (id) VALUES ('a');`);
  const end = (deleteTopicList: string[]) => post(server, '/ksql/terminate', JSON.stringify({ deleteTopicList }));
  expect(await (await end(['('])).json()).toMatchObject({ error_code: 40000, message: 'Invalid pattern: (' });
  const ended = await end(['sink-.*', 's']);
  expect(await ended.json()).toMatchObject([
    { '@type': 'currentStatus', statementText: 'TERMINATE CLUSTER;', commandStatus: { status: 'SUCCESS' } },
  ]);
  await server.engine.ended;
  expect(await (await fetch(`${server.url}/info`)).json()).toMatchObject({ error_code: 50303 });
  const topics = (await service.client.admin.listTopics()).map(({ name }) => name);
  expect(topics.filter((name) => !name.startsWith('__')).toSorted()).toEqual(['KEPT', 's']);
});

test('what is no query is told where queries are asked, and a missing one too', async () => {
  await using service = await Service.start('in process');
  await using server = await serverOf(service);
  const ask = async (path: string, body: object) => (await post(server, path, JSON.stringify(body))).json();
  expect(await ask('/query', { ksql: 'SHOW STREAMS;' })).toMatchObject({
    '@type': 'generic_error',
    error_code: 40000,
    message: expect.stringContaining('not supported for this resource'),
  });
  expect(await ask('/query', { ksql: ' ' })).toMatchObject({
    error_code: 40000,
    message: expect.stringMatching(/ksql/),
  });
  const two = 'SELECT * FROM s; SELECT * FROM s;';
  expect(await ask('/query', { ksql: two })).toMatchObject({
    error_code: 40001,
    message: expect.stringContaining('Expected exactly one KSQL statement; found 2 instead'),
    statementText: two,
  });
  expect(await ask('/query', { ksql: 'SELECT * FROM s;', streamsProperties: { nope: 1 } })).toMatchObject({
    '@type': 'generic_error',
    error_code: 40000,
    message: "Not recognizable as ksql, streams, consumer, or producer property: 'nope'",
  });
  const nested = { 'auto.offset.reset': { earliest: true } };
  expect(await ask('/ksql', { ksql: 'SHOW STREAMS;', streamsProperties: nested })).toMatchObject({
    '@type': 'generic_error',
    error_code: 40000,
    message: expect.stringContaining('body/streamsProperties/auto.offset.reset must be string,number,boolean'),
  });
});
