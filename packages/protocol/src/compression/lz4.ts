import { corruptData } from './decompression-errors.ts';
import { type AllocateOutput, GrowingOutput } from './growing-output.ts';
import { wasmCodecs } from './wasm-codecs.ts';

// The LZ4 frame format, as far as Kafka uses it. Decoding is ours, so that output stays bounded and damaged input ends
// in a typed error; encoding trusted bytes is left to wasm. The frame's own checksums are skipped: the batch's CRC
// covers the same bytes.

const FRAME_MAGIC = 0x184d2204;
const FLAG_BLOCK_CHECKSUM = 0x10;
const FLAG_CONTENT_SIZE = 0x08;
const FLAG_CONTENT_CHECKSUM = 0x04;
const FLAG_DICTIONARY = 0x01;
const UNCOMPRESSED_BLOCK = 0x80000000;
const MATCH_LENGTH_MIN = 4;
const EXPECTED_RATIO = 4;

// A header for blocks of 64 KiB and the end mark.
const EMPTY_FRAME = Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82, 0, 0, 0, 0);

export function lz4Compress(bytes: Uint8Array): Uint8Array {
  // The wasm wrapper writes even no bytes into its old memory, which may be gone after that has grown.
  if (bytes.length === 0) return EMPTY_FRAME.slice();
  return wasmCodecs().lz4Compress(asBuffer(bytes));
}

/** Decodes one frame or several in a row. */
export function lz4Decompress(bytes: Uint8Array, maxBytes: number, allocate: AllocateOutput): Uint8Array {
  const output = new GrowingOutput('lz4', bytes, { expectedBytes: bytes.length * EXPECTED_RATIO, maxBytes, allocate });
  let at = 0;
  do at = decodeFrame(bytes, at, output);
  while (at < bytes.length);
  return output.written();
}

function decodeFrame(bytes: Uint8Array, start: number, output: GrowingOutput): number {
  if (bytes.length - start < 7 || getUint32LE(bytes, start) !== FRAME_MAGIC) {
    throw corruptData('lz4', 'it does not start with a frame header');
  }
  const flags = bytes[start + 4]!;
  if (flags >>> 6 !== 1) throw corruptData('lz4', `frame version ${flags >>> 6} is not known`);
  if (flags & FLAG_DICTIONARY) throw corruptData('lz4', 'it needs a dictionary');
  const blockTrailer = flags & FLAG_BLOCK_CHECKSUM ? 4 : 0;
  let at = start + 7 + (flags & FLAG_CONTENT_SIZE ? 8 : 0);
  for (;;) {
    if (at + 4 > bytes.length) throw corruptData('lz4', 'the frame has no end mark');
    const word = getUint32LE(bytes, at);
    at += 4;
    if (word === 0) break;
    const end = at + (word & 0x7fffffff);
    if (end + blockTrailer > bytes.length) throw corruptData('lz4', 'a block reaches past the end');
    if (word >= UNCOMPRESSED_BLOCK) output.literal(at, end);
    else decodeBlock(bytes, at, end, output);
    at = end + blockTrailer;
  }
  return at + (flags & FLAG_CONTENT_CHECKSUM ? 4 : 0);
}

function decodeBlock(bytes: Uint8Array, start: number, end: number, output: GrowingOutput): void {
  let at = start;
  while (at < end) {
    const token = bytes[at++]!;
    let literals = token >>> 4;
    if (literals === 15) {
      let more: number;
      do {
        if (at >= end) throw corruptData('lz4', 'a length is cut off');
        more = bytes[at++]!;
        literals += more;
      } while (more === 255);
    }
    if (at + literals > end) throw corruptData('lz4', 'literals reach past the end');
    if (literals > 0) output.literal(at, at + literals);
    at += literals;
    // The last sequence of a block has literals only.
    if (at === end) return;
    if (at + 2 > end) throw corruptData('lz4', 'a distance is cut off');
    const distance = bytes[at]! | (bytes[at + 1]! << 8);
    at += 2;
    let count = token & 15;
    if (count === 15) {
      let more: number;
      do {
        if (at >= end) throw corruptData('lz4', 'a length is cut off');
        more = bytes[at++]!;
        count += more;
      } while (more === 255);
    }
    if (!output.copyBack(distance, count + MATCH_LENGTH_MIN)) {
      throw corruptData('lz4', 'a distance reaches before the start');
    }
  }
}

function getUint32LE(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
