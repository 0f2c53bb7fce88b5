import { writeBytes } from './new-bytes.ts';

// Text to UTF-8 and back. Most keys and many values are short ASCII, where a loop beats every call into the engine;
// for the rest, Node's Buffer methods beat TextEncoder and TextDecoder, which stay the way outside Node.

/** Up to here a loop over the characters is faster than a native call (measured on Node 24). */
const LOOP_LENGTH_MAX = 48;
/** Above this the text gets memory of its own, which the encoder measures best itself. */
const WRITE_LENGTH_MAX = 640;
/** A UTF-16 unit takes at most three bytes. */
const BYTES_PER_UNIT_MAX = 3;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

type Slice = (this: Uint8Array, from: number, to: number) => string;
type Write = (this: Uint8Array, text: string, at: number, sizeMax: number) => number;
type NodeBuffer = {
  readonly prototype: { readonly utf8Slice?: Slice; readonly latin1Slice?: Slice; readonly utf8Write?: Write };
};

const nodeBuffer = (globalThis as { Buffer?: NodeBuffer }).Buffer;
const utf8Slice = nodeBuffer?.prototype.utf8Slice;
const utf8Write = nodeBuffer?.prototype.utf8Write;
const nodeLatin1Slice = nodeBuffer?.prototype.latin1Slice;

/** A text of one unit for each byte, which for ASCII is its text; undefined outside Node. */
export const latin1Slice: ((bytes: Uint8Array, start: number, end: number) => string) | undefined =
  nodeLatin1Slice && ((bytes, start, end) => nodeLatin1Slice.call(bytes, start, end));

export function encodeUtf8(text: string): Uint8Array {
  const length = text.length;
  if (length > LOOP_LENGTH_MAX) return encodeLong(text);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) return encoder.encode(text);
    bytes[at] = code;
  }
  return bytes;
}

/** Malformed bytes become U+FFFD, as in Kafka's deserialiser. */
export function decodeUtf8(bytes: Uint8Array, start: number = 0, end: number = bytes.length): string {
  return utf8Slice === undefined ? decoder.decode(bytes.subarray(start, end)) : utf8Slice.call(bytes, start, end);
}

function encodeLong(text: string): Uint8Array {
  if (utf8Write === undefined || text.length > WRITE_LENGTH_MAX) return encoder.encode(text);
  const sizeMax = text.length * BYTES_PER_UNIT_MAX;
  return writeBytes(sizeMax, (slab, at) => utf8Write.call(slab, text, at, sizeMax));
}
