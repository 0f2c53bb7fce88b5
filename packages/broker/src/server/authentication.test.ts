import { createHash, createHmac, generateKeyPairSync, type KeyObject, pbkdf2Sync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { type Logger, silentLogger } from '@millrace/base';
import { FakeClock } from '@millrace/base/testing';
import { ErrorCode, MetadataRequestDefaults } from '@millrace/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from '../broker.ts';
import type { SaslOptions } from '../security/sasl/sasl-options.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import { TestCertificates } from '../testing/certificates.ts';
import { Wire } from '../testing/wire.ts';
import type { BrokerOptions } from './broker-options.ts';

const everyTopic = { ...MetadataRequestDefaults, topics: null };
const PLAIN: SaslOptions = { mechanism: 'PLAIN', users: { alice: 'alice-secret', bob: 'bob-secret' } };
const ALICE = '\0alice\0alice-secret';

let folder: TestCertificates;
beforeAll(() => {
  folder = new TestCertificates();
});
afterAll(() => folder.remove());

function start(sasl: readonly SaslOptions[], more: BrokerOptions = {}): Promise<Broker> {
  return Broker.start({
    listeners: [{ name: 'SASL', host: '127.0.0.1', port: 0, sasl }],
    config: { 'connection.failed.authentication.delay.ms': '0' },
    ...more,
  });
}

/** Shakes hands and says one thing; the answer, or null when the connection was closed. */
async function authenticate(wire: Wire, mechanism: string, message: string) {
  const handshake = await wire.send('SaslHandshake', 1, { mechanism });
  expect(handshake).toMatchObject({ errorCode: 0 });
  return await wire.send('SaslAuthenticate', 2, { authBytes: Buffer.from(message) });
}

async function isServed(wire: Wire): Promise<boolean> {
  return (await wire.send('Metadata', 9, everyTopic)) !== null;
}

test('who is known by name and password is served', async () => {
  await using broker = await start([PLAIN]);
  const wire = await Wire.connect(broker.port);
  expect(await authenticate(wire, 'PLAIN', ALICE)).toMatchObject({ errorCode: 0, sessionLifetimeMs: 0 });
  expect(await isServed(wire)).toBe(true);
  wire.destroy();
});

test('tokens in bare frames are understood, as old clients send them', async () => {
  await using broker = await start([PLAIN]);
  const wire = await Wire.connect(broker.port);
  expect(await wire.send('SaslHandshake', 0, { mechanism: 'PLAIN' })).toMatchObject({ mechanisms: ['PLAIN'] });
  const frame = Buffer.concat([Buffer.from([0, 0, 0, ALICE.length]), Buffer.from(ALICE)]);
  expect(await wire.exchange(frame)).toEqual(Buffer.alloc(0));
  expect(await isServed(wire)).toBe(true);
  wire.destroy();
});

test.each([
  ['\0alice\0wrong', 'Authentication failed: Invalid username or password'],
  ['\0nobody\0alice-secret', 'Authentication failed: Invalid username or password'],
  ['\0toString\0x', 'Authentication failed: Invalid username or password'],
  ['\0alice\0', 'Authentication failed: password not specified'],
  ['\0\0alice-secret', 'Authentication failed: username not specified'],
  [
    'bob\0alice\0alice-secret',
    'Authentication failed: Client requested an authorization id that is different from username',
  ],
  ['nonsense', 'Authentication failed during authentication due to invalid credentials with SASL mechanism PLAIN'],
])('%j is refused in the words that clients of Kafka know, and the connection ends', async (message, text) => {
  await using broker = await start([PLAIN]);
  const wire = await Wire.connect(broker.port);
  expect(await authenticate(wire, 'PLAIN', message)).toMatchObject({
    errorCode: ErrorCode.SASL_AUTHENTICATION_FAILED,
    errorMessage: text,
  });
  await wire.closed;
});

test('a mechanism that is not offered is answered with those that are', async () => {
  await using broker = await start([PLAIN, { mechanism: 'SCRAM-SHA-512' }]);
  const wire = await Wire.connect(broker.port);
  expect(await wire.send('SaslHandshake', 1, { mechanism: 'GSSAPI' })).toEqual({
    errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM,
    mechanisms: ['PLAIN', 'SCRAM-SHA-512'],
  });
  await wire.closed;
});

test('before a client is known, only ApiVersions is answered', async () => {
  await using broker = await start([PLAIN]);
  const wire = await Wire.connect(broker.port);
  const client = { clientSoftwareName: 'test', clientSoftwareVersion: '1' };
  expect(await wire.send('ApiVersions', 3, client)).toMatchObject({ errorCode: 0 });
  expect(await isServed(wire)).toBe(false);
  const between = await Wire.connect(broker.port);
  await between.send('SaslHandshake', 1, { mechanism: 'PLAIN' });
  expect(await isServed(between)).toBe(false);
  const large = await Wire.connect(broker.port);
  // A megabyte is nothing for a client that is known.
  expect(await large.exchange(Buffer.from([0, 0x10, 0, 0, 0, 17]))).toBe(null);
});

test('requests that were sent on without waiting for the last answer are served in their order', async () => {
  await using broker = await start([PLAIN]);
  const wire = await Wire.connect(broker.port);
  await wire.send('SaslHandshake', 1, { mechanism: 'PLAIN' });
  const known = wire.send('SaslAuthenticate', 2, { authBytes: Buffer.from(ALICE) });
  const served = isServed(wire);
  expect(await known).toMatchObject({ errorCode: 0 });
  expect(await served).toBe(true);
  wire.destroy();
});

/** Resolves when the broker has logged that a client failed. */
function failureLog(): { readonly logger: Logger; readonly failed: Promise<void> } {
  const { promise: failed, resolve } = Promise.withResolvers<void>();
  const info = (message: string) => (message === 'a client failed to authenticate' ? resolve() : undefined);
  return { logger: { ...silentLogger, info }, failed };
}

test('a failed client waits for its answer', async () => {
  const clock = new FakeClock();
  const { logger, failed } = failureLog();
  const config = { 'connection.failed.authentication.delay.ms': '5000' };
  const broker = await start([PLAIN], { clock, config, logger });
  const wire = await Wire.connect(broker.port);
  let isAnswered = false;
  const answer = authenticate(wire, 'PLAIN', '\0alice\0wrong').then((seen) => {
    isAnswered = true;
    return seen;
  });
  await failed;
  clock.advance(4999);
  // Time enough for an answer that should not come.
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isAnswered).toBe(false);
  clock.advance(1);
  expect(await answer).toMatchObject({ errorCode: ErrorCode.SASL_AUTHENTICATION_FAILED });
  await broker.close();
});

