import { type Cursor, NO_ROWS } from '../../lib/ordered-map.ts';

/** Shows a cursor of rows as the iterator that users see; leaving it early closes the cursor. */
export class Entries<T> implements IterableIterator<T> {
  readonly #cursor: Cursor<Uint8Array>;
  readonly #decode: (cursor: Cursor<Uint8Array>) => T;

  constructor(cursor: Cursor<Uint8Array>, decode: (cursor: Cursor<Uint8Array>) => T) {
    this.#cursor = cursor;
    this.#decode = decode;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T> {
    if (!this.#cursor.next()) return { done: true, value: undefined };
    return { done: false, value: this.#decode(this.#cursor) };
  }

  return(): IteratorResult<T> {
    this.#cursor.close();
    return { done: true, value: undefined };
  }
}

/** What a scan of nothing shows: most records of a join find no other. */
export const NO_ENTRIES: IterableIterator<never> = new Entries<never>(NO_ROWS, (cursor) => cursor.value as never);
