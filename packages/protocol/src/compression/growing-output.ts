import { tooLarge } from './decompression-errors.ts';

/** Gives memory of at least so many bytes. */
export type AllocateOutput = (bytes: number) => Uint8Array;

/**
 * Where a decoder writes: bytes that grow up to a limit, and copies from what was written before. The codecs below
 * differ only in how they spell literals and copies.
 */
export class GrowingOutput {
  bytes: Uint8Array;
  length = 0;
  readonly #codec: string;
  readonly #maxBytes: number;
  readonly #allocate: AllocateOutput;

  constructor(codec: string, expectedBytes: number, maxBytes: number, allocate: AllocateOutput) {
    this.#codec = codec;
    this.#maxBytes = maxBytes;
    this.#allocate = allocate;
    this.bytes = allocate(Math.min(expectedBytes, maxBytes));
  }

  /** What was written; shares the memory. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Appends `source[start, end)`; the caller has checked the range. */
  literal(source: Uint8Array, start: number, end: number): void {
    const after = this.length + end - start;
    if (after > this.bytes.length) this.#grow(after);
    const bytes = this.bytes;
    if (end - start > 24) {
      bytes.set(source.subarray(start, end), this.length);
    } else {
      for (let from = start, to = this.length; from < end; from++, to++) bytes[to] = source[from]!;
    }
    this.length = after;
  }

  /**
   * Appends `count` bytes from `distance` bytes back; the two may overlap, which repeats a pattern. False when the
   * distance reaches before the start.
   */
  copyBack(distance: number, count: number): boolean {
    const start = this.length;
    if (distance === 0 || distance > start) return false;
    const after = start + count;
    if (after > this.bytes.length) this.#grow(after);
    const bytes = this.bytes;
    if (count <= 24) {
      for (let to = start; to < after; to++) bytes[to] = bytes[to - distance]!;
    } else {
      // Each round doubles the stretch that repeats the pattern and does not overlap.
      for (let done = 0, stretch = distance; done < count; stretch *= 2) {
        const part = Math.min(stretch, count - done);
        bytes.copyWithin(start + done, start - distance, start - distance + part);
        done += part;
      }
    }
    this.length = after;
    return true;
  }

  #grow(needed: number): void {
    if (needed > this.#maxBytes) throw tooLarge(this.#codec, this.#maxBytes);
    const larger = this.#allocate(Math.min(Math.max(needed, this.bytes.length * 2), this.#maxBytes));
    larger.set(this.written());
    this.bytes = larger;
  }
}
