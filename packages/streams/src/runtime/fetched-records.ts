import type { FetchedPartition } from '@millrace/client';
import { RecordCursor } from '@millrace/protocol';
import type { RawRecord, RawRecords } from '../task/raw-records.ts';

/** Records of a fetched partition, decoded one by one as their turn comes. Their bytes are views of the fetch. */
export class FetchedRecords implements RawRecords {
  readonly #cursor: RecordCursor;
  #remaining: number;

  constructor(fetched: FetchedPartition) {
    this.#cursor = new RecordCursor(fetched.records, { fromOffset: fetched.fetchOffset });
    // Offsets may have gaps (compaction, markers), so this is the most there can be.
    this.#remaining = fetched.nextOffset - fetched.fetchOffset;
  }

  get remaining(): number {
    return this.#remaining;
  }

  next(): RawRecord | null {
    const cursor = this.#cursor;
    if (!cursor.next()) {
      this.#remaining = 0;
      return null;
    }
    if (this.#remaining > 0) this.#remaining--;
    const { offset, timestamp } = cursor;
    return { offset, timestamp, key: cursor.key(), value: cursor.value(), headers: cursor.headers() };
  }
}
