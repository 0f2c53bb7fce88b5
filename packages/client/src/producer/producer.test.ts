import type { Duplex } from 'node:stream';
import { COMPRESSION_TYPES, partitionForKey } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { openSocket } from '../connection/open-socket.ts';
import { readAll } from '../test-support/read-all.ts';
import { onEachWire } from '../test-support/wires.ts';
import type { BatchDelivery } from './producer-options.ts';

// Brokers refuse what lies far ahead and drop what is old.
const NOW_MS = Date.now();

onEachWire((wire) => {
  test('a sent record is told its place, and is there', async () => {
    await using client = wire.client();
    await using producer = client.producer({ lingerMs: 0 });
    const topic = wire.name('sent');
    const first = await producer.send({ topic, key: 'a', value: 'one', timestamp: NOW_MS });
    const second = await producer.send({ topic, key: 'a', value: null });
    expect(first).toMatchObject({ topic, offset: 0, timestamp: NOW_MS });
    expect(second).toMatchObject({ topic, partition: first.partition, offset: 1 });
    expect(producer.bufferedBytes).toBe(0);
    expect(await readAll(client, topic)).toMatchObject([
      { offset: 0, key: 'a', value: 'one', timestamp: NOW_MS },
      { offset: 1, key: 'a', value: null },
    ]);
  });

  test('keys go where Java sends them; records without a key stay together for a batch', async () => {
    await using client = wire.client();
    const topic = wire.name('partitioned');
    await client.admin.createTopics([{ name: topic, partitionCount: 5 }]);
    await using producer = client.producer();
    const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);
    const sent = await Promise.all(keys.map((key) => producer.send({ topic, key, value: key })));
    expect(sent.map(({ partition }) => partition)).toEqual(keys.map((key) => partitionForKey(Buffer.from(key), 5)));
    const keyless = await Promise.all(keys.map((value) => producer.send({ topic, value })));
    expect(new Set(keyless.map(({ partition }) => partition)).size).toBe(1);
  });

  test.each(COMPRESSION_TYPES)(
    'appended records keep their order with compression %s, and flush waits for all',
    async (compression) => {
      await using client = wire.client();
      const topic = wire.name('appended');
      await client.admin.createTopics([{ name: topic, partitionCount: 3 }]);
      const deliveries: BatchDelivery[] = [];
      await using producer = client.producer({
        compression,
        batchBytes: 2000,
        onDelivery: (delivery) => deliveries.push(delivery),
      });
      for (let index = 0; index < 3000; index++) {
        producer.append(topic, index % 3, null, Buffer.from(`value ${index}`), NOW_MS + index);
      }
      await producer.flush();
      expect(producer.bufferedBytes).toBe(0);
      expect(deliveries.reduce((sum, delivery) => sum + delivery.recordCount, 0)).toBe(3000);
      const records = await readAll(client, topic);
      for (let partition = 0; partition < 3; partition++) {
        const values = records.filter((record) => record.partition === partition).map((record) => record.value);
        expect(values).toEqual(Array.from({ length: 1000 }, (_, index) => `value ${index * 3 + partition}`));
      }
    },
  );

  test('when the buffer is full, hasRoom says so and waitForRoom waits for deliveries', async () => {
    await using client = wire.client();
    const topic = wire.name('full');
    await client.admin.createTopics([{ name: topic, partitionCount: 1 }]);
    await using producer = client.producer({ bufferBytesMax: 10_000, batchBytes: 1000 });
    while (producer.hasRoom) producer.append(topic, 0, null, Buffer.alloc(100), NOW_MS);
    expect(producer.bufferedBytes).toBeGreaterThanOrEqual(10_000);
    await producer.waitForRoom();
    expect(producer.hasRoom).toBe(true);
  });

  test('a record above the limit is refused before it is taken, and the producer goes on', async () => {
    await using client = wire.client();
    const topic = wire.name('large');
    await using producer = client.producer({ batchBytes: 1000, requestBytesMax: 10_000 });
    await expect(producer.send({ topic, value: Buffer.alloc(10_000) })).rejects.toMatchObject({
      code: 'MESSAGE_TOO_LARGE',
    });
    expect((await producer.send({ topic, value: Buffer.alloc(9000) })).offset).toBe(0);
  });

  test('what the broker refuses for good stops the producer and surfaces in flush', async () => {
    await using client = wire.client();
    const topic = wire.name('refused');
    await client.admin.createTopics([{ name: topic, partitionCount: 1, configs: { 'max.message.bytes': '1000' } }]);
    await using producer = client.producer();
    producer.append(topic, 0, null, Buffer.alloc(5000), NOW_MS);
    await expect(producer.flush()).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
    expect(producer.failure).toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
    expect(() => producer.append(topic, 0, null, null, 0)).toThrow(producer.failure);
    expect(producer.bufferedBytes).toBe(0);
  });

  test('a topic that does not appear ends in a typed error after the delivery timeout', async () => {
    await using client = wire.client({ allowAutoTopicCreation: false });
    await using producer = client.producer({ deliveryTimeoutMs: 300 });
    producer.append(wire.name('missing'), 0, null, null, NOW_MS);
    await expect(producer.flush()).rejects.toMatchObject({ code: 'TIMED_OUT' });
  });

  test('with acks 0 nothing is waited for and offsets are unknown', async () => {
    await using client = wire.client();
    const topic = wire.name('unacknowledged');
    await client.admin.createTopics([{ name: topic, partitionCount: 1 }]);
    await using producer = client.producer({ acks: 0 });
    expect(await producer.send({ topic, value: 'x' })).toMatchObject({ offset: -1 });
  });

  test('closing sends what was appended, and happens once', async () => {
    await using client = wire.client();
    const topic = wire.name('closed');
    await client.admin.createTopics([{ name: topic, partitionCount: 1 }]);
    const producer = client.producer({ lingerMs: 60_000 });
    producer.append(topic, 0, null, Buffer.from('last'), NOW_MS);
    await Promise.all([producer.close(), producer.close()]);
    expect((await readAll(client, topic)).map((record) => record.value)).toEqual(['last']);
    expect(() => producer.append(topic, 0, null, null, 0)).toThrow(expect.objectContaining({ code: 'CLOSED' }));
  });

  test('closing gives up after its time, and tells those who wait', async () => {
    await using client = wire.client({ allowAutoTopicCreation: false });
    const producer = client.producer();
    const missing = wire.name('missing');
    producer.append(missing, 0, null, Buffer.from('x'), NOW_MS);
    const placed = producer.send({ topic: missing, partition: 0, value: 'x' });
    const unplaced = producer.send({ topic: missing, value: 'x' });
    const failed = Promise.all([
      expect(placed).rejects.toMatchObject({ code: 'TIMED_OUT' }),
      expect(unplaced).rejects.toMatchObject({ code: expect.stringMatching(/TIMED_OUT|CLOSED/) }),
    ]);
    await producer.close({ timeoutMs: 100 });
    expect(producer.bufferedBytes).toBe(0);
    await client.close();
    await failed;
  });

  test('connections that break again and again cost no record and store none twice', async () => {
    const sockets = new Set<Duplex>();
    await using client = wire.client({
      retryBackoffMs: 5,
      socketFactory: (address, options) => {
        const socket = openSocket(address, options);
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        return socket;
      },
    });
    const topic = wire.name('broken');
    await client.admin.createTopics([{ name: topic, partitionCount: 2 }]);
    await using producer = client.producer({ batchBytes: 500, lingerMs: 0 });
    for (let round = 0; round < 20; round++) {
      for (let index = 0; index < 100; index++) {
        producer.append(topic, index % 2, null, Buffer.from(`${round * 100 + index}`), NOW_MS);
      }
      await new Promise((resolve) => setTimeout(resolve, round % 4));
      for (const socket of sockets) socket.destroy();
    }
    await producer.flush();
    const records = await readAll(client, topic);
    for (let partition = 0; partition < 2; partition++) {
      const values = records.filter((record) => record.partition === partition).map((record) => Number(record.value));
      expect(values).toEqual(Array.from({ length: 1000 }, (_, index) => index * 2 + partition));
    }
  });
});
