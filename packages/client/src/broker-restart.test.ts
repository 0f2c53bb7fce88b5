import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { RecordCursor } from '@millrace/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Client } from './client.ts';

let folder: string;
let broker: Broker;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-restart-'));
  broker = await Broker.start({ data: folder, config: { 'group.initial.rebalance.delay.ms': '0' } });
});
afterEach(async () => {
  await broker.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Stops the broker in good order and starts it again at the same address. */
async function restart(downMs: number): Promise<void> {
  const { port } = broker;
  await broker.close();
  await new Promise((resolve) => setTimeout(resolve, downMs));
  broker = await Broker.start({ data: folder, port, config: { 'group.initial.rebalance.delay.ms': '0' } });
}

test('producer, fetcher and group member go on over restarts of the broker, without a record lost or doubled', async () => {
  await using client = new Client({ bootstrapServers: broker.bootstrapServers, retryBackoffMaxMs: 200 });
  await client.admin.createTopics([{ name: 'events', partitionCount: 1 }]);
  await using producer = client.producer({ batchBytes: 300 });
  await using fetcher = client.fetcher();
  fetcher.assign('events', 0, 'earliest');
  let rounds = 0;
  await using member = client.groupMember({
    groupId: 'group',
    topics: ['events'],
    heartbeatIntervalMs: 50,
    listener: { onAssigned: () => void rounds++, onRevoked: () => {} },
  });
  await member.join();
  const seen: number[] = [];
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < 100; index++) {
      producer.append('events', 0, null, Buffer.from(String(round * 100 + index)), Date.now());
    }
    if (round < 2) await restart(150);
    await producer.flush();
    while (seen.length < (round + 1) * 100) {
      for (const fetched of await fetcher.poll()) {
        const cursor = new RecordCursor(fetched.records, { fromOffset: fetched.fetchOffset });
        while (cursor.next()) seen.push(Number(Buffer.from(cursor.value()!).toString()));
      }
    }
    // The membership may have to be taken up anew; then a commit under the old generation is refused.
    for (let isCommitted = false; !isCommitted; ) {
      isCommitted = await member.commit([{ topic: 'events', partition: 0, offset: seen.length }]).then(
        () => true,
        () => new Promise((resolve) => setTimeout(() => resolve(false), 20)),
      );
    }
  }
  expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => index));
  expect(await member.committed([{ topic: 'events', partition: 0 }])).toMatchObject([{ offset: 300 }]);
  expect(rounds).toBeGreaterThan(0);
});
