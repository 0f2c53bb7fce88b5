import { buildMarkerBatch, RecordBatchBuilder, setBaseOffset } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { cursorOver } from '../fetched-cursor.ts';
import type { FetchedPartition } from '../fetcher-options.ts';
import { HeldPieces } from './held-pieces.ts';
import { fetchedFrom, pieceOf } from './piece.ts';
import { SharedPartition } from './shared-partition.ts';

const LOG_ENDS = { highWatermark: 100, lastStableOffset: 100, logStartOffset: 0 };
const nobody = (): void => {};

function batch(baseOffset: number, recordCount: number, producerId: number | null = null): Uint8Array {
  const builder = new RecordBatchBuilder();
  for (let index = 0; index < recordCount; index++) builder.append(1000, null, Buffer.from(`${baseOffset + index}`));
  const bytes = builder.build(producerId === null ? {} : { producerId, producerEpoch: 0, isTransactional: true });
  setBaseOffset(bytes, 0, baseOffset);
  return bytes;
}

function fetchedOf(fetchOffset: number, nextOffset: number, batches: readonly Uint8Array[]): FetchedPartition {
  const records = Buffer.concat(batches);
  return { topic: 't', partition: 0, fetchOffset, nextOffset, records, ...LOG_ENDS, abortedTransactions: [] };
}

type MovingReader = { fetchOffset: number };

/** Two readers, one of whom asks for ten records and is answered. */
function readByFirst(held: HeldPieces, topicId: string): { shared: SharedPartition; second: MovingReader } {
  const shared = new SharedPartition(held);
  const [first, second] = [{ fetchOffset: 0 }, { fetchOffset: 0 }];
  shared.join(first);
  shared.join(second);
  const asked = { fetchOffset: 0 };
  shared.asked(asked, topicId);
  first.fetchOffset = 10;
  shared.moved(first);
  shared.answered(asked, LOG_ENDS, fetchedOf(0, 10, [batch(0, 10)]));
  shared.ended(asked);
  return { shared, second };
}

test('what was read of a topic is not given to readers of another one under its name', () => {
  const held = new HeldPieces(10_000);
  const { shared, second } = readByFirst(held, 'old');
  expect(shared.supply(second, 'new', nobody)).toBeUndefined();
  shared.asked({ fetchOffset: 50 }, 'new');
  expect(shared.supply(second, 'new', nobody)).toBeUndefined();
  expect(held.bytes).toBe(0);
});

test("an answer that comes when the topic has been made anew is nobody else's", () => {
  const shared = new SharedPartition(new HeldPieces(10_000));
  const [first, second] = [{ fetchOffset: 0 }, { fetchOffset: 0 }];
  shared.join(first);
  shared.join(second);
  const [before, after] = [{ fetchOffset: 0 }, { fetchOffset: 0 }];
  shared.asked(before, 'old');
  shared.asked(after, 'new');
  shared.answered(before, LOG_ENDS, fetchedOf(0, 10, [batch(0, 10)]));
  shared.ended(before);
  expect(shared.supply(second, 'new', nobody)).toBe('coming');
});

test('what is held goes with the last reader who had yet to come', () => {
  const held = new HeldPieces(10_000);
  const { shared, second } = readByFirst(held, 'topic');
  expect(held.bytes).toBeGreaterThan(0);
  shared.leave(second);
  expect(held.bytes).toBe(0);
});

test('what had to make room is asked for again', () => {
  const held = new HeldPieces(10_000);
  const { shared, second } = readByFirst(held, 'topic');
  expect(shared.supply(second, 'topic', nobody)).toMatchObject({ fetchOffset: 0, nextOffset: 10 });
  held.add(
    { fetched: { ...fetchedOf(0, 1, []), records: Buffer.alloc(9900) }, fromOffset: 0, awaitedBy: new Set() },
    nobody,
  );
  expect(shared.supply(second, 'topic', nobody)).toBeUndefined();
});

test('nothing is held for a reader who is too far behind to come in time', () => {
  const held = new HeldPieces(1000);
  const shared = new SharedPartition(held);
  for (const fetchOffset of [0, 100_000]) shared.join({ fetchOffset });
  const asked = { fetchOffset: 99_990 };
  shared.asked(asked, 'topic');
  shared.answered(asked, LOG_ENDS, fetchedOf(99_990, 100_000, [batch(99_990, 10)]));
  expect(held.bytes).toBe(0);
});

test('a reader who passes over the end of an aborted transaction sees the next one of its producer', () => {
  const marker = buildMarkerBatch({
    kind: 'abort',
    coordinatorEpoch: 0,
    timestamp: 1000,
    producerId: 7,
    producerEpoch: 0,
  });
  setBaseOffset(marker, 0, 3);
  const fetched = {
    ...fetchedOf(0, 9, [batch(0, 3, 7), marker, batch(4, 2, 7), batch(6, 3, 8)]),
    abortedTransactions: [
      { producerId: 7, firstOffset: 0 },
      { producerId: 8, firstOffset: 6 },
    ],
  };
  const offsetsFrom = (offset: number): readonly number[] => {
    const cursor = cursorOver(fetchedFrom(pieceOf(fetched), offset, LOG_ENDS));
    const offsets: number[] = [];
    while (cursor.next()) offsets.push(cursor.offset);
    return offsets;
  };
  expect(offsetsFrom(0)).toEqual([4, 5]);
  expect(offsetsFrom(2)).toEqual([4, 5]);
  expect(offsetsFrom(5)).toEqual([5]);
});
