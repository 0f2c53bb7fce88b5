import { MillraceError } from '@millrace/base';

const SIZE_BYTES = 4;

/** Memory is taken for a frame as its bytes come in, never by its size alone: at first at most this much. */
const FIRST_ALLOCATION_BYTES = 1024 * 1024;

/**
 * Cuts a stream of bytes into frames: four bytes of size, and as many bytes. A frame that lies within one chunk is a view
 * of it; one that does not is put together in memory of its own.
 */
export class FrameReader {
  /** The largest frame that is taken. */
  frameBytesMax: number;
  readonly #head = Buffer.allocUnsafe(SIZE_BYTES);
  #headBytes = 0;
  /** The frame that is being put together, or null between frames. */
  #frame: Buffer | null = null;
  #frameBytes = 0;
  #filledBytes = 0;

  constructor(frameBytesMax: number) {
    this.frameBytesMax = frameBytesMax;
  }

  /**
   * Takes the next chunk and calls back with each frame that it completes.
   *
   * @throws MillraceError `INVALID_FRAME` for a size that is negative or too large; the stream can't be read on.
   */
  push(chunk: Buffer, onFrame: (frame: Buffer) => void): void {
    let at = 0;
    while (at < chunk.byteLength) {
      if (this.#frame !== null) {
        at += this.#fill(chunk, at);
        if (this.#filledBytes === this.#frameBytes) this.#finish(onFrame);
        continue;
      }
      if (this.#headBytes === 0 && chunk.byteLength - at >= SIZE_BYTES) {
        const bytes = this.#checked(chunk.readInt32BE(at));
        const end = at + SIZE_BYTES + bytes;
        if (end <= chunk.byteLength) {
          onFrame(chunk.subarray(at + SIZE_BYTES, end));
          at = end;
          continue;
        }
        this.#begin(bytes);
        at += SIZE_BYTES;
        continue;
      }
      const taken = chunk.copy(this.#head, this.#headBytes, at, at + SIZE_BYTES - this.#headBytes);
      this.#headBytes += taken;
      at += taken;
      if (this.#headBytes === SIZE_BYTES) this.#begin(this.#checked(this.#head.readInt32BE(0)));
    }
  }

  #begin(bytes: number): void {
    this.#headBytes = 0;
    this.#frame = Buffer.allocUnsafeSlow(Math.min(bytes, FIRST_ALLOCATION_BYTES));
    this.#frameBytes = bytes;
    this.#filledBytes = 0;
  }

  #fill(chunk: Buffer, at: number): number {
    let frame = this.#frame!;
    const wanted = Math.min(this.#frameBytes - this.#filledBytes, chunk.byteLength - at);
    if (this.#filledBytes + wanted > frame.byteLength) {
      const grown = Buffer.allocUnsafeSlow(Math.min(this.#frameBytes, frame.byteLength * 2 + wanted));
      frame.copy(grown, 0, 0, this.#filledBytes);
      frame = grown;
      this.#frame = grown;
    }
    chunk.copy(frame, this.#filledBytes, at, at + wanted);
    this.#filledBytes += wanted;
    return wanted;
  }

  #finish(onFrame: (frame: Buffer) => void): void {
    const frame = this.#frame!;
    this.#frame = null;
    onFrame(frame.subarray(0, this.#frameBytes));
  }

  #checked(bytes: number): number {
    if (bytes > 0 && bytes <= this.frameBytesMax) return bytes;
    throw new MillraceError('INVALID_FRAME', `a frame of ${bytes} bytes is not between 1 and ${this.frameBytesMax}`);
  }
}
