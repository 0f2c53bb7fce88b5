import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KsqlServer } from '../../server/ksql-server.ts';
import { Service } from '../test-support/service.ts';
import { restoreCommandTopic } from './restore-backup.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-backup-'));
});
afterAll(() => rm(root, { recursive: true }));

const TOPIC = '_confluent-ksql-test__command_topic';
const S = "CREATE STREAM s (id STRING KEY, v BIGINT) WITH (kafka_topic='s', value_format='JSON', partitions=1);";
const T = 'CREATE TABLE t AS SELECT id, SUM(v) AS v FROM s GROUP BY id;';
const CORRUPTED = 'The server has detected corruption in the command topic due to modifications performed on it.';

const INCOMPATIBLE =
  'The server has encountered an incompatible entry in its log and cannot process further DDL statements.';

test('a lost command topic is told, and written back from its backup', async () => {
  await using service = await Service.start('in process');
  const folder = join(root, 'lost');
  const config = { 'ksql.metastore.backup.location': folder };
  const first = await service.engine('one', { config });
  await first.execute(S);
  await first.execute(T);
  await first.close();
  const [name] = await readdir(folder);
  expect(name).toMatch(/^backup__confluent-ksql-test__command_topic_\d+$/);
  const path = join(folder, name!);
  expect((await readFile(path, 'utf8')).split('\n').map((line) => line.split(':')[0])).toEqual([
    '"stream/`S`/create"',
    '"table/`T`/create"',
    '',
  ]);

  await service.client.admin.deleteTopics([TOPIC]);
  await using server = await KsqlServer.start({ engine: await service.engine('one', { config }), port: 0 });
  expect(server.engine.commandRunner).toEqual({ status: 'DEGRADED', degradedReason: 'CORRUPTED' });
  await expect(server.engine.execute(S)).rejects.toThrow(CORRUPTED);
  const health = await fetch(`${server.url}/healthcheck`);
  expect([health.status, await health.json()]).toMatchObject([
    503,
    { isHealthy: false, details: { kafka: { isHealthy: true }, commandRunner: { isHealthy: false } } },
  ]);
  const info = (await (await fetch(`${server.url}/info`)).json()) as object;
  expect(info).toMatchObject({ KsqlServerInfo: { serverStatus: 'DEGRADED' } });
  const refused = await fetch(`${server.url}/ksql`, { method: 'POST', body: JSON.stringify({ ksql: S }) });
  expect([refused.status, await refused.json()]).toMatchObject([
    500,
    { '@type': 'statement_error', error_code: 50000 },
  ]);
  const shown = await fetch(`${server.url}/ksql`, { method: 'POST', body: JSON.stringify({ ksql: 'SHOW STREAMS;' }) });
  expect(await shown.json()).toMatchObject([
    { streams: [], warnings: [{ message: expect.stringContaining(CORRUPTED) }] },
  ]);
  await server.engine.close();

  expect(await restoreCommandTopic(service.client, { path, serviceId: 'test_' })).toEqual({
    topic: TOPIC,
    recordCount: 2,
  });
  const restored = await service.engine('one', { config });
  expect(restored.commandRunner.status).toBe('RUNNING');
  expect((await restored.queriesHere()).map(({ id }) => id)).toEqual(['CTAS_T_1']);
  await restored.execute('DROP TABLE t;');
  expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(3);
});

test('a record that is no command degrades the engine, which runs on with what it knows', async () => {
  await using service = await Service.start('in process');
  const engine = await service.engine();
  await engine.execute(S);
  await engine.execute(T);
  await service.produce(TOPIC, [{ key: 'who', value: 'knows', timestamp: 1 }]);
  const refused = await engine.execute('DROP TABLE t;').catch((error: Error) => error.message);
  expect(refused).toContain(INCOMPATIBLE);
  expect((await engine.queriesHere()).map(({ id, state }) => [id, state])).toEqual([['CTAS_T_1', 'RUNNING']]);
  await engine.close();
  const next = await service.engine();
  expect(next.commandRunner).toEqual({ status: 'DEGRADED', degradedReason: 'INCOMPATIBLE_COMMAND' });
  expect((await next.queriesHere()).map(({ id }) => id)).toEqual(['CTAS_T_1']);
});

test('where the topic has less than its backup, no query is started', async () => {
  await using service = await Service.start('in process');
  const folder = join(root, 'less');
  const config = { 'ksql.metastore.backup.location': folder };
  const first = await service.engine('one', { config });
  for (const statement of [S, T, 'DROP TABLE t;']) await first.execute(statement);
  await first.close();
  const path = join(folder, (await readdir(folder))[0]!);
  const shortened = join(root, 'shortened');
  await writeFile(shortened, (await readFile(path, 'utf8')).split('\n').slice(0, 2).join('\n'));
  await restoreCommandTopic(service.client, { path: shortened, serviceId: 'test_' });
  const next = await service.engine('one', { config });
  expect(next.commandRunner.degradedReason).toBe('CORRUPTED');
  expect((await next.queriesHere()).map(({ id, state }) => [id, state])).toEqual([['CTAS_T_1', 'ERROR']]);
});

test('a command of a later version is told apart from a corrupted topic', async () => {
  await using service = await Service.start('in process');
  await (await service.engine()).close();
  await service.produce(TOPIC, [{ key: '"x"', value: { statement: 'X;', version: 99 }, timestamp: 1 }]);
  const engine = await service.engine();
  expect(engine.commandRunner.degradedReason).toBe('INCOMPATIBLE_COMMAND');
  await expect(engine.execute(S)).rejects.toThrow(INCOMPATIBLE);
});
