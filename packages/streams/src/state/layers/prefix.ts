import { afterPrefix, concatBytes } from '../../lib/bytes.ts';
import type { Cursor, KeyRange } from '../../lib/ordered-map.ts';

/** A store's own range as a range of the engine, where each of its keys begins with the store's prefix. */
export function withPrefix(prefix: Uint8Array, { from, to }: KeyRange): KeyRange {
  return {
    from: from === null ? prefix : concatBytes(prefix, from),
    to: to === null ? afterPrefix(prefix) : concatBytes(prefix, to),
  };
}

/** Shows engine rows under their store's own keys. */
export class PrefixCursor implements Cursor<Uint8Array> {
  readonly #inner: Cursor<Uint8Array>;
  readonly #prefixLength: number;

  constructor(inner: Cursor<Uint8Array>, prefixLength: number) {
    this.#inner = inner;
    this.#prefixLength = prefixLength;
  }

  get key(): Uint8Array {
    return this.#inner.key.subarray(this.#prefixLength);
  }

  get value(): Uint8Array {
    return this.#inner.value;
  }

  next(): boolean {
    return this.#inner.next();
  }

  close(): void {
    this.#inner.close();
  }
}
