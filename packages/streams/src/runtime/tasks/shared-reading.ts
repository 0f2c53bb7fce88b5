import type { FetchedPartition, SharedBytes } from '@millrace/client';
import { deserializeAt, type ReadingForAll, type Serde } from '../../serdes/serde.ts';

/** What is read takes about so much memory for each byte of what it was read from. */
const MEMORY_PER_BYTE = 2;
/** A stretch of more offsets is read by each for itself: what compaction left of a log may be a few records of many. */
const OFFSETS_MAX = 2 ** 17;

/**
 * One side of the records of shared bytes, their keys or their values: each is read by the application that comes to it
 * first, for all whose serdes agree on how.
 */
export class SharedReading {
  readonly #side: 'key' | 'value';
  readonly #shared: SharedBytes;
  readonly #nextOffset: number;
  readonly #sizeBytes: number;
  #serde: Serde<unknown> | undefined;
  #forAll: Serde<unknown> | undefined;
  /** By the distance of a record from the first offset; null where this serde's reading is nobody else's. */
  #known: unknown[] | null = null;

  constructor(side: 'key' | 'value', { nextOffset, records }: FetchedPartition, shared: SharedBytes) {
    this.#side = side;
    this.#shared = shared;
    this.#nextOffset = nextOffset;
    this.#sizeBytes = records.length;
  }

  /** What stands at `bytes[start, end)` in the record at an offset. */
  read(serde: Serde<unknown>, offset: number, bytes: Uint8Array, start: number, end: number, topic: string): unknown {
    if (serde !== this.#serde) this.#agree(serde);
    if (this.#known === null) return deserializeAt(serde, bytes, start, end, topic);
    const at = offset - this.#shared.fromOffset;
    const known = this.#known[at];
    if (known !== undefined) return known;
    try {
      const value = deserializeAt(this.#forAll!, bytes, start, end, topic);
      this.#known[at] = value;
      return value;
    } catch {
      return deserializeAt(serde, bytes, start, end, topic);
    }
  }

  #agree(serde: Serde<unknown>): void {
    this.#serde = serde;
    this.#known = null;
    const offsets = this.#nextOffset - this.#shared.fromOffset;
    if (serde.forAll === undefined || !this.#shared.isOfUse || offsets > OFFSETS_MAX) return;
    const forAll: ReadingForAll<unknown> = serde.forAll();
    this.#forAll = forAll.serde;
    const memoryBytes = this.#sizeBytes * MEMORY_PER_BYTE;
    this.#known = this.#shared.note(`${this.#side} ${forAll.as}`, () => new Array<unknown>(offsets), memoryBytes);
  }
}
