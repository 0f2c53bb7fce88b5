import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import { malformed, unwritable } from './errors.ts';
import type { Serde } from './serde.ts';

/** JSON without a schema: the type is the caller's word. Prefer a schema where the bytes come from others. */
export function jsonSerde<T>(): Serde<T> {
  return {
    name: 'json',
    serialize(value) {
      let text: string | undefined;
      try {
        text = JSON.stringify(value);
      } catch (cause) {
        throw unwritable('json', cause instanceof Error ? cause.message : String(cause), cause);
      }
      // Functions, symbols and undefined have no JSON; written as nothing they would read as a torn record.
      if (text === undefined) throw unwritable('json', `a ${typeof value} has no JSON`);
      return encodeUtf8(text);
    },
    deserialize: (bytes) => parse(bytes, 0, bytes.length) as T,
    deserializeAt: (bytes, start, end) => parse(bytes, start, end) as T,
  };
}

function parse(bytes: Uint8Array, start: number, end: number): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes, start, end));
  } catch (cause) {
    throw malformed('json', cause instanceof Error ? cause.message : String(cause), cause);
  }
}
