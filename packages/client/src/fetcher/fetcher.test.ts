import { RecordCursor } from '@millrace/protocol';
import { expect, test } from 'vitest';
import type { Client } from '../client.ts';
import { onEachWire, type Wire } from '../test-support/wires.ts';
import type { Fetcher } from './fetcher.ts';

/** A topic with one partition and records 0 to count - 1, whose values are their offsets. */
async function topicWith(client: Client, wire: Wire, count: number): Promise<string> {
  const topic = wire.name('fetched');
  await client.admin.createTopics([{ name: topic, partitionCount: 1 }]);
  await append(client, topic, 0, count);
  return topic;
}

async function append(client: Client, topic: string, from: number, to: number): Promise<void> {
  await using producer = client.producer({ batchBytes: 500 });
  for (let index = from; index < to; index++) producer.append(topic, 0, null, Buffer.from(`${index}`), Date.now());
  await producer.flush();
}

async function read(fetcher: Fetcher, count: number): Promise<readonly number[]> {
  const values: number[] = [];
  while (values.length < count) {
    for (const fetched of await fetcher.poll()) {
      const cursor = new RecordCursor(fetched.records, { fromOffset: fetched.fetchOffset });
      while (cursor.next()) values.push(Number(Buffer.from(cursor.value()!).toString()));
    }
  }
  return values;
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

onEachWire((wire) => {
  test('a partition is read from its start, from an offset inside a batch, and from its end', async () => {
    await using client = wire.client();
    const topic = await topicWith(client, wire, 500);
    await using earliest = client.fetcher();
    earliest.assign(topic, 0, 'earliest');
    expect(await read(earliest, 500)).toEqual(range(0, 500));
    expect(earliest.position(topic, 0)).toBe(500);
    await using middle = client.fetcher();
    middle.assign(topic, 0, 123);
    expect(await read(middle, 377)).toEqual(range(123, 500));
    await using latest = client.fetcher();
    latest.assign(topic, 0, 'latest');
    expect(await latest.poll({ maxWaitMs: 50 })).toEqual([]);
    while (latest.position(topic, 0) === undefined) await latest.poll({ maxWaitMs: 10 });
    await append(client, topic, 500, 510);
    expect(await read(latest, 10)).toEqual(range(500, 510));
  });

  test('small limits split a partition into many fetches and lose nothing', async () => {
    await using client = wire.client();
    const topic = await topicWith(client, wire, 2000);
    await using fetcher = client.fetcher({ partitionMaxBytes: 600, maxBytes: 600, bufferBytesMax: 1000 });
    fetcher.assign(topic, 0, 'earliest');
    expect(await read(fetcher, 2000)).toEqual(range(0, 2000));
  });

  test('a seek drops what was fetched before it', async () => {
    await using client = wire.client();
    const topic = await topicWith(client, wire, 300);
    await using fetcher = client.fetcher();
    fetcher.assign(topic, 0, 'earliest');
    await read(fetcher, 300);
    fetcher.seek(topic, 0, 290);
    expect(await read(fetcher, 10)).toEqual(range(290, 300));
    fetcher.seek(topic, 0, 'earliest');
    fetcher.seek(topic, 0, 299);
    expect(await read(fetcher, 1)).toEqual([299]);
  });

  test('a paused partition gives nothing until it is resumed, and then goes on where it was', async () => {
    await using client = wire.client();
    const topic = await topicWith(client, wire, 100);
    await using fetcher = client.fetcher();
    fetcher.assign(topic, 0, 'earliest');
    fetcher.pause(topic, 0);
    expect(fetcher.isPaused(topic, 0)).toBe(true);
    expect(await fetcher.poll({ maxWaitMs: 50 })).toEqual([]);
    fetcher.resume(topic, 0);
    expect(await read(fetcher, 100)).toEqual(range(0, 100));
  });

  test('an idle partition does not hold up a busy one', async () => {
    await using client = wire.client();
    const [busy, idle] = [await topicWith(client, wire, 3000), await topicWith(client, wire, 0)];
    await using fetcher = client.fetcher({ partitionMaxBytes: 600, maxWaitMs: 20_000 });
    fetcher.assign(idle, 0, 'earliest');
    fetcher.assign(busy, 0, 'earliest');
    expect(await read(fetcher, 3000)).toEqual(range(0, 3000));
  });

  test('idle partitions that wait apart do not hold up a busy one', async () => {
    await using client = wire.client();
    const busy = await topicWith(client, wire, 3000);
    await using fetcher = client.fetcher({ partitionMaxBytes: 600, maxWaitMs: 20_000 });
    for (let count = 0; count < 6; count++) {
      // Each is asked for before the next is there, so that each has a request of its own.
      fetcher.assign(await topicWith(client, wire, 0), 0, 'earliest');
      await fetcher.poll({ maxWaitMs: 20 });
    }
    fetcher.assign(busy, 0, 'earliest');
    expect(await read(fetcher, 3000)).toEqual(range(0, 3000));
  });

  test('a position outside of the log is an error, or begins again where the reset says', async () => {
    await using client = wire.client();
    const topic = await topicWith(client, wire, 50);
    await using strict = client.fetcher();
    strict.assign(topic, 0, 1000);
    await expect(strict.poll({ maxWaitMs: 5000 })).rejects.toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
      context: { topic, partition: 0, offset: 1000 },
    });
    strict.seek(topic, 0, 40);
    expect(await read(strict, 10)).toEqual(range(40, 50));
    await using lenient = client.fetcher({ offsetReset: 'earliest' });
    lenient.assign(topic, 0, 1000);
    expect(await read(lenient, 50)).toEqual(range(0, 50));
  });

  test('records that were deleted are skipped by the reset', async () => {
    await using client = wire.client();
    const topic = await topicWith(client, wire, 60);
    await client.admin.deleteRecords([{ topic, partition: 0, offset: 20 }]);
    await using fetcher = client.fetcher({ offsetReset: 'earliest' });
    fetcher.assign(topic, 0, 0);
    expect(await read(fetcher, 40)).toEqual(range(20, 60));
  });

  test('a wait for records ends with its signal, and with the fetcher', async () => {
    await using client = wire.client();
    const topic = await topicWith(client, wire, 0);
    const fetcher = client.fetcher();
    fetcher.assign(topic, 0, 'earliest');
    const abort = new AbortController();
    const aborted = fetcher.poll({ maxWaitMs: 60_000, signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    const waiting = fetcher.poll({ maxWaitMs: 60_000 });
    await fetcher.close();
    await expect(waiting).rejects.toMatchObject({ code: 'CLOSED' });
  });

  test('a partition can be given away and taken again', async () => {
    await using client = wire.client();
    const topic = await topicWith(client, wire, 30);
    await using fetcher = client.fetcher();
    fetcher.assign(topic, 0, 'earliest');
    fetcher.unassign(topic, 0);
    expect(await fetcher.poll({ maxWaitMs: 20 })).toEqual([]);
    fetcher.assign(topic, 0, 25);
    expect(await read(fetcher, 5)).toEqual(range(25, 30));
  });
});
