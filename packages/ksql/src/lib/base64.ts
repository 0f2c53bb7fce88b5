const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const VALUES: Int16Array = new Int16Array(128).fill(-1);
for (let index = 0; index < ALPHABET.length; index++) VALUES[ALPHABET.charCodeAt(index)] = index;

/** Bytes as base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  let offset = 0;
  for (; offset + 2 < bytes.length; offset += 3) {
    const group = (bytes[offset]! << 16) | (bytes[offset + 1]! << 8) | bytes[offset + 2]!;
    text +=
      ALPHABET[group >> 18]! + ALPHABET[(group >> 12) & 63]! + ALPHABET[(group >> 6) & 63]! + ALPHABET[group & 63]!;
  }
  const rest = bytes.length - offset;
  if (rest === 1) {
    const group = bytes[offset]! << 4;
    text += `${ALPHABET[group >> 6]}${ALPHABET[group & 63]}==`;
  } else if (rest === 2) {
    const group = ((bytes[offset]! << 8) | bytes[offset + 1]!) << 2;
    text += `${ALPHABET[group >> 12]}${ALPHABET[(group >> 6) & 63]}${ALPHABET[group & 63]}=`;
  }
  return text;
}

/** Null where the text is not base64; padding may be absent, as in Java's decoder. */
export function decodeBase64(text: string): Uint8Array | null {
  let length = text.length;
  if (text.endsWith('==')) length -= 2;
  else if (text.endsWith('=')) length -= 1;
  const padded = length !== text.length;
  if ((padded && text.length % 4 !== 0) || length % 4 === 1) return null;
  const bytes = new Uint8Array((length * 3) >> 2);
  let bits = 0;
  let group = 0;
  let size = 0;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    const value = code < 128 ? VALUES[code]! : -1;
    if (value < 0) return null;
    group = ((group << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[size++] = (group >> bits) & 0xff;
    }
  }
  return bytes;
}
