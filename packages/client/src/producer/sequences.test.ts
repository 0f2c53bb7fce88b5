import { ErrorCode } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { Client } from '../client.ts';
import { type ProduceVerdict, ScriptedBroker } from '../test-support/scripted-broker.ts';
import type { Producer } from './producer.ts';

/** Appends three batches of two records and waits for them. */
async function sendThree(producer: Producer): Promise<void> {
  for (let index = 0; index < 6; index++) producer.append('scripted', 0, null, Buffer.alloc(40, index), 1000);
  await producer.flush();
}

async function run(verdict: ProduceVerdict, send = sendThree): Promise<ScriptedBroker> {
  const broker = new ScriptedBroker(verdict);
  await using client = new Client({ dial: () => broker.connect(), retryBackoffMs: 1 });
  await using producer = client.producer({ batchBytes: 200 });
  await send(producer);
  return broker;
}

test('batches that are on the way together carry sequences that follow each other', async () => {
  const broker = await run(() => ErrorCode.NONE);
  expect(broker.sequences).toEqual(['0/0+2', '0/2+2', '0/4+2']);
});

test('after a failure everything behind it is sent again, in order and under the same sequences', async () => {
  let count = 0;
  // The broker refuses the first batch once, and then has to refuse those that overtook it.
  const broker = await run(() => {
    count++;
    if (count === 1) return ErrorCode.NOT_ENOUGH_REPLICAS;
    return count <= 3 ? ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER : ErrorCode.NONE;
  });
  expect(broker.sequences).toEqual(['0/0+2', '0/2+2', '0/4+2', '0/0+2', '0/2+2', '0/4+2']);
});

test('a batch that the broker has already counts as delivered', async () => {
  const broker = await run(() => ErrorCode.DUPLICATE_SEQUENCE_NUMBER);
  expect(broker.sequences).toHaveLength(3);
});

test('a broker that lost the state of the producer gets a new epoch, with sequences from 0', async () => {
  const broker = await run((header) => (header.producerEpoch === 0 ? ErrorCode.UNKNOWN_PRODUCER_ID : ErrorCode.NONE));
  expect(broker.sequences.slice(0, 3)).toEqual(['0/0+2', '0/2+2', '0/4+2']);
  expect(broker.sequences.slice(-3)).toEqual(['1/0+2', '1/2+2', '1/4+2']);
});

test('bytes that were sent once are never changed', async () => {
  const broker = await run((header) =>
    header.producerEpoch === 0 ? ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER : ErrorCode.NONE,
  );
  for (const { bytes, copy } of broker.batches) expect(Buffer.compare(bytes, copy)).toBe(0);
});

test('a producer that was fenced stops', async () => {
  const broker = new ScriptedBroker(() => ErrorCode.INVALID_PRODUCER_EPOCH);
  await using client = new Client({ dial: () => broker.connect() });
  await using producer = client.producer();
  await expect(sendThree(producer)).rejects.toMatchObject({ code: 'INVALID_PRODUCER_EPOCH' });
  expect(producer.failure).toMatchObject({ code: 'INVALID_PRODUCER_EPOCH' });
});
