import { MillraceError } from '@millrace/base';
import { decodeBase64, encodeBase64 } from '../../lib/base64.ts';

/** The four spellings of bytes as text that ENCODE, TO_BYTES and FROM_BYTES know. */
export type Encoding = {
  /** @throws MillraceError `INVALID_ENCODED_TEXT` */
  decode(text: string): Uint8Array;
  encode(bytes: Uint8Array): string;
};

const REPLACEMENT = '\ufffd';
const QUESTION_MARK = 0x3f;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const invalid = (kind: string, text: string): MillraceError =>
  new MillraceError('INVALID_ENCODED_TEXT', `'${text}' is not ${kind}`);

export function hexDigits(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `0x…` and `X'…'` are hexadecimal too; only after `0x` the number of digits may be odd. */
function hexBytes(text: string): Uint8Array {
  const prefixed = /^0x(.*)$/s.exec(text);
  const quoted = /^[xX]'(.*)'$/s.exec(text);
  let digits = prefixed?.[1] ?? quoted?.[1] ?? text;
  if (prefixed !== null && digits.length % 2 === 1) digits = `0${digits}`;
  if (digits.length % 2 === 1 || !/^[0-9a-fA-F]*$/.test(digits)) throw invalid('hexadecimal', text);
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

const ENCODINGS: Readonly<Record<string, Encoding>> = {
  hex: { decode: hexBytes, encode: hexDigits },
  utf8: { decode: (text) => encoder.encode(text), encode: (bytes) => decoder.decode(bytes) },
  ascii: {
    decode: (text) => Uint8Array.from(text, (each) => (each.charCodeAt(0) < 0x80 ? each.charCodeAt(0) : QUESTION_MARK)),
    encode: (bytes) => Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : REPLACEMENT)).join(''),
  },
  base64: {
    decode: (text) => {
      const bytes = decodeBase64(text);
      if (bytes === null) throw invalid('base64', text);
      return bytes;
    },
    encode: encodeBase64,
  },
};

/** @throws MillraceError `UNKNOWN_ENCODING` */
export function encodingNamed(name: string): Encoding {
  const encoding = ENCODINGS[name.toLowerCase()];
  if (encoding !== undefined) return encoding;
  throw new MillraceError(
    'UNKNOWN_ENCODING',
    `Unknown encoding type '${name}'. Supported formats are 'hex', 'utf8', 'ascii', and 'base64'.`,
  );
}
