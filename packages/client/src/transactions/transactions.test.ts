import { Broker } from '@millrace/broker';
import type { Connection } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { Client } from '../client.ts';
import { cursorOver } from '../fetcher/fetched-cursor.ts';
import { readAll } from '../test-support/read-all.ts';
import { onEachWire, type Wire } from '../test-support/wires.ts';

/** The values that a reader of committed records sees, partition by partition. */
async function readCommitted(client: Client, topic: string): Promise<string[]> {
  const { partitions } = await client.topic(topic);
  const ends = await client.admin.listOffsets(
    partitions.map(({ partition }) => ({ topic, partition })),
    'latest',
    { isolationLevel: 'read_committed' },
  );
  const left = new Map(ends.filter(({ offset }) => offset > 0).map(({ partition, offset }) => [partition, offset]));
  const values: string[] = [];
  await using fetcher = client.fetcher({ isolationLevel: 'read_committed' });
  for (const partition of left.keys()) fetcher.assign(topic, partition, 'earliest');
  while (left.size > 0) {
    for (const fetched of await fetcher.poll()) {
      const cursor = cursorOver(fetched);
      while (cursor.next()) values.push(Buffer.from(cursor.value()!).toString());
      if (fetched.nextOffset >= (left.get(fetched.partition) ?? 0)) left.delete(fetched.partition);
    }
  }
  return values.sort();
}

async function makeTopic(client: Client, name: string, partitionCount = 1): Promise<string> {
  await client.admin.createTopics([{ name, partitionCount }]);
  return name;
}

