import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashBytes } from '../../lib/hash-bytes.ts';
import { KeyIndex } from '../../lib/key-index.ts';
import { CacheEntries, NO_ENTRY } from './cache-entries.ts';

test('whatever comes and goes, each key leads to its own entry, with its key unharmed', () => {
  const entries = new CacheEntries();
  const index = new KeyIndex(entries);
  const numberOf = new Map<string, number>();
  const bytesOf = (key: string): Uint8Array => new Uint8Array(Buffer.from(key, 'latin1'));
  // Long and short keys by turns, so that what is freed never fits what comes.
  const keys = fc.integer({ min: 0, max: 400 }).map((at) => `${at}`.padStart(1 + (at % 40), 'k'));
  fc.assert(
    fc.property(fc.array(keys, { minLength: 200, maxLength: 600 }), (toggled) => {
      for (const key of toggled) {
        const bytes = bytesOf(key);
        const found = index.find(bytes, hashBytes(bytes));
        expect(found).toBe(numberOf.get(key) ?? NO_ENTRY);
        if (found === NO_ENTRY) {
          const entry = entries.add({ evict: () => {} }, bytes, hashBytes(bytes));
          index.add(entry);
          numberOf.set(key, entry);
        } else {
          index.delete(found);
          entries.remove(found);
          numberOf.delete(key);
        }
      }
      expect([...index.values()].sort()).toEqual([...numberOf.values()].sort());
      for (const [key, entry] of numberOf) expect(entries.keyOf(entry)).toEqual(bytesOf(key));
    }),
    { numRuns: 20 },
  );
});
