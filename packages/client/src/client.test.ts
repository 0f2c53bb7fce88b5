import { expect, test } from 'vitest';
import { Client } from './client.ts';
import { onEachWire } from './test-support/wires.ts';

onEachWire((wire) => {
  test('a topic that is asked for too early is waited for', async () => {
    await using early = wire.client({ allowAutoTopicCreation: false, retryBackoffMs: 10, retryBackoffMaxMs: 20 });
    await using other = wire.client();
    const name = wire.name('awaited');
    const waiting = early.topic(name);
    await other.admin.createTopics([{ name, partitionCount: 3 }]);
    expect(await waiting).toMatchObject({ name, partitions: [{ partition: 0 }, { partition: 1 }, { partition: 2 }] });
  });

  test('a topic that nobody asked for before is looked up at once: the back-off is for asking again', async () => {
    await using other = wire.client();
    const names = [wire.name('first'), wire.name('second'), wire.name('third')];
    await other.admin.createTopics(names.map((name) => ({ name, partitionCount: 1 })));
    await using client = wire.client({ retryBackoffMs: 600_000, retryBackoffMaxMs: 600_000 });
    await client.topic(names[0]!);
    const topics = await Promise.all([client.topic(names[1]!), client.topic(names[2]!)]);
    expect(topics.map(({ name }) => name)).toEqual(names.slice(1));
  });

  test('a wait for a topic ends with its signal', async () => {
    await using client = wire.client({ allowAutoTopicCreation: false });
    const abort = new AbortController();
    const waiting = client.topic(wire.name('never'), { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  test('a name that no topic may have is refused, not waited for', async () => {
    await using client = wire.client();
    await expect(client.topic('not/a/topic')).rejects.toMatchObject({ code: 'INVALID_TOPIC_EXCEPTION' });
  });

  test('closing a client closes what it made, once, in any order', async () => {
    const client = wire.client();
    const topic = wire.name('closing');
    await client.admin.createTopics([{ name: topic, partitionCount: 1 }]);
    const producer = client.producer({ lingerMs: 60_000 });
    const sent = producer.send({ topic, value: 'on the way' });
    const fetcher = client.fetcher();
    const polled = fetcher.poll({ maxWaitMs: 60_000 });
    const consumer = client.consumer({ groupId: wire.name('closing'), topics: topic });
    await Promise.all([
      expect(polled).rejects.toMatchObject({ code: 'CLOSED' }),
      expect(sent).resolves.toMatchObject({ topic, offset: 0 }),
      client.close(),
      client.close(),
    ]);
    await Promise.all([producer.close(), fetcher.close(), consumer.close(), client.close()]);
    await expect(client.topic(wire.name('late'))).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

test('servers are named in the ways that people write them', async () => {
  const { parseBootstrapServers } = await import('./connection/settings.ts');
  expect(parseBootstrapServers(' a:1, b , PLAINTEXT://c:3,[::1]:4 ')).toEqual([
    { host: 'a', port: 1 },
    { host: 'b', port: 9092 },
    { host: 'c', port: 3 },
    { host: '::1', port: 4 },
  ]);
  for (const wrong of ['', 'a:b', 'a:70000', 'a:1:2']) {
    expect(() => new Client({ bootstrapServers: wrong })).toThrow(expect.objectContaining({ code: 'INVALID_CONFIG' }));
  }
});
