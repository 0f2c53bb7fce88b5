import fs from 'node:fs';
import tls from 'node:tls';
import { FakeClock } from '@millrace/base/testing';
import { MetadataRequestDefaults } from '@millrace/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from '../broker.ts';
import { type KeyPair, TestCertificates } from '../testing/certificates.ts';
import { Wire } from '../testing/wire.ts';

let certificates: TestCertificates;
let server: KeyPair;
let alice: KeyPair;

beforeAll(() => {
  certificates = new TestCertificates();
  server = certificates.issue('server', '/CN=localhost');
  alice = certificates.issue('alice', '/C=US/O=Example, Inc/OU=Fulfilment/CN=alice');
});
afterAll(() => certificates.remove());

const everyTopic = { ...MetadataRequestDefaults, topics: null };

/** A client that agrees on TLS first; null when it is sent away. */
function secureWire(port: number, options: tls.ConnectionOptions): Promise<Wire | null> {
  return new Promise((resolve) => {
    const socket = tls.connect({ port, host: '127.0.0.1', ca: certificates.ca, ...options });
    socket.once('secureConnect', () => resolve(new Wire(socket)));
    socket.once('error', () => resolve(null));
  });
}

function portOf(broker: Broker, index: number): number {
  return Number(broker.bootstrapServers.split(',')[index]!.split(':')[1]);
}

test('clients of each listener are told the address of that listener', async () => {
  const advertised = { host: 'kafka.example', port: 19_092 };
  const internal = { name: 'INTERNAL', host: '127.0.0.1', port: 0 };
  await using broker = await Broker.start({
    listeners: [internal, { name: 'EXTERNAL', host: '127.0.0.1', port: 0, advertised, tls: { ...server } }],
    thread: false,
  });
  const inside = await Wire.connect(broker.port);
  const answer = await inside.send('Metadata', 9, everyTopic);
  expect(answer!.brokers).toMatchObject([{ host: '127.0.0.1', port: broker.port }]);
  const find = { key: 'group', keyType: 0, coordinatorKeys: [] };
  expect(await inside.send('FindCoordinator', 3, find)).toMatchObject({ host: '127.0.0.1', port: broker.port });
  inside.destroy();
  expect(broker.bootstrapServers).toBe(`127.0.0.1:${broker.port},kafka.example:19092`);
});

test('a broker in a thread takes clients by TLS, too', async () => {
  await using broker = await Broker.start({
    listeners: [{ name: 'SSL', host: '127.0.0.1', port: 0, tls: { ...server } }],
    thread: true,
  });
  const wire = await secureWire(broker.port, {});
  expect((await wire!.send('Metadata', 9, everyTopic))!.brokers).toHaveLength(1);
  wire!.destroy();
  // Who does not speak TLS gets no answer, and no other client notices.
  const plain = await Wire.connect(broker.port);
  expect(await plain.send('Metadata', 9, everyTopic)).toBe(null);
});

test('where a certificate is required, only clients with a trusted one are served', async () => {
  const tlsOptions = { ...server, ca: certificates.ca, clientAuth: 'required' as const };
  await using broker = await Broker.start({
    listeners: [{ name: 'SSL', host: '127.0.0.1', port: 0, tls: tlsOptions }],
  });
  const known = await secureWire(broker.port, alice);
  expect(await known!.send('Metadata', 9, everyTopic)).not.toBe(null);
  known!.destroy();
  const nobody = await secureWire(broker.port, {});
  expect((await nobody?.send('Metadata', 9, everyTopic)) ?? null).toBe(null);
});

test('where it is requested, none will do, but a strange one will not', async () => {
  const strangers = new TestCertificates();
  const mallory = strangers.issue('mallory', '/CN=mallory');
  strangers.remove();
  const tlsOptions = { ...server, ca: certificates.ca, clientAuth: 'requested' as const };
  await using broker = await Broker.start({
    listeners: [{ name: 'SSL', host: '127.0.0.1', port: 0, tls: tlsOptions }],
  });
  const nobody = await secureWire(broker.port, {});
  expect(await nobody!.send('Metadata', 9, everyTopic)).not.toBe(null);
  nobody!.destroy();
  const stranger = await secureWire(broker.port, mallory);
  expect((await stranger?.send('Metadata', 9, everyTopic)) ?? null).toBe(null);
});

