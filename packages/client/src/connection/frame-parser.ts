import { MillraceError } from '@millrace/base';

/** The largest answer that is taken: more than any sensible fetch, less than what would end the process. */
const FRAME_BYTES_MAX = 512 * 1024 * 1024;

const SIZE_BYTES = 4;

/**
 * Cuts a stream of bytes into frames: four bytes of size, then the frame. A frame that lies whole in a chunk is a view
 * of it; one that spans chunks is copied once into memory of its own size.
 */
export class FrameParser {
  readonly #onFrame: (frame: Uint8Array) => void;
  readonly #size = new Uint8Array(SIZE_BYTES);
  #sizeBytes = 0;
  #frame: Uint8Array | undefined;
  #filled = 0;

  constructor(onFrame: (frame: Uint8Array) => void) {
    this.#onFrame = onFrame;
  }

  /** @throws MillraceError `CORRUPT_MESSAGE` for a size that no frame has; the stream can't be read on. */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length)
      at = this.#frame === undefined ? this.#begin(chunk, at) : this.#fill(this.#frame, chunk, at);
  }

  #begin(chunk: Uint8Array, start: number): number {
    let at = start;
    while (this.#sizeBytes < SIZE_BYTES) {
      if (at === chunk.length) return at;
      this.#size[this.#sizeBytes++] = chunk[at++]!;
    }
    this.#sizeBytes = 0;
    const [first, second, third, fourth] = this.#size as unknown as [number, number, number, number];
    const size = first * 2 ** 24 + (second << 16) + (third << 8) + fourth;
    if (size > FRAME_BYTES_MAX) {
      throw new MillraceError('CORRUPT_MESSAGE', `a frame of ${size} bytes is announced; is this a Kafka listener?`, {
        context: { size, frameBytesMax: FRAME_BYTES_MAX },
      });
    }
    if (chunk.length - at >= size) {
      this.#onFrame(chunk.subarray(at, at + size));
      return at + size;
    }
    this.#frame = Buffer.allocUnsafeSlow(size);
    this.#filled = 0;
    return at;
  }

  #fill(frame: Uint8Array, chunk: Uint8Array, start: number): number {
    const end = Math.min(chunk.length, start + frame.length - this.#filled);
    frame.set(chunk.subarray(start, end), this.#filled);
    this.#filled += end - start;
    if (this.#filled === frame.length) {
      this.#frame = undefined;
      this.#onFrame(frame);
    }
    return end;
  }
}
