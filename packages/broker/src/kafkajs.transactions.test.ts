import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from './broker.ts';

const run = promisify(execFile);

let broker: Broker;
let kafka: Kafka;

beforeAll(async () => {
  broker = await Broker.start({ config: { 'num.partitions': '1' } });
  kafka = new Kafka({ brokers: [broker.bootstrapServers], logLevel: logLevel.NOTHING });
});

afterAll(() => broker.close());

function hasKcat(): boolean {
  try {
    execFileSync('kcat', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function makeTopic(topic: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic }], waitForLeaders: true });
  await admin.disconnect();
}

/** One aborted transaction of kafkajs, and one committed with offsets of a group. */
async function writeTwo(topic: string, transactionalId: string): Promise<void> {
  const producer = kafka.producer({
    transactionalId,
    maxInFlightRequests: 1,
    idempotent: true,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const aborted = await producer.transaction();
  await aborted.send({ topic, messages: [{ value: 'aborted' }] });
  await aborted.abort();
  const committed = await producer.transaction();
  await committed.send({ topic, messages: [{ value: 'one' }, { value: 'two' }] });
  const partitions = [{ partition: 0, offset: '3' }];
  await committed.sendOffsets({ consumerGroupId: `${topic}-readers`, topics: [{ topic, partitions }] });
  await committed.commit();
  await producer.disconnect();
}

test('kafkajs writes transactions and reads only what was committed', async () => {
  await makeTopic('orders');
  await writeTwo('orders', 'orders-writer');
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchOffsets({ groupId: 'orders-readers', topics: ['orders'] });
  await admin.disconnect();
  expect(offsets[0]!.partitions).toMatchObject([{ partition: 0, offset: '3' }]);

  const seen: string[] = [];
  const consumer = kafka.consumer({ groupId: 'others', maxWaitTimeInMs: 100, readUncommitted: false });
  await consumer.connect();
  await consumer.subscribe({ topic: 'orders', fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void seen.push(message.value!.toString()) });
  await expect.poll(() => seen, { timeout: 10_000 }).toEqual(['one', 'two']);
  await consumer.disconnect();
});

test.skipIf(!hasKcat())('kcat reads only what was committed, and everything when it is told so', async () => {
  await makeTopic('payments');
  await writeTwo('payments', 'payments-writer');
  const read = async (isolation: string): Promise<string[]> => {
    const args = ['-C', '-t', 'payments', '-o', 'beginning', '-e', '-q', '-X', `isolation.level=${isolation}`];
    const { stdout } = await run('kcat', ['-b', broker.bootstrapServers, ...args], { timeout: 20_000 });
    return stdout.trim().split('\n');
  };
  expect(await read('read_committed')).toEqual(['one', 'two']);
  expect(await read('read_uncommitted')).toEqual(['aborted', 'one', 'two']);
});
