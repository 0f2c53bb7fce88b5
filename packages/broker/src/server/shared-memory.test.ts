import net from 'node:net';
import { MetadataRequestDefaults, RecordCursor, ZERO_UUID } from '@millrace/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from '../broker.ts';
import { fetchRequest } from '../testing/requests.ts';
import { testBatch } from '../testing/test-log.ts';
import { Wire } from '../testing/wire.ts';

// Frames and answers lie in buffers that are used again: nobody may see another's bytes.

const BATCHES = 60;
const VALUE_BYTES = 100_000;
const ANSWER_BYTES = 350_000;

let broker: Broker;

beforeAll(async () => {
  broker = await Broker.start({ config: { 'num.partitions': '1' } });
});

afterAll(() => broker.close());

const textOf = (offset: number) => String(offset).padStart(VALUE_BYTES, '.');

async function makeTopics(wire: Wire, names: readonly string[]): Promise<void> {
  const topics = names.map((name) => ({ topicId: ZERO_UUID, name }));
  await wire.send('Metadata', 9, { ...MetadataRequestDefaults, topics });
}

async function produce(wire: Wire, topic: string, offset: number): Promise<void> {
  const records = testBatch([{ value: textOf(offset), timestamp: Date.now() }]);
  const topicData = [{ name: topic, topicId: ZERO_UUID, partitionData: [{ index: 0, records }] }];
  await wire.send('Produce', 9, { transactionalId: null, acks: -1, timeoutMs: 1000, topicData });
}

/** The records that an answer of a few batches holds. */
async function fetchFrom(wire: Wire, topic: string, offset: number): Promise<Uint8Array> {
  const request = fetchRequest(topic, 0, offset);
  const answer = await wire.send('Fetch', 4, { ...request, maxBytes: ANSWER_BYTES });
  return answer!.responses[0]!.partitions[0]!.records!;
}

function expectRecords(records: Uint8Array, from: number): void {
  const cursor = new RecordCursor(records, { fromOffset: from, checkCrcs: true });
  let offset = from;
  while (cursor.next()) expect(Buffer.from(cursor.value()!).toString()).toBe(textOf(offset++));
  expect(offset).toBeGreaterThan(from);
}

test('batches that many clients send at once are stored as they were sent', async () => {
  const wires = await Promise.all(Array.from({ length: 8 }, () => Wire.connect(broker.port)));
  await makeTopics(
    wires[0]!,
    wires.map((_, index) => `own-${index}`),
  );
  await Promise.all(
    wires.map(async (wire, index) => {
      for (let offset = 0; offset < 10; offset++) await produce(wire, `own-${index}`, offset);
    }),
  );
  for (const [index, wire] of wires.entries()) {
    for (let offset = 0; offset < 10; offset++) expectRecords(await fetchFrom(wire, `own-${index}`, offset), offset);
    wire.destroy();
  }
});

test('an answer that waits for its client to read is not overwritten by later answers', async () => {
  const busy = await Wire.connect(broker.port);
  await makeTopics(busy, ['slow']);
  for (let offset = 0; offset < BATCHES; offset++) await produce(busy, 'slow', offset);
  const socket = net.connect(broker.port, '127.0.0.1');
  const slow = new Wire(socket);
  socket.pause();
  const starts = Array.from({ length: 24 }, (_, index) => index * 2);
  const waiting = starts.map((from) => fetchFrom(slow, 'slow', from));
  for (let offset = 0; offset < BATCHES; offset++) {
    expectRecords(await fetchFrom(busy, 'slow', offset), offset);
  }
  socket.resume();
  for (const [index, answer] of waiting.entries()) {
    expectRecords(await answer, starts[index]!);
  }
  busy.destroy();
  slow.destroy();
});
