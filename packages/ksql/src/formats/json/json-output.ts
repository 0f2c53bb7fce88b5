import { encodeUtf8 } from '../../lib/utf8.ts';

const SLAB_BYTES = 16 * 1024;
/** Larger texts get memory of their own: they would waste slabs, and hold them. */
const SLAB_TEXT_BYTES_MAX = SLAB_BYTES / 8;
/** Up to here V8 keeps an array on its own heap, which is cheaper than a view of a slab, and pins nothing. */
const HEAP_BYTES_MAX = 64;
/** Longer strings are written sooner by the engine than by a loop. */
const LOOP_LENGTH_MAX = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TILDE = 0x7e;
const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;

/** JSON texts in the making, as bytes: one behind the other in a slab of memory, which lives as long as any text of it. */
export class JsonOutput {
  #slab: Uint8Array = new Uint8Array(SLAB_BYTES);
  #start = 0;
  #at = 0;

  /** Begins a text; of one that was never taken nothing stays. */
  begin(): void {
    this.#at = this.#start;
  }

  /** The text since {@link begin}. */
  take(): Uint8Array {
    const slab = this.#slab;
    const start = this.#start;
    const size = this.#at - start;
    if (size <= HEAP_BYTES_MAX) {
      const bytes = new Uint8Array(size);
      for (let index = 0; index < size; index++) bytes[index] = slab[start + index]!;
      return bytes;
    }
    if (size > SLAB_TEXT_BYTES_MAX) return slab.slice(start, this.#at);
    this.#start = this.#at;
    return new Uint8Array(slab.buffer, start, size);
  }

  /** One character of ASCII. */
  byte(code: number): void {
    if (this.#at === this.#slab.length) this.#makeRoom(1);
    this.#slab[this.#at++] = code;
  }

  /** What is JSON already. */
  raw(bytes: Uint8Array): void {
    const size = bytes.length;
    if (this.#at + size > this.#slab.length) this.#makeRoom(size);
    const slab = this.#slab;
    const at = this.#at;
    if (size > HEAP_BYTES_MAX) slab.set(bytes, at);
    else for (let index = 0; index < size; index++) slab[at + index] = bytes[index]!;
    this.#at = at + size;
  }

  /** Text of ASCII that is JSON already. */
  ascii(text: string): void {
    const { length } = text;
    if (this.#at + length > this.#slab.length) this.#makeRoom(length);
    const slab = this.#slab;
    const at = this.#at;
    for (let index = 0; index < length; index++) slab[at + index] = text.charCodeAt(index);
    this.#at = at + length;
  }

  /** A string in quotes. Most are short and have nothing to escape. */
  string(text: string): void {
    const { length } = text;
    if (length > LOOP_LENGTH_MAX) {
      this.raw(encodeUtf8(JSON.stringify(text)));
      return;
    }
    if (this.#at + length + 2 > this.#slab.length) this.#makeRoom(length + 2);
    const slab = this.#slab;
    const at = this.#at + 1;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code < SPACE || code > TILDE || code === QUOTE || code === BACKSLASH) {
        this.raw(encodeUtf8(JSON.stringify(text)));
        return;
      }
      slab[at + index] = code;
    }
    slab[at - 1] = QUOTE;
    slab[at + length] = QUOTE;
    this.#at = at + length + 1;
  }

  /** A safe integer ÷ 10^`scale`, with all digits of the scale. */
  number(unscaled: number, scale: number): void {
    if (unscaled < 0) this.byte(MINUS);
    let rest = Math.abs(unscaled);
    let digits = scale + 1;
    for (let power = 10 ** digits; power <= rest; power *= 10) digits++;
    const size = scale === 0 ? digits : digits + 1;
    if (this.#at + size > this.#slab.length) this.#makeRoom(size);
    const slab = this.#slab;
    const point = scale === 0 ? -1 : this.#at + digits - scale;
    for (let at = this.#at + size - 1; at >= this.#at; at--) {
      if (at === point) {
        slab[at] = POINT;
        continue;
      }
      const tenth = Math.floor(rest / 10);
      slab[at] = ZERO + (rest - tenth * 10);
      rest = tenth;
    }
    this.#at += size;
  }

  /** Moves the text that is being made to new memory. */
  #makeRoom(size: number): void {
    const made = this.#at - this.#start;
    const slab = new Uint8Array(Math.max(SLAB_BYTES, 2 * (made + size)));
    slab.set(this.#slab.subarray(this.#start, this.#at));
    this.#slab = slab;
    this.#start = 0;
    this.#at = made;
  }
}
