import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Client } from '../client.ts';
import { cursorOver } from './fetched-cursor.ts';
import type { Fetcher } from './fetcher.ts';

// A broker that lost the end of a log, which clients had read already: by an election, or a machine that lost its power.

const TOPIC = 'events';
const LOG = join(`${TOPIC}-0`, '00000000000000000000.log');

let folder: string;
let broker: Broker;
let client: Client;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-truncation-'));
  broker = await Broker.start({ data: folder });
  client = new Client({ bootstrapServers: broker.bootstrapServers, retryBackoffMaxMs: 100 });
  await client.admin.createTopics([{ name: TOPIC, partitionCount: 1 }]);
});
afterEach(async () => {
  await client.close();
  await broker.close();
  rmSync(folder, { recursive: true, force: true });
});

async function produce(...values: readonly string[]): Promise<void> {
  await using producer = client.producer();
  for (const value of values) producer.append(TOPIC, 0, null, Buffer.from(value), 1);
  await producer.flush();
}

/** Stops the broker, cuts its log to what it held at `sizeBytes`, as after a crash, and starts it again. */
async function loseAllAfter(sizeBytes: number): Promise<void> {
  const { port } = broker;
  await broker.close();
  truncateSync(join(folder, LOG), sizeBytes);
  rmSync(join(folder, '.kafka_cleanshutdown'));
  for (const name of readdirSync(join(folder, `${TOPIC}-0`))) {
    if (name.endsWith('.snapshot')) rmSync(join(folder, `${TOPIC}-0`, name));
  }
  broker = await Broker.start({ data: folder, port });
}

const logSize = (): number => statSync(join(folder, LOG)).size;

async function read(fetcher: Fetcher, count: number): Promise<readonly string[]> {
  const values: string[] = [];
  while (values.length < count) {
    for (const fetched of await fetcher.poll()) {
      const cursor = cursorOver(fetched);
      while (cursor.next()) values.push(`${cursor.offset} ${Buffer.from(cursor.value()!).toString()}`);
    }
  }
  return values;
}

test.each([false, true])(
  'a reader goes on where a log was cut that he had read further (shared: %s)',
  async (shared) => {
    const fetchers = [0, 1].map(() => client.fetcher({ offsetReset: 'latest', shared }));
    for (const fetcher of fetchers) fetcher.assign(TOPIC, 0, 'earliest');
    await produce('a', 'b');
    const sizeBytes = logSize();
    await produce('lost', 'lost', 'lost');
    const before = ['0 a', '1 b', '2 lost', '3 lost', '4 lost'];
    for (const fetcher of fetchers) expect(await read(fetcher, 5)).toEqual(before);
    await loseAllAfter(sizeBytes);
    // More than was lost: an offset alone would not tell that anything happened.
    await produce('c', 'd', 'e', 'f', 'g');
    for (const fetcher of fetchers) expect(await read(fetcher, 5)).toEqual(['2 c', '3 d', '4 e', '5 f', '6 g']);
  },
);

test('who wants no reset is told what is gone, and where the log goes on', async () => {
  const fetcher = client.fetcher({ offsetReset: 'none' });
  fetcher.assign(TOPIC, 0, 0);
  await produce('a');
  const sizeBytes = logSize();
  await produce('lost');
  await read(fetcher, 2);
  await loseAllAfter(sizeBytes);
  await produce('c', 'd');
  await expect(read(fetcher, 1)).rejects.toMatchObject({
    code: 'OFFSET_OUT_OF_RANGE',
    context: { topic: TOPIC, partition: 0, offset: 2, endOffset: 1 },
  });
  fetcher.seek(TOPIC, 0, 1);
  expect(await read(fetcher, 2)).toEqual(['1 c', '2 d']);
});

test('a broker that starts again with all its records is no reason to read anything twice', async () => {
  const fetcher = client.fetcher({ offsetReset: 'earliest' });
  fetcher.assign(TOPIC, 0, 'earliest');
  await produce('a', 'b');
  await read(fetcher, 2);
  await loseAllAfter(logSize());
  await produce('c');
  expect(await read(fetcher, 1)).toEqual(['2 c']);
});