test("a certificate's subject is the client's name, as Java writes it or as the rules make it", async () => {
  const listeners = [undefined, 'RULE:^.*CN=([a-zA-Z]+).*$/$1/U,DEFAULT'].map((principalMappingRules, index) => ({
    name: `SSL${index}`,
    host: '127.0.0.1',
    port: 0,
    tls: {
      ...server,
      ca: certificates.ca,
      clientAuth: 'required' as const,
      ...(principalMappingRules === undefined ? {} : { principalMappingRules }),
    },
  }));
  const superUsers = ['User:CN=alice,OU=Fulfilment,O=Example\\, Inc,C=US', 'User:ALICE'];
  for (const [index] of listeners.entries()) {
    await using broker = await Broker.start({ listeners, authorizer: { superUsers: [superUsers[index]!] } });
    const ports = listeners.map((_, at) => portOf(broker, at));
    const wires = await Promise.all(ports.map((port) => secureWire(port, alice)));
    const groups = await Promise.all(
      wires.map((wire) => wire!.send('ListGroups', 4, { statesFilter: [], typesFilter: [] })),
    );
    // Whom the super user's name does not fit is a stranger.
    const codes = await Promise.all(
      wires.map((wire) => wire!.send('DescribeGroups', 5, { groups: ['g'], includeAuthorizedOperations: false })),
    );
    expect(groups).toHaveLength(2);
    expect(codes.map((answer) => answer!.groups[0]!.errorCode !== 30)).toEqual([index === 0, index === 1]);
    for (const wire of wires) wire!.destroy();
  }
});

test('key stores are read from PEM and PKCS12 files, and from the configuration itself', async () => {
  const pem = certificates.path('store.pem');
  fs.writeFileSync(pem, server.key + server.cert + certificates.ca);
  const config = {
    listeners: 'A://127.0.0.1:0,B://127.0.0.1:0,C://127.0.0.1:0',
    'listener.security.protocol.map': 'A:SSL,B:SSL,C:SSL',
    'inter.broker.listener.name': 'A',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': pem,
    'ssl.truststore.location': certificates.path('ca.pem'),
    'listener.name.b.ssl.keystore.location': certificates.pkcs12('server', 'secret'),
    'listener.name.b.ssl.keystore.password': 'secret',
    'listener.name.c.ssl.keystore.certificate.chain': server.cert,
    'listener.name.c.ssl.keystore.key': server.key,
  };
  await using broker = await Broker.start({ config });
  for (const index of [0, 1, 2]) {
    const wire = await secureWire(portOf(broker, index), {});
    expect(await wire?.send('Metadata', 9, everyTopic)).toMatchObject({ brokers: [{ port: portOf(broker, index) }] });
    wire?.destroy();
  }
});

test('a key store that is written anew is read for new clients, and one that is broken is not', async () => {
  const file = certificates.path('renewed.pem');
  const write = (text: string) => fs.writeFileSync(file, text);
  write(server.key + server.cert);
  const clock = new FakeClock();
  const config = { listeners: 'SSL://127.0.0.1:0', 'ssl.keystore.location': file };
  const broker = await Broker.start({ config, clock });
  const shown = () =>
    new Promise<string | undefined>((resolve) => {
      const socket = tls.connect({ port: broker.port, host: '127.0.0.1', ca: certificates.ca }, () => {
        resolve(socket.getPeerX509Certificate()?.subject);
        socket.destroy();
      });
    });
  const renewed = certificates.issue('renewed-server', '/CN=renewed');
  write(renewed.key + renewed.cert);
  expect(await shown()).toBe('CN=localhost');
  clock.advance(60_000);
  expect(await shown()).toBe('CN=renewed');
  write('nonsense');
  clock.advance(60_000);
  expect(await shown()).toBe('CN=renewed');
  await broker.close();
});

test.each([
  [{ listeners: 'INSIDE://:9092' }, 'INVALID_LISTENERS', 'No security protocol defined for listener INSIDE'],
  [{ listeners: 'SSL://:9092' }, 'INVALID_TLS_CONFIG', 'TLS needs a certificate'],
  [{ listeners: 'SASL_PLAINTEXT://:9092' }, 'INVALID_SASL_CONFIG', 'sasl.enabled.mechanisms'],
  [
    { listeners: 'SASL_PLAINTEXT://:9092', 'sasl.enabled.mechanisms': 'GSSAPI' },
    'INVALID_SASL_CONFIG',
    'GSSAPI is not served',
  ],
  [{ listeners: 'PLAINTEXT://:9092,PLAINTEXT://:9093' }, 'INVALID_LISTENERS', 'PLAINTEXT comes twice'],
  [
    { listeners: 'PLAINTEXT://:9092', 'inter.broker.listener.name': 'B' },
    'INVALID_LISTENERS',
    'inter.broker.listener.name',
  ],
])('%j is refused with what to do', async (config, code, text) => {
  await expect(Broker.start({ config: config as Record<string, string> })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(text),
  });
});
