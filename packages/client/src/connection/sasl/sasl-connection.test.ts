import type { Duplex } from 'node:stream';
import { FakeClock } from '@millrace/base/testing';
import { Broker, type BrokerOptions, type SaslOptions as OfferedSasl } from '@millrace/broker';
import { afterEach, expect, test } from 'vitest';
import { Client } from '../../client.ts';
import type { SaslOptions } from '../config.ts';
import { makeDialler } from '../dialler.ts';
import { openSocket } from '../open-socket.ts';
import { settingsOf } from '../settings.ts';

const SESSION_MS = 60_000;
const PLAIN: SaslOptions = { mechanism: 'PLAIN', username: 'alice', password: 'alice-secret' };
const PLAIN_OFFER: OfferedSasl = { mechanism: 'PLAIN', maxReauthMs: SESSION_MS, users: { alice: 'alice-secret' } };

let broker: Broker | undefined;
let client: Client | undefined;
afterEach(async () => {
  await client?.close();
  await broker?.close();
});

async function start(clock: FakeClock, offer: OfferedSasl, more: BrokerOptions = {}): Promise<string> {
  broker = await Broker.start({
    clock,
    listeners: [{ name: 'SASL', host: '127.0.0.1', port: 0, sasl: [offer] }],
    config: { 'connection.failed.authentication.delay.ms': '0' },
    ...more,
  });
  return `127.0.0.1:${broker.port}`;
}

test.each<[SaslOptions, OfferedSasl]>([
  [PLAIN, PLAIN_OFFER],
  [
    { ...PLAIN, mechanism: 'SCRAM-SHA-512' },
    { mechanism: 'SCRAM-SHA-512', maxReauthMs: SESSION_MS },
  ],
])('a client stays connected longer than its proof is good for: %o', async (sasl, offer) => {
  const clock = new FakeClock();
  const scramUsers = [{ mechanism: 'SCRAM-SHA-512', name: 'alice', password: 'alice-secret' }] as const;
  const bootstrapServers = await start(clock, offer, { scramUsers });
  const sockets: Duplex[] = [];
  client = new Client({
    bootstrapServers,
    clock,
    sasl,
    socketFactory: (address, options) => {
      const socket = openSocket(address, options);
      sockets.push(socket);
      return socket;
    },
  });
  const { admin } = client;
  const ask = () => Promise.all([admin.listTopics(), admin.listGroups(), admin.listTopics()]);
  await ask();
  const opened = sockets.length;
  // Busy at first, then idle for longer than a session lasts.
  for (const pauseMs of [20_000, 20_000, 20_000, 20_000, 200_000, 1_000, 70_000]) {
    clock.advance(pauseMs);
    await ask();
  }
  expect(sockets.length).toBe(opened);
});

test('a proof that fails ends the connection, and who waited for it is told why', async () => {
  const clock = new FakeClock();
  const sasl = { ...PLAIN };
  client = new Client({ bootstrapServers: await start(clock, PLAIN_OFFER), clock, sasl });
  await client.admin.listTopics();
  sasl.password = 'forgotten';
  clock.advance(SESSION_MS);
  const refused = expect(client.admin.listTopics()).rejects.toMatchObject({ code: 'SASL_AUTHENTICATION_FAILED' });
  const moving = setInterval(() => clock.advance(1));
  await refused.finally(() => clearInterval(moving));
});

test('requests keep their order through a new proof, and nothing overtakes', async () => {
  const clock = new FakeClock();
  const options = { bootstrapServers: await start(clock, PLAIN_OFFER), clock, sasl: PLAIN };
  const link = await makeDialler(options, settingsOf(options)).dial({ host: '127.0.0.1', port: broker!.port });
  // Ids are given in the order in which they are asked for.
  const nextId = async (): Promise<number> => {
    const request = { transactionalId: null, transactionTimeoutMs: 1000, producerId: -1, producerEpoch: -1 };
    return (await link.call('InitProducerId', { ...request, enable2Pc: false, keepPreparedTxn: false })).producerId;
  };
  const ids = [await nextId()].map((id) => Promise.resolve(id));
  clock.advance(SESSION_MS);
  ids.push(nextId(), nextId());
  void ids[1]!.then(() => ids.push(nextId()));
  ids.push(nextId());
  await Promise.all(ids);
  ids.push(nextId());
  const given = await Promise.all(ids);
  expect(given).toEqual(given.toSorted((a, b) => a - b));
  expect(new Set(given).size).toBe(6);
  await link.close();
});
