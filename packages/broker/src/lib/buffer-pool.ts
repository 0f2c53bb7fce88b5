/** Smaller buffers die young and cost nothing; larger ones are rare. */
const SIZE_BYTES_MIN = 16 * 1024;
const SIZE_BYTES_MAX = 1024 * 1024;

/** What is kept for the next ones to ask; all else is the garbage collector's. */
const IDLE_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Large buffers for network and files that are used again. The collector sees only the outside of an ArrayBuffer: a
 * megabyte of them for each request makes it walk the whole heap many times a second, and each fresh one is mapped and
 * zeroed page by page by the system. Sizes are powers of two.
 */
export class BufferPool {
  readonly #idle = new Map<number, Buffer[]>();
  #idleBytes = 0;

  get idleBytes(): number {
    return this.#idleBytes;
  }

  /** A buffer of at least this size; what it holds is left over from its last use. */
  take(bytes: number): Buffer {
    if (bytes < SIZE_BYTES_MIN) return Buffer.allocUnsafe(bytes);
    if (bytes > SIZE_BYTES_MAX) return Buffer.allocUnsafeSlow(bytes);
    const size = 2 ** (32 - Math.clz32(bytes - 1));
    const buffer = this.#idle.get(size)?.pop();
    if (buffer === undefined) return Buffer.allocUnsafeSlow(size);
    this.#idleBytes -= size;
    return buffer;
  }

  /** Takes a buffer back that {@link take} gave. Nobody may read or write it from now on: the next to ask gets it. */
  give(buffer: Buffer): void {
    const size = buffer.byteLength;
    if (size < SIZE_BYTES_MIN || size > SIZE_BYTES_MAX || this.#idleBytes + size > IDLE_BYTES_MAX) return;
    const idle = this.#idle.get(size);
    if (idle === undefined) this.#idle.set(size, [buffer]);
    else idle.push(buffer);
    this.#idleBytes += size;
  }
}

/** Buffers that were taken for one purpose and are given back together. */
export class BufferLease {
  readonly #pool: BufferPool;
  readonly #taken: Buffer[] = [];

  constructor(pool: BufferPool) {
    this.#pool = pool;
  }

  /** Memory of exactly this size, until {@link release}. */
  readonly take = (bytes: number): Buffer => {
    const buffer = this.#pool.take(bytes);
    this.#taken.push(buffer);
    return buffer.byteLength === bytes ? buffer : buffer.subarray(0, bytes);
  };

  release(): void {
    for (const buffer of this.#taken.splice(0)) this.#pool.give(buffer);
  }
}
