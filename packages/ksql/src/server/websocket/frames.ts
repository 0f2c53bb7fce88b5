import { MillraceError } from '@millrace/base';

/** What a frame is (RFC 6455, 5.2). */
export const OPCODE = { continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa } as const;

export type Frame = { readonly opcode: number; readonly payload: Buffer };

/** Of a frame from a client, who has nothing to say but that he goes, and that he is still there. */
const PAYLOAD_BYTES_MAX = 64 * 1024;
const FINAL = 0x80;
const MASKED = 0x80;
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/** A whole message in one frame, as servers send it: not masked. */
export function encodeFrame(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const lengthBytes = length < LENGTH_16 ? 0 : length <= 0xffff ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + lengthBytes + length);
  frame[0] = FINAL | opcode;
  frame[1] = lengthBytes === 0 ? length : lengthBytes === 2 ? LENGTH_16 : LENGTH_64;
  if (lengthBytes === 2) frame.writeUInt16BE(length, 2);
  if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.set(payload, 2 + lengthBytes);
  return frame;
}

/** Cuts what a client sends into frames. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** @throws MillraceError `WEBSOCKET_PROTOCOL` for what no client may send, `WEBSOCKET_TOO_LARGE` */
  *read(chunk: Buffer): Generator<Frame, void, undefined> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (let frame = this.#next(); frame !== null; frame = this.#next()) yield frame;
  }

  #next(): Frame | null {
    const bytes = this.#rest;
    if (bytes.length < 2) return null;
    if ((bytes[1]! & MASKED) === 0) throw new MillraceError('WEBSOCKET_PROTOCOL', 'a client must mask its frames');
    const short = bytes[1]! & 0x7f;
    const lengthBytes = short === LENGTH_16 ? 2 : short === LENGTH_64 ? 8 : 0;
    const maskAt = 2 + lengthBytes;
    if (bytes.length < maskAt) return null;
    const length =
      lengthBytes === 0 ? short : lengthBytes === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (length > PAYLOAD_BYTES_MAX) {
      throw new MillraceError('WEBSOCKET_TOO_LARGE', `a frame of ${length} bytes: ${PAYLOAD_BYTES_MAX} are the most`);
    }
    const from = maskAt + 4;
    if (bytes.length < from + length) return null;
    const mask = bytes.subarray(maskAt, from);
    const payload = Buffer.from(bytes.subarray(from, from + length));
    for (let index = 0; index < length; index++) payload[index]! ^= mask[index & 3]!;
    this.#rest = bytes.subarray(from + length);
    return { opcode: bytes[0]! & 0x0f, payload };
  }
}
