import { corruptMessage } from './lib/corrupt-message.ts';
import { EXACT_HIGH_WORD_MAX, EXACT_HIGH_WORD_MIN, inexactInt64, LONG_MAX } from './lib/int64.ts';
import { UUID_BYTES, ZERO_UUID } from './lib/uuid.ts';

const TWO_TO_32 = 2 ** 32;

/** Up to this length a string of ASCII is read faster by hand (measured) than by a call into the runtime of 60 ns. */
const SHORT_STRING_BYTES = 8;

/**
 * A cursor over the bytes of a message. Every length is checked against the bytes that are left before anything is
 * allocated for it. Byte arrays are views of the input, never copies.
 *
 * All methods throw MillraceError `CORRUPT_MESSAGE` where the input is not what they expect.
 */
export class Reader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #position: number;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length) {
    this.#bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#position = start;
    this.#end = end;
  }

  get position(): number {
    return this.#position;
  }

  get remaining(): number {
    return this.#end - this.#position;
  }

  bool(): boolean {
    return this.#bytes[this.#take(1)] !== 0;
  }

  int8(): number {
    return (this.#bytes[this.#take(1)]! << 24) >> 24;
  }

  int16(): number {
    return (this.uint16() << 16) >> 16;
  }

  uint16(): number {
    const at = this.#take(2);
    return (this.#bytes[at]! << 8) | this.#bytes[at + 1]!;
  }

  int32(): number {
    const at = this.#take(4);
    const bytes = this.#bytes;
    return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }

  uint32(): number {
    return this.int32() >>> 0;
  }

  /** @throws MillraceError `INEXACT_INT64` for a value beyond 2^53 that is not {@link LONG_MAX}. */
  int64(): number {
    const high = this.int32();
    const low = this.int32() >>> 0;
    if (high <= EXACT_HIGH_WORD_MAX && high >= EXACT_HIGH_WORD_MIN) return high * TWO_TO_32 + low;
    if (high === 0x7fffffff && low === 0xffffffff) return LONG_MAX;
    throw inexactInt64(high, low);
  }

  float64(): number {
    return this.#bytes.readDoubleBE(this.#take(8));
  }

  /** An unsigned variable-length integer of up to 32 bits. */
  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#take(1)]!;
      if (byte < 0x80) {
        if (shift === 28 && byte > 0x0f) break;
        return (value | (byte << shift)) >>> 0;
      }
      value |= (byte & 0x7f) << shift;
    }
    throw corruptMessage(`The variable-length integer that ends before byte ${this.#position} has more than 32 bits.`);
  }

  uuid(): string {
    const at = this.#take(UUID_BYTES);
    const bytes = this.#bytes;
    let index = at;
    while (index < at + UUID_BYTES && bytes[index] === 0) index++;
    return index === at + UUID_BYTES ? ZERO_UUID : bytes.toString('base64url', at, at + UUID_BYTES);
  }

  string(): string {
    return this.#utf8(this.#present(this.int16()));
  }

  nullableString(): string | null {
    const length = this.int16();
    return length < 0 ? null : this.#utf8(length);
  }

  compactString(): string {
    return this.#utf8(this.#present(this.uvarint() - 1));
  }

  compactNullableString(): string | null {
    const length = this.uvarint() - 1;
    return length < 0 ? null : this.#utf8(length);
  }

  bytes(): Uint8Array {
    return this.#view(this.#present(this.int32()));
  }

  nullableBytes(): Uint8Array | null {
    const length = this.int32();
    return length < 0 ? null : this.#view(length);
  }

  compactBytes(): Uint8Array {
    return this.#view(this.#present(this.uvarint() - 1));
  }

  compactNullableBytes(): Uint8Array | null {
    const length = this.uvarint() - 1;
    return length < 0 ? null : this.#view(length);
  }

  /**
   * The number of elements of a list that may not be null.
   * @param elementBytesMin the fewest bytes that one element takes
   */
  listLength(elementBytesMin: number): number {
    return this.#present(this.nullableListLength(elementBytesMin));
  }

  /** The number of elements of a list, or -1 for null. */
  nullableListLength(elementBytesMin: number): number {
    return this.#boundedLength(this.int32(), elementBytesMin);
  }

  compactListLength(elementBytesMin: number): number {
    return this.#present(this.compactNullableListLength(elementBytesMin));
  }

  compactNullableListLength(elementBytesMin: number): number {
    return this.#boundedLength(this.uvarint() - 1, elementBytesMin);
  }

  /** The rest of the input as a view. */
  rest(): Uint8Array {
    return this.#view(this.remaining);
  }

  /** Reads the size of a tagged field and returns the position at which the field ends. */
  taggedFieldEnd(): number {
    const size = this.uvarint();
    if (size > this.remaining) throw this.#tooShort(size);
    return this.#position + size;
  }

  skipTo(position: number): void {
    this.#position = position;
  }

  /** Checks that a tagged field took exactly the bytes that were announced for it. */
  expectPosition(position: number): void {
    if (this.#position === position) return;
    throw corruptMessage(`A tagged field should end at byte ${position} but ends at byte ${this.#position}.`);
  }

  /** Skips the tagged fields at the end of a struct that knows none. */
  skipTaggedFields(): void {
    for (let count = this.uvarint(); count > 0; count--) {
      this.uvarint();
      this.skipTo(this.taggedFieldEnd());
    }
  }

  /** Moves on by `size` bytes and returns where they begin. */
  #take(size: number): number {
    const at = this.#position;
    if (size > this.#end - at) throw this.#tooShort(size);
    this.#position = at + size;
    return at;
  }

  #present(length: number): number {
    if (length < 0) throw corruptMessage(`A value that may not be null is null before byte ${this.#position}.`);
    return length;
  }

  #boundedLength(length: number, elementBytesMin: number): number {
    if (length * elementBytesMin > this.remaining) throw this.#tooShort(length * elementBytesMin);
    return length < 0 ? -1 : length;
  }

  #view(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  #utf8(length: number): string {
    const at = this.#take(length);
    const end = at + length;
    if (length > SHORT_STRING_BYTES) return this.#bytes.toString('utf8', at, end);
    let text = '';
    for (let index = at; index < end; index++) {
      const byte = this.#bytes[index]!;
      if (byte >= 0x80) return this.#bytes.toString('utf8', at, end);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  #tooShort(size: number): Error {
    return corruptMessage(`${size} bytes are needed at byte ${this.#position}, but ${this.remaining} are left.`, {
      position: this.#position,
      needed: size,
      remaining: this.remaining,
    });
  }
}
