import type { StoreSpec } from '../state/store-spec.ts';
import type { ValueAndTimestamp, VersionedRecord, Windowed } from '../state/stores.ts';
import type { StoreHandle } from './store-handle.ts';
import { isTimestamped, wrongKind } from './store-kinds.ts';

/** A store whose partitions are spread over the threads that this instance has when it is asked: each has a handle. */
export class JoinedStoreHandle<K, V> implements StoreHandle<K, V> {
  readonly name: string;
  readonly #spec: StoreSpec;
  readonly #parts: () => readonly StoreHandle<K, V>[];

  constructor(spec: StoreSpec, parts: () => readonly StoreHandle<K, V>[]) {
    this.name = spec.name;
    this.#spec = spec;
    this.#parts = parts;
  }

  withTimestamps(): StoreHandle<K, ValueAndTimestamp<V>> {
    if (!isTimestamped(this.#spec)) throw wrongKind(this.#spec, 'timestamped');
    return new JoinedStoreHandle(this.#spec, () => this.#parts().map((part) => part.withTimestamps()));
  }

  get(key: K): Promise<V | null> {
    return this.#first((part) => part.get(key));
  }

  getWithTimestamp(key: K): Promise<ValueAndTimestamp<V> | null> {
    return this.#first((part) => part.getWithTimestamp(key));
  }

  getVersion(key: K, asOfMs?: number): Promise<VersionedRecord<V> | null> {
    return this.#first((part) => part.getVersion(key, asOfMs));
  }

  range(from: K | null, to: K | null): AsyncGenerator<readonly [K, V]> {
    return this.#scan((part) => part.range(from, to));
  }

  reverseRange(from: K | null, to: K | null): AsyncGenerator<readonly [K, V]> {
    return this.#scan((part) => part.reverseRange(from, to));
  }

  all(): AsyncGenerator<readonly [K, V]> {
    return this.#scan((part) => part.all());
  }

  async approximateNumEntries(): Promise<number> {
    const counts = await Promise.all(this.#parts().map((part) => part.approximateNumEntries()));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  fetch(key: K, startMs: number): Promise<V | null> {
    return this.#first((part) => part.fetch(key, startMs));
  }

  fetchRange(key: K, fromMs: number, toMs: number): AsyncGenerator<readonly [number, V]> {
    return this.#scan((part) => part.fetchRange(key, fromMs, toMs));
  }

  fetchAll(fromMs: number, toMs: number): AsyncGenerator<readonly [Windowed<K>, V]> {
    return this.#scan((part) => part.fetchAll(fromMs, toMs));
  }

  sessions(key: K): AsyncGenerator<readonly [Windowed<K>, V]> {
    return this.#scan((part) => part.sessions(key));
  }

  async #first<T>(read: (part: StoreHandle<K, V>) => Promise<T | null>): Promise<T | null> {
    const found = await Promise.all(this.#parts().map(read));
    return found.find((value) => value !== null) ?? null;
  }

  /** All threads begin before the first row is given out, each with what it holds at that moment. */
  async *#scan<Row>(open: (part: StoreHandle<K, V>) => AsyncGenerator<Row>): AsyncGenerator<Row> {
    const scans = this.#parts().map(open);
    try {
      const firsts = await Promise.all(scans.map((scan) => scan.next()));
      for (const [index, scan] of scans.entries()) {
        const first = firsts[index]!;
        if (first.done === true) continue;
        yield first.value;
        yield* scan;
      }
    } finally {
      for (const scan of scans) await scan.return(undefined);
    }
  }
}
