import { buildMarkerBatch, RecordBatchBuilder, setBaseOffset } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { cursorOver } from '../fetched-cursor.ts';
import type { FetchedPartition } from '../fetcher-options.ts';
import { HeldPieces } from './held-pieces.ts';
import { Piece } from './piece.ts';
import { SharedPartition } from './shared-partition.ts';

const LOG_ENDS = { highWatermark: 100, lastStableOffset: 100, logStartOffset: 0 };
const MEETING_MS_MAX = 1000;
const PATIENCE = { meetingMsMax: MEETING_MS_MAX, answerMsMax: 3000 };
const nobody = (): void => {};
/** Asked for by whom nobody lets come any more. */
const at = (topicId: string, nowMs = MEETING_MS_MAX) => ({ topicId, nowMs, wake: nobody });

function batch(baseOffset: number, recordCount: number, producerId: number | null = null): Uint8Array {
  const builder = new RecordBatchBuilder();
  for (let index = 0; index < recordCount; index++) builder.append(1000, null, Buffer.from(`${baseOffset + index}`));
  const bytes = builder.build(producerId === null ? {} : { producerId, producerEpoch: 0, isTransactional: true });
  setBaseOffset(bytes, 0, baseOffset);
  return bytes;
}

function fetchedOf(fetchOffset: number, nextOffset: number, batches: readonly Uint8Array[]): FetchedPartition {
  const records = Uint8Array.from(Buffer.concat(batches));
  const where = { topic: 't', partition: 0, fetchOffset, nextOffset, leaderEpoch: 0 };
  return { ...where, records, ...LOG_ENDS, abortedTransactions: [] };
}

type MovingReader = { fetchOffset: number };

/** Two readers, one of whom asks for ten records and is answered. */
function readByFirst(held: HeldPieces, topicId: string): { shared: SharedPartition; second: MovingReader } {
  const shared = new SharedPartition(held, PATIENCE);
  const [first, second] = [{ fetchOffset: 0 }, { fetchOffset: 0 }];
  shared.join(first, 0);
  shared.join(second, 0);
  const asked = { fetch: first, fetchOffset: 0 };
  shared.asked(asked, topicId, 0);
  shared.answered(asked, LOG_ENDS, fetchedOf(0, 10, [batch(0, 10)]));
  first.fetchOffset = 10;
  shared.moved(first);
  shared.ended(asked);
  return { shared, second };
}

test('what was read of a topic is not given to readers of another one under its name', () => {
  const held = new HeldPieces(10_000);
  const { shared, second } = readByFirst(held, 'old');
  expect(shared.supply(second, at('new'))).toBeUndefined();
  shared.asked({ fetch: { fetchOffset: 50 }, fetchOffset: 50 }, 'new', 0);
  expect(shared.supply(second, at('new'))).toBeUndefined();
  expect(held.bytes).toBe(0);
});

test("an answer that comes when the topic has been made anew is nobody else's", () => {
  const shared = new SharedPartition(new HeldPieces(10_000), PATIENCE);
  const [first, second] = [{ fetchOffset: 0 }, { fetchOffset: 0 }];
  shared.join(first, 0);
  shared.join(second, 0);
  const [before, after] = [
    { fetch: first, fetchOffset: 0 },
    { fetch: first, fetchOffset: 0 },
  ];
  shared.asked(before, 'old', 0);
  shared.asked(after, 'new', 0);
  shared.answered(before, LOG_ENDS, fetchedOf(0, 10, [batch(0, 10)]));
  shared.ended(before);
  expect(shared.supply(second, at('new'))).toBeTypeOf('number');
});

test('what is held goes with the last reader who had yet to come', () => {
  const held = new HeldPieces(10_000);
  const { shared, second } = readByFirst(held, 'topic');
  expect(held.bytes).toBeGreaterThan(0);
  shared.leave(second);
  expect(held.bytes).toBe(0);
});

test('what its reader comes to last makes room, and is asked for again', () => {
  const held = new HeldPieces(1000);
  const shared = new SharedPartition(held, PATIENCE);
  const [ahead, behind] = [{ fetchOffset: 10 }, { fetchOffset: 0 }];
  shared.join(ahead, 0);
  shared.join(behind, 0);
  for (const fetchOffset of [10, 0, 20]) {
    const asked = { fetch: ahead, fetchOffset };
    shared.asked(asked, 'topic', 0);
    // Two of them have room.
    const records = new Uint8Array(400);
    records.set(batch(fetchOffset, 10));
    shared.answered(asked, LOG_ENDS, { ...fetchedOf(fetchOffset, fetchOffset + 10, []), records });
    if (fetchOffset !== 0) ahead.fetchOffset = fetchOffset + 10;
    shared.moved(ahead);
    shared.ended(asked);
    expect(held.bytes).toBeLessThanOrEqual(1000);
  }
  expect(shared.supply({ fetchOffset: 20 }, at('topic'))).toBeUndefined();
  expect(shared.supply(behind, at('topic'))).toMatchObject({ fetchOffset: 0, nextOffset: 10 });
  expect(shared.supply({ fetchOffset: 10 }, at('topic'))).toMatchObject({ fetchOffset: 10, nextOffset: 20 });
});

