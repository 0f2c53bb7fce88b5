import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import { Broker } from 'millrace/broker';
import { Client, type ClientOptions } from 'millrace/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestCertificates } from '../../packages/broker/src/testing/certificates.ts';
import { hasJava, kafkaJars, runJava } from '../support/java.ts';
import { commandPath, titled } from '../support/millrace-command.ts';

// Every way to prove who one is, by every client: our own, kafkajs, kcat (librdkafka), and Java's.

const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'] as const;
const PROTOCOLS = ['SASL_PLAINTEXT', 'SASL_SSL'] as const;
const PASSWORD = 'alice-secret';
const JAAS = 'org.apache.kafka.common.security';
const JAVA_TIMEOUT_MS = 120_000;

let certificates: TestCertificates;
let broker: Broker;
const addresses = new Map<string, string>();

beforeAll(async () => {
  certificates = new TestCertificates();
  const server = certificates.issue('server', '/CN=localhost');
  certificates.issue('alice', '/O=Example/CN=alice');
  writeFileSync(certificates.path('store.pem'), server.key + server.cert);
  const users = `user_alice="${PASSWORD}" user_admin="admin-secret"`;
  const jaas = PROTOCOLS.flatMap((protocol) => [
    [
      `listener.name.${protocol.toLowerCase()}.plain.sasl.jaas.config`,
      `${JAAS}.plain.PlainLoginModule required ${users};`,
    ],
    [
      `listener.name.${protocol.toLowerCase()}.oauthbearer.sasl.jaas.config`,
      `${JAAS}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";`,
    ],
  ]);
  broker = await Broker.start({
    // Clients that are started and waited for would wait for ever if the broker waited with them.
    thread: true,
    scramUsers: (['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const).map((mechanism) => {
      return { mechanism, name: 'alice', password: PASSWORD };
    }),
    config: {
      listeners: 'PLAINTEXT://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0,SASL_SSL://127.0.0.1:0,SSL://127.0.0.1:0',
      'sasl.enabled.mechanisms': MECHANISMS.join(),
      'ssl.keystore.location': certificates.path('store.pem'),
      'ssl.truststore.location': certificates.path('ca.pem'),
      'listener.name.ssl.ssl.client.auth': 'required',
      'ssl.principal.mapping.rules': 'RULE:^.*CN=([^,]+).*$/$1/,DEFAULT',
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS;User:alice',
      ...Object.fromEntries(jaas),
    },
  });
  const names = ['PLAINTEXT', 'SASL_PLAINTEXT', 'SASL_SSL', 'SSL'];
  for (const [index, address] of broker.bootstrapServers.split(',').entries()) addresses.set(names[index]!, address);
});
afterAll(async () => {
  await broker.close();
  certificates.remove();
});

