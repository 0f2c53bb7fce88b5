/** Elements that take no bytes (nulls, empty records) cost memory all the same: a short record could claim billions. */
const EMPTY_ELEMENTS_MAX = 1_000_000;

/** A position in Avro's binary encoding. */
export class AvroCursor {
  readonly bytes: Uint8Array;
  at: number;
  readonly #view: DataView;
  #emptyElements = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #next(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new RangeError('the value ends too early');
    return byte;
  }

  /** A zig-zag number of at most 53 bits: counts, lengths, ints, times. */
  int(): number {
    let value = 0;
    let scale = 1;
    let byte: number;
    do {
      byte = this.#next();
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (scale > 2 ** 70) throw new RangeError('a number has too many bytes');
    } while (byte >= 0x80);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  long(): bigint {
    let value = 0n;
    let shift = 0n;
    let byte: number;
    do {
      byte = this.#next();
      value |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
      if (shift > 70n) throw new RangeError('a number has too many bytes');
    } while (byte >= 0x80);
    return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  }

  boolean(): boolean {
    return this.#next() !== 0;
  }

  float(): number {
    this.at += 4;
    return this.#view.getFloat32(this.at - 4, true);
  }

  double(): number {
    this.at += 8;
    return this.#view.getFloat64(this.at - 8, true);
  }

  /** The next bytes, not copied. */
  take(length: number): Uint8Array {
    if (length < 0 || this.at + length > this.bytes.length) throw new RangeError('the value ends too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
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
