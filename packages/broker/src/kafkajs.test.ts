import { type Consumer, Kafka, logLevel, Partitioners } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from './broker.ts';

let broker: Broker;
let kafka: Kafka;

beforeAll(async () => {
  broker = await Broker.start({ config: { 'num.partitions': '4' } });
  kafka = new Kafka({ brokers: [broker.bootstrapServers], logLevel: logLevel.NOTHING });
});

afterAll(() => broker.close());

const TOPIC = 'orders';
const ORDERS = Array.from({ length: 500 }, (_, index) => ({ key: `key-${index}`, value: `value-${index}` }));

/** Consumes until `count` records are there over all members, which are started one after the other. */
async function consume(
  members: number,
  count: number,
): Promise<{ readonly seen: string[]; readonly partitions: number[][] }> {
  const seen: string[] = [];
  const partitions: number[][] = [];
  const consumers: Consumer[] = [];
  const all = Promise.withResolvers<void>();
  for (let member = 0; member < members; member++) {
    const consumer = kafka.consumer({ groupId: 'readers', maxWaitTimeInMs: 100 });
    consumers.push(consumer);
    const joined = new Promise<void>((resolve) => {
      consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
        partitions[member] = payload.memberAssignment[TOPIC] ?? [];
        resolve();
      });
    });
    await consumer.connect();
    await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        seen.push(message.value!.toString());
        if (seen.length === count) all.resolve();
      },
    });
    await joined;
  }
  if (count > 0) await all.promise;
  await Promise.all(consumers.map((consumer) => consumer.disconnect()));
  return { seen, partitions };
}

test('a kafkajs group reads what a kafkajs producer wrote, once, and goes on where it was', async () => {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent: true });
  await producer.connect();
  await producer.send({ topic: TOPIC, messages: ORDERS });
  const first = await consume(1, ORDERS.length);
  expect([...first.seen].sort()).toEqual(ORDERS.map(({ value }) => value).sort());
  await producer.send({ topic: TOPIC, messages: [{ key: 'late', value: 'late' }] });
  await producer.disconnect();
  expect((await consume(1, 1)).seen).toEqual(['late']);
});

test('kafkajs manages topics, configs, offsets and groups', async () => {
  const admin = kafka.admin();
  await admin.connect();
  const configEntries = [{ name: 'retention.ms', value: '3600000' }];
  expect(await admin.createTopics({ topics: [{ topic: 'managed', numPartitions: 3, configEntries }] })).toBe(true);
  expect(await admin.createTopics({ topics: [{ topic: 'managed' }] })).toBe(false);
  await admin.createPartitions({ topicPartitions: [{ topic: 'managed', count: 5 }] });
  const { topics } = await admin.fetchTopicMetadata({ topics: ['managed'] });
  expect(topics[0]!.partitions).toHaveLength(5);
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: 2, name: 'managed', configEntries: [{ name: 'cleanup.policy', value: 'compact' }] }],
  });
  const described = await admin.describeConfigs({ includeSynonyms: false, resources: [{ type: 2, name: 'managed' }] });
  const value = (name: string) =>
    described.resources[0]!.configEntries.find((entry) => entry.configName === name)!.configValue;
  expect([value('cleanup.policy'), value('retention.ms')]).toEqual(['compact', '604800000']);
  await admin.setOffsets({ groupId: 'managers', topic: 'managed', partitions: [{ partition: 0, offset: '0' }] });
  expect((await admin.fetchOffsets({ groupId: 'managers', topics: ['managed'] }))[0]!.partitions[0]!.offset).toBe('0');
  expect((await admin.listGroups()).groups.map(({ groupId }) => groupId)).toContain('managers');
  await admin.deleteGroups(['managers']);
  await admin.deleteTopics({ topics: ['managed'] });
  expect(await admin.listTopics()).not.toContain('managed');
  await admin.disconnect();
});
