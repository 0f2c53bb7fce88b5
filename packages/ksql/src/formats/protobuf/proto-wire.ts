import { ByteCursor } from '../byte-cursor.ts';

/** The wire format of Protocol Buffers: tags, varints, fixed numbers, and bytes with their length in front. */

export const VARINT = 0;
export const FIXED_64 = 1;
export const SIZED = 2;
export const FIXED_32 = 5;

export class ProtoCursor extends ByteCursor {
  sized(): Uint8Array {
    return this.take(this.count());
  }

  skip(wireType: number): void {
    switch (wireType) {
      case VARINT:
        this.varint();
        break;
      case FIXED_64:
        this.at += 8;
        break;
      case SIZED:
        this.sized();
        break;
      case FIXED_32:
        this.at += 4;
        break;
      default:
        throw new RangeError(`unknown wire type ${wireType}`);
    }
  }
}

const INITIAL_BYTES = 64;

/** Collects a message; grows as needed, and gives its bytes away at the end. */
export class ProtoOutput {
  #bytes = new Uint8Array(INITIAL_BYTES);
  #size = 0;

  #reserve(length: number): number {
    const start = this.#size;
    this.#size += length;
    if (this.#size > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#size, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, start));
      this.#bytes = larger;
    }
    return start;
  }

  #byte(value: number): void {
    const at = this.#reserve(1);
    this.#bytes[at] = value;
  }

  varint(value: bigint): void {
    if (value >= 0n && value <= MAX_SAFE) {
      this.count(Number(value));
      return;
    }
    let rest = BigInt.asUintN(64, value);
    while (rest >= 0x80n) {
      this.#byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.#byte(Number(rest));
  }

  /** A varint of a number that is whole and not negative: tags and lengths. */
  count(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#byte((rest % 128) + 0x80);
      rest = Math.floor(rest / 128);
    }
    this.#byte(rest);
  }

  tag(number: number, wireType: number): void {
    this.count(number * 8 + wireType);
  }

  raw(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
  }

  sized(bytes: Uint8Array): void {
    this.count(bytes.length);
    this.raw(bytes);
  }

  fixed(size: 4 | 8, write: (view: DataView) => void): void {
    const at = this.#reserve(size);
    write(new DataView(this.#bytes.buffer, at, size));
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
