import { cursorOver, type FetchedPartition } from '@millrace/client';
import type { RecordCursor } from '@millrace/protocol';
import { deserializeAt, type Serde } from '../../serdes/serde.ts';
import type { Header } from '../../state/record-context.ts';
import type { RawRecords } from '../../task/raw-records.ts';
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
  #remaining: number;

  constructor(fetched: FetchedPartition) {
    const { shared } = fetched;
    this.#cursor = cursorOver(fetched);
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
    const { bytes, offset, keyStart, keyEnd } = this.#cursor;
    if (keyEnd < 0) return null;
    if (this.#keys === null) return deserializeAt(serde, bytes, keyStart, keyEnd, topic);
    return this.#keys.read(serde, offset, bytes, keyStart, keyEnd, topic);
  }

  readValue(serde: Serde<unknown>, topic: string): unknown {
    const { bytes, offset, valueStart, valueEnd } = this.#cursor;
    if (valueEnd < 0) return null;
    if (this.#values === null) return deserializeAt(serde, bytes, valueStart, valueEnd, topic);
    return this.#values.read(serde, offset, bytes, valueStart, valueEnd, topic);
  }
}
