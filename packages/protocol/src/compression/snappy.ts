import { getInt32, setInt32 } from '../lib/big-endian.ts';
import { corruptData, tooLarge } from './decompression-errors.ts';
import { type AllocateOutput, GrowingOutput } from './growing-output.ts';
import { wasmCodecs } from './wasm-codecs.ts';

// Snappy comes in two shapes: Java wraps blocks in a stream of its own ("xerial": a header, then length-prefixed
// blocks), librdkafka sends one bare block. Every client reads the first, so that is what we write.

const XERIAL_MAGIC = Uint8Array.of(0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00);
const XERIAL_HEADER_BYTES = 16;
const XERIAL_VERSION = 1;
// The block size of Java's stream; its reader allocates what a block claims, so larger blocks would cost it memory.
const BLOCK_BYTES = 32 * 1024;

export function snappyCompress(bytes: Uint8Array): Uint8Array {
  const header = new Uint8Array(XERIAL_HEADER_BYTES);
  header.set(XERIAL_MAGIC);
  setInt32(header, 8, XERIAL_VERSION);
  setInt32(header, 12, XERIAL_VERSION);
  const parts: Uint8Array[] = [header];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    const size = Math.min(BLOCK_BYTES, bytes.length - at);
    const block = wasmCodecs().snappyCompress(Buffer.from(bytes.buffer, bytes.byteOffset + at, size));
    const length = new Uint8Array(4);
    setInt32(length, 0, block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}

export function snappyDecompress(bytes: Uint8Array, maxBytes: number, allocate: AllocateOutput): Uint8Array {
  if (!hasXerialMagic(bytes, 0)) {
    const output = new GrowingOutput('snappy', bytes, { expectedBytes: 0, maxBytes, allocate });
    decodeBlock(bytes, 0, bytes.length, output, maxBytes);
    return output.written();
  }
  const output = new GrowingOutput('snappy', bytes, { expectedBytes: bytes.length * 3, maxBytes, allocate });
  let at = 0;
  while (at < bytes.length) {
    // Concatenated streams repeat the header in the middle.
    if (hasXerialMagic(bytes, at)) {
      at += XERIAL_HEADER_BYTES;
      continue;
    }
    const end = at + 4 + getInt32(bytes, at);
    if (end < at + 4 || end > bytes.length) throw corruptData('snappy', 'a block reaches past the end');
    decodeBlock(bytes, at + 4, end, output, maxBytes);
    at = end;
  }
  return output.written();
}

function hasXerialMagic(bytes: Uint8Array, at: number): boolean {
  return bytes.length - at >= XERIAL_HEADER_BYTES && XERIAL_MAGIC.every((byte, index) => bytes[at + index] === byte);
}

/** Each element is a run of literals or a copy from what was decoded before, told apart by the tag's two low bits. */
function decodeBlock(bytes: Uint8Array, start: number, end: number, output: GrowingOutput, maxBytes: number): void {
  let at = start;
  let claimed = 0;
  for (let factor = 1; ; factor *= 128) {
    if (at >= end || factor > 2 ** 28) throw corruptData('snappy', 'the length of a block is cut off');
    const byte = bytes[at++]!;
    claimed += (byte & 0x7f) * factor;
    if (byte < 0x80) break;
  }
  const lengthAfter = output.length + claimed;
  if (lengthAfter > maxBytes) throw tooLarge('snappy', maxBytes);
  while (at < end) {
    const tag = bytes[at++]!;
    const kind = tag & 3;
    if (kind === 0) {
      let count = (tag >>> 2) + 1;
      if (count > 60) {
        const lengthBytes = count - 60;
        if (at + lengthBytes > end) throw corruptData('snappy', 'a length is cut off');
        count = getLittleEndian(bytes, at, lengthBytes) + 1;
        at += lengthBytes;
      }
      if (at + count > end) throw corruptData('snappy', 'literals reach past the end');
      output.literal(at, at + count);
      at += count;
    } else {
      const distanceBytes = kind === 3 ? 4 : kind;
      if (at + distanceBytes > end) throw corruptData('snappy', 'a distance is cut off');
      const low = getLittleEndian(bytes, at, distanceBytes);
      const distance = kind === 1 ? ((tag & 0xe0) << 3) | low : low;
      const count = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
      if (!output.copyBack(distance, count)) throw corruptData('snappy', 'a distance reaches before the start');
      at += distanceBytes;
    }
  }
  if (output.length !== lengthAfter) throw corruptData('snappy', 'a block holds another length than it claims');
}

function getLittleEndian(bytes: Uint8Array, at: number, count: number): number {
  if (count === 1) return bytes[at]!;
  if (count === 2) return bytes[at]! | (bytes[at + 1]! << 8);
  let value = 0;
  for (let index = count - 1; index >= 0; index--) value = value * 256 + bytes[at + index]!;
  return value;
}