function unsignedToken(sub: string): string {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const parts = [{ alg: 'none' }, { sub, iat: nowSeconds, exp: nowSeconds + 600, scope: [] }];
  return `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
}

const cases = PROTOCOLS.flatMap((protocol) => MECHANISMS.map((mechanism) => [protocol, mechanism] as const));

describe.each(cases)('%s with %s', (protocol, mechanism) => {
  const isSecure = protocol === 'SASL_SSL';

  test('our client is let in with the right password, and told why not with a wrong one', async () => {
    const open = (password: string): Client => {
      const options: ClientOptions = {
        bootstrapServers: addresses.get(protocol)!,
        ...(isSecure ? { tls: { ca: certificates.ca } } : {}),
        sasl:
          mechanism === 'OAUTHBEARER'
            ? { mechanism, token: async () => ({ value: password === PASSWORD ? unsignedToken('alice') : 'nonsense' }) }
            : { mechanism, username: 'alice', password },
        retryTimeoutMs: 5000,
      };
      return new Client(options);
    };
    await using client = open(PASSWORD);
    expect((await client.admin.describeCluster()).nodes).toHaveLength(1);
    await using stranger = open('wrong');
    await expect(stranger.admin.describeCluster()).rejects.toMatchObject({ code: 'SASL_AUTHENTICATION_FAILED' });
  });

  test('kafkajs is let in with the right password, and told why not with a wrong one', async () => {
    const open = (password: string) => {
      const sasl = (
        mechanism === 'OAUTHBEARER'
          ? {
              mechanism: 'oauthbearer',
              oauthBearerProvider: async () => ({ value: password === PASSWORD ? unsignedToken('alice') : 'nonsense' }),
            }
          : { mechanism: mechanism.toLowerCase(), username: 'alice', password }
      ) as SASLOptions;
      const ssl = isSecure ? { ssl: { ca: [certificates.ca] } } : {};
      const brokers = [addresses.get(protocol)!];
      return new Kafka({ brokers, sasl, ...ssl, logLevel: logLevel.NOTHING, retry: { retries: 0 } }).admin();
    };
    const admin = open(PASSWORD);
    await admin.connect();
    expect((await admin.describeCluster()).brokers).toHaveLength(1);
    await admin.disconnect();
    // kafkajs takes the refusal of a token for its acceptance, and finds out by its next request.
    const stranger = open('wrong');
    await expect(stranger.connect().then(() => stranger.describeCluster())).rejects.toThrow();
    await stranger.disconnect();
  });
});

const kcat = commandPath('kcat');

describe.skipIf(kcat === null)(titled('kcat', kcat !== null), () => {
  test.each(cases)('writes and reads by %s with %s', async (protocol, mechanism) => {
    const topic = `kcat-${protocol}-${mechanism}`;
    const settings = {
      'security.protocol': protocol,
      'sasl.mechanism': mechanism,
      'ssl.ca.location': certificates.path('ca.pem'),
      ...(mechanism === 'OAUTHBEARER'
        ? { 'enable.sasl.oauthbearer.unsecure.jwt': 'true', 'sasl.oauthbearer.config': 'principal=alice' }
        : { 'sasl.username': 'alice', 'sasl.password': PASSWORD }),
    };
    await exchange(protocol, settings, topic);
  });

  test('is known by its certificate', async () => {
    await exchange('SSL', { 'security.protocol': 'SSL', ...certificateSettings() }, 'kcat-ssl');
  });

  test('is not let in by TLS without a certificate', async () => {
    const args = ['-b', addresses.get('SSL')!, '-L', '-m', '2', '-X', 'security.protocol=SSL'];
    await expect(
      promisify(execFile)(kcat!, [...args, '-X', `ssl.ca.location=${certificates.path('ca.pem')}`]),
    ).rejects.toThrow();
  });

  function certificateSettings(): Record<string, string> {
    return {
      'ssl.ca.location': certificates.path('ca.pem'),
      'ssl.certificate.location': certificates.path('alice.pem'),
      'ssl.key.location': certificates.path('alice.key'),
    };
  }

  async function exchange(listener: string, settings: Readonly<Record<string, string>>, topic: string): Promise<void> {
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-X', `${name}=${value}`]);
    const common = ['-b', addresses.get(listener)!, '-t', topic, ...flags];
    const produce = promisify(execFile)(kcat!, ['-P', ...common], { timeout: 20_000 });
    produce.child.stdin!.end('one\ntwo\n');
    await produce;
    const { stdout } = await promisify(execFile)(kcat!, ['-C', ...common, '-o', 'beginning', '-e', '-q'], {
      timeout: 20_000,
    });
    expect(stdout).toBe('one\ntwo\n');
  }
});

const jars = kafkaJars();
// Each starts a Java machine: `npm run kafka-tools` runs them.
const canRunJava = jars !== null && hasJava() && process.env.MILLRACE_ALL_KAFKA_TOOLS !== undefined;

describe.skipIf(!canRunJava)(
  titled("Kafka's own tools", canRunJava, 'npm run kafka-tools, with a JDK and the jars of ../shared/kafka'),
  () => {
    const tool = (name: string, ...args: string[]): Promise<string> =>
      runJava(jars!, name, ['--bootstrap-server', addresses.get('PLAINTEXT')!, ...args]);

    test(
      'a user that ConfigCommand adds may do what AclCommand allows, by TLS and SCRAM',
      async () => {
        const configs = 'kafka.admin.ConfigCommand';
        const user = ['--entity-type', 'users', '--entity-name', 'java'];
        await tool(configs, '--alter', ...user, '--add-config', 'SCRAM-SHA-512=[iterations=8192,password=java-secret]');
        expect(await tool(configs, '--describe', ...user)).toContain('SCRAM-SHA-512=iterations=8192');
        await tool(
          configs,
          '--alter',
          ...user,
          '--add-config',
          'producer_byte_rate=1000000,consumer_byte_rate=2000000',
        );
        expect(await tool(configs, '--describe', ...user)).toContain('consumer_byte_rate=2000000.0');
        const acls = 'org.apache.kafka.tools.AclCommand';
        await tool(acls, '--add', '--allow-principal', 'User:java', '--producer', '--topic', 'java-');
        await tool(
          acls,
          '--add',
          '--allow-principal',
          'User:java',
          '--operation',
          'All',
          '--topic',
          'java-',
          '--resource-pattern-type',
          'prefixed',
        );
        await tool(acls, '--add', '--deny-principal', 'User:java', '--operation', 'Write', '--topic', 'java-secret');
        expect(await tool(acls, '--list', '--principal', 'User:java')).toContain('permissionType=DENY');

        const properties = certificates.path('java.properties');
        writeFileSync(
          properties,
          [
            'security.protocol=SASL_SSL',
            'sasl.mechanism=SCRAM-SHA-512',
            `sasl.jaas.config=${JAAS}.scram.ScramLoginModule required username="java" password="java-secret";`,
            'ssl.truststore.type=PEM',
            `ssl.truststore.location=${certificates.path('ca.pem')}`,
            'ssl.endpoint.identification.algorithm=',
            'acks=all',
          ].join('\n'),
        );
        const secure = (topic: string) =>
          runJava(
            jars!,
            'org.apache.kafka.tools.ConsoleProducer',
            ['--bootstrap-server', addresses.get('SASL_SSL')!, '--command-config', properties, '--topic', topic],
            'from Java\n',
          );
        await secure('java-orders');
        // What is denied stays denied, also where all of it is allowed.
        await secure('java-secret').catch(() => {});
        await using client = new Client({ bootstrapServers: addresses.get('PLAINTEXT')! });
        const endOf = async (topic: string): Promise<number> => {
          const [listed] = await client.admin.listOffsets([{ topic, partition: 0 }], 'latest');
          return listed?.offset ?? 0;
        };
        expect([await endOf('java-orders'), await endOf('java-secret')]).toEqual([1, 0]);
        await tool(configs, '--alter', ...user, '--delete-config', 'SCRAM-SHA-512');
        expect(await tool(configs, '--describe', ...user)).not.toContain('SCRAM-SHA-512');
      },
      JAVA_TIMEOUT_MS,
    );
  },
);
