import type { Cursor } from '../../lib/ordered-map.ts';

/** Leaves out rows that a condition on their key does not accept. */
export class FilterCursor implements Cursor<Uint8Array> {
  readonly #inner: Cursor<Uint8Array>;
  readonly #accepts: (rowKey: Uint8Array) => boolean;

  constructor(inner: Cursor<Uint8Array>, accepts: (rowKey: Uint8Array) => boolean) {
    this.#inner = inner;
    this.#accepts = accepts;
  }

  get key(): Uint8Array {
    return this.#inner.key;
  }

  get value(): Uint8Array {
    return this.#inner.value;
  }

  next(): boolean {
    while (this.#inner.next()) if (this.#accepts(this.#inner.key)) return true;
    return false;
  }

  close(): void {
    this.#inner.close();
  }
}
