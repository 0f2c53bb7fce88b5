import { MillraceError } from '@millrace/base';
import { expect, test } from 'vitest';
import { RowBuffer } from './row-buffer.ts';

function bufferOf(rowsMax = 4) {
  const events: string[] = [];
  const buffer = new RowBuffer<number>({
    rowsMax,
    onFull: () => events.push('full'),
    onRoom: () => events.push('room'),
    onDone: async () => void events.push('done'),
  });
  return { buffer, events };
}

async function collect(rows: AsyncIterable<number>): Promise<number[]> {
  const collected: number[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

test('rows come out in order, those from before and after the reader asked', async () => {
  const { buffer, events } = bufferOf();
  buffer.push(1);
  const first = await buffer.next();
  const waiting = buffer.next();
  buffer.push(2);
  expect([first.value, (await waiting).value]).toEqual([1, 2]);
  buffer.push(3);
  buffer.end();
  expect(await collect(buffer)).toEqual([3]);
  expect(events).toEqual(['done']);
});

test('says once that it is full, and that there is room when half was taken', async () => {
  const { buffer, events } = bufferOf(4);
  for (let row = 0; row < 6; row++) buffer.push(row);
  expect(events).toEqual(['full']);
  for (let row = 0; row < 3; row++) await buffer.next();
  expect(events).toEqual(['full']);
  await buffer.next();
  expect(events).toEqual(['full', 'room']);
});

test('a reader who stays behind for good gets every row in order', async () => {
  const { buffer } = bufferOf(4);
  const taken: number[] = [];
  for (let row = 0; row < 100; row += 2) {
    buffer.push(row);
    buffer.push(row + 1);
    taken.push((await buffer.next()).value);
  }
  buffer.end();
  expect([...taken, ...(await collect(buffer))]).toEqual(Array.from({ length: 100 }, (_, index) => index));
});

test('return() ends the query, drops what is left, and takes no more', async () => {
  const { buffer, events } = bufferOf();
  buffer.push(1);
  await buffer.return();
  buffer.push(2);
  expect(await collect(buffer)).toEqual([]);
  expect(events).toEqual(['done']);
});

test('at its end the query goes, though the reader has not come so far', () => {
  const { buffer, events } = bufferOf();
  buffer.push(1);
  buffer.end();
  expect(events).toEqual(['done']);
});

test('a failure comes after the rows before it, once', async () => {
  const { buffer } = bufferOf();
  buffer.push(1);
  buffer.end(new MillraceError('BROKEN', 'it broke'));
  expect((await buffer.next()).value).toBe(1);
  await expect(buffer.next()).rejects.toThrow('it broke');
  expect(await buffer.next()).toEqual({ done: true, value: undefined });
});

test('a failure reaches a reader who waits', async () => {
  const { buffer, events } = bufferOf();
  const waiting = buffer.next();
  buffer.end(new MillraceError('BROKEN', 'it broke'));
  await expect(waiting).rejects.toThrow('it broke');
  expect(events).toEqual(['done']);
});
