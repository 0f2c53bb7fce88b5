import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { TailCache } from './tail-cache.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('a batch that made room for newer ones is let go at once', async () => {
  const tail = new TailCache(1000).makeTail();
  const dropped: WeakRef<Uint8Array>[] = [];
  for (let offset = 0; offset < 100; offset++) {
    const batch = new Uint8Array(100);
    if (offset < 90) dropped.push(new WeakRef(batch));
    tail.add(offset, offset, batch);
  }
  // What a WeakRef was made for in this turn is kept until the turn ends.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(dropped.filter((batch) => batch.deref() !== undefined)).toEqual([]);
  expect(tail.read(90, 1000, 100)?.byteLength).toBe(1000);
});
