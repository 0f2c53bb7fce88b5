import { MillraceError } from '@millrace/base';
import { fromJsonBytes } from './json-record.ts';

/** What a line of input says; what it leaves out is chosen by the producer. */
export type InputRecord = {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly partition?: number;
  readonly timestamp?: number;
  readonly headers: readonly { readonly key: string; readonly value: Uint8Array | null }[];
};

export type TextFormat = {
  /** What stands between key and value; undefined where lines have no key. */
  readonly keySeparator: string | undefined;
  /** Lines begin with `NAME:VALUE,NAME:VALUE` and what stands behind it. */
  readonly headersDelimiter: string | undefined;
  /** Text that stands for null. */
  readonly nullMarker: string | undefined;
};

/** Reads one line as text. Works on bytes, so that keys and values need not be UTF-8. */
export function parseTextLine(line: Buffer, format: TextFormat): InputRecord {
  let rest = line;
  let headers: InputRecord['headers'] = [];
  if (format.headersDelimiter !== undefined) {
    const [head, tail] = cut(rest, format.headersDelimiter, 'headers');
    headers = parseHeaders(head, format);
    rest = tail;
  }
  if (format.keySeparator === undefined) return { key: null, value: orNull(rest, format), headers };
  const [key, value] = cut(rest, format.keySeparator, 'a key');
  return { key: orNull(key, format), value: orNull(value, format), headers };
}

function cut(line: Buffer, separator: string, what: string): readonly [Buffer, Buffer] {
  const at = line.indexOf(separator);
  if (at < 0) throw invalid(`${JSON.stringify(separator)} is missing: the line must begin with ${what} before it`);
  return [line.subarray(0, at), line.subarray(at + Buffer.byteLength(separator))];
}

function parseHeaders(text: Buffer, format: TextFormat): InputRecord['headers'] {
  if (text.length === 0) return [];
  return text
    .toString()
    .split(',')
    .map((header) => {
      const at = header.indexOf(':');
      if (at <= 0) throw invalid(`the header ${JSON.stringify(header)} is not NAME:VALUE`);
      return { key: header.slice(0, at), value: orNull(Buffer.from(header.slice(at + 1)), format) };
    });
}

function orNull(bytes: Buffer, { nullMarker }: TextFormat): Uint8Array | null {
  return nullMarker !== undefined && bytes.equals(Buffer.from(nullMarker)) ? null : bytes;
}

/** Reads one line of JSON, as `consume --json` prints it; topic and offset are left alone. */
export function parseJsonLine(line: Buffer): InputRecord {
  let json: unknown;
  try {
    json = JSON.parse(line.toString());
  } catch (error) {
    throw invalid(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw invalid('it is no JSON object');
  const { key, value, partition, timestamp, headers } = json as Readonly<Record<string, unknown>>;
  return {
    key: fromJsonBytes(key, 'key'),
    value: fromJsonBytes(value, 'value'),
    ...optionalNumber('partition', partition),
    ...optionalNumber('timestamp', timestamp),
    headers: jsonHeaders(headers),
  };
}

function optionalNumber<K extends string>(name: K, value: unknown): { readonly [P in K]?: number } {
  if (value === undefined || value === null) return {};
  if (!Number.isSafeInteger(value)) throw invalid(`${name} must be a whole number`);
  return { [name]: value } as { readonly [P in K]?: number };
}

function jsonHeaders(headers: unknown): InputRecord['headers'] {
  if (headers === undefined || headers === null) return [];
  if (!Array.isArray(headers)) throw invalid('headers must be a list of {"key", "value"}');
  return headers.map((header: unknown, index) => {
    const { key, value } = (header ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof key !== 'string') throw invalid(`headers[${index}].key must be text`);
    return { key, value: fromJsonBytes(value, `headers[${index}].value`) };
  });
}

function invalid(message: string): MillraceError {
  return new MillraceError('INVALID_RECORD', message);
}
