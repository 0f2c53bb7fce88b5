import { expect, test } from 'vitest';
import type { Client } from '../client.ts';
import { onEachWire } from '../test-support/wires.ts';
import type { Consumer } from './consumer.ts';

const text = (bytes: Uint8Array | null): string => Buffer.from(bytes!).toString();

async function produce(client: Client, topic: string, values: readonly string[]): Promise<void> {
  await using producer = client.producer({ lingerMs: 0 });
  await Promise.all(values.map((value) => producer.send({ topic, key: value, value })));
}

async function take(consumer: Consumer, count: number): Promise<readonly string[]> {
  const values: string[] = [];
  for await (const record of consumer) {
    values.push(text(record.value));
    if (values.length === count) break;
  }
  return values.sort();
}

onEachWire((wire) => {
  test('records are iterated over, and what was done is not read again', async () => {
    await using client = wire.client();
    const topic = wire.name('consumed');
    await client.admin.createTopics([{ name: topic, partitionCount: 2 }]);
    const values = Array.from({ length: 20 }, (_, index) => String(index + 100));
    await produce(client, topic, values);
    const options = { groupId: wire.name('consumers'), topics: topic, offsetReset: 'earliest' } as const;
    const first = client.consumer(options);
    expect(await take(first, 20)).toEqual(values);
    await first.close();
    await produce(client, topic, ['999']);
    await using second = client.consumer(options);
    // The last record of the first consumer was never said to be done: nobody asked for the one after it.
    expect(await take(second, 2)).toContain('999');
  });

  test('what was fetched before a partition was taken away and came back is not handed out', async () => {
    await using client = wire.client();
    const topic = wire.name('stale');
    await client.admin.createTopics([{ name: topic, partitionCount: 4 }]);
    await using producer = client.producer();
    await Promise.all([0, 1, 2, 3].map((partition) => producer.send({ topic, partition, value: String(partition) })));
    const options = {
      groupId: wire.name('staleness'),
      topics: topic,
      offsetReset: 'earliest',
      heartbeatIntervalMs: 30,
      autoCommitIntervalMs: false,
    } as const;
    await using first = client.consumer(options);
    const batches = first.batches();
    const seen = [(await batches.next()).value!.partition];
    await using second = client.consumer(options);
    const loop = second.batches();
    const joining = loop.next();
    while (first.assignment.length !== 2) await new Promise((resolve) => setTimeout(resolve, 10));
    // Of what it kept each partition is read anew, from the committed offset: there is none.
    seen.splice(0);
    for (let count = 0; count < 2; count++) seen.push((await batches.next()).value!.partition);
    expect([...seen].sort()).toEqual(first.assignment.map(({ partition }) => partition).sort());
    await joining;
    // With the ones that were fetched before, a third would be there at once.
    await producer.send({ topic, partition: seen[0]!, value: 'last' });
    expect(text((await batches.next()).value!.records[0]!.value)).toBe('last');
  });

  test('two consumers share a topic and read each record once', async () => {
    await using client = wire.client();
    const topic = wire.name('shared');
    await client.admin.createTopics([{ name: topic, partitionCount: 4 }]);
    const options = {
      groupId: wire.name('sharers'),
      topics: [topic],
      offsetReset: 'earliest',
      heartbeatIntervalMs: 50,
    } as const;
    const consumers = [client.consumer(options), client.consumer(options)];
    const seen: string[] = [];
    const loops = consumers.map(async (consumer) => {
      for await (const record of consumer) seen.push(text(record.value));
    });
    while (!consumers.every((consumer) => consumer.assignment.length === 2)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const values = Array.from({ length: 100 }, (_, index) => String(index + 1000));
    await produce(client, topic, values);
    while (seen.length < 100) await new Promise((resolve) => setTimeout(resolve, 10));
    await Promise.all(consumers.map((consumer) => consumer.close()));
    await Promise.all(loops);
    expect(seen.sort()).toEqual(values);
  });

  test('committed by hand, nothing is committed that was not said', async () => {
    await using client = wire.client();
    const topic = wire.name('manual');
    await client.admin.createTopics([{ name: topic, partitionCount: 1 }]);
    await produce(client, topic, ['a', 'b', 'c']);
    const groupId = wire.name('by-hand');
    const consumer = client.consumer({ groupId, topics: topic, offsetReset: 'earliest', autoCommitIntervalMs: false });
    for await (const record of consumer) {
      await consumer.commit([{ topic, partition: 0, offset: 1 }]);
      if (record.offset === 2) break;
    }
    await consumer.close();
    expect(await client.admin.listGroupOffsets(groupId)).toMatchObject([{ topic, partition: 0, offset: 1 }]);
  });

  test('batches come by partition, and closing ends the iteration', async () => {
    await using client = wire.client();
    const topic = wire.name('batched');
    await client.admin.createTopics([{ name: topic, partitionCount: 1 }]);
    await produce(client, topic, ['a', 'b', 'c']);
    const consumer = client.consumer({ groupId: wire.name('batches'), topics: topic, offsetReset: 'earliest' });
    const values: string[] = [];
    for await (const { records } of consumer.batches()) {
      values.push(...records.map((record) => text(record.value)));
      if (values.length === 3) void consumer.close();
    }
    expect(values.sort()).toEqual(['a', 'b', 'c']);
  });

  test('without a committed offset and a reset, the reader is told', async () => {
    await using client = wire.client();
    const topic = wire.name('resetless');
    await client.admin.createTopics([{ name: topic, partitionCount: 1 }]);
    const consumer = client.consumer({ groupId: wire.name('resetless'), topics: topic, offsetReset: 'none' });
    await expect(take(consumer, 1)).rejects.toMatchObject({ code: 'NO_OFFSET_FOR_PARTITION' });
  });
});
