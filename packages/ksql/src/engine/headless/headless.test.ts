import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KsqlServer } from '../../server/ksql-server.ts';
import { Service } from '../test-support/service.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-headless-'));
});
afterAll(() => rm(folder, { recursive: true }));

const S = "CREATE STREAM s (id STRING KEY, v BIGINT) WITH (kafka_topic='s', value_format='JSON', partitions=1);";

async function file(text: string): Promise<Record<string, string>> {
  const path = join(folder, `${Math.abs(text.length)}.sql`);
  await writeFile(path, text);
  return { 'ksql.queries.file': path };
}

test('a file of statements runs, goes on after a restart, and no others are taken', async () => {
  await using service = await Service.start('in process');
  const config = await file(`SET 'auto.offset.reset' = 'earliest'; ${S}
    CREATE TABLE t WITH (partitions=1) AS SELECT id, SUM(v) AS v FROM s GROUP BY id;
    CREATE STREAM big AS SELECT * FROM s WHERE v > 5;`);
  const first = await service.engine('one', { config });
  expect(first.isHeadless).toBe(true);
  await service.produce('s', [{ key: 'a', value: { V: 3 }, timestamp: 1 }]);
  expect((await service.consume('T', 1)).map(({ value }) => value)).toEqual(['{"V":3}']);
  await first.close();
  await using server = await KsqlServer.start({ engine: await service.engine('one', { config }), port: 0 });
  await service.produce('s', [{ key: 'a', value: { V: 4 }, timestamp: 2 }]);
  expect((await service.consume('T', 2)).map(({ value }) => value)).toEqual(['{"V":3}', '{"V":7}']);
  await expect(server.engine.queriesHere()).resolves.toMatchObject([{ id: 'CTAS_T_0' }, { id: 'CSAS_BIG_1' }]);
  for (const path of ['/ksql', '/query', '/query-stream', '/inserts-stream', '/ksql/terminate']) {
    const response = await fetch(`${server.url}${path}`, { method: 'POST', body: '{"ksql":"SHOW STREAMS;"}' });
    expect([response.status, await response.json()]).toMatchObject([403, { error_code: 40300 }]);
  }
  expect((await fetch(`${server.url}/healthcheck`)).status).toBe(200);
  const topics = (await service.client.admin.listTopics()).map(({ name }) => name);
  expect(topics).toContain('_confluent-ksql-test__configs');
  expect(topics).not.toContain('_confluent-ksql-test__command_topic');
});

test('what plans depend on stays as it was at the first start', async () => {
  await using service = await Service.start('in process');
  const given = await file(`${S} CREATE TABLE t AS SELECT id, SUM(v) AS v FROM s GROUP BY id;`);
  await (await service.engine('one', { config: { ...given, 'ksql.output.topic.name.prefix': 'first-' } })).close();
  const config = { ...given, 'ksql.output.topic.name.prefix': 'second-', 'commit.interval.ms': '20' };
  const engine = await service.engine('one', { config });
  expect(engine.config).toMatchObject({ 'ksql.output.topic.name.prefix': 'first-', 'commit.interval.ms': '20' });
  const topics = (await service.client.admin.listTopics()).map(({ name }) => name);
  expect(topics.filter((name) => name.endsWith('-T'))).toEqual(['first-T']);
});

test('a file that can not be run is told why, and nothing of it runs', async () => {
  await using service = await Service.start('in process');
  const refused = async (config: Record<string, string>) =>
    service.engine('one', { config }).then(
      () => 'it ran',
      (error: Error) => error.message,
    );
  expect(await refused({ 'ksql.queries.file': join(folder, 'none.sql') })).toContain('Could not read the query file: ');
  expect(await refused(await file(`${S} DROP STREAM s;`))).toContain(
    'Unsupported statement. Only the following statements are supporting in standalone mode:\nCREATE STREAM\n',
  );
  expect(await refused(await file(S))).toContain('The SQL file does not contain any persistent queries.');
  expect(await refused(await file(`${S} CREATE TABLE t AS SELECT nope FROM s GROUP BY id;`))).toContain('NOPE');
  expect((await service.client.admin.listTopics()).map(({ name }) => name)).not.toContain('s');
});
