import type { Serde } from '../../serdes/serde.ts';

/**
 * Serialises keys, and hands out the same bytes when the same key comes twice in a row: operators read a key and then
 * write it, and the layers below know bytes again by identity. Only for keys that cannot change under us.
 */
export class KeyBytes<K> {
  readonly #serde: Serde<K>;
  readonly #topic: string;
  #last: K | undefined;
  #lastBytes: Uint8Array | null = null;

  constructor(serde: Serde<K>, topic: string) {
    this.#serde = serde;
    this.#topic = topic;
  }

  of(key: K): Uint8Array {
    if (this.#lastBytes !== null && key === this.#last) return this.#lastBytes;
    const bytes = this.#serde.serialize(key, this.#topic);
    if (typeof key === 'string' || typeof key === 'number' || this.#serde.unchanging === true) {
      this.#last = key;
      this.#lastBytes = bytes;
    }
    return bytes;
  }

  from(bytes: Uint8Array): K {
    return this.#serde.deserialize(bytes, this.#topic);
  }
}
