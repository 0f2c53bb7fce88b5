import { MillraceError } from '@millrace/base';
import type { BufferPool } from '../lib/buffer-pool.ts';

const SIZE_BYTES = 4;

/**
 * Memory is taken for a frame as its bytes come in, never by its size alone: at first at most so much, and once that has come
 * in, this much.
 */
const FIRST_ALLOCATION_BYTES = 64 * 1024;
const SECOND_ALLOCATION_BYTES = 1024 * 1024;

/** Gets a frame, and the pool's buffer that it lies in, to be given back when nobody reads the frame any more. */
type OnFrame = (frame: Buffer, buffer: Buffer) => void;

/**
 * Cuts a stream of bytes into frames: four bytes of size, and as many bytes. Each frame is put together in a buffer of
 * its own: a chunk belongs to the network again as soon as it was read.
 */
export class FrameReader {
  /** The largest frame that is taken. */
  frameBytesMax: number;
  readonly #pool: BufferPool;
  readonly #head = Buffer.allocUnsafe(SIZE_BYTES);
  #headBytes = 0;
  /** The frame that is being put together, or null between frames. */
  #frame: Buffer | null = null;
  #frameBytes = 0;
  #filledBytes = 0;

  constructor(frameBytesMax: number, pool: BufferPool) {
    this.frameBytesMax = frameBytesMax;
    this.#pool = pool;
  }

  /** Whether a frame has begun and not ended. */
  get isWithinFrame(): boolean {
    return this.#frame !== null;
  }

  /**
   * Takes the next chunk and calls back with each frame that it completes.
   *
   * @throws MillraceError `INVALID_FRAME` for a size that is negative or too large; the stream can't be read on.
   */
  push(chunk: Buffer, onFrame: OnFrame): void {
    let at = 0;
    while (at < chunk.byteLength) {
      if (this.#frame !== null) {
        at += this.#fill(chunk, at);
        if (this.#filledBytes === this.#frameBytes) this.#finish(onFrame);
        continue;
      }
      if (this.#headBytes === 0 && chunk.byteLength - at >= SIZE_BYTES) {
        this.#begin(this.#checked(chunk.readInt32BE(at)));
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
    this.#frame = this.#pool.take(Math.min(bytes, FIRST_ALLOCATION_BYTES));
    this.#frameBytes = bytes;
    this.#filledBytes = 0;
  }

  #fill(chunk: Buffer, at: number): number {
    let frame = this.#frame!;
    const wanted = Math.min(this.#frameBytes - this.#filledBytes, chunk.byteLength - at);
    if (this.#filledBytes + wanted > frame.byteLength) {
      const grown = this.#pool.take(
        Math.min(this.#frameBytes, Math.max(SECOND_ALLOCATION_BYTES, frame.byteLength * 2 + wanted)),
      );
      frame.copy(grown, 0, 0, this.#filledBytes);
      this.#pool.give(frame);
      frame = grown;
      this.#frame = grown;
    }
    chunk.copy(frame, this.#filledBytes, at, at + wanted);
    this.#filledBytes += wanted;
    return wanted;
  }

  #finish(onFrame: OnFrame): void {
    const frame = this.#frame!;
    this.#frame = null;
    onFrame(frame.subarray(0, this.#frameBytes), frame);
  }

  #checked(bytes: number): number {
    if (bytes > 0 && bytes <= this.frameBytesMax) return bytes;
    throw new MillraceError('INVALID_FRAME', `a frame of ${bytes} bytes is not between 1 and ${this.frameBytesMax}`);
  }
}
