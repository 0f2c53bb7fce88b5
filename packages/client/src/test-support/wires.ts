import { Broker } from '@millrace/broker';
import { afterAll, beforeAll, describe } from 'vitest';
import { Client } from '../client.ts';
import type { ClientTuning, SocketFactory } from '../connection/config.ts';

/** One way to a running broker. */
export type Wire = {
  /** A new client on this wire; the test closes it. */
  client(options?: ClientTuning & { readonly socketFactory?: SocketFactory }): Client;
  /** A topic name that no other test uses. */
  name(prefix: string): string;
};

const BROKER_CONFIG = {
  'group.initial.rebalance.delay.ms': '0',
  'group.min.session.timeout.ms': '200',
  'group.consumer.heartbeat.interval.ms': '50',
  // There are rules, and everybody may do everything.
  'authorizer.class.name': 'StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
};

/** The wire within the process has no sockets to make. */
function withoutSockets({ socketFactory: _, ...tuning }: ClientTuning & { readonly socketFactory?: SocketFactory }) {
  return tuning;
}

let nameCount = 0;
const uniqueName = (prefix: string): string => `${prefix}-${process.pid}-${nameCount++}`;

/**
 * Registers the tests once for each wire: the broker in this isolate, where every object also goes through the codec
 * and is frozen, and the same broker over TCP. `MILLRACE_TEST_KAFKA=host:port` adds a running Apache Kafka.
 */
export function onEachWire(define: (wire: Wire) => void): void {
  describe.each(['in process', 'over TCP'] as const)('%s', (kind) => {
    let broker: Broker;
    beforeAll(async () => {
      broker = await Broker.start({ local: { freeze: true, codecCheck: true }, config: BROKER_CONFIG });
    });
    afterAll(async () => {
      await broker.close();
    });
    define({
      name: uniqueName,
      client: (options = {}) =>
        new Client(
          kind === 'in process'
            ? { ...withoutSockets(options), dial: () => broker.connect() }
            : { ...options, bootstrapServers: `127.0.0.1:${broker.port}` },
        ),
    });
  });
  const kafka = process.env.MILLRACE_TEST_KAFKA;
  if (kafka === undefined) return;
  describe('Apache Kafka', () => {
    define({ name: uniqueName, client: (options = {}) => new Client({ ...options, bootstrapServers: kafka }) });
  });
}
