// Where small arrays of bytes come from. Up to 64 bytes V8 keeps an array on its own heap, which is cheap; above that
// each `new Uint8Array` asks the system for memory, several hundred nanoseconds of it. So those of middle size are cut
// from slabs, as Node's Buffer does it; a slab lives as long as any array of it.

const HEAP_BYTES_MAX = 64;
const SLAB_BYTES = 16 * 1024;
/** Larger ones get memory of their own: they would waste slabs, and hold them. */
const SLICE_BYTES_MAX = SLAB_BYTES / 8;

let slab = new Uint8Array(SLAB_BYTES);
let used = 0;

/** New bytes, all zero. */
export function newBytes(size: number): Uint8Array {
  if (size <= HEAP_BYTES_MAX || size > SLICE_BYTES_MAX) return new Uint8Array(size);
  if (used + size > SLAB_BYTES) {
    slab = new Uint8Array(SLAB_BYTES);
    used = 0;
  }
  const bytes = new Uint8Array(slab.buffer, used, size);
  used += size;
  return bytes;
}

/**
 * New bytes that `write` fills from their start: it is given the slab, the position and the room there, and says how
 * many it wrote. For writers that know their size only afterwards.
 */
export function writeBytes(sizeMax: number, write: (slab: Uint8Array, at: number) => number): Uint8Array {
  if (sizeMax > SLICE_BYTES_MAX) {
    const own = new Uint8Array(sizeMax);
    return own.subarray(0, write(own, 0));
  }
  if (used + sizeMax > SLAB_BYTES) {
    slab = new Uint8Array(SLAB_BYTES);
    used = 0;
  }
  const start = used;
  const size = write(slab, start);
  used += size;
  return new Uint8Array(slab.buffer, start, size);
}

/** Copies all of `source` to `at`; for a few bytes a loop beats the call into the engine. */
export function copyInto(target: Uint8Array, at: number, source: Uint8Array): void {
  const length = source.length;
  if (length > HEAP_BYTES_MAX) target.set(source, at);
  else for (let index = 0; index < length; index++) target[at + index] = source[index]!;
}

/** A copy that shares no memory with a larger piece that `bytes` may be a view of. */
export function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = newBytes(bytes.length);
  copyInto(copy, 0, bytes);
  return copy;
}
