import { hashBytes } from '../../lib/hash-bytes.ts';
import { KeyIndex } from '../../lib/key-index.ts';
import { RowArena } from '../../lib/row-arena.ts';

/** Marks what nothing was put for, where null is a deletion. */
export const NOT_PUT: unique symbol = Symbol('not put');

/**
 * What was put, in its order. Reading makes it findable from then on; stores that a layer above answers for are hardly
 * ever read here, and pay for no index.
 */
export class RowLog {
  #arena: RowArena = new RowArena();
  #index: KeyIndex | null = null;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Memory in use. */
  get bytes(): number {
    return this.#count === 0 ? 0 : this.#arena.size;
  }

  /** Copies the row. */
  put(key: Uint8Array, value: Uint8Array | null): void {
    const index = this.#index;
    const hash = index === null ? 0 : hashBytes(key);
    const place = this.#arena.append(key, value, hash);
    this.#count++;
    if (index !== null) note(index, place, key, hash);
  }

  /** The latest value of a key, a view. */
  get(key: Uint8Array): Uint8Array | null | typeof NOT_PUT {
    if (this.#count === 0) return NOT_PUT;
    this.#index ??= this.#makeIndex();
    const place = this.#index.find(key, hashBytes(key));
    return place === 0 ? NOT_PUT : this.#arena.value(place);
  }

  /** All rows as views, in the order in which they were put: of several of one key the last one counts. */
  forEach(visit: (key: Uint8Array, value: Uint8Array | null) => void): void {
    const arena = this.#arena;
    for (let place = arena.first; place < arena.end; place = arena.next(place)) {
      visit(arena.key(place), arena.value(place));
    }
  }

  /** Views of what was read mean nothing from then on. */
  clear(): void {
    this.#arena.clear();
    this.#index = null;
    this.#count = 0;
  }

  #makeIndex(): KeyIndex {
    const log = this.#arena;
    this.#arena = new RowArena();
    const index = new KeyIndex(this.#arena);
    // Written anew, since the hashes were left out until now.
    for (let place = log.first; place < log.end; place = log.next(place)) {
      const key = log.key(place);
      const hash = hashBytes(key);
      note(index, this.#arena.append(key, log.value(place), hash), key, hash);
    }
    return index;
  }
}

function note(index: KeyIndex, place: number, key: Uint8Array, hash: number): void {
  const before = index.find(key, hash);
  if (before === 0) index.add(place);
  else index.replace(before, place);
}
