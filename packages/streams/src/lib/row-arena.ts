import { copyInto } from './new-bytes.ts';

const WORDS_MIN = 256;
const WORD_SIZE = 4;
/** More memory than this is given back when it is not used any more. */
const KEPT_WORDS_MAX = 16 * 1024;
/** Words in front of a row: the hash of its key, the size of its key, the size of its value. */
const HEADER_WORDS = 3;
/** The size of a value that is not there: a deletion. */
const NO_VALUE = -1;

/**
 * Rows of bytes, one behind the other in one piece of memory: a million of them are nothing to the garbage collector. A
 * row is known by its place, a positive number, and never changes; views of it stay what they are, whatever is appended.
 */
export class RowArena {
  #words: Int32Array;
  #bytes: Uint8Array;
  /** Places begin at 1, so that 0 can stand for no row. */
  #end = 1;

  constructor() {
    this.#words = new Int32Array(WORDS_MIN);
    this.#bytes = new Uint8Array(this.#words.buffer);
  }

  /** The place of the first row, if there is one. */
  get first(): number {
    return 1;
  }

  /** Behind the last row. */
  get end(): number {
    return this.#end;
  }

  /** Memory in use. */
  get size(): number {
    return this.#end * WORD_SIZE;
  }

  /** Forgets all rows; views of them mean nothing from then on. */
  clear(): void {
    this.#end = 1;
    if (this.#words.length <= KEPT_WORDS_MAX) return;
    this.#words = new Int32Array(WORDS_MIN);
    this.#bytes = new Uint8Array(this.#words.buffer);
  }

  /** Copies a row to the end and returns its place. `hash` is anything that finds it again. */
  append(key: Uint8Array, value: Uint8Array | null, hash: number): number {
    const valueSize = value === null ? 0 : value.length;
    const place = this.#end;
    const next = place + wordsOf(key.length + valueSize);
    if (next > this.#words.length) this.#grow(next);
    const words = this.#words;
    words[place] = hash;
    words[place + 1] = key.length;
    words[place + 2] = value === null ? NO_VALUE : valueSize;
    const start = (place + HEADER_WORDS) * WORD_SIZE;
    copyInto(this.#bytes, start, key);
    if (value !== null) copyInto(this.#bytes, start + key.length, value);
    this.#end = next;
    return place;
  }

  /** The place behind this row. */
  next(place: number): number {
    return place + wordsOf(this.#words[place + 1]! + Math.max(this.#words[place + 2]!, 0));
  }

  hashOf(place: number): number {
    return this.#words[place]!;
  }

  keySize(place: number): number {
    return this.#words[place + 1]!;
  }

  /** The memory that a row takes. */
  rowSize(place: number): number {
    return (this.next(place) - place) * WORD_SIZE;
  }

  /** A view, as all that follow. */
  key(place: number): Uint8Array {
    const start = (place + HEADER_WORDS) * WORD_SIZE;
    return this.#bytes.subarray(start, start + this.#words[place + 1]!);
  }

  /** Null for a deletion. */
  value(place: number): Uint8Array | null {
    const size = this.#words[place + 2]!;
    if (size === NO_VALUE) return null;
    const start = (place + HEADER_WORDS) * WORD_SIZE + this.#words[place + 1]!;
    return this.#bytes.subarray(start, start + size);
  }

  hasKey(place: number, key: Uint8Array): boolean {
    return this.#words[place + 1] === key.length && this.hasKeyPart(place, key, 0, key.length);
  }

  /** Whether the key's bytes from `from` to `to` are those of `key`. */
  hasKeyPart(place: number, key: Uint8Array, from: number, to: number): boolean {
    const bytes = this.#bytes;
    const start = (place + HEADER_WORDS) * WORD_SIZE;
    for (let at = from; at < to; at++) if (bytes[start + at] !== key[at]) return false;
    return true;
  }

  /** As `compareBytes` of the row's key and `key` from a byte on. */
  compareKey(place: number, key: Uint8Array, from: number): number {
    const bytes = this.#bytes;
    const start = (place + HEADER_WORDS) * WORD_SIZE;
    const size = this.#words[place + 1]!;
    const shared = Math.min(size, key.length);
    for (let at = from; at < shared; at++) {
      const difference = bytes[start + at]! - key[at]!;
      if (difference !== 0) return difference;
    }
    return size - key.length;
  }

  #grow(wordsMin: number): void {
    const words = new Int32Array(Math.max(wordsMin, this.#words.length * 2));
    words.set(this.#words.subarray(0, this.#end));
    this.#words = words;
    this.#bytes = new Uint8Array(words.buffer);
  }
}

function wordsOf(size: number): number {
  return HEADER_WORDS + ((size + WORD_SIZE - 1) >>> 2);
}
