import { expect, test } from 'vitest';
import type { Client } from '../../client.ts';
import { onEachWire, type Wire } from '../../test-support/wires.ts';
import { cursorOver } from '../fetched-cursor.ts';
import type { Fetcher } from '../fetcher.ts';

async function makeTopic(client: Client, name: string): Promise<string> {
  await client.admin.createTopics([{ name, partitionCount: 1 }]);
  return name;
}

/** Records whose values are their offsets, in small batches. */
async function append(client: Client, topic: string, from: number, to: number): Promise<void> {
  await using producer = client.producer({ batchBytes: 500 });
  for (let index = from; index < to; index++) producer.append(topic, 0, null, Buffer.from(`${index}`), Date.now());
  await producer.flush();
}

/** The values of what is polled until a condition holds. */
async function readUntil(fetcher: Fetcher, isDone: (values: readonly string[]) => boolean): Promise<readonly string[]> {
  const values: string[] = [];
  while (!isDone(values)) {
    for (const fetched of await fetcher.poll()) {
      const cursor = cursorOver(fetched);
      while (cursor.next()) values.push(Buffer.from(cursor.value()!).toString());
    }
  }
  return values;
}

const range = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, index) => `${from + index}`);

function startedAt(client: Client, topic: string, start: number): Fetcher {
  const fetcher = client.fetcher({ shared: true, partitionMaxBytes: 1200, offsetReset: 'earliest' });
  fetcher.assign(topic, 0, start);
  return fetcher;
}

/** Transactions of one producer, every second one aborted; the offsets at which they begin. */
async function transactions(client: Client, wire: Wire, topic: string): Promise<readonly number[]> {
  await using producer = client.transactionalProducer({ transactionalId: wire.name('id') });
  await producer.initTransactions();
  const begins: number[] = [];
  for (let round = 0; round < 12; round++) {
    const [end] = await client.admin.listOffsets([{ topic, partition: 0 }], 'latest');
    begins.push(end!.offset);
    producer.begin();
    for (let index = 0; index < 3; index++) producer.append(topic, 0, null, Buffer.from(`${round}`), Date.now());
    await (round % 2 === 0 ? producer.commit() : producer.abort());
  }
  return begins;
}

onEachWire((wire) => {
  test('fetchers that share give each its records, wherever it begins and however slow it is', async () => {
    await using client = wire.client();
    const topic = await makeTopic(client, wire.name('shared'));
    await append(client, topic, 0, 2000);
    const starts = [0, 0, 7, 500, 501, 1999];
    const fetchers = starts.map((start) => startedAt(client, topic, start));
    fetchers[1]!.pause(topic, 0);
    const reading = fetchers.map((fetcher, at) => readUntil(fetcher, (values) => values.length === 2100 - starts[at]!));
    // Who stands still is waited for, but not for long.
    await expect.poll(() => fetchers[3]!.position(topic, 0), { timeout: 10_000 }).toBe(2000);
    await append(client, topic, 2000, 2100);
    fetchers[1]!.resume(topic, 0);
    for (const [at, values] of (await Promise.all(reading)).entries()) expect(values).toEqual(range(starts[at]!, 2100));
  });

  test('a topic that is made anew under its name is read anew, by all', async () => {
    await using client = wire.client();
    const topic = await makeTopic(client, wire.name('anew'));
    await append(client, topic, 0, 500);
    const fetchers = [0, 0, 0].map((start) => startedAt(client, topic, start));
    // One stands still where what it has yet to read is held for it.
    fetchers[2]!.pause(topic, 0);
    for (const fetcher of fetchers.slice(0, 2)) await readUntil(fetcher, (values) => values.length === 500);
    await client.admin.deleteTopics([topic]);
    await makeTopic(client, topic);
    await append(client, topic, 0, 1);
    // Nobody's position is there any more but that of the beginning.
    for (const fetcher of fetchers.slice(0, 2)) {
      expect(await readUntil(fetcher, (values) => values.length > 0)).toEqual(['0']);
    }
    await using another = startedAt(client, topic, 0);
    expect(await readUntil(another, (values) => values.length > 0)).toEqual(['0']);
  });

  test('readers of committed records who begin anywhere see what is committed from there on', async () => {
    await using client = wire.client();
    const topic = await makeTopic(client, wire.name('committed'));
    const begins = await transactions(client, wire, topic);
    const options = { shared: true, isolationLevel: 'read_committed' } as const;
    const fetchers = begins.map((begin) => {
      const fetcher = client.fetcher(options);
      fetcher.assign(topic, 0, begin);
      return fetcher;
    });
    for (const [round, fetcher] of fetchers.entries()) {
      const expected = Array.from({ length: 12 - round }, (_, index) => round + index).filter((at) => at % 2 === 0);
      const values = expected.flatMap((at) => [`${at}`, `${at}`, `${at}`]);
      expect(await readUntil(fetcher, (read) => read.length >= values.length)).toEqual(values);
    }
  });
});
