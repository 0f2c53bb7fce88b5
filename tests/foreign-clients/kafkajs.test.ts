import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrokerProcess, startBrokerProcess } from '../support/millrace-command.ts';

let broker: BrokerProcess;
let kafka: Kafka;

beforeAll(async () => {
  broker = await startBrokerProcess('--memory');
  kafka = new Kafka({ clientId: 'test', brokers: [broker.bootstrap], logLevel: logLevel.NOTHING });
});
afterAll(async () => {
  await broker.stop();
});

test('two kafkajs consumers of a group share the partitions, and together read every record once', async () => {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'orders', numPartitions: 4 }], waitForLeaders: false });
  const producer = kafka.producer();
  await producer.connect();
  const values = Array.from({ length: 400 }, (_, i) => `order ${i}`);
  await producer.send({ topic: 'orders', messages: values.map((value, i) => ({ key: `k${i}`, value })) });

  const seen: string[] = [];
  const partitionsOf = new Map<string, Set<number>>([
    ['a', new Set()],
    ['b', new Set()],
  ]);
  const joined: Promise<void>[] = [];
  const consumers = [...partitionsOf].map(([name, partitions]) => {
    const consumer = kafka.consumer({ groupId: 'billing', sessionTimeout: 10_000 });
    joined.push(
      new Promise((resolve) => {
        consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
          partitions.clear();
          for (const partition of payload.memberAssignment.orders ?? []) partitions.add(partition);
          if (partitionsOf.get(name)!.size === 2) resolve();
        });
      }),
    );
    return consumer;
  });
  await Promise.all(consumers.map((consumer) => consumer.connect()));
  await Promise.all(consumers.map((consumer) => consumer.subscribe({ topic: 'orders', fromBeginning: true })));
  const all = new Promise<void>((resolve) => {
    const eachMessage = async ({ message }: { message: { value: Buffer | null } }): Promise<void> => {
      seen.push(message.value!.toString());
      if (seen.length >= values.length) resolve();
    };
    for (const consumer of consumers) void consumer.run({ eachMessage });
  });
  await all;
  await Promise.all(joined);
  expect([...partitionsOf.get('a')!, ...partitionsOf.get('b')!].sort()).toEqual([0, 1, 2, 3]);
  expect(new Set(seen)).toEqual(new Set(values));
  await Promise.all(consumers.map((consumer) => consumer.disconnect()));

  const offsets = await admin.fetchOffsets({ groupId: 'billing', topics: ['orders'] });
  const committed = offsets[0]!.partitions.reduce((sum, { offset }) => sum + Number(offset), 0);
  expect(committed).toBe(values.length);
  await Promise.all([producer.disconnect(), admin.disconnect()]);
}, 60_000);
