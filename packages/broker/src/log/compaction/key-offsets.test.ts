import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyOffsets } from './key-offsets.ts';

const slice = (key: Uint8Array) => {
  // Where a key lies in other bytes, as in a batch.
  const bytes = Buffer.concat([Buffer.from('<<'), key, Buffer.from('>>')]);
  return { bytes, start: 2, end: 2 + key.byteLength };
};

test('it is a map from keys to offsets, until it is full', () => {
  const key = fc.uint8Array({ maxLength: 3, max: 2 });
  const offset = fc.nat({ max: 2 ** 40 });
  fc.assert(
    fc.property(fc.array(fc.tuple(key, offset)), fc.integer({ min: 32, max: 1000 }), (entries, bytesMax) => {
      const offsets = new KeyOffsets(bytesMax, 7);
      const model = new Map<string, number>();
      for (const [bytes, at] of entries) {
        if (offsets.set(slice(bytes), at)) model.set(bytes.join(), at);
        else expect(model.has(bytes.join())).toBe(false);
      }
      expect(offsets.count).toBe(model.size);
      for (const [bytes] of entries) expect(offsets.get(slice(bytes))).toBe(model.get(bytes.join()) ?? -1);
    }),
  );
});

test('tens of thousands of keys fit into a few mebibytes, and no more than fit are taken', () => {
  const offsets = new KeyOffsets(4 * 1024 * 1024, 1);
  let taken = 0;
  while (offsets.set(slice(Buffer.from(`key-${taken}`)), taken)) taken += 1;
  expect(taken).toBeGreaterThan(80_000);
  expect(offsets.get(slice(Buffer.from('key-70000')))).toBe(70_000);
  expect(offsets.get(slice(Buffer.from(`key-${taken}`)))).toBe(-1);
  // A key that is there is always taken.
  expect(offsets.set(slice(Buffer.from('key-5')), 2 ** 33)).toBe(true);
  expect(offsets.get(slice(Buffer.from('key-5')))).toBe(2 ** 33);
});