test('pieces that are views of one answer count as what they keep of memory', () => {
  const held = new HeldPieces(1000);
  const bytes = batch(0, 5);
  const answer = new Uint8Array(2 * bytes.length);
  answer.set(bytes);
  answer.set(bytes, bytes.length);
  const pieceOfHalf = (half: number): Piece => {
    const records = answer.subarray(half * bytes.length, (half + 1) * bytes.length);
    return new Piece({ ...fetchedOf(0, 10, []), records }, held.grew);
  };
  const [first, second] = [pieceOfHalf(0), pieceOfHalf(1)];
  held.add(first, nobody);
  held.add(second, nobody);
  expect(held.bytes).toBe(answer.length);
  held.delete(first);
  expect(held.bytes).toBe(answer.length);
  held.delete(second);
  expect(held.bytes).toBe(0);
});

test('nothing is held for a reader who is too far behind to come in time', () => {
  const held = new HeldPieces(1000);
  const shared = new SharedPartition(held, PATIENCE);
  const [behind, ahead] = [{ fetchOffset: 0 }, { fetchOffset: 99_990 }];
  shared.join(behind, 0);
  shared.join(ahead, 0);
  const asked = { fetch: ahead, fetchOffset: 99_990 };
  shared.asked(asked, 'topic', 0);
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
    const cursor = cursorOver(new Piece(fetched, nobody).givenFrom(offset, LOG_ENDS));
    const offsets: number[] = [];
    while (cursor.next()) offsets.push(cursor.offset);
    return offsets;
  };
  expect(offsetsFrom(0)).toEqual([4, 5]);
  expect(offsetsFrom(2)).toEqual([4, 5]);
  expect(offsetsFrom(5)).toEqual([5]);
});

test('what is noted with a piece is made once, takes room, and goes with it', () => {
  const held = new HeldPieces(1000);
  const { shared, second } = readByFirst(held, 'topic');
  const piece = (shared.supply(second, at('topic')) as FetchedPartition).shared!;
  const before = held.bytes;
  expect(piece.note('rows', () => [1], 100)).toEqual([1]);
  expect(piece.note('rows', () => [2], 100)).toEqual([1]);
  expect(held.bytes).toBe(before + 100);
  piece.note('more', () => [3], 1000);
  expect(held.bytes).toBe(0);
  expect(shared.supply(second, at('topic'))).toBeUndefined();
});

test('who has come far lets one who has just begun come to it, for a while, unless it is nearly at the end', () => {
  const { shared, second } = readByFirst(new HeldPieces(10_000), 'topic');
  const ahead = { fetchOffset: 10 };
  shared.join(ahead, 0);
  expect(shared.supply(ahead, at('topic', MEETING_MS_MAX - 1))).toBeTypeOf('number');
  expect(shared.supply(second, at('topic', MEETING_MS_MAX - 1))).toMatchObject({ fetchOffset: 0 });
  expect(shared.supply(ahead, at('topic', MEETING_MS_MAX))).toBeUndefined();
  ahead.fetchOffset = 90;
  expect(shared.supply(ahead, at('topic', 0))).toBeUndefined();
  ahead.fetchOffset = 10;
  second.fetchOffset = 10;
  expect(shared.supply(ahead, at('topic', 0))).toBeUndefined();
});

test('others ask for themselves when an answer does not come, and are not mistaken when it does', () => {
  const shared = new SharedPartition(new HeldPieces(10_000), PATIENCE);
  const [first, second] = [{ fetchOffset: 0 }, { fetchOffset: 0 }];
  shared.join(first, 0);
  shared.join(second, 0);
  const lost = { fetch: first, fetchOffset: 0 };
  shared.asked(lost, 'topic', 0);
  expect(shared.supply(second, at('topic', 2999))).toBe(3000);
  expect(shared.supply(second, at('topic', 3000))).toBeUndefined();
  const again = { fetch: second, fetchOffset: 0 };
  shared.asked(again, 'topic', 3000);
  shared.ended(lost);
  expect(shared.supply({ fetchOffset: 0 }, at('topic', 3000))).toBe(6000);
});
