import { copyOf } from '../../lib/new-bytes.ts';
import { type Cursor, type KeyRange, OrderedMap } from '../../lib/ordered-map.ts';
import type { EnginePut, StoreEngine } from './store-engine.ts';

/** Keeps a task's stores in memory: gone with the process, and restored from the changelog. */
export class MemoryEngine implements StoreEngine {
  readonly persistent = false;
  readonly #rows = new OrderedMap<Uint8Array>();

  get(key: Uint8Array): Uint8Array | null {
    return this.#rows.get(key) ?? null;
  }

  getMany(keys: readonly Uint8Array[]): (Uint8Array | null)[] {
    return keys.map((key) => this.get(key));
  }

  write(fill: (put: EnginePut) => void): void {
    fill((key, value) => {
      if (value === null) this.#rows.delete(key);
      else this.#rows.set(copyOf(key), copyOf(value));
    });
  }

  deleteRange(range: KeyRange): void {
    const cursor = this.#rows.scan(range);
    while (cursor.next()) this.#rows.delete(cursor.key);
  }

  scan(range: KeyRange, reverse = false): Cursor<Uint8Array> {
    return this.#rows.scan(range, reverse);
  }

  close(): Promise<void> {
    this.#rows.clear();
    return Promise.resolve();
  }
}
