import { connect } from 'node:net';
import { Broker } from '@millrace/broker';
import type { KafkaConfig } from 'kafkajs';
import { expect, test } from 'vitest';
import { Client } from '../client.ts';
import type { ClientOptions } from './config.ts';
import { fromKafkaJs } from './kafkajs-config.ts';

test('a configuration for kafkajs reaches the same broker', async () => {
  await using broker = await Broker.start();
  let socketCount = 0;
  const config: KafkaConfig = {
    clientId: 'app',
    brokers: async () => [`127.0.0.1:${broker.port}`],
    connectionTimeout: 3000,
    socketFactory: ({ host, port, onConnect }) => {
      socketCount++;
      return connect({ host, port }, onConnect);
    },
  };
  await using client = new Client(fromKafkaJs(config));
  expect((await client.admin.describeCluster()).nodes.length).toBe(1);
  expect(socketCount).toBeGreaterThan(0);
});

test('names of mechanisms and time-outs are translated', () => {
  const options: ClientOptions = fromKafkaJs({
    brokers: ['a:1', 'b:2'],
    ssl: true,
    sasl: { mechanism: 'scram-sha-256', username: 'me', password: 'secret' },
    requestTimeout: 1234,
    retry: { initialRetryTime: 7, maxRetryTime: 70 },
  });
  expect(options).toMatchObject({
    bootstrapServers: ['a:1', 'b:2'],
    tls: true,
    sasl: { mechanism: 'SCRAM-SHA-256', username: 'me', password: 'secret' },
    requestTimeoutMs: 1234,
    retryBackoffMs: 7,
    retryBackoffMaxMs: 70,
  });
  const token = async () => ({ value: 'token' });
  expect(
    fromKafkaJs({ brokers: ['a:1'], sasl: { mechanism: 'oauthbearer', oauthBearerProvider: token } }),
  ).toMatchObject({
    sasl: { mechanism: 'OAUTHBEARER', token },
  });
});

test('a mechanism that we do not have is refused by name', () => {
  expect(() => fromKafkaJs({ brokers: ['a:1'], sasl: { mechanism: 'aws', username: '', password: '' } })).toThrow(
    expect.objectContaining({ code: 'INVALID_CONFIG', message: expect.stringContaining("'aws'") }),
  );
});
