import { expect, test } from 'vitest';
import { begun } from './begun.ts';

/** Says what happens to it. */
async function* told(log: string[]): AsyncGenerator<number> {
  log.push('began');
  try {
    yield* [1, 2, 3];
  } finally {
    log.push('ended');
  }
}

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

test('rows are begun at once, and all of them come', async () => {
  const log: string[] = [];
  const rows = await begun(told(log), new AbortController().signal);
  expect(log).toEqual(['began']);
  expect(await all(rows)).toEqual([1, 2, 3]);
  expect(log).toEqual(['began', 'ended']);
});

test('rows that nobody reads any more are ended, and so are those that a reader leaves', async () => {
  const [unread, left]: [string[], string[]] = [[], []];
  const asking = new AbortController();
  await begun(told(unread), asking.signal);
  for await (const _row of await begun(told(left), asking.signal)) break;
  expect([unread, left]).toEqual([['began'], ['began', 'ended']]);
  asking.abort();
  await new Promise((resolve) => setImmediate(resolve));
  expect(unread).toEqual(['began', 'ended']);
});

test('no rows are none', async () => {
  const none = (async function* () {})();
  expect(await all(await begun(none, AbortSignal.abort()))).toEqual([]);
});
