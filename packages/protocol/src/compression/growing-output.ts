import { tooLarge } from './decompression-errors.ts';

/** Gives memory of at least so many bytes. */
export type AllocateOutput = (bytes: number) => Uint8Array;

export type OutputLimits = {
  /** What is asked for at first. */
  readonly expectedBytes: number;
  readonly maxBytes: number;
  readonly allocate: AllocateOutput;
};

/** From this size on the engine's own copy of a range is faster than a loop, though it makes a view for each. */
const NATIVE_COPY_BYTES_MIN = 512;
const WORD_BYTES = 4;

/**
 * Where a decoder writes what it finds in a source: bytes that grow up to a limit, and copies from what was written before.
 * The codecs differ only in how they spell literals and copies. Most of both are a few bytes long, and these are copied
 * word by word: what a word leaves behind the end is written over by what comes next.
 */
export class GrowingOutput {
  bytes: Uint8Array;
  length = 0;
  #view: DataView;
  readonly #source: Uint8Array;
  readonly #sourceView: DataView;
  readonly #codec: string;
  readonly #maxBytes: number;
  readonly #allocate: AllocateOutput;

  constructor(codec: string, source: Uint8Array, limits: OutputLimits) {
    const { expectedBytes, maxBytes, allocate } = limits;
    this.#codec = codec;
    this.#source = source;
    this.#sourceView = viewOf(source);
    this.#maxBytes = maxBytes;
    this.#allocate = allocate;
    this.bytes = allocate(Math.min(expectedBytes, maxBytes));
    this.#view = viewOf(this.bytes);
  }

  /** What was written; shares the memory. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Appends `source[start, end)`; the caller has checked the range. */
  literal(start: number, end: number): void {
    const after = this.length + end - start;
    if (after > this.bytes.length) this.#grow(after);
    const source = this.#source;
    const bytes = this.bytes;
    let to = this.length;
    if (end - start >= NATIVE_COPY_BYTES_MIN) {
      bytes.set(source.subarray(start, end), to);
    } else if (after + WORD_BYTES <= bytes.length && end + WORD_BYTES <= source.length) {
      const view = this.#view;
      const sourceView = this.#sourceView;
      for (let from = start; to < after; from += WORD_BYTES, to += WORD_BYTES) {
        view.setInt32(to, sourceView.getInt32(from, true), true);
      }
    } else {
      for (let from = start; from < end; from++, to++) bytes[to] = source[from]!;
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
    if (count >= NATIVE_COPY_BYTES_MIN) {
      // Each round doubles the stretch that repeats the pattern and does not overlap.
      for (let done = 0, stretch = distance; done < count; stretch *= 2) {
        const part = Math.min(stretch, count - done);
        bytes.copyWithin(start + done, start - distance, start - distance + part);
        done += part;
      }
    } else if (distance >= WORD_BYTES && after + WORD_BYTES <= bytes.length) {
      const view = this.#view;
      for (let to = start; to < after; to += WORD_BYTES) view.setInt32(to, view.getInt32(to - distance, true), true);
    } else {
      for (let to = start; to < after; to++) bytes[to] = bytes[to - distance]!;
    }
    this.length = after;
    return true;
  }

  #grow(needed: number): void {
    if (needed > this.#maxBytes) throw tooLarge(this.#codec, this.#maxBytes);
    const larger = this.#allocate(Math.min(Math.max(needed, this.bytes.length * 2), this.#maxBytes));
    larger.set(this.written());
    this.bytes = larger;
    this.#view = viewOf(larger);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
