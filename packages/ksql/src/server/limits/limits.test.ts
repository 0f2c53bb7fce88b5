import { expect, test } from 'vitest';
import { eventually, Service } from '../../engine/test-support/service.ts';
import { KsqlServer } from '../ksql-server.ts';

const SOURCES = `CREATE STREAM s (id STRING KEY, v BIGINT) WITH (kafka_topic='s', value_format='JSON', partitions=1);
  CREATE TABLE t AS SELECT id, SUM(v) AS v FROM s GROUP BY id;`;

async function serverWith(service: Service, config: Record<string, string>): Promise<KsqlServer> {
  const server = await KsqlServer.start({ engine: await service.engine('one', { config }), port: 0 });
  await server.engine.execute(SOURCES);
  return server;
}

async function post(server: KsqlServer, path: string, body: object): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${server.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: response.ok ? text : JSON.parse(text) };
}

test('pull queries beyond the rate are answered 429, on both endpoints', async () => {
  await using service = await Service.start('in process');
  await using server = await serverWith(service, { 'ksql.query.pull.max.qps': '1' });
  const ask = () => post(server, '/query', { ksql: 'SELECT * FROM t;' });
  const refused = await eventually(ask, ({ status }) => status !== 200);
  expect(refused).toEqual({
    status: 429,
    body: {
      '@type': 'generic_error',
      error_code: 42900,
      message: 'Host is at rate limit for pull queries. Currently set to 1.0 qps.',
    },
  });
});

test('of several pull queries at one time, those beyond the limit are refused', async () => {
  await using service = await Service.start('in process');
  await using server = await serverWith(service, { 'ksql.query.pull.max.concurrent.requests': '0' });
  expect(await post(server, '/query-stream', { sql: 'SELECT * FROM t;' })).toMatchObject({
    status: 400,
    body: { error_code: 40001, message: expect.stringContaining('Host is at concurrency limit for pull queries.') },
  });
});

test('push queries beyond the limit are answered 40003, and room is made by one that ends', async () => {
  await using service = await Service.start('in process');
  await using server = await serverWith(service, { 'ksql.max.push.queries': '1' });
  const sql = 'SELECT * FROM s EMIT CHANGES;';
  const first = await server.engine.query(sql);
  expect(await post(server, '/query-stream', { sql })).toEqual({
    status: 400,
    body: { '@type': 'generic_error', error_code: 40003, message: 'Maximum number of push queries exceeded' },
  });
  await first.close();
  expect((await post(server, '/query-stream', { sql: sql.replace(';', ' LIMIT 0;') })).status).toBe(200);
});

test('no more persistent queries are made than the owner of the server lets there be', async () => {
  await using service = await Service.start('in process');
  await using server = await serverWith(service, { 'ksql.query.persistent.active.limit': '1' });
  const ksql = 'CREATE TABLE u AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;';
  const message =
    'as it would cause the number of active, persistent queries to exceed the configured limit. Use the TERMINATE ' +
    "command to terminate existing queries, or increase the 'ksql.query.persistent.active.limit' setting via the " +
    "'ksql-server.properties' file. Current persistent query count: 1. Configured limit: 1.";
  expect(await post(server, '/ksql', { ksql })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining(message) },
  });
  expect((await post(server, '/ksql', { ksql: `DROP TABLE t; ${ksql}` })).status).toBe(200);
});
