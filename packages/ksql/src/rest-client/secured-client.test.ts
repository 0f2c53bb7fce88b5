import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Service } from '../engine/test-support/service.ts';
import { authenticationOfSettings } from '../server/basic-authentication.ts';
import { KsqlServer } from '../server/ksql-server.ts';
import { tlsOfSettings } from '../server/tls-settings.ts';
import { KsqlClient } from './ksql-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-client-tls-'));
let service: Service;
let server: KsqlServer;
let ca: Buffer;

beforeAll(async () => {
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem'];
  const args = ['req', '-x509', ...key, '-days', '1', ...names, '-out', 'cert.pem'];
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  ca = readFileSync(join(folder, 'cert.pem'));
  writeFileSync(join(folder, 'store.pem'), Buffer.concat([readFileSync(join(folder, 'key.pem')), ca]));
  writeFileSync(join(folder, 'users'), 'alice: wonder:land, admin\n');
  service = await Service.start('in process');
  server = await KsqlServer.start({
    engine: await service.engine(),
    port: 0,
    tls: tlsOfSettings({ 'ssl.keystore.location': join(folder, 'store.pem') }),
    authentication: authenticationOfSettings({
      'authentication.method': 'BASIC',
      'authentication.users.file': join(folder, 'users'),
      'authentication.roles': 'admin',
      'authentication.realm': 'ksql',
    }),
  });
});

afterAll(async () => {
  await server.close();
  await service[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

test.each(['http/2', 'http/1.1'] as const)('over %s with TLS, who has a password is let in', async (protocol) => {
  const name = `secret_${protocol.at(-1)}`;
  await using client = new KsqlClient({
    url: server.url,
    protocol,
    user: 'alice',
    password: 'wonder:land',
    tls: { ca },
  });
  await client.execute(`CREATE STREAM ${name} (id INT KEY) WITH (kafka_topic='${name}', partitions=1, format='JSON');`);
  await client.insertInto(name, { ID: 1 });
  const properties = { 'auto.offset.reset': 'earliest' };
  const { rows } = await client.executeQuery(`SELECT * FROM ${name} EMIT CHANGES LIMIT 1;`, { properties });
  expect(rows).toEqual([[1]]);
  await using stranger = new KsqlClient({ url: server.url, protocol, user: 'alice', password: 'no', tls: { ca } });
  await expect(stranger.serverInfo()).rejects.toMatchObject({ errorCode: 40100 });
  await using unsure = new KsqlClient({ url: server.url, protocol });
  await expect(unsure.serverInfo()).rejects.toMatchObject({
    code: 'SERVER_UNREACHABLE',
    cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  });
});
