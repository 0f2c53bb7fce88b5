/** So many bytes of a varint fit into a number. */
const EXACT_BYTES = 7;
const VARINT_BYTES_MAX = 10;

/** A position in bytes, and what Avro and Protocol Buffers have in common: varints, numbers, runs of bytes. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  at: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  protected byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new RangeError('the value ends too early');
    return byte;
  }

  /** A varint as a number, exact up to 53 bits: tags, lengths, counts. */
  count(): number {
    let value = 0;
    let scale = 1;
    for (let bytes = 0; bytes < VARINT_BYTES_MAX; bytes++) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new RangeError('a number has too many bytes');
  }

  /** A varint of 64 bits, without sign. */
  varint(): bigint {
    const start = this.at;
    const value = this.count();
    const length = this.at - start;
    if (length <= EXACT_BYTES) return BigInt(value);
    let exact = 0n;
    for (let at = this.at - 1; at >= start; at--) exact = (exact << 7n) | BigInt(this.bytes[at]! & 0x7f);
    return BigInt.asUintN(64, exact);
  }

  float(): number {
    this.at += 4;
    return this.#view.getFloat32(this.at - 4, true);
  }

  double(): number {
    this.at += 8;
    return this.#view.getFloat64(this.at - 8, true);
  }

  fixed32(): number {
    this.at += 4;
    return this.#view.getUint32(this.at - 4, true);
  }

  fixed64(): bigint {
    this.at += 8;
    return this.#view.getBigUint64(this.at - 8, true);
  }

  /** The next bytes, not copied. */
  take(length: number): Uint8Array {
    if (length < 0 || this.at + length > this.bytes.length) throw new RangeError('the value ends too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}
