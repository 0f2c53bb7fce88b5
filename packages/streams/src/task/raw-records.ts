import type { Serde } from '../serdes/serde.ts';
import type { Header } from '../state/record-context.ts';

/** A record as it came from a topic; its bytes may be views of a batch. */
export type RawRecord = {
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly Header[];
};

/**
 * Fetched records that are read one by one, when their turn has come. The record in turn is this very object, until
 * `next` is called again: none is made for it, and views of its bytes only for whoever asks.
 */
export interface RawRecords extends RawRecord {
  /** Moves to the next record; false behind the last. */
  next(): boolean;
  /** At most so many are left. */
  readonly remaining: number;
  /** The offset behind all of them, and behind what there was beside records: markers, records of aborted transactions. */
  readonly endOffset: number;
  /** What the record in turn has as its key; null has none. */
  readKey(serde: Serde<unknown>, topic: string): unknown;
  readValue(serde: Serde<unknown>, topic: string): unknown;
}

/** Records that are there already (the test driver's). */
export class RawRecordList implements RawRecords {
  readonly #records: readonly RawRecord[];
  #position = -1;

  constructor(records: readonly RawRecord[]) {
    this.#records = records;
  }

  get endOffset(): number {
    return (this.#records.at(-1)?.offset ?? -1) + 1;
  }

  get remaining(): number {
    return Math.max(this.#records.length - this.#position - 1, 0);
  }

  get offset(): number {
    return this.#current.offset;
  }

  get timestamp(): number {
    return this.#current.timestamp;
  }

  get key(): Uint8Array | null {
    return this.#current.key;
  }

  get value(): Uint8Array | null {
    return this.#current.value;
  }

  get headers(): readonly Header[] {
    return this.#current.headers;
  }

  next(): boolean {
    this.#position++;
    return this.#position < this.#records.length;
  }

  readKey(serde: Serde<unknown>, topic: string): unknown {
    const { key } = this.#current;
    return key === null ? null : serde.deserialize(key, topic);
  }

  readValue(serde: Serde<unknown>, topic: string): unknown {
    const { value } = this.#current;
    return value === null ? null : serde.deserialize(value, topic);
  }

  get #current(): RawRecord {
    return this.#records[this.#position]!;
  }
}
