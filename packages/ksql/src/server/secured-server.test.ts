import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http2 from 'node:http2';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Service } from '../engine/test-support/service.ts';
import { authenticationOfSettings } from './basic-authentication.ts';
import { KsqlServer } from './ksql-server.ts';
import { tlsOfSettings } from './tls-settings.ts';

let folder: string;
const file = (name: string): string => join(folder, name);

/** A certificate that vouches for itself, good for a day; as PEM and as PKCS12. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-tls-'));
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem'];
  openssl('req', '-x509', ...key, '-days', '1', ...names, '-out', 'cert.pem');
  openssl('pkcs12', '-export', '-inkey', 'key.pem', '-in', 'cert.pem', '-passout', 'pass:secret', '-out', 'store.p12');
  await writeFile(
    file('store.pem'),
    (await readFile(file('key.pem'), 'utf8')) + (await readFile(file('cert.pem'), 'utf8')),
  );
  await writeFile(file('users'), 'alice: wonderland, admin\nbob: builder\n');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

type Told = { readonly status: number; readonly body: unknown };

function ask(url: string, ca: string, options: https.RequestOptions & { readonly body?: string } = {}): Promise<Told> {
  const { body, ...others } = options;
  return new Promise((resolve, reject) => {
    const request = https.request(url, { ca, agent: false, ...others }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, body: JSON.parse(text) }));
    });
    request.once('error', reject);
    request.end(body);
  });
}

test.each([
  ['PEM', () => ({ 'ssl.keystore.location': file('store.pem') })],
  ['PKCS12', () => ({ 'ssl.keystore.location': file('store.p12'), 'ssl.keystore.password': 'secret' })],
])('HTTPS with a key store in %s: HTTP/1.1 and HTTP/2 on one port', async (_kind, settings) => {
  await using service = await Service.start('in process');
  await using server = await KsqlServer.start({
    engine: await service.engine(),
    port: 0,
    tls: tlsOfSettings(settings()),
  });
  expect(server.url).toMatch(/^https:/);
  const ca = await readFile(file('cert.pem'), 'utf8');
  expect(await ask(`${server.url}/info`, ca)).toMatchObject({ status: 200, body: { KsqlServerInfo: {} } });
  const session = http2.connect(server.url, { ca });
  const stream = session.request({ ':path': '/info' });
  const status = new Promise((resolve) => stream.once('response', (headers) => resolve(headers[':status'])));
  stream.resume();
  expect(await status).toBe(200);
  await server.close();
  session.destroy();
});

test('with a list of users, strangers are asked who they are, and those without the role are refused', async () => {
  const authentication = authenticationOfSettings({
    'authentication.method': 'BASIC',
    'authentication.users.file': file('users'),
    'authentication.roles': 'admin',
    'authentication.skip.paths': '/healthcheck',
  });
  await using service = await Service.start('in process');
  await using server = await KsqlServer.start({ engine: await service.engine(), port: 0, authentication });
  const info = async (auth?: string) => {
    const headers = auth === undefined ? {} : { authorization: `Basic ${Buffer.from(auth).toString('base64')}` };
    const response = await fetch(`${server.url}/info`, { headers });
    const { error_code: code = null } = (await response.json()) as { error_code?: number };
    return [response.status, code, response.headers.get('www-authenticate')];
  };
  expect(await info()).toEqual([401, 40100, 'Basic realm="KsqlServer"']);
  expect(await info('alice:wrong')).toEqual([401, 40100, 'Basic realm="KsqlServer"']);
  expect(await info('bob:builder')).toEqual([403, 40300, null]);
  expect(await info('alice:wonderland')).toEqual([200, null, null]);
  expect((await fetch(`${server.url}/healthcheck`)).status).toBe(200);
});

test.each([
  [{}, 'https needs a certificate'],
  [{ 'ssl.keystore.location': '/nowhere' }, "can't be read"],
  [{ 'ssl.client.authentication': 'MAYBE' }, 'give NONE, REQUESTED or REQUIRED'],
])('settings %j are refused', (settings, message) => {
  expect(() => tlsOfSettings(settings)).toThrow(message);
});

test('a method without users is refused', () => {
  expect(() => authenticationOfSettings({ 'authentication.method': 'BASIC' })).toThrow('authentication.users.file');
  expect(() => authenticationOfSettings({ 'authentication.method': 'KERBEROS' })).toThrow('give NONE or BASIC');
  expect(authenticationOfSettings({})).toBeNull();
});
