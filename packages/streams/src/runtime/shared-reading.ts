import type { FetchedPartition, SharedBytes } from '@millrace/client';
import type { Serde } from '../serdes/serde.ts';

/** What is read takes about so much memory for each byte of what it was read from. */
const MEMORY_PER_BYTE = 2;
/** A stretch of more offsets is read by each for itself: what compaction left of a log may be a few records of many. */
const OFFSETS_MAX = 2 ** 17;

/** What one side of the records of shared bytes, their keys or their values, was read as by whoever came to it first. */
export class SharedReading {
  readonly #side: 'key' | 'value';
  readonly #shared: SharedBytes;
  readonly #nextOffset: number;
  readonly #sizeBytes: number;
  #serde: Serde<unknown> | undefined;
  #read: unknown[] | null = null;

  constructor(side: 'key' | 'value', { nextOffset, records }: FetchedPartition, shared: SharedBytes) {
    this.#side = side;
    this.#shared = shared;
    this.#nextOffset = nextOffset;
    this.#sizeBytes = records.length;
  }

  /** By the distance of a record from the first offset; null where this serde's reading is nobody else's. */
  by(serde: Serde<unknown>): unknown[] | null {
    if (serde !== this.#serde) {
      this.#serde = serde;
      this.#read = this.#find(serde);
    }
    return this.#read;
  }

  #find(serde: Serde<unknown>): unknown[] | null {
    const { fromOffset, isOfUse } = this.#shared;
    const offsets = this.#nextOffset - fromOffset;
    if (serde.sharedAs === undefined || !isOfUse || offsets > OFFSETS_MAX) return null;
    const memoryBytes = this.#sizeBytes * MEMORY_PER_BYTE;
    return this.#shared.note(`${this.#side} ${serde.sharedAs()}`, () => new Array<unknown>(offsets), memoryBytes);
  }
}