test('a client must prove itself again in time, and as the same', async () => {
  const clock = new FakeClock();
  const { logger, failed } = failureLog();
  const broker = await start([{ ...PLAIN, maxReauthMs: 60_000 }], { clock, logger });
  const wire = await Wire.connect(broker.port);
  expect(await authenticate(wire, 'PLAIN', ALICE)).toMatchObject({ sessionLifetimeMs: 60_000 });
  clock.advance(50_000);
  expect(await authenticate(wire, 'PLAIN', ALICE)).toMatchObject({ errorCode: 0, sessionLifetimeMs: 60_000 });
  expect(await isServed(wire)).toBe(true);
  // Too soon after the last time it is a request like any other, and a wrong one.
  expect(await wire.send('SaslHandshake', 1, { mechanism: 'PLAIN' })).toMatchObject({
    errorCode: ErrorCode.ILLEGAL_SASL_STATE,
  });
  clock.advance(1000);
  const asAnother = authenticate(wire, 'PLAIN', '\0bob\0bob-secret');
  await failed;
  clock.advance(1);
  expect(await asAnother).toMatchObject({
    errorMessage: 'Cannot change principals during re-authentication from User:alice: User:bob',
  });

  const late = await Wire.connect(broker.port);
  await authenticate(late, 'PLAIN', ALICE);
  clock.advance(60_000);
  expect(await isServed(late)).toBe(false);
  await broker.close();
});

