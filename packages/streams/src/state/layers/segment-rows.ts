import { BytesTable, hashBytes } from '../../lib/bytes-table.ts';
import { type Cursor, type KeyRange, OrderedMap } from '../../lib/ordered-map.ts';
import { SEGMENT_SIZE } from '../keys/segmented.ts';

type Row = { readonly key: Uint8Array; readonly hash: number; value: Uint8Array };

/** The rows of one segment: in a hash table until somebody scans them, in order from then on. */
export class SegmentRows {
  #table: BytesTable<Row> | null;
  #ordered: OrderedMap<Uint8Array> | null;

  /** `ordered`: a scan is to be expected. */
  constructor(ordered: boolean) {
    this.#table = ordered ? null : new BytesTable();
    this.#ordered = ordered ? new OrderedMap(SEGMENT_SIZE) : null;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.#table === null ? this.#ordered!.get(key) : this.#table.get(key, hashBytes(key))?.value;
  }

  /** Null deletes. Returns what was there. */
  put(key: Uint8Array, value: Uint8Array | null): Uint8Array | undefined {
    if (this.#table !== null) return putHashed(this.#table, key, value);
    return value === null ? this.#ordered!.delete(key) : this.#ordered!.set(key, value);
  }

  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array> {
    if (this.#ordered === null) {
      this.#ordered = new OrderedMap(SEGMENT_SIZE);
      for (const { key, value } of this.#table!.values()) this.#ordered.set(key, value);
      this.#table = null;
    }
    // A bare segment number as the end is the next segment's, so the scan goes to the end of this one.
    const isOpen = range.to === null || range.to.length === SEGMENT_SIZE;
    return this.#ordered.scan(isOpen ? { from: range.from, to: null } : range, reverse);
  }
}

function putHashed(table: BytesTable<Row>, key: Uint8Array, value: Uint8Array | null): Uint8Array | undefined {
  const hash = hashBytes(key);
  const row = table.get(key, hash);
  if (row === undefined) {
    if (value !== null) table.add({ key, hash, value });
    return undefined;
  }
  const previous = row.value;
  if (value === null) table.delete(row);
  else row.value = value;
  return previous;
}
