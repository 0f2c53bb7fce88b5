/** One value of DER (X.690): its tag, and what is in it. */
export type DerValue = { readonly tag: number; readonly content: Buffer };

export const DER_SEQUENCE = 0x30;

/** The values that follow each other in a stretch of bytes. @throws RangeError for what is no DER. */
export function derValues(bytes: Buffer): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    const tag = bytes.readUInt8(at);
    let length = bytes.readUInt8(at + 1);
    at += 2;
    if (length > 0x80) {
      const lengthBytes = length - 0x80;
      length = bytes.readUIntBE(at, lengthBytes);
      at += lengthBytes;
    }
    if (at + length > bytes.byteLength) throw new RangeError('a value ends behind the end');
    values.push({ tag, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return values;
}

/** The values within one that holds others. */
export function derParts(value: DerValue | undefined): DerValue[] {
  if (value === undefined) throw new RangeError('a value is missing');
  return derValues(value.content);
}

/** An object identifier as people write it, `1.2.840.113549.1.7.1`. */
export function derOid({ content }: DerValue): string {
  const first = content[0] ?? 0;
  const parts = [Math.floor(first / 40), first % 40];
  let part = 0;
  for (const byte of content.subarray(1)) {
    part = part * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    parts.push(part);
    part = 0;
  }
  return parts.join('.');
}