test.each(['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
  '%s needs the password, and shows who has it',
  async (mechanism) => {
    const scramUsers = [{ mechanism, name: 'us=er,', password: 'pencil' }];
    await using broker = await start([{ mechanism }], { scramUsers });
    const known = await Wire.connect(broker.port);
    expect(await scram(known, mechanism, 'us=3Der=2C', 'pencil')).toBe(0);
    expect(await isServed(known)).toBe(true);
    known.destroy();
    const wrong = await Wire.connect(broker.port);
    expect(await scram(wrong, mechanism, 'us=3Der=2C', 'pen')).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
    // Who does not exist is asked the same questions as who does.
    const nobody = await Wire.connect(broker.port);
    expect(await scram(nobody, mechanism, 'nobody', 'pencil')).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
  },
);

test('users of a configuration are made once, and keep what they were given since', async () => {
  const files = new MemoryFiles();
  const scramConfig = (password: string) => ({ 'scram.users': `SCRAM-SHA-256=[name=alice,password=${password}];` });
  const logIn = async (broker: Broker, password: string) =>
    await scram(await Wire.connect(broker.port), 'SCRAM-SHA-256', 'alice', password);
  const more = { files, data: '/data' };
  for (const given of ['first', 'second']) {
    const config = { ...scramConfig(given), 'connection.failed.authentication.delay.ms': '0' };
    await using broker = await start([{ mechanism: 'SCRAM-SHA-256' }], { ...more, config });
    expect([await logIn(broker, 'first'), await logIn(broker, 'second')]).toEqual([
      0,
      ErrorCode.SASL_AUTHENTICATION_FAILED,
    ]);
  }
});

test('a user whose credential is taken away is not let in again', async () => {
  const scramUsers = [{ mechanism: 'SCRAM-SHA-256' as const, name: 'alice', password: 'pencil' }];
  await using broker = await start([{ mechanism: 'SCRAM-SHA-256' }], { scramUsers });
  const app = await broker.connect();
  await app.send('AlterUserScramCredentials', 0, { deletions: [{ name: 'alice', mechanism: 1 }], upsertions: [] });
  const wire = await Wire.connect(broker.port);
  expect(await scram(wire, 'SCRAM-SHA-256', 'alice', 'pencil')).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
});

/** A client's side of SCRAM, up to the broker's proof; the error code of the end. */
async function scram(wire: Wire, mechanism: string, saslName: string, password: string): Promise<number> {
  const hash = mechanism === 'SCRAM-SHA-256' ? 'sha256' : 'sha512';
  const hmac = (key: Uint8Array, text: string) => createHmac(hash, key).update(text).digest();
  const bare = `n=${saslName},r=clientnonce`;
  const challenge = Buffer.from((await authenticate(wire, mechanism, `n,,${bare}`))!.authBytes).toString();
  const [, nonce, salt, iterations] = /^r=([^,]+),s=([^,]+),i=(\d+)$/.exec(challenge)!;
  const salted = pbkdf2Sync(
    password,
    Buffer.from(salt!, 'base64'),
    Number(iterations),
    hash === 'sha256' ? 32 : 64,
    hash,
  );
  const clientKey = hmac(salted, 'Client Key');
  const spoken = `${bare},${challenge},c=biws,r=${nonce}`;
  const signature = hmac(createHash(hash).update(clientKey).digest(), spoken);
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ signature[index]!)).toString('base64');
  const answer = await wire.send('SaslAuthenticate', 2, { authBytes: Buffer.from(`c=biws,r=${nonce},p=${proof}`) });
  if (answer!.errorCode === 0) {
    const proved = hmac(hmac(salted, 'Server Key'), spoken).toString('base64');
    expect(Buffer.from(answer!.authBytes).toString()).toBe(`v=${proved}`);
  }
  return answer!.errorCode;
}

const SEPARATOR = '\x01';

function jwt(claims: object, header: object, key: KeyObject | null): string {
  const [head, body] = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const signature =
    key === null ? Buffer.alloc(0) : sign('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' });
  return `${head}.${body}.${signature.toString('base64url')}`;
}

async function bear(broker: Broker, token: string) {
  const wire = await Wire.connect(broker.port);
  const message = `n,,${SEPARATOR}auth=Bearer ${token}${SEPARATOR}${SEPARATOR}`;
  const answer = await authenticate(wire, 'OAUTHBEARER', message);
  const challenge = Buffer.from(answer!.authBytes).toString();
  if (challenge === '') {
    wire.destroy();
    return answer!;
  }
  return await wire.send('SaslAuthenticate', 2, { authBytes: Buffer.from(SEPARATOR) });
}

const inAnHour = Math.floor(Date.now() / 1000) + 3600;
const claims = { sub: 'alice', iss: 'https://issuer', aud: 'kafka', exp: inAnHour, scope: 'read write' };

