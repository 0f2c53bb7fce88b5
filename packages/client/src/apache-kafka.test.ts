import { COMPRESSION_TYPES } from '@millrace/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from './client.ts';
import type { SaslOptions } from './connection/config.ts';
import { cooperativeStickyAssignor } from './group/assignors/sticky.ts';
import { type ApacheKafka, apacheKafkaMissing, startApacheKafka } from './test-support/apache-kafka.ts';
import { readAll } from './test-support/read-all.ts';

// All other tests run on our own broker, or on any with MILLRACE_TEST_KAFKA; this one shows that the real one agrees.

const START_TIMEOUT_MS = 180_000;
const missing = apacheKafkaMissing();

const jwtPart = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
const token = async () => {
  const nowS = Math.floor(Date.now() / 1000);
  return { value: `${jwtPart({ alg: 'none' })}.${jwtPart({ sub: 'alice', iat: nowS, exp: nowS + 600 })}.` };
};
const alice = { username: 'alice', password: 'secret' };

describe.skipIf(missing !== undefined)(`Apache Kafka${missing === undefined ? '' : ` (${missing})`}`, () => {
  let kafka: ApacheKafka;
  beforeAll(async () => {
    kafka = await startApacheKafka();
  }, START_TIMEOUT_MS);
  afterAll(() => kafka?.stop());

  test.each(COMPRESSION_TYPES)('takes and gives back batches with compression %s', async (compression) => {
    await using client = new Client({ bootstrapServers: kafka.bootstrapServers });
    const topic = `compressed-${compression}`;
    await client.admin.createTopics([{ name: topic, partitionCount: 1 }]);
    await using producer = client.producer({ compression, batchBytes: 4000 });
    for (let index = 0; index < 1000; index++) {
      producer.append(topic, 0, Buffer.from(`key ${index % 7}`), Buffer.from(`value ${index}`), Date.now());
    }
    await producer.flush();
    const values = (await readAll(client, topic)).map((record) => record.value);
    expect(values).toEqual(Array.from({ length: 1000 }, (_, index) => `value ${index}`));
  });

  test('shares a topic between two consumers', async () => {
    await using client = new Client({ bootstrapServers: kafka.bootstrapServers });
    await client.admin.createTopics([{ name: 'shared', partitionCount: 4 }]);
    const options = {
      groupId: 'sharers',
      topics: 'shared',
      offsetReset: 'earliest',
      heartbeatIntervalMs: 100,
    } as const;
    const assignors = [cooperativeStickyAssignor];
    const consumers = [client.consumer({ ...options, assignors }), client.consumer({ ...options, assignors })];
    const offsets: string[] = [];
    const loops = consumers.map(async (consumer) => {
      for await (const record of consumer) offsets.push(`${record.partition}:${record.offset}`);
    });
    while (!consumers.every((consumer) => consumer.assignment.length === 2)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await using producer = client.producer();
    const sent = await Promise.all(
      Array.from({ length: 200 }, (_, index) => producer.send({ topic: 'shared', key: String(index), value: 'x' })),
    );
    while (offsets.length < 200) await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all(consumers.map((consumer) => consumer.close()));
    await Promise.all(loops);
    expect(offsets.sort()).toEqual(sent.map(({ partition, offset }) => `${partition}:${offset}`).sort());
  });

  describe('asks who we are', () => {
    beforeAll(() => {
      const who = ['--entity-type', 'users', '--entity-name', 'alice'];
      // The tool changes one password of a user at a time.
      for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512']) {
        kafka.run('kafka.admin.ConfigCommand', '--alter', ...who, '--add-config', `${mechanism}=[password=secret]`);
      }
    });

    const proofs: readonly SaslOptions[] = [
      { mechanism: 'PLAIN', ...alice },
      { mechanism: 'SCRAM-SHA-256', ...alice },
      { mechanism: 'SCRAM-SHA-512', ...alice },
      { mechanism: 'OAUTHBEARER', token },
    ];
    test.each(proofs)('and takes $mechanism', async (sasl) => {
      await using client = new Client({ bootstrapServers: kafka.saslBootstrapServers, sasl });
      expect((await client.admin.describeCluster()).nodes).toHaveLength(1);
    });

    const lies: readonly SaslOptions[] = [
      { mechanism: 'PLAIN', username: 'alice', password: 'wrong' },
      { mechanism: 'SCRAM-SHA-512', username: 'alice', password: 'wrong' },
      { mechanism: 'OAUTHBEARER', token: async () => ({ value: 'nonsense' }) },
    ];
    test.each(lies)('and refuses a wrong $mechanism, at once and by name', async (sasl) => {
      await using client = new Client({ bootstrapServers: kafka.saslBootstrapServers, sasl });
      await expect(client.admin.describeCluster()).rejects.toMatchObject({
        code: 'SASL_AUTHENTICATION_FAILED',
        retriable: false,
      });
    });
  });
});
