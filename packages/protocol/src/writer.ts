import { assert, MillraceError } from '@millrace/base';
import { LONG_MAX } from './lib/int64.ts';
import { UUID_BYTES } from './lib/uuid.ts';

const TWO_TO_32 = 2 ** 32;
const INITIAL_CAPACITY_BYTES = 512;

/** Byte arrays of this size and more are not copied into the writer's own buffer but passed on as they are. */
export const BY_REFERENCE_BYTES_MIN = 1024;

/** Up to this length a string is written by hand as long as it is ASCII; its compact length then fits in one byte. */
const SHORT_STRING_LENGTH = 63;

/** Foreign bytes that stand before the byte `at` of the writer's own buffer. */
type Insertion = { at: number; readonly bytes: Uint8Array };

/**
 * A cursor that writes a message into a buffer that grows. Large byte arrays (record batches) are kept by reference and
 * come out as chunks of their own, fit for one `writev`; they must not change until then.
 *
 * Values that do not fit their type throw MillraceError `INVALID_VALUE`.
 */
export class Writer {
  #buffer: Buffer;
  #position = 0;
  #insertions: Insertion[] = [];
  #insertedBytes = 0;

  constructor(capacityBytes: number = INITIAL_CAPACITY_BYTES) {
    this.#buffer = Buffer.allocUnsafe(capacityBytes);
  }

  /** The number of bytes written so far, those by reference included. */
  get length(): number {
    return this.#position + this.#insertedBytes;
  }

  bool(value: boolean): void {
    const at = this.#claim(1);
    this.#buffer[at] = value ? 1 : 0;
  }

  int8(value: number): void {
    if ((value << 24) >> 24 !== value) throw outOfRange('int8', value);
    const at = this.#claim(1);
    this.#buffer[at] = value;
  }

  int16(value: number): void {
    if ((value << 16) >> 16 !== value) throw outOfRange('int16', value);
    this.uint16(value & 0xffff);
  }

  uint16(value: number): void {
    if ((value & 0xffff) !== value) throw outOfRange('uint16', value);
    const at = this.#claim(2);
    this.#buffer[at] = value >> 8;
    this.#buffer[at + 1] = value;
  }

  int32(value: number): void {
    if ((value | 0) !== value) throw outOfRange('int32', value);
    this.#putInt32(this.#claim(4), value);
  }

  uint32(value: number): void {
    if (value >>> 0 !== value) throw outOfRange('uint32', value);
    this.#putInt32(this.#claim(4), value | 0);
  }

  /** Writes an exact integer; {@link LONG_MAX} becomes Java's `Long.MAX_VALUE`. */
  int64(value: number): void {
    const at = this.#claim(8);
    if (value === LONG_MAX) {
      this.#putInt32(at, 0x7fffffff);
      this.#putInt32(at + 4, -1);
      return;
    }
    if (!Number.isSafeInteger(value) && value !== Number.MIN_SAFE_INTEGER - 1) throw outOfRange('int64', value);
    this.#putInt32(at, Math.floor(value / TWO_TO_32));
    this.#putInt32(at + 4, value | 0);
  }

  float64(value: number): void {
    const at = this.#claim(8);
    this.#buffer.writeDoubleBE(value, at);
  }