test('a signed token is believed when its key, issuer, audience and time are right', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = [
    { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'r1' },
    { ...ec.publicKey.export({ format: 'jwk' }), kid: 'e1' },
  ];
  const server = createServer((_request, response) => response.end(JSON.stringify({ keys })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const jwks = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  const option = { mechanism: 'OAUTHBEARER', jwks, issuer: 'https://issuer', audience: ['kafka', 'other'] } as const;
  await using broker = await start([option]);
  const rs256 = { alg: 'RS256', kid: 'r1' };
  const accepted = await bear(broker, jwt(claims, rs256, rsa.privateKey));
  expect(accepted).toMatchObject({ errorCode: 0 });
  expect(accepted!.sessionLifetimeMs).toBeGreaterThan(3_000_000);
  expect(await bear(broker, jwt(claims, { alg: 'ES256', kid: 'e1' }, ec.privateKey))).toMatchObject({ errorCode: 0 });

  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const refused = [
    jwt(claims, rs256, stranger.privateKey),
    jwt(claims, { alg: 'RS256', kid: 'r2' }, rsa.privateKey),
    jwt(claims, { alg: 'none' }, null),
    jwt(claims, { alg: 'none', kid: 'r1' }, null),
    jwt(claims, { alg: 'HS256', kid: 'r1' }, rsa.privateKey),
    jwt(claims, { alg: 'ES256', kid: 'r1' }, rsa.privateKey),
    jwt({ ...claims, iss: 'https://other' }, rs256, rsa.privateKey),
    jwt({ ...claims, aud: ['somebody'] }, rs256, rsa.privateKey),
    jwt({ ...claims, exp: 1000 }, rs256, rsa.privateKey),
    jwt({ ...claims, exp: undefined }, rs256, rsa.privateKey),
    jwt({ ...claims, nbf: inAnHour }, rs256, rsa.privateKey),
    jwt({ ...claims, sub: '' }, rs256, rsa.privateKey),
    'a.b.c',
    'nothing',
  ];
  for (const token of refused) {
    expect(await bear(broker, token), token).toMatchObject({
      errorCode: ErrorCode.SASL_AUTHENTICATION_FAILED,
      errorMessage: '{"status":"invalid_token"}',
    });
  }
  server.close();
});

test('keys may lie in a file, and names in other claims', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const file = folder.path('keys.json');
  writeFileSync(file, JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] }));
  const jwks = pathToFileURL(file).href;
  const scoped = { subClaim: 'client', scopeClaim: 'scp', requiredScope: ['kafka'] };
  await using broker = await start([{ mechanism: 'OAUTHBEARER', jwks, ...scoped }]);
  const own = { client: 'service', exp: inAnHour };
  expect(await bear(broker, jwt({ ...own, scp: ['kafka'] }, { alg: 'ES256' }, privateKey))).toMatchObject({
    errorCode: 0,
  });
  expect(await bear(broker, jwt({ ...own, scp: ['mail'] }, { alg: 'ES256' }, privateKey))).toMatchObject({
    errorMessage: '{"status":"insufficient_scope","scope":"kafka"}',
  });
});

test("unsigned tokens are taken where a test wants it, as by Kafka's own validator", async () => {
  const config = {
    listeners: 'SASL_PLAINTEXT://127.0.0.1:0',
    'sasl.enabled.mechanisms': 'OAUTHBEARER',
    'listener.name.sasl_plaintext.oauthbearer.sasl.jaas.config':
      'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="x";',
    'connection.failed.authentication.delay.ms': '0',
  };
  await using broker = await Broker.start({ config });
  expect(await bear(broker, jwt(claims, { alg: 'none' }, null))).toMatchObject({ errorCode: 0 });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  expect(await bear(broker, jwt(claims, { alg: 'ES256' }, privateKey))).toMatchObject({
    errorCode: ErrorCode.SASL_AUTHENTICATION_FAILED,
  });
});

test('whatever a stranger says, it gets in nowhere and does no harm', async () => {
  const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'OAUTHBEARER'] as const;
  const scramUsers = [{ mechanism: 'SCRAM-SHA-256' as const, name: 'a', password: 'b' }];
  const sasl: SaslOptions[] = [PLAIN, { mechanism: 'SCRAM-SHA-256' }, { mechanism: 'OAUTHBEARER', jwks: null }];
  await using broker = await start(sasl, { scramUsers });
  const words = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(fc.constantFrom(...'nyp,a=r.\0\x01')).map((letters) => Buffer.from(letters.join(''))),
    fc
      .constantFrom('n,,n=a,r=x', 'c=biws,r=x,p=eA==', 'n,,\x01auth=Bearer a.b.c\x01\x01')
      .map((text) => Buffer.from(text)),
  );
  const conversation = fc.array(words, { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...mechanisms), conversation, async (mechanism, messages) => {
      const wire = await Wire.connect(broker.port);
      await wire.send('SaslHandshake', 1, { mechanism });
      for (const authBytes of messages) {
        const answer = await wire.send('SaslAuthenticate', 2, { authBytes });
        if (answer === null || answer.errorCode !== 0) break;
      }
      expect(await isServed(wire)).toBe(false);
      wire.destroy();
    }),
    { numRuns: 300 },
  );
  const wire = await Wire.connect(broker.port);
  expect(await authenticate(wire, 'PLAIN', ALICE)).toMatchObject({ errorCode: 0 });
  wire.destroy();
});

test('nothing that a broker logs or tells holds a secret', async () => {
  const lines: string[] = [];
  const log = (message: string, fields?: unknown) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const logger = { debug: log, info: log, warn: log, error: log };
  await using broker = await start([PLAIN], { logger });
  const wire = await Wire.connect(broker.port);
  await authenticate(wire, 'PLAIN', '\0alice\0alice-secrets');
  const app = await broker.connect();
  const resource = { resourceType: 4, resourceName: '1', configurationKeys: null };
  const configs = { resources: [resource], includeSynonyms: true, includeDocumentation: true };
  lines.push(JSON.stringify(await app.send('DescribeConfigs', 4, configs)));
  expect(lines.join()).toContain('a client failed to authenticate');
  expect(lines.join()).not.toContain('alice-secret');
});