function transactions(wire: Wire): void {
  test('a committed transaction is seen as a whole, an aborted one never, and the next one is no other', async () => {
    await using client = wire.client();
    const topic = await makeTopic(client, wire.name('whole'), 3);
    await using producer = client.transactionalProducer({ transactionalId: wire.name('id'), lingerMs: 0 });
    await producer.initTransactions();
    for (const [round, end] of ['commit', 'abort', 'commit', 'commit', 'abort', 'abort', 'commit'].entries()) {
      producer.begin();
      for (let partition = 0; partition < 3; partition++) {
        producer.append(topic, partition, null, Buffer.from(`${end}-${round}-${partition}`), Date.now());
      }
      await producer.flush();
      if (end === 'commit') await producer.commit();
      else await producer.abort();
    }
    await expect
      .poll(() => readCommitted(client, topic))
      .toEqual([0, 2, 3, 6].flatMap((round) => [0, 1, 2].map((partition) => `commit-${round}-${partition}`)));
    expect(await readAll(client, topic)).toHaveLength(21);
  });

  test('what was not sent when a transaction is aborted is not sent later', async () => {
    await using client = wire.client();
    const topic = await makeTopic(client, wire.name('unsent'));
    await using producer = client.transactionalProducer({ transactionalId: wire.name('id'), lingerMs: 10_000 });
    await producer.initTransactions();
    producer.begin();
    producer.append(topic, 0, null, Buffer.from('no'), Date.now());
    await producer.abort();
    producer.begin();
    await Promise.all([producer.send({ topic, value: 'yes' }), producer.flush()]);
    await producer.commit();
    await expect.poll(() => readCommitted(client, topic)).toEqual(['yes']);
  });

  test('a second producer fences the first and aborts what it began', async () => {
    await using client = wire.client();
    const topic = await makeTopic(client, wire.name('fenced'));
    const transactionalId = wire.name('id');
    await using first = client.transactionalProducer({ transactionalId });
    await first.initTransactions();
    first.begin();
    await first.send({ topic, value: 'zombie' });
    await using second = client.transactionalProducer({ transactionalId });
    await second.initTransactions();
    const late = async () => {
      await first.send({ topic, value: 'late' });
      await first.commit();
    };
    await expect(late()).rejects.toMatchObject({ code: 'PRODUCER_FENCED', retriable: false });
    expect(first.failure).toMatchObject({ code: 'PRODUCER_FENCED' });
    expect(() => first.begin()).toThrow(expect.objectContaining({ code: 'PRODUCER_FENCED' }));
    second.begin();
    await second.send({ topic, value: 'new' });
    await second.commit();
    await expect.poll(() => readCommitted(client, topic)).toEqual(['new']);
  });

  test("a group's offsets count when their transaction is committed, and only then", async () => {
    await using client = wire.client();
    const topic = await makeTopic(client, wire.name('offsets'));
    const groupId = wire.name('group');
    const group = { groupId, generation: -1, memberId: '', groupInstanceId: null };
    const committed = async () => (await client.admin.listGroupOffsets(groupId)).map(({ offset }) => offset);
    await using producer = client.transactionalProducer({ transactionalId: wire.name('id') });
    await producer.initTransactions();
    producer.begin();
    await producer.sendOffsets([{ topic, partition: 0, offset: 4 }], group);
    await producer.abort();
    await expect.poll(committed).toEqual([]);
    producer.begin();
    await producer.send({ topic, value: 'a' });
    await producer.sendOffsets([{ topic, partition: 0, offset: 7, metadata: 'm' }], group);
    await producer.commit();
    await expect.poll(committed).toEqual([7]);
  });

  test('a member that is gone cannot commit offsets; the transaction can be aborted, and the next one goes through', async () => {
    await using client = wire.client();
    const topic = await makeTopic(client, wire.name('gone'));
    await using producer = client.transactionalProducer({ transactionalId: wire.name('id') });
    await producer.initTransactions();
    const group = { groupId: wire.name('group'), generation: 3, memberId: 'gone', groupInstanceId: null };
    producer.begin();
    await expect(producer.sendOffsets([{ topic, partition: 0, offset: 1 }], group)).rejects.toMatchObject({
      code: expect.stringMatching(/^(ILLEGAL_GENERATION|UNKNOWN_MEMBER_ID)$/),
    });
    await expect(producer.commit()).rejects.toBeDefined();
    await producer.abort();
    producer.begin();
    await producer.send({ topic, value: 'fine' });
    await producer.commit();
    await expect.poll(() => readCommitted(client, topic)).toEqual(['fine']);
  });

  test('a time-out of the transaction that the broker does not allow is refused', async () => {
    await using client = wire.client();
    const transactionTimeoutMs = 2_000_000_000;
    await using producer = client.transactionalProducer({ transactionalId: wire.name('id'), transactionTimeoutMs });
    await expect(producer.initTransactions()).rejects.toMatchObject({ code: 'INVALID_TRANSACTION_TIMEOUT' });
  });

  test('an empty transaction is committed and aborted without a word', async () => {
    await using client = wire.client();
    await using producer = client.transactionalProducer({ transactionalId: wire.name('id') });
    expect(() => producer.begin()).toThrow(expect.objectContaining({ code: 'INVALID_TXN_STATE' }));
    await producer.initTransactions();
    producer.begin();
    await producer.commit();
    producer.begin();
    await producer.abort();
    expect(() => producer.append('t', 0, null, null, 0)).toThrow(
      expect.objectContaining({ code: 'INVALID_TXN_STATE' }),
    );
  });
}

onEachWire(transactions);

describe('with a broker that asks for the first protocol', () => {
  const broker = Broker.start({ port: -1, local: { freeze: true, codecCheck: true } });
  let nameCount = 0;
  transactions({
    name: (prefix) => `${prefix}-first-${nameCount++}`,
    client: (options = {}) =>
      new Client({ ...options, dial: async () => withoutFeatures(await (await broker).connect()) }),
  });
});

/** A connection to a broker that does not tell of any feature. */
function withoutFeatures(connection: Connection): Connection {
  return {
    get isOpen() {
      return connection.isOpen;
    },
    send: async (api, version, request, options) => {
      const answer = await connection.send(api, version, request, options);
      return api === 'ApiVersions' ? { ...answer, finalizedFeatures: [] } : answer;
    },
    close: (options) => connection.close(options),
    [Symbol.asyncDispose]: () => connection.close(),
  };
}
