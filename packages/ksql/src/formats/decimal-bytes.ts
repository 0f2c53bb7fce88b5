/** Big-endian two's complement of any length, as Java's BigInteger has it. */

export function bigIntFromBytes(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, value);
}

/** The shortest such bytes. */
export function bytesFromBigInt(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.unshift(Number(rest & 0xffn));
    rest >>= 8n;
  } while ((rest !== 0n || bytes[0]! >= 0x80) && (rest !== -1n || bytes[0]! < 0x80));
  return Uint8Array.from(bytes);
}
