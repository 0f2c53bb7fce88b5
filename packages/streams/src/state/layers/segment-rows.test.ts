import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cursor } from '../../lib/ordered-map.ts';
import { OrderedMap } from '../../lib/ordered-map.ts';
import { keyBound, keyBoundAfter, segmentPrefix } from '../keys/segmented.ts';
import { windowRowKeys } from '../keys/window-keys.ts';
import { SegmentRows } from './segment-rows.ts';

const rowKeys = windowRowKeys(60_000);
const key = fc.uint8Array({ maxLength: 2, max: 1 });
const time = fc.nat(20);
const row = fc.tuple(key, time).map(([bytes, at]) => rowKeys.row(bytes, at, 0));

const range = fc.oneof(
  fc.tuple(key, time, time).map(([bytes, from, to]) => ({
    from: rowKeys.row(bytes, from, 0),
    to: rowKeys.row(bytes, to, 0),
    ofOneKey: true as const,
  })),
  fc.tuple(key, key).map(([from, to]) => ({ from: keyBound(from), to: keyBoundAfter(to) })),
  fc.constant({ from: segmentPrefix(0), to: segmentPrefix(1) }),
);

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('put' as const), row, value: fc.option(fc.nat(9)) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('scan' as const), range, reverse: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('read' as const), count: fc.nat(3) }) },
);

type Open = { readonly cursor: Cursor<Uint8Array>; readonly model: Cursor<Uint8Array> };

function readOne({ cursor, model }: Open): boolean {
  const isThere = model.next();
  expect(cursor.next()).toBe(isThere);
  if (isThere) expect([cursor.key, cursor.value]).toEqual([model.key, model.value]);
  return isThere;
}

test('it is an ordered map, and open scans see it as it was, whatever is put and deleted meanwhile', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const rows = new SegmentRows(rowKeys.tailSize);
      const model = new OrderedMap<Uint8Array>();
      const open: Open[] = [];
      for (const next of steps) {
        if (next.kind === 'put') {
          const value = next.value === null ? null : Uint8Array.of(next.value);
          const before = value === null ? model.delete(next.row) : model.set(next.row, value);
          expect(rows.get(next.row)).toEqual(before);
          expect(rows.put(next.row, value)).toEqual(before);
        } else if (next.kind === 'scan') {
          open.push({ cursor: rows.scan(next.range, next.reverse), model: model.scan(next.range, next.reverse) });
        } else {
          for (let count = next.count; count > 0 && open.length > 0; count--) readOne(open[count % open.length]!);
        }
      }
      for (const scan of open) while (readOne(scan));
    }),
    { numRuns: 300 },
  );
});
