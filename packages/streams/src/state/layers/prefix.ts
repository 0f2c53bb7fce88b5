import { afterPrefix, concatBytes } from '../../lib/bytes.ts';
import { copyInto } from '../../lib/new-bytes.ts';
import type { Cursor, KeyRange } from '../../lib/ordered-map.ts';

/** A store's own range as a range of the engine, where each of its keys begins with the store's prefix. */
export function withPrefix(prefix: Uint8Array, { from, to }: KeyRange): KeyRange {
  return {
    from: from === null ? prefix : concatBytes(prefix, from),
    to: to === null ? afterPrefix(prefix) : concatBytes(prefix, to),
  };
}

const KEY_ROOM_FIRST = 256;

/**
 * A store's keys as keys of the engine, in one piece of memory that is written again for each: native code that is given
 * a small array of its own first has memory of the system made for it.
 */
export class PrefixedKeys {
  readonly #prefixLength: number;
  #bytes: Uint8Array;

  constructor(prefix: Uint8Array) {
    this.#prefixLength = prefix.length;
    this.#bytes = roomFor(KEY_ROOM_FIRST, prefix);
  }

  /** A view that is good until the next call. */
  of(key: Uint8Array): Uint8Array {
    const prefixLength = this.#prefixLength;
    const size = prefixLength + key.length;
    if (size > this.#bytes.length) this.#bytes = roomFor(size * 2, this.#bytes.subarray(0, prefixLength));
    copyInto(this.#bytes, prefixLength, key);
    return this.#bytes.subarray(0, size);
  }
}

function roomFor(size: number, prefix: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(prefix);
  return bytes;
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
