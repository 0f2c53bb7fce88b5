import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BytesTable, hashBytes, type TableEntry } from './bytes-table.ts';
import { latin1 } from './test-support/latin1.ts';

// Few hashes, so that entries crowd and deletions have to move others.
const keys = fc.uint8Array({ maxLength: 2, max: 12 });
const hashOf = (key: Uint8Array, crowd: boolean): number => (crowd ? hashBytes(key) & 7 : hashBytes(key));

test('it behaves like a map by the bytes in the middle of the key, however crowded', () => {
  const steps = fc.array(fc.record({ add: fc.boolean(), key: keys, tail: fc.nat(3) }), { maxLength: 400, size: 'max' });
  fc.assert(
    fc.property(steps, fc.boolean(), (run, crowd) => {
      const table = new BytesTable<TableEntry>(1, 1);
      const model = new Map<string, TableEntry>();
      for (const { add, key: middle, tail } of run) {
        const name = latin1(middle);
        const key = Uint8Array.of(9, ...middle, tail);
        const present = model.get(name);
        expect(table.get(key, hashOf(middle, crowd))).toBe(present);
        if (add) {
          const entry = { key, hash: hashOf(middle, crowd) };
          if (present === undefined) table.add(entry);
          else table.replace(present, entry);
          model.set(name, entry);
        } else if (present !== undefined) {
          table.delete(present);
          model.delete(name);
        }
      }
      expect(new Set(table.values())).toEqual(new Set(model.values()));
    }),
  );
});