  /** An unsigned variable-length integer of up to 32 bits. */
  uvarint(value: number): void {
    if (value >>> 0 !== value) throw outOfRange('uvarint', value);
    let at = this.#claim(uvarintBytes(value));
    let rest = value;
    while (rest > 0x7f) {
      this.#buffer[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#buffer[at] = rest;
  }

  /** Writes a UUID in Kafka's text form, 22 characters of base64url. */
  uuid(value: string): void {
    const at = this.#claim(UUID_BYTES);
    const written = value.length === 22 ? this.#buffer.write(value, at, UUID_BYTES, 'base64url') : 0;
    if (written !== UUID_BYTES) throw outOfRange('uuid', value);
  }

  string(value: string): void {
    if (this.#shortAscii(value, 2)) return;
    const size = Buffer.byteLength(value);
    if (size > 0x7fff) throw outOfRange('string', `${value.slice(0, 40)}…`);
    this.int16(size);
    this.#utf8(value, size);
  }

  nullableString(value: string | null): void {
    if (value === null) this.int16(-1);
    else this.string(value);
  }

  compactString(value: string): void {
    if (this.#shortAscii(value, 1)) return;
    const size = Buffer.byteLength(value);
    this.uvarint(size + 1);
    this.#utf8(value, size);
  }

  compactNullableString(value: string | null): void {
    if (value === null) this.uvarint(0);
    else this.compactString(value);
  }

  bytes(value: Uint8Array): void {
    this.int32(value.length);
    this.raw(value);
  }

  nullableBytes(value: Uint8Array | null): void {
    if (value === null) this.int32(-1);
    else this.bytes(value);
  }

  compactBytes(value: Uint8Array): void {
    this.uvarint(value.length + 1);
    this.raw(value);
  }

  compactNullableBytes(value: Uint8Array | null): void {
    if (value === null) this.uvarint(0);
    else this.compactBytes(value);
  }

  /** The number of elements of a list, or -1 for null. */
  listLength(length: number): void {
    this.int32(length);
  }

  compactListLength(length: number): void {
    this.uvarint(length + 1);
  }

  /** Bytes without a length: copied when small, kept by reference when large. */
  raw(value: Uint8Array): void {
    if (value.length >= BY_REFERENCE_BYTES_MIN) {
      this.#insertions.push({ at: this.#position, bytes: value });
      this.#insertedBytes += value.length;
    } else {
      const at = this.#claim(value.length);
      this.#buffer.set(value, at);
    }
  }

  /** Says that a struct has no tagged fields. */
  noTaggedFields(): void {
    const at = this.#claim(1);
    this.#buffer[at] = 0;
  }

  /** Begins a tagged field; what it returns is to be given to {@link endTaggedField}. */
  beginTaggedField(tag: number): number {
    this.uvarint(tag);
    this.#claim(1);
    return this.length;
  }

  /** Fills in the size of a tagged field; its content moves on where the size takes more than the one byte foreseen. */
  endTaggedField(start: number): void {
    const size = this.length - start;
    const { first, bytesBefore } = this.#insertionsSince(start);
    const contentAt = start - bytesBefore;
    const moveBy = uvarintBytes(size) - 1;
    if (moveBy > 0) {
      const contentEnd = this.#position;
      this.#claim(moveBy);
      this.#buffer.copyWithin(contentAt + moveBy, contentAt, contentEnd);
      for (const insertion of this.#insertions.slice(first)) insertion.at += moveBy;
    }
    const end = this.#position;
    this.#position = contentAt - 1;
    this.uvarint(size);
    this.#position = end;
  }

  /** Overwrites four bytes that were written before any bytes by reference, such as the size of a frame. */
  patchInt32(at: number, value: number): void {
    assert(this.#insertions.length === 0 || at + 4 <= this.#insertions[0]!.at, 'only own bytes can be patched');
    this.#putInt32(at, value);
  }

  /** What was written, in order. The writer must not be used after it. */
  finish(): Uint8Array[] {
    if (this.#insertions.length === 0) return [this.#buffer.subarray(0, this.#position)];
    const chunks: Uint8Array[] = [];
    let from = 0;
    for (const { at, bytes } of this.#insertions) {
      if (at > from) chunks.push(this.#buffer.subarray(from, at));
      chunks.push(bytes);
      from = at;
    }
    if (this.#position > from) chunks.push(this.#buffer.subarray(from, this.#position));
    return chunks;
  }

  /** What was written as one array; copies what was kept by reference. */
  toBytes(): Uint8Array {
    const chunks = this.finish();
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, this.length);
  }

  /** The first of the foreign bytes from a place in the message on, and how many come before it. */
  #insertionsSince(start: number): { readonly first: number; readonly bytesBefore: number } {
    let first = this.#insertions.length;
    let bytesBefore = this.#insertedBytes;
    while (first > 0) {
      const { at, bytes } = this.#insertions[first - 1]!;
      if (at + bytesBefore - bytes.length < start) break;
      bytesBefore -= bytes.length;
      first -= 1;
    }
    return { first, bytesBefore };
  }

  /** Makes room for `size` bytes and returns where they begin. */
  #claim(size: number): number {
    const at = this.#position;
    const end = at + size;
    if (end > this.#buffer.length) this.#grow(end);
    this.#position = end;
    return at;
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    grown.set(this.#buffer.subarray(0, this.#position));
    this.#buffer = grown;
  }

  #putInt32(at: number, value: number): void {
    const buffer = this.#buffer;
    buffer[at] = value >> 24;
    buffer[at + 1] = value >> 16;
    buffer[at + 2] = value >> 8;
    buffer[at + 3] = value;
  }

  /** Writes a short string of ASCII after its length, or writes nothing and returns false. */
  #shortAscii(value: string, lengthBytes: 1 | 2): boolean {
    const length = value.length;
    if (length > SHORT_STRING_LENGTH) return false;
    const at = this.#claim(lengthBytes + length);
    const buffer = this.#buffer;
    for (let index = 0, to = at + lengthBytes; index < length; index++, to++) {
      const code = value.charCodeAt(index);
      if (code >= 0x80) {
        this.#position = at;
        return false;
      }
      buffer[to] = code;
    }
    if (lengthBytes === 1) {
      buffer[at] = length + 1;
    } else {
      buffer[at] = 0;
      buffer[at + 1] = length;
    }
    return true;
  }

  #utf8(value: string, size: number): void {
    const at = this.#claim(size);
    this.#buffer.write(value, at, size, 'utf8');
  }
}

function uvarintBytes(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x200000) return 3;
  return value < 0x10000000 ? 4 : 5;
}

function outOfRange(type: string, value: unknown): MillraceError {
  return new MillraceError('INVALID_VALUE', `${String(value)} can't be written as ${type}.`, {
    context: { type, value: String(value) },
  });
}
