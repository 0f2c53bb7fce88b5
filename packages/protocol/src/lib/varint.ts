// Zigzag varints as record batches carry them. A writer returns the position after what it wrote.

const TWO_28 = 2 ** 28;
/** The bytes of a varint by the leading zeros of its zigzag form: seven bits fit into each. */
const SIZE_BY_LEADING_ZEROS = Uint8Array.from({ length: 33 }, (_, zeros) => Math.max(Math.ceil((32 - zeros) / 7), 1));

export const VARINT_BYTES_MAX = 5;
export const VARLONG_BYTES_MAX = 10;

export function varintSize(value: number): number {
  return SIZE_BY_LEADING_ZEROS[Math.clz32((value << 1) ^ (value >> 31))]!;
}

export function varlongSize(value: number): number {
  if (value >= -TWO_28 && value < TWO_28) return varintSize(value);
  let size = 1;
  for (let rest = zigzag(value); rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  let position = at;
  let rest = (value << 1) ^ (value >> 31);
  while ((rest & ~0x7f) !== 0) {
    bytes[position++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[position++] = rest;
  return position;
}

export function putVarlong(bytes: Uint8Array, at: number, value: number): number {
  if (value >= -TWO_28 && value < TWO_28) return putVarint(bytes, at, value);
  let position = at;
  let rest = zigzag(value);
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[position++] = (rest % 128) | 0x80;
  bytes[position++] = rest;
  return position;
}

/** Exact up to 2^52 in size; no two timestamps lie further apart. */
function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}
