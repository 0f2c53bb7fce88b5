import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BytesTable, hashBytes, type TableEntry } from './bytes-table.ts';
import { latin1 } from './test-support/latin1.ts';

// Few hashes, so that entries crowd and deletions have to move others.
const keys = fc.uint8Array({ maxLength: 2, max: 12 });
const hashOf = (key: Uint8Array, crowd: boolean): number => (crowd ? hashBytes(key) & 7 : hashBytes(key));

test('it behaves like a map by the bytes of the key, however crowded', () => {
  const steps = fc.array(fc.record({ add: fc.boolean(), key: keys }), { maxLength: 400, size: 'max' });
  fc.assert(
    fc.property(steps, fc.boolean(), (run, crowd) => {
      const table = new BytesTable<TableEntry>();
      const model = new Map<string, TableEntry>();
      for (const { add, key } of run) {
        const name = latin1(key);
        const present = model.get(name);
        expect(table.get(key.slice(), hashOf(key, crowd))).toBe(present);
        if (add && present === undefined) {
          const entry = { key, hash: hashOf(key, crowd) };
          table.add(entry);
          model.set(name, entry);
        } else if (!add && present !== undefined) {
          expect(table.delete(present)).toBe(true);
          expect(table.delete(present)).toBe(false);
          model.delete(name);
        }
        expect(table.size).toBe(model.size);
      }
      expect(new Set(table.values())).toEqual(new Set(model.values()));
    }),
  );
});
