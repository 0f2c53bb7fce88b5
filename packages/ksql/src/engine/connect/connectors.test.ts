import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KsqlServer } from '../../server/ksql-server.ts';
import { Service } from '../test-support/service.ts';
import { ConnectServer } from './test-support/connect-server.ts';

const CREATE =
  "CREATE SOURCE CONNECTOR files WITH ('connector.class' = 'org.example.FileSource', 'topics' = 's', " +
  "'db.password' = 'pw');";

async function serverFor(service: Service, config: Record<string, string>): Promise<KsqlServer> {
  return KsqlServer.start({ engine: await service.engine('one', { config }), port: 0 });
}

async function statement(server: KsqlServer, ksql: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${server.url}/ksql`, { method: 'POST', body: JSON.stringify({ ksql }) });
  return { status: response.status, body: await response.json() };
}

test('connectors are made, listed, described and dropped, under the names of ksqlDB', async () => {
  await using service = await Service.start('in process');
  await using connect = await ConnectServer.start();
  await using server = await serverFor(service, { 'ksql.connect.url': connect.url });
  await server.engine.execute("CREATE STREAM s (v INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);");
  const created = await statement(server, CREATE);
  const config = { 'connector.class': 'org.example.FileSource', topics: 's', 'db.password': 'pw', name: 'FILES' };
  expect(created.body).toEqual([
    {
      '@type': 'connector_info',
      statementText:
        "CREATE SOURCE CONNECTOR FILES WITH (`connector.class`='org.example.FileSource', `topics`='[string]', " +
        "`db.password`='[string]');",
      info: { name: 'FILES', config, tasks: [{ connector: 'FILES', task: 0 }], type: 'source' },
      warnings: [],
    },
  ]);
  await statement(
    server,
    CREATE.replace('SOURCE CONNECTOR files', 'SINK CONNECTOR out').replace('FileSource', 'FileSink'),
  );
  expect((await statement(server, 'SHOW CONNECTORS;')).body).toMatchObject([
    {
      '@type': 'connector_list',
      connectors: [
        { name: 'FILES', type: 'source', className: 'org.example.FileSource', state: 'RUNNING (1/1 tasks RUNNING)' },
        { name: 'OUT', type: 'sink' },
      ],
      warnings: [],
    },
  ]);
  expect((await statement(server, 'SHOW SINK CONNECTORS;')).body).toMatchObject([{ connectors: [{ name: 'OUT' }] }]);
  expect((await statement(server, 'SHOW CONNECTOR PLUGINS;')).body).toMatchObject([
    {
      '@type': 'connector_plugins_list',
      connectorsPlugins: [{ className: 'org.example.FileSource', type: 'source', version: '1.2' }, {}],
    },
  ]);
  expect((await statement(server, 'DESCRIBE CONNECTOR files;')).body).toMatchObject([
    {
      '@type': 'connector_description',
      connectorClass: 'org.example.FileSource',
      status: {
        name: 'FILES',
        connector: { state: 'RUNNING', worker_id: '127.0.0.1:8083' },
        tasks: [{ id: 0 }],
        type: 'source',
      },
      sources: [{ name: 'S', topic: 's' }],
      topics: ['s'],
    },
  ]);
  const dropped = await statement(server, 'DROP CONNECTOR files;');
  expect(dropped.body).toMatchObject([{ '@type': 'drop_connector', connectorName: 'FILES' }]);
  expect([...connect.connectors.keys()]).toEqual(['OUT']);
});

test('what Connect has against a statement is told as ksqlDB does', async () => {
  await using service = await Service.start('in process');
  await using connect = await ConnectServer.start();
  await using server = await serverFor(service, { 'ksql.connect.url': `${connect.url}/` });
  const told = async (ksql: string) => (await statement(server, ksql)).body;
  await statement(server, CREATE);
  expect(await statement(server, CREATE)).toEqual({
    status: 409,
    body: { '@type': 'generic_error', error_code: 40900, message: 'Connector FILES already exists' },
  });
  expect(await told(CREATE.replace('files', 'IF NOT EXISTS files'))).toMatchObject([
    { '@type': 'warning_entity', message: 'Connector FILES already exists' },
  ]);
  const other = CREATE.replace('files', 'more');
  expect(await told(other.replace("'topics' = 's', ", ''))).toMatchObject({
    error_code: 40001,
    message: expect.stringContaining('Validation error: topics - Missing required configuration "topics"'),
  });
  expect(await told("CREATE SINK CONNECTOR more WITH ('a' = 'b');")).toMatchObject({
    message: expect.stringContaining('Validation error: Connector config {a=b, name=MORE} contains no connector type'),
  });
  expect(await statement(server, other.replace("'db.password' = 'pw'", "'tasks.max' = 0"))).toEqual({
    status: 400,
    body: {
      '@type': 'generic_error',
      error_code: 40000,
      message: 'Failed to create connector: {"error_code":400,"message":"no tasks"}',
    },
  });
  expect(await statement(server, 'DROP CONNECTOR nope;')).toMatchObject({
    status: 404,
    body: { error_code: 40400, message: expect.stringMatching(/^Failed to drop connector: .*NOPE not found/) },
  });
  expect(await told('DROP CONNECTOR IF EXISTS nope;')).toMatchObject([
    { '@type': 'warning_entity', message: "Connector 'NOPE' does not exist." },
  ]);
  expect(await told('DESCRIBE CONNECTOR nope;')).toMatchObject([
    { '@type': 'error_entity', errorMessage: '{"error_code":404,"message":"Connector NOPE not found"}' },
  ]);
});

test('a failure of Connect is tried again, and an absent Connect is told by its setting', async () => {
  await using service = await Service.start('in process');
  const folder = await mkdtemp(join(tmpdir(), 'millrace-connect-'));
  await writeFile(join(folder, 'login'), 'username=ann\npassword=pw\n');
  const connect = await ConnectServer.start();
  await using server = await serverFor(service, {
    'ksql.connect.url': connect.url,
    'ksql.connect.basic.auth.credentials.source': 'FILE',
    'ksql.connect.basic.auth.credentials.file': join(folder, 'login'),
  });
  connect.failures = 2;
  expect((await statement(server, 'SHOW CONNECTORS;')).body).toMatchObject([{ connectors: [] }]);
  expect(connect.seen.map(({ authorization }) => authorization)).toEqual(Array(3).fill('Basic YW5uOnB3'));
  await rm(folder, { recursive: true });
  await using nowhere = await KsqlServer.start({
    engine: await service.engine('two', { config: { 'ksql.connect.url': 'http://127.0.0.1:1' } }),
    port: 0,
  });
  expect(await statement(nowhere, 'SHOW CONNECTORS;')).toMatchObject({
    status: 500,
    body: {
      '@type': 'statement_error',
      error_code: 50000,
      message: expect.stringContaining('Kafka Connect does not answer at http://127.0.0.1:1 (ksql.connect.url): '),
    },
  });
  await connect[Symbol.asyncDispose]();
});
