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

function hexBytes(digits: string): Uint8Array {
  if (digits.length % 2 === 1 || !/^[0-9a-fA-F]*$/.test(digits)) throw invalid('hexadecimal', digits);
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

/** `0x…` and `X'…'` are hexadecimal too; only after `0x` the number of digits may be odd. */
function prefixedHexBytes(text: string): Uint8Array {
  const prefixed = /^0x(.*)$/s.exec(text)?.[1];
  if (prefixed !== undefined) return hexBytes(prefixed.length % 2 === 1 ? `0${prefixed}` : prefixed);
  return hexBytes(/^[xX]'(.*)'$/s.exec(text)?.[1] ?? text);
}

function base64Bytes(text: string): Uint8Array {
  const bytes = decodeBase64(text);
  if (bytes === null) throw invalid('base64', text);
  return bytes;
}

/** Passes over what is no base64, takes both alphabets, and ends at the first padding. */
function lenientBase64Bytes(text: string): Uint8Array {
  const digits = text
    .replace(/=.*$/s, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]/g, '');
  return base64Bytes(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
}

const UTF8: Encoding = { decode: (text) => encoder.encode(text), encode: (bytes) => decoder.decode(bytes) };
const ASCII: Encoding = {
  decode: (text) => Uint8Array.from(text, (each) => (each.charCodeAt(0) < 0x80 ? each.charCodeAt(0) : QUESTION_MARK)),
  encode: (bytes) => Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : REPLACEMENT)).join(''),
};

type Encodings = Readonly<Record<string, Encoding>>;

const OF_BYTES: Encodings = {
  hex: { decode: hexBytes, encode: (bytes) => hexDigits(bytes).toUpperCase() },
  utf8: UTF8,
  ascii: ASCII,
  base64: { decode: base64Bytes, encode: encodeBase64 },
};

const OF_TEXTS: Encodings = {
  hex: { decode: prefixedHexBytes, encode: hexDigits },
  utf8: UTF8,
  ascii: ASCII,
  base64: { decode: lenientBase64Bytes, encode: encodeBase64 },
};

/** For TO_BYTES and FROM_BYTES, which write hexadecimal in upper case. @throws MillraceError `UNKNOWN_ENCODING` */
export function encodingNamed(name: string): Encoding {
  const encoding = OF_BYTES[name.toLowerCase()];
  if (encoding !== undefined) return encoding;
  throw new MillraceError(
    'UNKNOWN_ENCODING',
    `Unknown encoding type '${name}'. Supported formats are 'hex', 'utf8', 'ascii', and 'base64'.`,
  );
}

/**
 * ENCODE reads more spellings, writes hexadecimal in lower case, and wants two different encodings.
 * @throws MillraceError `UNKNOWN_ENCODING`
 */
export function encodeText(text: string, from: string, to: string): string {
  const [decoding, encoding] = [OF_TEXTS[from.toLowerCase()], OF_TEXTS[to.toLowerCase()]];
  if (decoding !== undefined && encoding !== undefined && decoding !== encoding) {
    return encoding.encode(decoding.decode(text));
  }
  throw new MillraceError('UNKNOWN_ENCODING', 'Supported input and output encodings are: hex, utf8, ascii and base64');
}
