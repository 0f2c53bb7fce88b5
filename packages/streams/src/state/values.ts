import type { Rows } from './rows.ts';
import type { ValueCodec } from './value-codec.ts';

/** What a kind of store reads and writes by the bytes of its row keys: through a record cache, or straight from rows. */
export interface Values<V> {
  get(key: Uint8Array): V | null;
  /** Null deletes. */
  put(key: Uint8Array, value: V | null): void;
}

/** Values that are encoded and decoded each time. */
export class RowValues<V> implements Values<V> {
  readonly #rows: Rows;
  readonly #codec: ValueCodec<V>;

  constructor(rows: Rows, codec: ValueCodec<V>) {
    this.#rows = rows;
    this.#codec = codec;
  }

  get(key: Uint8Array): V | null {
    const row = this.#rows.get(key);
    return row === null ? null : this.#codec.decode(row);
  }

  put(key: Uint8Array, value: V | null): void {
    this.#rows.put(key, value === null ? null : this.#codec.encode(value));
  }
}
