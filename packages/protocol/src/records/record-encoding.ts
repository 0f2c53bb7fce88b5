import { putVarint, putVarlong, VARINT_BYTES_MAX, VARLONG_BYTES_MAX, varintSize, varlongSize } from '../lib/varint.ts';
import type { RecordHeader } from './record.ts';

// A record: size, attributes (one byte without meaning), timestamp and offset as differences to the batch's, key,
// value, headers. All numbers are varints.

const UTF8 = new TextEncoder();
// For a few bytes a loop is faster than the call that copies.
const LOOP_BYTES_MAX = 24;
// Size, offset, two lengths and the header count as varints, the time as a varlong, the attributes byte.
const OVERHEAD_BYTES_MAX = 5 * VARINT_BYTES_MAX + VARLONG_BYTES_MAX + 1;

type EncodedHeaders = {
  readonly names: readonly Uint8Array[];
  readonly headers: readonly RecordHeader[];
  readonly size: number;
};

/** The most bytes that a record takes; what it takes indeed is a little less. */
export function recordSizeMax(
  key: Uint8Array | null,
  value: Uint8Array | null,
  headers: readonly RecordHeader[] | null,
): number {
  let size = OVERHEAD_BYTES_MAX + (key === null ? 0 : key.length) + (value === null ? 0 : value.length);
  if (headers === null) return size;
  // A UTF-16 unit takes at most three bytes of UTF-8.
  for (const header of headers) size += 2 * VARINT_BYTES_MAX + header.key.length * 3 + (header.value?.length ?? 0);
  return size;
}

/** Writes a record at a position and returns the position after it; the caller has made room. */
export function putRecord(
  bytes: Uint8Array,
  at: number,
  timestampDelta: number,
  offsetDelta: number,
  key: Uint8Array | null,
  value: Uint8Array | null,
  headers: readonly RecordHeader[] | null,
): number {
  const encoded = headers === null || headers.length === 0 ? null : encodeHeaders(headers);
  const fixedSize = 1 + varlongSize(timestampDelta) + varintSize(offsetDelta);
  const headersSize = encoded === null ? 1 : encoded.size;
  let position = putVarint(bytes, at, fixedSize + sizeOf(key) + sizeOf(value) + headersSize);
  bytes[position++] = 0;
  position = putVarlong(bytes, position, timestampDelta);
  position = putVarint(bytes, position, offsetDelta);
  position = putSized(bytes, position, key);
  position = putSized(bytes, position, value);
  if (encoded !== null) return putHeaders(bytes, position, encoded);
  bytes[position++] = 0;
  return position;
}

function sizeOf(part: Uint8Array | null): number {
  return part === null ? 1 : varintSize(part.length) + part.length;
}

function putSized(bytes: Uint8Array, at: number, part: Uint8Array | null): number {
  if (part === null) {
    bytes[at] = 1;
    return at + 1;
  }
  const length = part.length;
  const start = putVarint(bytes, at, length);
  if (length > LOOP_BYTES_MAX) bytes.set(part, start);
  else for (let index = 0; index < length; index++) bytes[start + index] = part[index]!;
  return start + length;
}

function encodeHeaders(headers: readonly RecordHeader[]): EncodedHeaders {
  const names = headers.map((header) => UTF8.encode(header.key));
  let size = varintSize(headers.length);
  headers.forEach((header, index) => {
    size += sizeOf(names[index]!) + sizeOf(header.value);
  });
  return { names, headers, size };
}

function putHeaders(bytes: Uint8Array, at: number, encoded: EncodedHeaders): number {
  let position = putVarint(bytes, at, encoded.headers.length);
  encoded.headers.forEach((header, index) => {
    position = putSized(bytes, position, encoded.names[index]!);
    position = putSized(bytes, position, header.value);
  });
  return position;
}
