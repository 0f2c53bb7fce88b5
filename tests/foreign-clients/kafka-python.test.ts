import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BrokerProcess, foreignPython, startBrokerProcess, titled } from '../support/millrace-command.ts';

const python = foreignPython();

const ROUND_TRIP = `
import sys
from kafka import KafkaConsumer, KafkaProducer
producer = KafkaProducer(bootstrap_servers=sys.argv[1], acks='all')
for i in range(200):
    producer.send('from-python', key=b'k%d' % (i % 7), value=b'v%d' % i)
producer.flush()
consumer = KafkaConsumer('from-python', bootstrap_servers=sys.argv[1], group_id='py', auto_offset_reset='earliest', consumer_timeout_ms=5000)
seen = []
for record in consumer:
    seen.append(record.value.decode())
    if len(seen) == 200:
        break
consumer.close()
print(len(seen), len(set(seen)))
`;

describe.skipIf(python === null)(titled('kafka-python against `millrace broker`', python !== null), () => {
  let broker: BrokerProcess;
  beforeAll(async () => {
    broker = await startBrokerProcess('--memory');
  });
  afterAll(async () => {
    await broker.stop();
  });

  test('what its producer sent, its consumer group reads, each record once', () => {
    const printed = execFileSync(python!, ['-c', ROUND_TRIP, broker.bootstrap], {
      encoding: 'utf8',
      timeout: 40_000,
    });
    expect(printed.trim()).toBe('200 200');
  }, 60_000);
});
