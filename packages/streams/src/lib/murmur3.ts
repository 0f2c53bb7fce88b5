import { writeUint32 } from './int64.ts';

// MurmurHash3 x64 128 by Austin Appleby (public domain), with the seed that Kafka Streams takes for rows of a
// foreign-key join. The algorithm is made of 64-bit words, which JavaScript has only as BigInt: too slow for every row,
// so a word is two halves of 32 bits.

const BLOCK_SIZE = 16;
const SEED = 104_729;

export const HASH128_SIZE = 16;

class Word {
  high = 0;
  low = 0;

  set(high: number, low: number): void {
    this.high = high;
    this.low = low;
  }

  /** Reads up to 8 bytes, the first one lowest. */
  read(bytes: Uint8Array, from: number): void {
    this.set(littleEndian(bytes, from + 4), littleEndian(bytes, from));
  }

  xor(other: Word): void {
    this.high ^= other.high;
    this.low ^= other.low;
  }

  add(high: number, low: number): void {
    const sum = (this.low >>> 0) + (low >>> 0);
    this.high = (this.high + high + (sum > 0xffffffff ? 1 : 0)) | 0;
    this.low = sum | 0;
  }

  multiply(high: number, low: number): void {
    const crossed = Math.imul(this.high, low) + Math.imul(this.low, high);
    this.high = (crossed + productHigh(this.low, low)) | 0;
    this.low = Math.imul(this.low, low);
  }

  /** By 1 to 31 bits. */
  rotateLeft(bits: number): void {
    const { high, low } = this;
    this.high = (high << bits) | (low >>> (32 - bits));
    this.low = (low << bits) | (high >>> (32 - bits));
  }

  swapHalves(): void {
    this.set(this.low, this.high);
  }

  /** Lets every bit of the input reach every bit of the output. */
  finish(): void {
    this.low ^= this.high >>> 1;
    this.multiply(0xff51afd7, 0xed558ccd);
    this.low ^= this.high >>> 1;
    this.multiply(0xc4ceb9fe, 0x1a85ec53);
    this.low ^= this.high >>> 1;
  }
}

/** The 16 bytes of the hash: two 64-bit words, big-endian. */
export function hash128(bytes: Uint8Array): Uint8Array {
  const first = new Word();
  const second = new Word();
  const mixed = new Word();
  first.set(0, SEED);
  second.set(0, SEED);
  const tail = bytes.length - (bytes.length % BLOCK_SIZE);
  for (let at = 0; at < tail; at += BLOCK_SIZE) {
    mixed.read(bytes, at);
    mixFirst(first, mixed);
    first.rotateLeft(27);
    first.add(second.high, second.low);
    first.multiply(0, 5);
    first.add(0, 0x52dce729);

    mixed.read(bytes, at + 8);
    mixSecond(second, mixed);
    second.rotateLeft(31);
    second.add(first.high, first.low);
    second.multiply(0, 5);
    second.add(0, 0x38495ab5);
  }
  mixed.read(bytes, tail + 8);
  mixSecond(second, mixed);
  mixed.read(bytes, tail);
  mixFirst(first, mixed);

  first.low ^= bytes.length;
  second.low ^= bytes.length;
  addToEachOther(first, second);
  first.finish();
  second.finish();
  addToEachOther(first, second);
  return bytesOf(first, second);
}

function mixFirst(state: Word, mixed: Word): void {
  mixed.multiply(0x87c37b91, 0x114253d5);
  mixed.rotateLeft(31);
  mixed.multiply(0x4cf5ad43, 0x2745937f);
  state.xor(mixed);
}

function mixSecond(state: Word, mixed: Word): void {
  mixed.multiply(0x4cf5ad43, 0x2745937f);
  // By 33 bits.
  mixed.swapHalves();
  mixed.rotateLeft(1);
  mixed.multiply(0x87c37b91, 0x114253d5);
  state.xor(mixed);
}

function addToEachOther(first: Word, second: Word): void {
  first.add(second.high, second.low);
  second.add(first.high, first.low);
}

function bytesOf(first: Word, second: Word): Uint8Array {
  const hash = new Uint8Array(HASH128_SIZE);
  writeUint32(hash, 0, first.high);
  writeUint32(hash, 4, first.low);
  writeUint32(hash, 8, second.high);
  writeUint32(hash, 12, second.low);
  return hash;
}

/** Up to 4 bytes from `from`; those behind the end count as zero. */
function littleEndian(bytes: Uint8Array, from: number): number {
  if (from + 4 <= bytes.length) {
    return bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16) | (bytes[from + 3]! << 24);
  }
  let value = 0;
  for (let at = from; at < bytes.length; at++) value |= bytes[at]! << (8 * (at - from));
  return value;
}

/** The upper 32 bits of the product of two unsigned 32-bit numbers. */
function productHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carried = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carried / 0x10000)) | 0;
}
