import { cursorOver, type FetchedPartition } from '@millrace/client';
import type { RecordCursor } from '@millrace/protocol';
import { deserializeAt, type Serde } from '../serdes/serde.ts';
import type { Header } from '../state/record-context.ts';
import type { RawRecords } from '../task/raw-records.ts';
import { SharedReading } from './shared-reading.ts';

/**
 * Records of a fetched partition, decoded where they lie in the fetched bytes as their turn comes; of bytes that other
 * applications have, too, by whoever comes to a record first.
 */
export class FetchedRecords implements RawRecords {
  readonly #cursor: RecordCursor;
  readonly endOffset: number;
  readonly #keys: SharedReading | null = null;
  readonly #values: SharedReading | null = null;
  readonly #fromOffset: number;
  #remaining: number;

  constructor(fetched: FetchedPartition) {
    const { shared } = fetched;
    this.#cursor = cursorOver(fetched);
    this.#fromOffset = shared?.fromOffset ?? 0;
    if (shared !== undefined) {
      this.#keys = new SharedReading('key', fetched, shared);
      this.#values = new SharedReading('value', fetched, shared);
    }
    this.endOffset = fetched.nextOffset;
    // Offsets may have gaps (compaction, markers), so this is the most there can be.
    this.#remaining = fetched.nextOffset - fetched.fetchOffset;
  }

  get remaining(): number {
    return this.#remaining;
  }

  get offset(): number {
    return this.#cursor.offset;
  }

  get timestamp(): number {
    return this.#cursor.timestamp;
  }

  get key(): Uint8Array | null {
    return this.#cursor.key();
  }

  get value(): Uint8Array | null {
    return this.#cursor.value();
  }

  get headers(): readonly Header[] {
    return this.#cursor.headers();
  }

  next(): boolean {
    if (!this.#cursor.next()) {
      this.#remaining = 0;
      return false;
    }
    if (this.#remaining > 0) this.#remaining--;
    return true;
  }

  readKey(serde: Serde<unknown>, topic: string): unknown {
    const { keyStart, keyEnd } = this.#cursor;
    return keyEnd < 0 ? null : this.#read(this.#keys, serde, keyStart, keyEnd, topic);
  }

  readValue(serde: Serde<unknown>, topic: string): unknown {
    const { valueStart, valueEnd } = this.#cursor;
    return valueEnd < 0 ? null : this.#read(this.#values, serde, valueStart, valueEnd, topic);
  }

  #read(sharing: SharedReading | null, serde: Serde<unknown>, start: number, end: number, topic: string): unknown {
    const { bytes, offset } = this.#cursor;
    const read = sharing === null ? null : sharing.by(serde);
    if (read === null) return deserializeAt(serde, bytes, start, end, topic);
    const at = offset - this.#fromOffset;
    const known = read[at];
    if (known !== undefined) return known;
    const value = deserializeAt(serde, bytes, start, end, topic);
    read[at] = value;
    return value;
  }
}
