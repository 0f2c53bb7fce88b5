import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { clientOptions } from './client-properties.ts';
import { parseJaas } from './jaas.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-properties-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const PEM = '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n';

test('without any property it is plain text, and times have their options', () => {
  expect(clientOptions({}, 'a:1')).toEqual({ bootstrapServers: 'a:1' });
  expect(clientOptions({ 'client.id': 'me', 'request.timeout.ms': '5', 'unknown.key': 'x' }, 'a:1')).toEqual({
    bootstrapServers: 'a:1',
    clientId: 'me',
    requestTimeoutMs: 5,
  });
});

test('a login module gives name and password, whatever stands in them', () => {
  const jaas = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="al ice" password="a\\"b;c";';
  const properties = { 'security.protocol': 'SASL_PLAINTEXT', 'sasl.mechanism': 'PLAIN', 'sasl.jaas.config': jaas };
  expect(clientOptions(properties, 'a:1')).toMatchObject({
    sasl: { mechanism: 'PLAIN', username: 'al ice', password: 'a"b;c' },
  });
  const scram = { ...properties, 'security.protocol': 'sasl_ssl', 'sasl.mechanism': 'SCRAM-SHA-512' };
  expect(clientOptions(scram, 'a:1')).toMatchObject({ tls: {}, sasl: { mechanism: 'SCRAM-SHA-512' } });
  expect(parseJaas('a.B required\n  clientId=x scope="all of it" ;')).toEqual({
    module: 'a.B',
    options: { clientId: 'x', scope: 'all of it' },
  });
});

test('PEM files and texts become certificates, an empty algorithm leaves the host unchecked', () => {
  const ca = file('ca.pem', PEM);
  const properties = {
    'security.protocol': 'SSL',
    'ssl.truststore.location': ca,
    'ssl.keystore.key': 'KEY',
    'ssl.keystore.certificate.chain': 'CHAIN',
    'ssl.key.password': 'p',
    'ssl.endpoint.identification.algorithm': '',
    'ssl.enabled.protocols': 'TLSv1.3',
  };
  expect(clientOptions(properties, 'a:1')).toMatchObject({
    tls: {
      ca: Buffer.from(PEM),
      key: 'KEY',
      cert: 'CHAIN',
      passphrase: 'p',
      minVersion: 'TLSv1.3',
      maxVersion: 'TLSv1.3',
      checkServerIdentity: expect.any(Function),
    },
  });
  const pkcs12 = { 'security.protocol': 'SSL', 'ssl.keystore.location': file('own.p12', 'binary') };
  expect(clientOptions(pkcs12, 'a:1')).toMatchObject({ tls: { pfx: Buffer.from('binary') } });
});

test('a token is read from its file anew each time', async () => {
  const path = file('token', 'one\n');
  const properties = {
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': 'OAUTHBEARER',
    'sasl.oauthbearer.token.endpoint.url': pathToFileURL(path).href,
  };
  const { sasl } = clientOptions(properties, 'a:1') as { sasl: { token(): Promise<unknown> } };
  expect(await sasl.token()).toEqual({ value: 'one' });
  writeFileSync(path, 'two');
  expect(await sasl.token()).toEqual({ value: 'two' });
});

test.each([
  [{ 'security.protocol': 'TLS' }, 'security.protocol=TLS: give one of PLAINTEXT'],
  [{ 'security.protocol': 'SASL_SSL' }, 'sasl.mechanism=GSSAPI'],
  [{ 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'PLAIN' }, 'username and password'],
  [{ 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'PLAIN', 'sasl.jaas.config': 'x' }, 'MODULE required'],
  [{ 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'OAUTHBEARER' }, 'token.endpoint.url'],
  [{ 'security.protocol': 'SSL', 'ssl.truststore.location': '/nowhere' }, 'ssl.truststore.location'],
  [{ 'request.timeout.ms': 'soon' }, 'request.timeout.ms=soon is not a whole number'],
])('what can not be is refused by its name: %o', (properties, message) => {
  expect(() => clientOptions(properties as unknown as Record<string, string>, 'a:1')).toThrow(message);
});

test('a store that only Java reads is refused with the way out', () => {
  const store = file('trust.jks', 'binary');
  const properties = { 'security.protocol': 'SSL', 'ssl.truststore.location': store };
  expect(() => clientOptions(properties, 'a:1')).toThrow('keytool -exportcert');
});
