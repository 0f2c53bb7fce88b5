import { cursorOver, type FetchedPartition } from '@millrace/client';
import type { RecordCursor } from '@millrace/protocol';
import { deserializeAt, type Serde } from '../serdes/serde.ts';
import type { Header } from '../state/record-context.ts';
import type { RawRecords } from '../task/raw-records.ts';

/** Records of a fetched partition, decoded where they lie in the fetched bytes as their turn comes. */
export class FetchedRecords implements RawRecords {
  readonly #cursor: RecordCursor;
  readonly endOffset: number;
  #remaining: number;

  constructor(fetched: FetchedPartition) {
    this.#cursor = cursorOver(fetched);
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
    const { bytes, keyStart, keyEnd } = this.#cursor;
    return keyEnd < 0 ? null : deserializeAt(serde, bytes, keyStart, keyEnd, topic);
  }

  readValue(serde: Serde<unknown>, topic: string): unknown {
    const { bytes, valueStart, valueEnd } = this.#cursor;
    return valueEnd < 0 ? null : deserializeAt(serde, bytes, valueStart, valueEnd, topic);
  }
}
