import { expect, test } from 'vitest';
import { ConnectServer } from '../engine/connect/test-support/connect-server.ts';
import { Service } from '../engine/test-support/service.ts';
import { KsqlServer } from '../server/ksql-server.ts';
import { KsqlClient } from './ksql-client.ts';

test('connectors are made, listed, described and dropped, and what Kafka Connect refuses is thrown', async () => {
  await using service = await Service.start('in process');
  await using connect = await ConnectServer.start();
  const engine = await service.engine('one', { config: { 'ksql.connect.url': connect.url } });
  await using server = await KsqlServer.start({ engine, port: 0 });
  await using client = new KsqlClient({ url: server.url });
  const properties = { 'connector.class': 'org.example.FileSource', topics: "it's" };
  await client.createConnector('files', true, properties);
  await client.createConnector('files', true, properties, { ifNotExists: true });
  expect([...connect.connectors.values()]).toMatchObject([{ config: properties }]);
  expect(await client.listConnectors()).toMatchObject([
    { name: 'files', type: 'SOURCE', className: 'org.example.FileSource', state: expect.stringContaining('RUNNING') },
  ]);
  expect(await client.describeConnector('files')).toMatchObject({
    connectorClass: 'org.example.FileSource',
    status: { name: 'files' },
  });
  await client.dropConnector('files');
  await client.dropConnector('files', { ifExists: true });
  expect(await client.listConnectors()).toEqual([]);
  await expect(client.dropConnector('files')).rejects.toMatchObject({ code: 'KSQL' });
  await expect(client.createConnector('bad', true, { ...properties, 'tasks.max': 0 })).rejects.toMatchObject({
    code: 'KSQL',
    message: expect.stringContaining('no tasks'),
  });
});
