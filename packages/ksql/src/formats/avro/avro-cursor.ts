import { ByteCursor } from '../byte-cursor.ts';

/** Elements that take no bytes (nulls, empty records) cost memory all the same: a short record could claim billions. */
const EMPTY_ELEMENTS_MAX = 1_000_000;

/** A position in Avro's binary encoding. */
export class AvroCursor extends ByteCursor {
  #emptyElements = 0;

  /** A zig-zag number of at most 53 bits: counts, lengths, ints, times. */
  int(): number {
    const value = this.count();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  long(): bigint {
    const value = this.varint();
    return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  }

  boolean(): boolean {
    return this.byte() !== 0;
  }

  /** Runs `each` for every element of an array or map, which come in blocks. */
  blocks(each: () => void): void {
    for (let count = this.int(); count !== 0; count = this.int()) {
      // A negative count is followed by the size of the block, which only skipping needs.
      if (count < 0) this.int();
      for (let index = Math.abs(count); index > 0; index--) this.#element(each);
    }
  }

  #element(each: () => void): void {
    const before = this.at;
    each();
    if (this.at !== before) return;
    this.#emptyElements++;
    if (this.#emptyElements > EMPTY_ELEMENTS_MAX) throw new RangeError('too many elements without bytes');
  }
}
