import type { StoreHandle } from '../../../query/store-handle.ts';
import type { ValueAndTimestamp, VersionedRecord, Windowed } from '../../../state/stores.ts';
import type { ReadMethod, ScanMethod } from './messages.ts';

/** How a handle asks its thread. */
export type StoreAsker = {
  read(method: ReadMethod, withTimestamps: boolean, args: readonly unknown[]): Promise<unknown>;
  scan(method: ScanMethod, withTimestamps: boolean, args: readonly unknown[]): AsyncGenerator<unknown>;
};

/** A store of a thread in a worker: keys, values and rows are copied over (structured clone). */
export class RemoteStoreHandle<K, V> implements StoreHandle<K, V> {
  readonly name: string;
  readonly #asker: StoreAsker;
  readonly #keepsTimestamps: boolean;

  constructor(name: string, asker: StoreAsker, keepsTimestamps = false) {
    this.name = name;
    this.#asker = asker;
    this.#keepsTimestamps = keepsTimestamps;
  }

  withTimestamps(): StoreHandle<K, ValueAndTimestamp<V>> {
    return new RemoteStoreHandle(this.name, this.#asker, true);
  }

  get(key: K): Promise<V | null> {
    return this.#read('get', key);
  }

  getWithTimestamp(key: K): Promise<ValueAndTimestamp<V> | null> {
    return this.#read('getWithTimestamp', key);
  }

  getVersion(key: K, asOfMs?: number): Promise<VersionedRecord<V> | null> {
    return this.#read('getVersion', key, asOfMs);
  }

  range(from: K | null, to: K | null): AsyncGenerator<readonly [K, V]> {
    return this.#scan('range', from, to);
  }

  reverseRange(from: K | null, to: K | null): AsyncGenerator<readonly [K, V]> {
    return this.#scan('reverseRange', from, to);
  }

  all(): AsyncGenerator<readonly [K, V]> {
    return this.#scan('all');
  }

  approximateNumEntries(): Promise<number> {
    return this.#read('approximateNumEntries');
  }

  fetch(key: K, startMs: number): Promise<V | null> {
    return this.#read('fetch', key, startMs);
  }

  fetchRange(key: K, fromMs: number, toMs: number): AsyncGenerator<readonly [number, V]> {
    return this.#scan('fetchRange', key, fromMs, toMs);
  }

  fetchAll(fromMs: number, toMs: number): AsyncGenerator<readonly [Windowed<K>, V]> {
    return this.#scan('fetchAll', fromMs, toMs);
  }

  sessions(key: K): AsyncGenerator<readonly [Windowed<K>, V]> {
    return this.#scan('sessions', key);
  }

  // What comes back is what the same method of the thread's own handle gave.

  #read<T>(method: ReadMethod, ...args: unknown[]): Promise<T> {
    return this.#asker.read(method, this.#keepsTimestamps, args) as Promise<T>;
  }

  #scan<T>(method: ScanMethod, ...args: unknown[]): AsyncGenerator<T> {
    return this.#asker.scan(method, this.#keepsTimestamps, args) as AsyncGenerator<T>;
  }
}
