import { copyOf } from '../lib/new-bytes.ts';
import { RowArena } from '../lib/row-arena.ts';
import { type Header, NO_HEADERS } from '../state/record-context.ts';
import type { ProducedRecord } from './produced-record.ts';

const NO_BYTES = new Uint8Array(0);
/** Stands beside a row whose key is null: rows have keys. */
const HAS_KEY = 1;
const HAS_NO_KEY = 0;

/** All that a topology has sent, in its order. A test that pipes a million records has to keep what came of them. */
export class ProducedLog {
  readonly #rows = new RowArena();
  readonly #places: number[] = [];
  readonly #topics: string[] = [];
  readonly #timestamps: number[] = [];
  /** Of the few records that have any. */
  readonly #headers = new Map<number, readonly Header[]>();

  get size(): number {
    return this.#places.length;
  }

  /** Key and value are copied. */
  append(
    topic: string,
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number,
    headers: readonly Header[],
  ): void {
    if (headers.length > 0) this.#headers.set(this.#places.length, [...headers]);
    this.#places.push(this.#rows.append(key ?? NO_BYTES, value, key === null ? HAS_NO_KEY : HAS_KEY));
    this.#topics.push(topic);
    this.#timestamps.push(timestamp);
  }

  topicOf(index: number): string {
    return this.#topics[index]!;
  }

  at(index: number): ProducedRecord {
    const place = this.#places[index]!;
    const value = this.#rows.value(place);
    return {
      topic: this.#topics[index]!,
      key: this.#rows.hashOf(place) === HAS_NO_KEY ? null : copyOf(this.#rows.key(place)),
      value: value === null ? null : copyOf(value),
      timestamp: this.#timestamps[index]!,
      headers: this.#headers.get(index) ?? NO_HEADERS,
    };
  }
}

/** The records of one topic that nobody has read yet. */
export class ProducedQueue {
  readonly #log: ProducedLog;
  #indexes: number[] = [];

  constructor(log: ProducedLog) {
    this.#log = log;
  }

  get size(): number {
    return this.#indexes.length;
  }

  push(index: number): void {
    this.#indexes.push(index);
  }

  take(): ProducedRecord | undefined {
    const index = this.#indexes.shift();
    return index === undefined ? undefined : this.#log.at(index);
  }

  takeAll(): ProducedRecord[] {
    const taken = this.#indexes.map((index) => this.#log.at(index));
    this.#indexes = [];
    return taken;
  }
}
