import { readInt64, readUint32, writeInt64, writeUint32 } from './int64.ts';

const INT32_SIZE = 4;
const INT64_SIZE = 8;
const NULL_LENGTH = -1;

/** How many bytes `sized` takes. */
export function sizedLength(bytes: Uint8Array | null): number {
  return INT32_SIZE + (bytes === null ? 0 : bytes.length);
}

/** Writes fields one after the other into bytes of a size known before; numbers are big-endian, as Java writes them. */
export class ByteWriter {
  readonly bytes: Uint8Array;
  #at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  int8(value: number): void {
    this.bytes[this.#at++] = value;
  }

  int32(value: number): void {
    writeUint32(this.bytes, this.#at, value);
    this.#at += INT32_SIZE;
  }

  int64(value: number): void {
    writeInt64(this.bytes, this.#at, value);
    this.#at += INT64_SIZE;
  }

  raw(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** The length in 32 bits, then the bytes; null is length -1. */
  sized(bytes: Uint8Array | null): void {
    this.int32(bytes === null ? NULL_LENGTH : bytes.length);
    if (bytes !== null) this.raw(bytes);
  }
}

/** Reads what a `ByteWriter` wrote. Byte strings are views of the source. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  int8(): number {
    return this.#bytes[this.#at++]!;
  }

  int32(): number {
    const value = readUint32(this.#bytes, this.#at) | 0;
    this.#at += INT32_SIZE;
    return value;
  }

  int64(): number {
    const value = readInt64(this.#bytes, this.#at);
    this.#at += INT64_SIZE;
    return value;
  }

  raw(length: number): Uint8Array {
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return bytes;
  }

  sized(): Uint8Array | null {
    const length = this.int32();
    return length === NULL_LENGTH ? null : this.raw(length);
  }
}
