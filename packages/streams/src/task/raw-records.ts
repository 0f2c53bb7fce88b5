import type { Header } from '../state/record-context.ts';

/** A record as it came from a topic; its bytes may be views of a batch. */
export type RawRecord = {
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly Header[];
};

/** Fetched records that are read one by one, when their turn has come. */
export interface RawRecords {
  /** Null behind the last. */
  next(): RawRecord | null;
  /** At most so many are left. */
  readonly remaining: number;
}

/** Records that are there already (the test driver's). */
export class RawRecordList implements RawRecords {
  readonly #records: readonly RawRecord[];
  #position = 0;

  constructor(records: readonly RawRecord[]) {
    this.#records = records;
  }

  get remaining(): number {
    return this.#records.length - this.#position;
  }

  next(): RawRecord | null {
    return this.#records[this.#position++] ?? null;
  }
}
